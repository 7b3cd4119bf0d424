"""A county without a road net: every time is the straight line by a factor, and desk, impact, paper and phone say so, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.at_desk import SMALL, Hand
from tests.journeys.test_field import PHONE
from tests.serving import Served

TEAM, DUTY = "panlong_team1", "panlong_duty"
SAID = {
    "zh": ("直线估算", "直线 × 1.4，40 km/h", "直线距离，不是道路里程"),
    "en": ("Straight-line estimate", "Straight line × 1.4 at 40 km/h", "straight line, not by road"),
}


@pytest.fixture(scope="module")
def under_way(desk_server: Served) -> dict[str, Any]:
    """A team on its way in a county whose road net was withdrawn: {incident, task, lon, lat}."""
    for net in desk_server.get("admin", "/road_nets?live=true")["items"]:
        desk_server.post("admin", f"/road_nets/{net['id']}/withdraw", {})
    team = desk_server.account(TEAM)["team_id"]
    lon, lat = desk_server.get(TEAM, f"/teams/{team}")["base"]["coordinates"]
    scene = {"type": "Point", "coordinates": [lon - 0.1, lat - 0.02]}
    incident = desk_server.post(DUTY, "/incidents", {"kind": "flash_flood", "location": scene})["id"]
    sent = desk_server.post(DUTY, f"/incidents/{incident}/tasks", {"team_ids": [team]})["items"][0]
    desk_server.post(TEAM, f"/tasks/{sent['id']}/transition", {"to": "enroute"})
    return {"incident": incident, "task": sent["id"], "lon": lon, "lat": lat}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_screen_says_that_times_are_by_the_straight_line(
    desk_server: Served, page_of: Callable[..., Any], under_way: dict[str, Any], lang: str
) -> None:
    estimate, factor, line = SAID[lang]
    here = {"latitude": under_way["lat"], "longitude": under_way["lon"], "accuracy": 8}
    phone: Page = page_of(desk_server, TEAM, f"/field?lang={lang}", **{**PHONE, "geolocation": here})
    way = phone.locator(".card.way")
    expect(way).to_contain_text(line)
    expect(way).to_contain_text(factor)
    seconds = int(way.locator("[data-way-s]").get_attribute("data-way-s") or 0)
    asked = f"/routes?from={under_way['lon']},{under_way['lat']}&to={under_way['lon'] - 0.1},{under_way['lat'] - 0.02}"
    told = desk_server.get(TEAM, asked)
    assert told["basis"]["code"] == "straight"
    assert seconds == pytest.approx(told["duration_s"], abs=2)

    desk = Hand(page_of(desk_server, "county_duty", f"/desk?lang={lang}", viewport=SMALL))
    desk.choose(under_way["incident"])
    task = desk.page.locator(f"[data-task='{under_way['task']}']")
    expect(task.locator("[data-eta]")).to_be_visible()
    expect(task).to_contain_text("直线" if lang == "zh" else "straight")
    expect(desk.page.locator(".suggest")).to_contain_text(estimate)
    desk.press("j")
    expect(desk.page.locator(".sheet")).to_contain_text(factor)
    desk.page.emulate_media(media="print")
    expect(desk.page.locator(".paper")).to_contain_text(factor)
