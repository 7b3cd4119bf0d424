"""Danger areas in a real browser: drawn at the desk by mouse and by key, told on the phone before it sets out, over its whole screen
when it goes in, with and without a line; receipted, and gone when it is out. A drawn shape's impact; the wall shows what is drawn."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.at_desk import Hand, eventually
from tests.journeys.test_field import PHONE
from tests.journeys.test_map import large_map, middle
from tests.serving import Served

pytestmark = pytest.mark.browser
WAIT_MS = 60_000
TEAM, DUTY = "gucheng_team1", "gucheng_duty"


class Site:
    """An incident six kilometres from a team that is ordered there, and the team's phone."""

    def __init__(
        self, server: Served, page_of: Callable[..., Any], team: str = TEAM, duty: str = DUTY
    ) -> None:
        self.server, self.team = server, team
        self.id = server.account(team)["team_id"]
        self.home = server.get(team, f"/teams/{self.id}")["base"]["coordinates"]
        self.at = [round(self.home[0] + 0.05, 6), round(self.home[1] + 0.03, 6)]
        scene = {"type": "Point", "coordinates": self.at}
        body = {"kind": "flash_flood", "title": "漫堤", "location": scene}
        self.incident: str = server.post(duty, "/incidents", body)["id"]
        made = server.post(duty, f"/incidents/{self.incident}/tasks", {"team_ids": [self.id]})
        self.task: str = made["items"][0]["id"]
        self.phone: Page = page_of(server, team, "/field", **{**PHONE, "geolocation": self.place(self.home)})
        expect(self.phone.locator(".people")).to_be_visible(timeout=WAIT_MS)

    def place(self, at: list[float]) -> dict[str, Any]:
        """A place as the phone's own sensor tells it."""
        return {"longitude": at[0], "latitude": at[1], "accuracy": 8}

    def declare(self, sort: str = "flood", **more: Any) -> dict[str, Any]:
        """A danger area around the incident."""
        body = {
            "sort": sort,
            "reason": "河水漫堤",
            "point": {"type": "Point", "coordinates": self.at},
            "radius_m": 800,
        }
        made: dict[str, Any] = self.server.post("county_duty", "/danger_areas", {**body, **more})
        return made

    def goes(self, at: list[float], until: Callable[[], bool]) -> None:
        """It is there, and its sensor goes on telling, until something has happened."""
        self.step = 0

        def told() -> bool:
            self.step += 1
            near = [at[0] + 0.0002 * (self.step % 2), at[1]]
            self.phone.context.set_geolocation(self.place(near))
            self.phone.wait_for_timeout(1000)
            return until()

        eventually(told, 120)

    def entries(self) -> list[dict[str, Any]]:
        """The team's entries, the newest last."""
        found: list[dict[str, Any]] = self.server.get(self.team, "/danger_entries")["items"]
        return found

    def alarms(self) -> list[dict[str, Any]]:
        """The live alarms of the team in danger areas."""
        found = self.server.get("county_duty", "/alarms?live=true&limit=500")["items"]
        return [one for one in found if one["cause"].startswith("danger:") and one["team_id"] == self.id]


def test_the_phone_tells_before_inside_and_is_quiet_when_it_is_out(
    desk_server: Served, hand: Callable[..., Hand], page_of: Callable[..., Any]
) -> None:
    site = Site(desk_server, page_of)
    phone, desk = site.phone, hand("county_duty")
    expect(phone.locator(".ahead")).to_have_count(0)
    area = site.declare()
    ahead = phone.locator(f"[data-danger='{area['id']}']")
    expect(ahead).to_contain_text("目的地在危险区内", timeout=WAIT_MS)
    expect(ahead).to_contain_text("不要涉水")
    warning = phone.locator("dialog.within")
    assert site.entries() == []
    site.goes(site.at, lambda: warning.count() == 1 and len(site.entries()) == 1)
    expect(warning).to_contain_text("你已进入危险区")
    expect(warning).to_contain_text("洪水淹没区")
    found = Axe().run(phone).response["violations"]
    assert [one["id"] for one in found] == []
    (alarm,) = site.alarms()
    assert (alarm["rank"], alarm["life_risk"], alarm["incident_id"]) == (1, True, site.incident)
    expect(desk.page.locator(".desk")).to_contain_text("进入洪水淹没区", timeout=WAIT_MS)
    warning.get_by_role("button", name="已收到，正在离开").click()
    expect(warning).to_have_count(0)
    eventually(lambda: site.entries()[0]["receipt_at"])
    site.goes(site.home, lambda: not site.entries()[0]["live"])
    assert (site.entries()[0]["why"], site.alarms(), len(site.entries())) == ("left", [], 1)
    expect(warning).to_have_count(0)
    desk_server.post("county_duty", f"/danger_areas/{area['id']}/lift", {"reason": "水退"})
    expect(ahead).to_have_count(0, timeout=WAIT_MS)


