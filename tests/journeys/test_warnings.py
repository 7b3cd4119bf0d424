"""A red rain warning in real browsers: it comes by CAP, the wall and two desks show it at once, the county relays it by key, its phone
tells a team quietly; an update comes and is passed on; it runs out by the clock. Nowhere is a level told by colour alone."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import requests
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from command.core import clock
from command.warnings.cap import writing
from tests.journeys.at_desk import Hand
from tests.journeys.test_field import PHONE
from tests.promptness import Heart
from tests.serving import Served
from tests.warnings import caps

pytestmark = pytest.mark.browser
WAIT_MS = 60_000
TOWN = "140429102"


def bring(server: Served, one: dict[str, Any]) -> dict[str, Any]:
    """A CAP message as another program sends it."""
    answer = requests.post(
        f"{server.url}/api/v1/warnings", data=caps.xml(one).encode(), timeout=30,
        headers={"Authorization": f"Bearer {server.tokens['county_duty']}", "Content-Type": "application/cap+xml"},
    )  # fmt: skip
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def who(server: Served, role: str) -> str:
    """The demo account of a role in the township that is struck."""
    rows = json.loads((server.data_dir / "demo-accounts.json").read_text())
    found: str = next(one["username"] for one in rows if (one["role"], one["centre"]) == (role, TOWN))
    return found


def rain(**more: Any) -> dict[str, Any]:
    """Red rain over one township, by its code alone."""
    area = [{"areaDesc": "武乡县某镇", "geocode": [{"valueName": "division", "value": f"{TOWN}000"}]}]
    return caps.alert(identifier="journey_1", info={"area": area, **more})


def test_red_rain_from_cap_to_wall_desks_and_phone_until_its_time_is_over(
    fresh_server: Served, page_of: Callable[..., Any], heart: Heart
) -> None:
    server = fresh_server
    team, duty = (who(server, role) for role in ("team", "township_duty"))
    wall: Page = page_of(server, "wall", "/wall")
    county, town = Hand(page_of(server, "county_duty", "/desk")), Hand(page_of(server, duty, "/desk"))
    phone: Page = page_of(server, team, "/field", **PHONE)
    expect(wall.locator(".stage")).to_be_visible(timeout=WAIT_MS)
    expect(phone.locator(".duty")).to_be_visible(timeout=WAIT_MS)
    began = time.monotonic()
    one = rain()
    made = bring(server, one)
    on_wall = wall.locator(f".warning-bar [data-warning='{made['id']}']")
    for shown in (on_wall, county.page.locator(".bar .warned"), town.page.locator(".bar .warned")):
        expect(shown).to_contain_text("暴雨红色预警", timeout=WAIT_MS)
        expect(shown).to_contain_text("待转发")
    heart.held(began, 1.0)
    expect(phone.locator(".warned")).to_have_count(0)

    county.press("Shift+W")
    row = county.page.locator(f"[data-warning='{made['id']}']")
    expect(row).to_be_visible(timeout=WAIT_MS)
    faults = Axe().run(county.page)
    assert faults.violations_count == 0, faults.generate_report()
    county.press("r")
    expect(row).to_have_attribute("data-state", "relayed", timeout=WAIT_MS)
    expect(county.page.locator(".checks li")).to_have_count(11)
    houses = county.page.locator(".orders [data-ordered]")
    expect(houses).to_have_count(6, timeout=WAIT_MS)
    county.press("i")
    for house in houses.all():
        expect(house).to_have_attribute("data-state", "issued", timeout=WAIT_MS)
    expect(county.page.locator("[data-order-all]")).to_have_count(0)
    expect(on_wall).not_to_contain_text("待转发", timeout=WAIT_MS)
    line = phone.locator(f".warned [data-warning='{made['id']}']")
    expect(line).to_contain_text("暴雨红色预警", timeout=WAIT_MS)
    line.locator("button").click()
    expect(line).to_contain_text("立即转移危险地带人员")
    feed = requests.get(
        f"{server.url}/cap/feed.atom", timeout=30, headers={"Authorization": f"Bearer {server.tokens[duty]}"}
    )
    assert one["identifier"] in feed.text

    orange = {"severity": "Severe", "headline": "武乡县气象台发布暴雨橙色预警"}
    second = caps.following(one, "Update", identifier="journey_2", info={**rain(**orange)["info"][0]})
    bring(server, second)
    expect(on_wall).to_contain_text("更新待转发", timeout=WAIT_MS)
    county.press("r")
    for shown in (on_wall, town.page.locator(".bar .warned"), line):
        expect(shown).to_contain_text("暴雨橙色预警", timeout=WAIT_MS)
    expect(on_wall).not_to_contain_text("更新待转发", timeout=WAIT_MS)

    ends = writing.wire(
        clock.real() + timedelta(seconds=20)
    )  # nothing has to be seen before: it may come late
    bring(
        server,
        caps.following(second, "Update", identifier="journey_3", info={**second["info"][0], "expires": ends}),
    )
    expect(on_wall).to_contain_text("更新待转发", timeout=WAIT_MS)
    county.press("r")
    for gone in (on_wall, line, row):
        expect(gone).to_have_count(0, timeout=WAIT_MS)
    over = server.get("county_duty", f"/warnings/{made['id']}")
    assert (over["state"], over["live"], over["ended_how"]) == ("expired", False, "expired")
    expect(town.page.locator(".bar .warned")).not_to_contain_text("暴雨")
