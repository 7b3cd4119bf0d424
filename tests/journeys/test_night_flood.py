"""The night of a flash flood in real browsers: county desk, two townships, the leader's phone, the wall.

Red rain → call-out → people are moved → two missing, ungraded → teams ordered → a township not reached → the leader is asked, on
the phone → a follow-up with changed figures → arrivals short of departures → the handover. The clock's jumps are the times that are
entered and the settings' minutes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import requests
from playwright.sync_api import Page, expect

from command.core import clock
from tests.journeys.at_desk import SMALL, TAKE, Hand, all_incidents, eventually, tasks_of
from tests.journeys.test_duty import shift
from tests.journeys.test_sitreps import fill, paper
from tests.journeys.test_wall import HD
from tests.serving import Served
from tests.warnings import caps

pytestmark = pytest.mark.browser
WAIT_MS = 60_000
CUT_MS = 150_000
"""A township counts as not reached after a minute without a word; on a busy machine it is told later."""
JIANZHANG, PANLONG = "140429103", "140429102"
NANGAO = "140429103204"
LEADER = {"viewport": {"width": 390, "height": 844}}


def ago(minutes: float) -> str:
    """A time so many minutes back."""
    return clock.wire(clock.real() - timedelta(minutes=minutes))


@pytest.fixture
def night(fresh_server: Served, page_of: Callable[..., Any]) -> Night:
    """A county on duty since the evening, its screens open."""
    shift(fresh_server, "county_duty", -6, 0.5, "王建国")
    return Night(fresh_server, page_of)


class Night:
    """The screens of the night, and what came of it so far."""

    def __init__(self, server: Served, page_of: Callable[..., Any]) -> None:
        self.server = server
        self.open = page_of
        self.wall: Page = page_of(server, "wall", "/wall", viewport=HD)
        self.county = Hand(page_of(server, "county_duty", "/desk", viewport=SMALL))
        self.jianzhang = Hand(page_of(server, "jianzhang_duty", "/desk", viewport=SMALL))
        self.panlong = Hand(page_of(server, "panlong_duty", "/desk", viewport=SMALL))

    def warned(self) -> None:
        """23:40 red rain over two townships by CAP; the county passes it on and issues what it asks for, by key."""
        area = [
            {"areaDesc": name, "geocode": [{"valueName": "division", "value": f"{code}000"}]}
            for name, code in (("监漳镇", JIANZHANG), ("蟠龙镇", PANLONG))
        ]
        answer = requests.post(
            f"{self.server.url}/api/v1/warnings",
            data=caps.xml(caps.alert(identifier="night_a", info={"area": area})).encode(),
            headers={"Authorization": f"Bearer {self.server.tokens['county_duty']}", "Content-Type": "application/cap+xml"},
            timeout=30,
        )  # fmt: skip
        assert answer.status_code == 201, answer.text
        self.warning: str = answer.json()["id"]
        page = self.county.press("Shift+W").page
        row = page.locator(f"[data-warning='{self.warning}']")
        expect(row).to_be_visible(timeout=WAIT_MS)
        self.county.press("r")
        expect(row).to_have_attribute("data-state", "relayed", timeout=WAIT_MS)
        expect(page.locator("[data-ordered]").first).to_be_visible(timeout=WAIT_MS)
        self.county.press("i")
        expect(page.locator("[data-order-all]")).to_have_count(0, timeout=WAIT_MS)
        self.county.press("Escape")
        expect(self.panlong.page.locator("[data-bar='instructions']")).to_be_attached(timeout=WAIT_MS)

    def called_out(self) -> None:
        """The county begins the call-out; a township works its list by digits; who answers never goes on to the superior."""
        self.server.post("admin", "/settings", {"name": "callout.tries", "centre": "140429", "value": 2})
        page = self.county.press("Shift+C", "n").page
        page.locator(".open button.primary").click()
        expect(page.locator(f"[data-list='{JIANZHANG}']")).to_be_visible(timeout=WAIT_MS)
        town = self.jianzhang.press("Shift+C").page
        first = town.locator("[data-person]").first
        expect(first).to_be_visible(timeout=WAIT_MS)
        acted = first.get_attribute("data-person")
        self.jianzhang.press("2")
        on_wall = self.wall.locator(f"[data-callout='{JIANZHANG}']")
        expect(on_wall).to_contain_text("1 /", timeout=WAIT_MS)
        expect(town.locator(f"[data-person='{acted}'][data-state='pending']")).to_have_count(
            0, timeout=WAIT_MS
        )
        missed = town.locator("[data-person][data-state='pending']").first
        who = missed.get_attribute("data-person")
        assert who != acted
        for _ in range(2):
            town.locator(f"[data-person='{who}']").click()
            self.jianzhang.press("4")
        expect(town.locator(f"[data-person='{who}']")).to_have_attribute(
            "data-state", "escalated", timeout=WAIT_MS
        )
        self.jianzhang.press("Escape")
        self.county.press("Escape")
        self.panlong.page.close()  # its line is cut from here on

    def moved(self) -> None:
        """People are moved by the decision of a named leader; one household refuses."""
        zone = self.server.post(
            "county_duty", "/evacuation_zones",
            {"name": "南皋西沟", "sort": "flash_flood", "village_code": NANGAO, "households": 14, "people": 42, "vulnerable": 5,
             "counted_on": "2026-05-20", "responsible": "村党支部书记", "route": "沿村道向东上坡",
             "destination": {"name": "镇中心小学"}},
        )  # fmt: skip
        made = self.server.post(
            "county_duty", "/evacuations",
            {"reason": "暴雨红色预警", "zones": [zone["id"]], "warning_id": self.warning,
             "decided_by": {"name": "王建国", "post": "县长"}, "decided_at": ago(2)},
        )  # fmt: skip
        self.evacuation: str = made["id"]
        parts = self.server.get("jianzhang_duty", f"/evacuated_zones?evacuation_id={self.evacuation}")[
            "items"
        ]
        (self.part,) = parts
        counted = {
            "people_done": 38,
            "people_refused": 4,
            "households_done": 13,
            "households_refused": 1,
            "source": "包村干部",
        }
        self.server.post("jianzhang_duty", f"/evacuated_zones/{self.part['id']}/counts", counted)

    def struck(self) -> None:
        """02:10 a flash flood, taken by thirteen keys; two missing, not graded; two teams sent by two keys."""
        before = {one["id"] for one in all_incidents(self.server)}
        self.county.press(*TAKE[:-2], "2", TAKE[-1])
        (found,) = eventually(lambda: [one for one in all_incidents(self.server) if one["id"] not in before])
        self.incident: str = found["id"]
        page = self.county.page
        page.locator(f"[data-incident='{self.incident}'][aria-current]").wait_for()
        page.wait_for_selector("[data-team]")
        self.county.arm().press("f")
        eventually(lambda: len(tasks_of(self.server, self.incident)) == 2)
        on_wall = self.wall.locator(f"[data-incident='{self.incident}']")
        expect(on_wall).to_contain_text("失联 2 人", timeout=WAIT_MS)
        assert found["level"] is None

    def briefed(self) -> None:
        """02:40 eight lines on the leader's phone, the township that is not reached among them; asked, decided by one tap."""
        leader: Page = self.open(self.server, "county_leader", "/brief", **LEADER)
        people = leader.locator("[data-line-of='people']")
        expect(people).to_contain_text("失联", timeout=WAIT_MS)
        expect(leader.locator("[data-line-of]")).to_have_count(8)
        expect(leader.locator("[data-line-of='cut']")).to_contain_text("蟠龙镇", timeout=CUT_MS)
        asked = self.server.post(
            "county_duty",
            "/decisions",
            {"question": "是否请求市级支援", "incident_id": self.incident, "within_min": 10},
        )
        card = leader.locator(f"[data-ask='decision:{asked['id']}']")
        expect(card).to_contain_text("是否请求市级支援", timeout=WAIT_MS)
        card.locator(".key.main").click()
        eventually(lambda: self.server.get("county_duty", f"/decisions/{asked['id']}")["state"] == "decided")

    def reported(self) -> None:
        """02:45 the first report by telephone, then one is found: the follow-up tells the change alone."""
        page = self.county.press("F4").page
        self.county.press("p")
        fill(page, person="李值班")
        expect(page.locator("[data-told]")).to_contain_text("失联 2", timeout=WAIT_MS)
        self.server.post(
            "county_duty", f"/incidents/{self.incident}/casualties",
            {"missing": 1, "rescued": 1, "source": "现场指挥部", "confirmed": True},
        )  # fmt: skip
        said = self.server.get("county_duty", f"/figures?incident_id={self.incident}")["items"]
        (one,) = (one for one in said if (one["field"], one["value"]) == ("missing", 1))
        self.server.post(
            "county_duty", f"/incidents/{self.incident}/figures/choose", {"figure_id": one["id"]}
        )
        expect(page.locator(".differ")).to_contain_text("失联 2 → 1", timeout=WAIT_MS)
        self.county.press("d")
        expect(paper(page, "draft")).to_contain_text("失联")
        self.county.press("Escape")

    def arrived(self) -> None:
        """Two fewer have arrived than set out: it stands out until somebody finds them."""
        place = self.part["destination_id"]
        self.server.post(
            "jianzhang_duty",
            f"/evacuation_destinations/{place}/counts",
            {"people_arrived": 36, "source": "小学值守"},
        )
        expect(self.wall.locator("[aria-label='人员转移']")).to_contain_text(
            "未转 4 / 应转 42", timeout=WAIT_MS
        )
        sheet = self.county.press("Shift+X").page.locator(".sheet")
        expect(sheet).to_contain_text("差 2", timeout=WAIT_MS)
        self.county.press("Escape")

    def handed_over(self) -> None:
        """06:00 what is open stands on the list by itself: warning, call-out, evacuation, incident, reports."""
        shift(self.server, "county_duty", 0.5, 9, "刘海燕")
        page = self.open(self.server, "county_duty", "/duty#handover", viewport=SMALL)
        items = page.locator(".items")
        for words in ("暴雨", "叫应", "应转 42 已转 38", "差 2", "山洪"):
            expect(items).to_contain_text(words, timeout=WAIT_MS)


def test_the_night_from_the_red_rain_to_the_handover(night: Night) -> None:
    night.warned()
    night.called_out()
    night.moved()
    night.struck()
    night.briefed()
    night.reported()
    night.arrived()
    night.handed_over()