def test_a_team_that_the_desk_sent_in_is_not_warned_until_that_ends(
    desk_server: Served, hand: Callable[..., Hand], page_of: Callable[..., Any]
) -> None:
    site = Site(desk_server, page_of, "shibei_team1", "shibei_duty")
    area = site.declare(reason="准入之处")
    at = hand("county_duty")
    sheet = large_map(at)
    row = sheet.locator(f"[data-area='{area['id']}']")
    row.locator("[data-admit-key]").click()
    row.locator("select[data-admit]").select_option(site.id)
    row.get_by_placeholder("进去做什么").fill("搜救被困人员")
    row.get_by_role("button", name="准入，不报警").click()
    expect(row.locator("[data-admission]")).to_contain_text("搜救被困人员", timeout=WAIT_MS)
    expect(site.phone.locator("[data-admitted]")).to_contain_text("本队已准入", timeout=WAIT_MS)
    warning = site.phone.locator("dialog.within")
    site.goes(site.at, lambda: len(site.entries()) == 1)
    expect(row.locator("[data-admission]")).to_contain_text("在区内", timeout=WAIT_MS)
    assert (site.entries()[0]["admitted_by"] is not None, site.alarms()) == (True, [])
    expect(warning).to_have_count(0)
    row.get_by_role("button", name="取消准入").click()
    expect(warning).to_contain_text("你已进入危险区", timeout=WAIT_MS)
    assert len(site.alarms()) == 1
    desk_server.post("county_duty", f"/danger_areas/{area['id']}/lift", {"reason": "水退"})


def test_without_a_line_the_phone_warns_by_itself_and_is_not_told_twice_on_its_return(
    desk_server: Served, page_of: Callable[..., Any]
) -> None:
    site = Site(desk_server, page_of, "hanbei_team1", "hanbei_duty")
    site.declare("toxic", reason="液氨泄漏")
    drawn = {"type": "LineString", "coordinates": [site.at, [site.at[0] + 0.01, site.at[1]]]}
    path = f"/incidents/{site.incident}/drawings"
    site.server.post("county_duty", path, {"kind": "line", "shape": drawn, "text": "撤离路线"})
    expect(site.phone.locator("[data-task-map] [data-drawing]")).to_have_count(1, timeout=WAIT_MS)
    expect(site.phone.locator("[data-task-map] [data-zone]")).to_have_count(1)
    site.phone.context.set_offline(True)
    warning = site.phone.locator("dialog.within")
    site.goes(site.at, lambda: warning.count() == 1)
    expect(warning).to_contain_text("本机判断")
    assert site.entries() == []
    warning.get_by_role("button", name="已收到，正在离开").click()
    site.phone.reload()
    expect(site.phone.locator("[data-task-map] [data-zone]")).to_have_count(1, timeout=WAIT_MS)
    expect(site.phone.locator("[data-task-map]")).to_contain_text("撤离路线")
    site.phone.context.set_offline(False)
    site.goes(site.at, lambda: len(site.entries()) == 1 and site.entries()[0]["receipt_at"] is not None)
    expect(warning).to_have_count(0)
    assert len(site.alarms()) == 1


