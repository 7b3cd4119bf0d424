"""The impact of an incident at the desk: counts first, what is unknown said so, another radius by a digit, on paper and as a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.at_desk import SMALL, Hand, opened
from tests.serving import Served

LON, LAT = 112.86, 36.83


@pytest.fixture
def scene(desk_server: Served) -> str:
    """A flood beside a village with a count, one without, a mine, and a reservoir farther off."""
    rows: tuple[tuple[str, str, float, dict[str, Any]], ...] = (
        (
            "village",
            "影响甲村",
            0.004,
            {"population": 812, "population_on": "2023", "population_source": "统计年鉴"},
        ),
        ("village", "影响乙村", 0.006, {}),
        ("mine", "影响煤矿", 0.008, {}),
        ("reservoir", "影响水库", 0.036, {}),
    )
    for kind, name, up, more in rows:
        point = {"type": "Point", "coordinates": [LON, LAT + up]}
        desk_server.post(
            "county_duty", "/named-places", {"kind": kind, "name": name, "location": point, **more}
        )
    incident = opened(
        desk_server,
        village_code=None,
        location={"type": "Point", "coordinates": [LON, LAT]},
        centre="140429100",
    )
    return str(incident["id"])


def test_the_impact_of_an_incident_is_one_key_away(
    desk_server: Served, scene: str, page_of: Callable[..., Any], tmp_path: Path
) -> None:
    page = page_of(desk_server, "county_duty", "/desk", viewport=SMALL, accept_downloads=True)
    hand = Hand(page)
    hand.choose(scene)
    page.keyboard.press("j")
    sheet = page.locator(".sheet")
    expect(sheet.locator(".counts .main b")).to_have_text("812")
    expect(sheet.locator(".counts .main small")).to_contain_text("1 处未知")
    expect(sheet.locator(".lists")).to_contain_text("范围外最近")
    expect(sheet.locator(".dominoes")).to_contain_text("洪水可能灌入矿井")
    depots = sheet.locator(".counts li").filter(has_text="物资库")
    expect(depots).to_contain_text("未登记")
    page.keyboard.press("1")
    expect(sheet.locator(".counts .main small")).not_to_contain_text("未知")
    with page.expect_download() as got:
        sheet.locator("a[download]").click()
    got.value.save_as(tmp_path / "impact.json")
    told = json.loads((tmp_path / "impact.json").read_text())
    assert (told["incident_id"], told["zone"]["radius_m"]) == (scene, 500)
    page.emulate_media(media="print")
    expect(page.locator(".paper h1")).to_contain_text("事件影响")
    expect(page.locator(".paper .counts .main b")).to_have_text("812")
    expect(page.locator(".desk")).not_to_be_visible()
