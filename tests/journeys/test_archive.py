"""From an ended incident to its archive: the signed file is taken away and verified, its personal data is erased by name, and the
caller is gone everywhere while the journal stays whole."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.at_desk import NANGAO, SMALL, Hand, eventually
from tests.serving import Served

NAME, PHONE = "欧阳标记甲", "13987650001"
ON = ("responding", "controlled", "response_ended", "review")
WAIT_MS = 30_000


@pytest.fixture
def ended(desk_server: Served) -> dict[str, Any]:
    """An incident with a caller whose response ended long ago."""
    body = {"kind": "flash_flood", "village_code": NANGAO, "caller": {"name": NAME, "phone": PHONE}}
    made = desk_server.post("county_duty", "/incidents", body)
    at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 40 * 86_400))
    for to in ON:
        told = {"to": to, "reason": "按程序", "at": at}
        made = desk_server.post("county_duty", f"/incidents/{made['id']}/transition", told)
    return made


def test_it_is_archived_verified_and_its_caller_is_gone(
    desk_server: Served,
    hand: Callable[..., Hand],
    page_of: Callable[..., Any],
    ended: dict[str, Any],
    tmp_path: Path,
) -> None:
    file = _archived(desk_server, hand("county_duty"), ended, tmp_path)
    done = desk_server.fengsui("archive", "verify", str(file))
    assert (done.returncode, "clean" in done.stdout) == (0, True), done.stdout + done.stderr
    assert PHONE.encode() not in file.read_bytes()
    one = _drafted(desk_server, ended["id"])
    _erased(page_of(desk_server, "security", "/admin?lang=zh#destructions", viewport=SMALL), ended["id"])
    eventually(lambda: desk_server.get("security", f"/destructions/{one}")["state"] == "erased", 60)
    assert desk_server.ask("county_duty", "GET", f"/incidents/{ended['id']}/caller").status_code in (404, 410)
    assert desk_server.fengsui("verify").stdout.strip().endswith("clean")
    kept = sqlite3.connect(f"file:{desk_server.data_dir / 'fengsui.db'}?mode=ro", uri=True)
    try:
        for table in ("caller", "incident_key"):
            left = kept.execute(f"select count(*) from {table} where incident_id = ?", (ended["id"],))
            assert left.fetchone() == (0,), table
    finally:
        kept.close()
    [line] = (desk_server.data_dir / "erased.jsonl").read_text().splitlines()
    assert json.loads(line)["thing"] == ended["id"]


def _waived(server: Served, incident: str) -> None:
    """The reports that the county owes are waived with a reason."""
    for one in server.get("county_duty", f"/reportings?incident_id={incident}")["items"]:
        for clock in one["clocks"]:
            if clock["state"] in ("running", "overdue"):
                told = {"key": clock["key"], "reason": "已电话说明"}
                server.post("county_duty", f"/reportings/{one['id']}/waive", told)


def _archived(server: Served, county: Hand, ended: dict[str, Any], tmp_path: Path) -> Path:
    """At the desk: the pane, the gates, the step, the file made, verified there, taken away."""
    page = county.page
    page.set_default_timeout(WAIT_MS)
    county.choose(ended["id"]).press("l")
    page.get_by_role("button", name="归档与事件档案").click()
    expect(page.locator("[data-gate=reports]")).to_contain_text("未办结")
    _shot(page, "gates")
    _waived(server, ended["id"])
    expect(page.locator("[data-gate=reports]")).to_contain_text("已办结")
    page.locator("[name=archive-reason]").fill("善后、评估已完成")
    page.get_by_role("button", name="Enter 归档").click()
    expect(page.locator("[data-file=ready]")).to_be_visible(timeout=WAIT_MS)
    page.get_by_role("button", name="校验").click()
    expect(page.locator(".whole")).to_contain_text("完整")
    _shot(page, "desk")
    assert Axe().run(page).response["violations"] == []
    with page.expect_download() as taken:
        page.get_by_role("link", name="下载（留痕）").click()
    file = tmp_path / "file.zip"
    taken.value.save_as(file)
    return file


def _drafted(server: Served, incident: str) -> str:
    """The list, at once: the job looks every ten minutes."""
    done = server.fengsui("destructions")
    assert done.returncode == 0, done.stdout + done.stderr
    [one] = server.get("security", f"/destructions?subject_id={incident}")["items"]
    return str(one["id"])


def _erased(page: Any, incident: str) -> None:
    """At the security officer's screen: counts, no name; confirmed in two presses."""
    page.set_default_timeout(WAIT_MS)
    page.locator(f"[data-destruction='{incident}']").click()
    expect(page.locator("[data-one]")).to_contain_text("来电人")
    assert NAME not in page.content()
    page.locator("[name=reason]").fill("保存期满，不需留证")
    _shot(page, "due")
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("button", name="确认销毁").click()
    page.get_by_role("button", name="销毁，不可恢复").click()
    expect(page.get_by_text("已销毁，回执")).to_be_visible()


def _shot(page: Any, name: str) -> None:
    """A picture for who looks at the screens by eye."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/archive-{name}.png")