def test_an_area_is_drawn_at_the_desk_by_key_dragged_and_lifted_with_a_reason(
    desk_server: Served, hand: Callable[..., Hand]
) -> None:
    at = hand("county_duty")
    sheet = large_map(at)
    section = sheet.get_by_role("region", name="危险区")
    section.get_by_role("button", name="画面").click()
    aim = sheet.locator(".aim")
    aim.focus()
    for way in ("ArrowUp", "ArrowRight", "ArrowDown"):
        for _ in range(6):
            at.page.keyboard.press(way)
        at.page.keyboard.press("Enter")
    expect(sheet.locator("[data-pen]")).to_have_count(3)
    spot = middle(sheet)
    sheet.locator(".map .gl").click(position={"x": spot["x"] - 60, "y": spot["y"] + 60})
    expect(sheet.locator("[data-pen]")).to_have_count(4)
    last = sheet.locator("[data-pen='3']")
    before = last.bounding_box()
    at.page.mouse.move(before["x"] + 14, before["y"] + 14)
    at.page.mouse.down()
    at.page.mouse.move(before["x"] - 20, before["y"] + 40, steps=3)
    at.page.mouse.up()
    expect(section.get_by_role("button", name="划定，警告进入队伍")).to_be_disabled()
    section.locator("[data-danger-reason]").fill("断线落地")
    section.locator("select").select_option("power")
    section.get_by_role("button", name="划定，警告进入队伍").click()
    row = section.locator("[data-area]").filter(has_text="断线落地")
    expect(row).to_have_count(1, timeout=WAIT_MS)
    (made,) = [
        one
        for one in desk_server.get("county_duty", "/danger_areas?live=true")["items"]
        if one["reason"] == "断线落地"
    ]
    assert len(made["shape"]["coordinates"][0]) == 5
    row.get_by_role("button", name="看影响").click()
    impact = at.page.locator(".sheet .impact")
    expect(impact).to_contain_text("避难场所", timeout=WAIT_MS)
    expect(impact.locator(".counts li").filter(has_text="避难场所")).to_contain_text("未登记")
    expect(at.page.locator(".sheet")).to_contain_text("范围：带电危险区")
    at.page.get_by_role("button", name=re.compile("打印")).click()
    expect(at.page.locator(".paper h1")).to_contain_text("范围影响 · 带电危险区")
    at.press("Escape")
    section = large_map(at).get_by_role("region", name="危险区")
    row = section.locator("[data-area]").filter(has_text="断线落地")
    row.get_by_role("button", name="解除").click()
    row.get_by_role("textbox").fill("已停电")
    row.get_by_role("button", name="确认解除").click()
    expect(row).to_have_count(0, timeout=WAIT_MS)
    lifted = desk_server.get("county_duty", f"/danger_areas/{made['id']}")
    assert (lifted["live"], lifted["lifted_reason"]) == (False, "已停电")


def test_a_drawing_is_given_another_shape_and_its_old_one_back(
    desk_server: Served, hand: Callable[..., Hand]
) -> None:
    body = {"kind": "flash_flood", "village_code": "140429103204", "title": "改标绘"}
    incident = desk_server.post("county_duty", "/incidents", body)["id"]
    line = {"type": "LineString", "coordinates": [[112.86, 36.83], [112.9, 36.86]]}
    body = {"kind": "line", "shape": line, "text": "撤离路线"}
    drawing = desk_server.post("county_duty", f"/incidents/{incident}/drawings", body)["id"]
    at = hand("county_duty")
    at.choose(incident)
    sheet = large_map(at)
    tools = sheet.get_by_role("region", name="标绘")
    tools.get_by_role("button", name="改 线 · 撤离路线").click()
    expect(sheet.locator("[data-pen]")).to_have_count(2)
    sheet.locator("[data-pen='1']").focus()
    at.page.keyboard.press("ArrowRight")
    tools.get_by_role("button", name="存改动").click()

    def now() -> Any:
        return desk_server.get("county_duty", f"/drawings/{drawing}")

    eventually(lambda: now()["version"] == 2)
    moved = now()["shape"]["coordinates"]
    assert moved[0] == line["coordinates"][0]
    assert moved[1][0] > 112.9
    tools.get_by_role("button", name="撤销：已改 线 · 撤离路线").click()
    eventually(lambda: now()["shape"] == line)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_map_with_its_tools_has_no_axe_violation(hand: Callable[..., Hand], lang: str) -> None:
    at = hand("county_duty", f"/desk?lang={lang}")
    sheet = large_map(at)
    sheet.locator("[data-danger-kind='circle']").click()
    sheet.locator(".aim").focus()
    at.page.keyboard.press("Enter")
    expect(sheet.locator("[data-pen]")).to_have_count(1)
    found = Axe().run(at.page, ".sheet").response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
