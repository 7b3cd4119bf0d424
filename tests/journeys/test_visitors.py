"""A wall display that the desk gives to visitors: from then on nothing that they may not know reaches its browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.test_wall import HD
from tests.serving import Served

SOON_MS = 30_000
MARK = "标记"


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A demo county of this module's own."""
    own = Served(tmp_path_factory.mktemp("visitors")).start()
    yield own
    own.stop()


def marked(county: Served, n: int) -> str:
    """An incident full of marks, with a confirmed and an unconfirmed figure, a report, and a team on its way."""
    body = {
        "kind": "flash_flood", "village_code": "140429103204", "title": f"{MARK}题{n}", "place_text": f"{MARK}村{n}", "level": "III",
        "life_risk": "people", "casualties": {"missing": 77}, "on_scene": {"name": f"{MARK}长", "phone": "13987654321"},
        "caller": {"name": f"{MARK}人", "phone": "13812345678"},
    }  # fmt: skip
    thing: str = county.post("county_duty", "/incidents", body)["id"]
    said = {"evacuated": 46, "source": f"{MARK}源", "confirmed": True}
    county.post("county_duty", f"/incidents/{thing}/casualties", said)
    county.post("county_duty", f"/incidents/{thing}/reports", {"text": f"{MARK}报{n}"})
    teams = county.get("county_duty", "/teams?limit=200")["items"]
    free = next(one["id"] for one in teams if one["status"] == "available" and one["mode"] == "direct")
    body = {"team_ids": [free], "order": f"{MARK}令{n}"}
    task = county.post("county_duty", f"/incidents/{thing}/tasks", body)["items"][0]["id"]
    county.post(
        "county_duty",
        f"/tasks/{task}/transition",
        {"to": "enroute", "by_proxy": {"person": f"{MARK}甲", "channel": "电台"}},
    )
    return thing


class Wire:
    """All that a browser's page is sent: frames of its sockets and bodies of its answers."""

    def __init__(self, page: Page) -> None:
        self.said: list[str] = []
        page.on(
            "websocket", lambda socket: socket.on("framereceived", lambda data: self.said.append(str(data)))
        )
        page.on("response", self._body)

    def _body(self, response: Any) -> None:
        if "/api/" in response.url:
            self.said.append(response.text())

    def whole(self) -> str:
        """Everything so far, as one text."""
        return "\n".join(self.said)


def test_the_desk_gives_a_display_to_visitors_and_nothing_of_the_night_reaches_it_after(
    county: Served, page_of: Callable[..., Page]
) -> None:
    marked(county, 1)
    page = page_of(county, "wall", "/wall", viewport=HD)
    expect(page.locator("[data-incident]")).to_have_count(1, timeout=SOON_MS)
    expect(page.locator(".stage")).to_contain_text(f"{MARK}村1")
    desk = page_of(county, "county_duty", "/wall", viewport=HD)
    desk.locator(".map[data-ready]").wait_for(timeout=SOON_MS)
    desk.keyboard.press("Shift+V")
    row = desk.get_by_role("listitem").filter(has_text="大屏")
    wire = Wire(page)
    row.get_by_role("button", name="给参观者看").click()
    expect(row).to_contain_text(re.compile(r"至 \d\d:\d\d 自动结束"), timeout=SOON_MS)
    expect(page.locator(".wall")).to_have_attribute("data-state", "visitor", timeout=SOON_MS)
    expect(page.locator(".key", has_text="人已转移")).to_contain_text("46", timeout=SOON_MS)
    marked(county, 2)
    expect(page.locator(".key", has_text="起未结事件").locator("b")).to_have_text("2", timeout=SOON_MS)
    sent = wire.whole()
    assert '"visitors":true' in sent
    kinds = county.ask("county_duty", "GET", "/words").text
    names = [team["name"] for team in county.get("county_duty", "/teams?limit=200")["items"]]
    names = [name for name in names if name not in kinds]
    assert len(names) > 40
    for secret in (MARK, "13812345678", "13987654321", "南皋", *names):
        assert secret not in sent, secret
    assert ":77" not in sent, "an unconfirmed figure"
    assert Axe().run(page).violations_count == 0
    assert Axe().run(desk).violations_count == 0
    row.get_by_role("button", name="结束参观").click()
    expect(page.locator("[data-incident]")).to_have_count(2, timeout=SOON_MS)
    expect(page.locator(".wall")).to_have_attribute("data-state", "response")


def test_a_window_for_visitors_asks_for_nothing_else(county: Served, page_of: Callable[..., Page]) -> None:
    """By its address, or by the key: also where its account could see everything, it never asks."""
    marked(county, 3)
    page = page_of(county, "wall", "/wall?visitor=1", viewport=HD)
    wire = Wire(page)
    page.reload()
    page.locator(".map[data-ready]").wait_for(timeout=SOON_MS)
    expect(page.locator(".wall")).to_contain_text("参观模式")
    assert MARK not in wire.whole()
    page.goto(f"{county.url}/wall")
    page.locator("[data-incident]").first.wait_for(timeout=SOON_MS)
    page.keyboard.press("Shift+V")
    expect(page.locator(".wall")).to_have_attribute("data-state", "visitor", timeout=SOON_MS)
    expect(page.locator(".head")).to_contain_text(re.compile(r"至 \d\d:\d\d 自动结束"))
    page.keyboard.press("Shift+V")
    expect(page.locator(".wall")).to_have_attribute("data-state", "response", timeout=SOON_MS)
