"""A file on its way from the keepers' screen to the desk's map, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.imports.files import PLACES, csv_text
from tests.journeys.at_desk import Hand
from tests.serving import Served

WAIT_MS = 30_000
WIDE = {"width": 1440, "height": 900}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Places of a county office: GBK, Chinese headings, one row that will not do."""
    file = tmp_path / "地名.csv"
    bad = {**PLACES[0], "gid": "bad", "kind": "飞碟"}
    file.write_bytes(csv_text([*PLACES, bad]).encode("gbk"))
    return file


def fault_free(page: Any) -> None:
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_it_brings_a_file_to_the_map_and_takes_it_back(
    desk_server: Served, page_of: Callable[..., Any], hand: Callable[..., Hand], table: Path
) -> None:
    at = hand("county_duty")
    at.press("b")
    sheet = at.page.locator(".sheet")
    expect(sheet.locator(".map[data-ready]")).to_be_visible()
    places = sheet.get_by_role("checkbox", name="地名地点")
    places.focus()
    with at.page.expect_response(re.compile("/tiles/places/"), timeout=WAIT_MS):
        at.press("Space")

    page = page_of(desk_server, "admin", "/admin?lang=zh#imports", viewport=WIDE)
    page.set_default_timeout(WAIT_MS)
    page.get_by_role("button", name="导入文件").click()
    fault_free(page)
    page.locator("input[type=file]").set_input_files(table)
    expect(page.locator(".work")).to_contain_text("选错会偏移数百米", timeout=WAIT_MS)
    page.locator("select[name=crs]").select_option("gcj02")
    expect(page.locator(".rows tbody tr")).to_have_count(4)
    expect(page.locator(".preview-map circle")).to_have_count(3)
    expect(page.locator(".preview-map")).to_contain_text("示意")
    fault_free(page)
    say = page.locator(".foot .say")
    page.get_by_role("button", name="试运行").click()
    expect(say).to_have_text("试运行：将新增 3，更新 0，未变 0，未收 1", timeout=WAIT_MS)
    with at.page.expect_response(re.compile("/tiles/places/"), timeout=WAIT_MS):
        page.get_by_role("button", name="开始导入").click()
    expect(say).to_have_text("导入完成：新增 3，更新 0，未变 0，未收 1", timeout=WAIT_MS)

    page.locator(".foot").get_by_role("button", name="返回记录").click()
    row = page.locator("tr[data-run]")
    expect(row).to_contain_text("已完成")
    row.get_by_role("button").click()
    opened = page.locator("tr.opened")
    expect(opened).to_contain_text("飞碟")
    fault_free(page)
    opened.get_by_role("button", name="撤销导入").click()
    opened.get_by_role("button", name="确认撤销").click()
    expect(row).to_contain_text("已撤销", timeout=WAIT_MS)


def test_a_bad_file_is_refused_with_a_sentence_on_the_screen(
    desk_server: Served, page_of: Callable[..., Any], tmp_path: Path
) -> None:
    page = page_of(desk_server, "admin", "/admin?lang=en#imports", viewport=WIDE)
    page.set_default_timeout(WAIT_MS)
    page.get_by_role("button", name="Import a file").click()
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04")
    page.locator("input[type=file]").set_input_files(tmp_path / "broken.zip")
    expect(page.get_by_role("alert")).to_contain_text("broken.zip: the archive is broken")
    fault_free(page)
