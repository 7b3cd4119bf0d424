"""A call-out in real browsers: from a red warning on the county's desk to lists on two townships' desks, worked by key; who does not
answer climbs; the wall says how many have acted, by township; a township whose line is cut goes on and its outcome comes in later."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import requests
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.at_desk import Hand
from tests.serving import Served
from tests.warnings import ground as warned

pytestmark = pytest.mark.browser
WAIT_MS = 60_000
TOWN, OTHER = "140429103", "140429105"
STRUCK = ["140429103200", "140429103204", "140429105200"]


def post(server: Served, who: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """What another program does."""
    head = {"Authorization": f"Bearer {server.tokens[who]}"}
    answer = requests.post(f"{server.url}/api/v1{path}", json=body, headers=head, timeout=30)
    assert answer.ok, answer.text
    made: dict[str, Any] = answer.json()
    return made


def duty(server: Served, centre: str) -> str:
    """The duty officer of a township."""
    rows = json.loads((server.data_dir / "demo-accounts.json").read_text())
    found: str = next(
        one["username"] for one in rows if (one["role"], one["centre"]) == ("township_duty", centre)
    )
    return found


def test_from_the_warning_to_who_has_not_acted(fresh_server: Served, page_of: Callable[..., Any]) -> None:
    server = fresh_server
    body = {"source": "weather", "level": "red", "category": "rainstorm", "area": {"codes": STRUCK}}
    rain = post(server, "county_duty", "/warnings", warned.relayed(**body))
    post(server, "county_duty", f"/warnings/{rain['id']}/transition", {"to": "relayed"})
    post(server, "admin", "/settings", {"name": "callout.tries", "centre": "140429", "value": 1})
    wall: Page = page_of(server, "wall", "/wall")
    county = Hand(page_of(server, "county_duty", "/desk"))
    town, other = (Hand(page_of(server, duty(server, code), "/desk")) for code in (TOWN, OTHER))

    county.press("Shift+W")
    expect(county.page.locator(f"[data-warning='{rain['id']}']")).to_be_visible(timeout=WAIT_MS)
    county.press("c", "n")
    expect(county.page.locator(f".open [data-warning='{rain['id']}']")).to_be_checked(timeout=WAIT_MS)
    county.page.locator(".open .primary").click()
    expect(county.page.locator("[data-list]")).to_have_count(3, timeout=WAIT_MS)
    expect(county.page.locator(f"[data-list='{TOWN}']")).to_contain_text("0 / 6", timeout=WAIT_MS)

    town.press("Shift+C")
    rows = town.page.locator("[data-person]")
    expect(rows).to_have_count(6, timeout=WAIT_MS)
    assert Axe().run(town.page).violations_count == 0
    first, second, third = (str(rows.nth(n).get_attribute("data-person")) for n in range(3))
    card = town.page.locator("[data-card]")
    expect(card).to_have_attribute("data-card", first)
    town.press("1")
    expect(card).to_have_attribute("data-card", second, timeout=WAIT_MS)
    town.press("Enter")
    expect(card.locator("[data-number]")).to_contain_text("130000", timeout=WAIT_MS)
    town.press("3")
    expect(card).to_have_attribute("data-card", third, timeout=WAIT_MS)
    town.press("4")
    for person, state in ((first, "answered"), (second, "acted"), (third, "escalated")):
        expect(town.page.locator(f"[data-person='{person}']")).to_have_attribute(
            "data-state", state, timeout=WAIT_MS
        )
    line = wall.locator(f"[data-callout='{TOWN}']")
    expect(line).to_contain_text("1 / 6", timeout=WAIT_MS)
    expect(line).to_contain_text("升级 1")
    expect(county.page.locator(f"[data-list='{TOWN}']")).to_contain_text("1 / 6", timeout=WAIT_MS)

    other.press("Shift+C")
    expect(other.page.locator("[data-person]")).to_have_count(3, timeout=WAIT_MS)
    other.page.context.set_offline(True)
    cut = str(other.page.locator("[data-card]").get_attribute("data-card"))
    other.press("2")
    expect(other.page.locator(f"[data-person='{cut}']")).to_contain_text("待送达", timeout=WAIT_MS)
    other.page.context.set_offline(False)
    expect(other.page.locator(f"[data-person='{cut}']")).to_have_attribute(
        "data-state", "acted", timeout=2 * WAIT_MS
    )
    expect(wall.locator(f"[data-callout='{OTHER}']")).to_contain_text("1 / 3", timeout=WAIT_MS)

    town.press("z")
    expect(town.page.locator(f"[data-person='{third}']")).to_have_attribute(
        "data-state", "pending", timeout=WAIT_MS
    )
    expect(line).not_to_contain_text("升级", timeout=WAIT_MS)
