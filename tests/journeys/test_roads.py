"""A road is closed on the desk: the arrival changes on the desk and on the phone, and back when it is opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.at_desk import Hand
from tests.journeys.test_field import PHONE
from tests.serving import Served

pytestmark = pytest.mark.browser
WAIT_MS = 60_000
TEAM, DUTY = "panlong_team1", "panlong_duty"


def _under_way(server: Served) -> tuple[str, str, list[float], list[float]]:
    """(incident, task, where its team is, the middle of its way): a team of its own sent fifteen kilometres away."""
    team = server.account(TEAM)["team_id"]
    lon, lat = server.get(TEAM, f"/teams/{team}")["base"]["coordinates"]
    scene = {"type": "Point", "coordinates": [lon - 0.1, lat - 0.02]}
    incident = server.post(DUTY, "/incidents", {"kind": "flash_flood", "title": "绕行", "location": scene})[
        "id"
    ]
    task = server.post(DUTY, f"/incidents/{incident}/tasks", {"team_ids": [team]})["items"][0]["id"]
    server.post(TEAM, f"/tasks/{task}/transition", {"to": "enroute"})
    way = server.get(TEAM, f"/routes?from={lon},{lat}&to={lon - 0.1},{lat - 0.02}")["geometry"]["coordinates"]
    return incident, task, [lon, lat], way[len(way) // 2]


def _seconds(phone: Page) -> int:
    """How long the way takes, as the phone shows it."""
    return int(phone.locator("[data-way-s]").get_attribute("data-way-s", timeout=WAIT_MS) or 0)


def _due(desk: Page, task: str) -> int:
    """When the team will be there, as the desk shows it."""
    return int(
        desk.locator(f"[data-task='{task}'] [data-eta]").get_attribute("data-eta", timeout=WAIT_MS) or 0
    )


def test_a_closure_drawn_on_the_desk_changes_the_arrival_on_desk_and_phone(
    desk_server: Served, hand: Callable[..., Hand], page_of: Callable[..., Any]
) -> None:
    incident, task, here, middle = _under_way(desk_server)
    place = {"latitude": here[1], "longitude": here[0], "accuracy": 8}
    phone: Page = page_of(desk_server, TEAM, "/field", **{**PHONE, "geolocation": place})
    desk = hand("county_duty").choose(incident)
    before, due = _seconds(phone), _due(desk.page, task)
    assert before > 300
    desk.press("o").page.wait_for_selector(".sheet .roads")
    desk.page.locator(".sheet .coords").fill(f"{middle[0]} {middle[1]}")
    desk.press("Enter").page.locator(".sheet select").select_option("landslide")
    desk.page.locator(".sheet .btn.primary").click()
    expect(desk.page.locator(".sheet")).to_have_count(0, timeout=WAIT_MS)
    expect(phone.locator(f"[data-way-s='{before}']")).to_have_count(0, timeout=WAIT_MS)
    expect(phone.locator(".shut")).to_contain_text("塌方滑坡", timeout=WAIT_MS)
    assert _seconds(phone) > before + 60
    expect(desk.page.locator(f"[data-task='{task}'] [data-eta='{due}']")).to_have_count(0, timeout=WAIT_MS)
    assert _due(desk.page, task) > due + 60_000
    for one in desk_server.get("county_duty", "/closures?live=true")["items"]:
        desk_server.post("county_duty", f"/closures/{one['id']}/lift", {})
    expect(phone.locator(f"[data-way-s='{before}']")).to_have_count(1, timeout=WAIT_MS)
    expect(phone.locator(".shut")).to_have_count(0, timeout=WAIT_MS)
    phone.context.set_offline(True)
    expect(phone.locator(f"[data-way-s='{before}']")).to_have_count(1)


def test_the_sheet_of_closed_roads_has_no_accessibility_fault(hand: Callable[..., Hand]) -> None:
    from axe_playwright_python.sync_playwright import Axe

    desk = hand("county_duty")
    desk.press("o").page.wait_for_selector(".sheet .roads .map[data-ready]")
    found = Axe().run(desk.page)
    assert found.violations_count == 0, found.generate_report()
