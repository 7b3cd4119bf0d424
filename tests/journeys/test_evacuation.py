"""Moving people in real browsers: from a red warning somebody's decision is entered, zones of two townships leave, each township
counts its own by key, one household refuses, fewer arrive than left, and the wall says who is still inside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import requests
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.at_desk import Hand, eventually
from tests.journeys.three_screens import HD, picture
from tests.serving import Served
from tests.warnings import caps

pytestmark = pytest.mark.browser
WAIT_MS = 60_000
TOWNS = ("140429100", "140429101")


def call(server: Served, who: str, path: str, body: dict[str, Any]) -> Any:
    """A write as another program makes it."""
    head = {"Authorization": f"Bearer {server.tokens[who]}"}
    answer = requests.post(f"{server.url}/api/v1{path}", json=body, timeout=30, headers=head)
    assert answer.ok, answer.text
    return answer.json()


def red_rain(server: Served) -> str:
    """A red rain warning over two townships, relayed."""
    area = [
        {"areaDesc": "武乡县", "geocode": [{"valueName": "division", "value": f"{one}000"} for one in TOWNS]}
    ]
    xml = caps.xml(caps.alert(identifier="journey_evacuation", info={"area": area}))
    head = {"Authorization": f"Bearer {server.tokens['county_duty']}", "Content-Type": "application/cap+xml"}
    made = requests.post(f"{server.url}/api/v1/warnings", data=xml.encode(), timeout=30, headers=head).json()
    call(server, "county_duty", f"/warnings/{made['id']}/transition", {"to": "relayed"})
    found: str = made["id"]
    return found


def fill(page: Page, **fields: str) -> None:
    """Type into fields of the form in hand by their names, and send it with Enter."""
    for name, value in fields.items():
        page.locator(f".eform [name={name}]").fill(value)
    page.keyboard.press("Enter")
    expect(page.locator(".eform")).to_have_count(0)


def test_from_a_red_warning_to_people_out_refused_arrived_and_on_the_wall(
    fresh_server: Served, page_of: Callable[..., Any]
) -> None:
    server = fresh_server
    warning = red_rain(server)
    wall: Page = page_of(server, "wall", "/wall", viewport=HD)
    county = Hand(page_of(server, "county_duty", "/desk", viewport={"width": 1440, "height": 900}))
    county.press("Shift+W")
    county.page.locator(f"[data-warning='{warning}'] button").click()
    county.press("m")
    form = county.page.locator(".evac .eform")
    expect(form).to_contain_text("来自预警")
    expect(form.locator("[data-zone]")).to_have_count(4)
    form.get_by_role("button", name="全选").click()
    enter = form.get_by_role("button", name="登记", exact=True)
    expect(enter).to_be_disabled()
    picture(county.page, "evacuation-decide")
    form.locator("[name=post]").fill("县防汛指挥长")
    form.locator("[name=decided]").fill("0000")
    expect(enter).to_be_disabled()
    form.locator("[name=decider]").fill("赵县长")
    enter.click()
    expect(county.page.locator("[data-evacuated]")).to_have_count(4, timeout=WAIT_MS)
    moving = wall.locator("[data-moving]")
    expect(moving).to_contain_text("未转 217 / 应转 217", timeout=WAIT_MS)

    town = Hand(page_of(server, "fengzhou_duty", "/desk", viewport={"width": 390, "height": 844}))
    town.press("Shift+X")
    rows = town.page.locator("[data-evacuated]")
    expect(rows).to_have_count(2, timeout=WAIT_MS)
    town.press("2", "c")
    fill(town.page, people_done="42", households_done="14", source="村委会")
    gone = town.page.locator("[data-evacuated='【示意】张家沟沟口']")
    expect(gone).to_have_attribute("data-left", "0")
    town.press("1", "c")
    fill(town.page, people_done="50", people_refused="2", source="村委会")
    town.press("r")
    fill(town.page, refuse_people="2", visitor="包户干部")
    expect(town.page.locator("[data-refusal]")).to_have_count(1)
    town.press("d")
    fill(town.page, people_arrived="88", source="安置点登记")
    expect(town.page.locator("[data-place]")).to_contain_text("出发 92 · 到达 88 · 差 4")
    _named(town)
    picture(town.page, "evacuation-phone")
    wide = town.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390, f"it is {wide} px wide on a phone"

    county.press("3", "c")
    fill(county.page, people_done="80", source="镇值班员", person="李镇长")
    county.press("c")
    fill(county.page, people_done="76", source="民兵营", person="张营长")
    differs = county.page.locator(".differs")
    expect(differs).to_contain_text("民兵营 报 76")
    expect(moving.locator("[data-town='140429100']")).to_contain_text("未转 11", timeout=WAIT_MS)
    expect(moving.locator("[data-town='140429100']")).to_contain_text("拒绝 2")
    picture(county.page, "evacuation-desk")
    differs.get_by_role("button", name="采用").click()
    expect(differs).to_contain_text("镇值班员 报 80")
    expect(moving).to_contain_text("应转 114 已转 76", timeout=WAIT_MS)
    picture(wall, "evacuation-wall")
    found = Axe().run(county.page).response["violations"]
    assert [one["id"] for one in found] == []

    _cut(town, server)

    county.press("x")
    county.page.locator(".eform [name=reason]").fill("雨停")
    county.page.keyboard.press("Enter")
    expect(county.page.locator(".eform [role=alert]")).to_contain_text("允许返回")
    county.page.get_by_role("button", name="取消").click()
    county.press("b")
    fill(county.page, decider="赵县长", post="县防汛指挥长", decided="0001", reason="雨停水退，巡查无险情")
    expect(county.page.locator(".evac header")).to_contain_text("决定可以返回")
    county.page.goto(f"{server.url}/desk?lang=en")
    again = Hand(county.page)
    again.press("Shift+X")
    expect(again.page.locator("[data-evacuated]")).to_have_count(4, timeout=WAIT_MS)
    picture(again.page, "evacuation-desk-en")
    again.press("g")
    expect(again.page.locator(".eform [name=zone]")).to_be_focused()
    picture(again.page, "evacuation-zone-en")
    again.press("Escape", "l")
    expect(again.page.locator(".names [name=person]")).to_be_focused()
    picture(again.page, "evacuation-names-en")
    assert [one["id"] for one in Axe().run(again.page).response["violations"]] == []
    again.press("Escape")
    expect(again.page.locator("[data-evacuated]")).to_have_count(4)
    _drawn(again, server)


def _named(town: Hand) -> None:
    """By daylight, by keys: who left, who is on the roll; the counts of the comparison stand with the place."""
    page = town.page
    for key, names in (("l", ("甲一", "乙二", "丙三")), ("o", ("甲一", "外四"))):
        town.press(key)
        expect(page.locator(".names [name=person]")).to_be_focused()
        for name in names:
            page.keyboard.type(name)
            page.keyboard.press("Enter")
            expect(page.locator(".names [name=person]").last).to_be_focused()
        picture(page, f"evacuation-names-{key}")
        page.keyboard.press("Control+Enter")
        expect(page.locator(".names")).to_have_count(0)
    expect(page.locator("[data-met]")).to_have_text("按名：出发 3 · 对上 1 · 未到 2")
    town.press("k")
    check = page.locator("[data-roll-check]")
    expect(check).to_contain_text("出发未到 2")
    expect(check).to_contain_text("外四")
    picture(page, "evacuation-check")
    town.press("Escape")


def _cut(town: Hand, server: Served) -> None:
    """What is counted without a line is kept on the machine over a reload, goes out once, and what is refused says why."""
    page, path = town.page, "/evacuation_counts?centre=140429100"
    before = len(server.get("fengzhou_duty", path)["items"])
    page.context.set_offline(True)
    expect(page.locator(".banner")).to_be_visible(timeout=WAIT_MS)
    town.press("1", "c")
    fill(page, people_done="52", source="村委会")
    expect(page.locator("[data-queued]")).to_contain_text("报数")
    page.context.set_offline(False)
    page.goto(f"{server.url}/desk")
    again = Hand(page)
    again.press("Shift+X")
    expect(page.locator("[data-evacuated='【示意】东村河滩']")).to_have_attribute(
        "data-left", "9", timeout=WAIT_MS
    )
    expect(page.locator("[data-queued]")).to_have_count(0)
    assert len(server.get("fengzhou_duty", path)["items"]) == before + 1, "once"


def _drawn(desk: Hand, server: Served) -> None:
    """A zone of the register gets a shape by keys on the large map, the change is taken back, a new one is drawn before it is entered."""
    page = desk.page
    register = {one["id"]: one for one in server.get("county_duty", "/evacuation_zones?live=true")["items"]}
    desk.press("p")
    tools = page.locator("[data-zone-tools]")
    expect(page.locator(".pen [data-pen]")).to_have_count(4)
    before = register[tools.locator("[data-zone-pick]").input_value()]
    page.locator(".pen [data-pen='0']").press("Shift+ArrowDown")
    page.locator(".pen [data-pen='0']").press("ArrowLeft")
    picture(page, "evacuation-shape-en")
    tools.locator("[data-zone-save]").click()
    expect(tools.locator("[data-zone-save]")).to_have_count(0)

    def shape() -> Any:
        return server.get("county_duty", f"/evacuation_zones/{before['id']}")["shape"]

    assert shape() != before["shape"]
    desk.press("Escape", "z")
    eventually(lambda: shape() == before["shape"])
    desk.press("Shift+X", "g")
    form = page.locator(".eform")
    form.locator("[name=zone]").fill("画出来的单元")
    form.locator("[data-draw-zone]").click()
    aim = page.locator(".pen .aim")
    for way in ("ArrowUp", "ArrowRight", "ArrowDown"):
        aim.press("Enter")
        for _ in range(3):
            aim.press(way)
    tools.locator("[data-zone-save]").click()
    expect(form.locator("[name=zone]")).to_have_value("画出来的单元")
    expect(form).to_contain_text("3 points")
    for name, said in (
        ("households", "2"),
        ("people", "6"),
        ("responsible", "书记"),
        ("destination", "小学"),
    ):
        form.locator(f"[name={name}]").fill(said)
    page.keyboard.press("Enter")
    expect(form).to_have_count(0)
    made = server.get("county_duty", "/evacuation_zones?live=true")["items"]
    assert [len(one["shape"]["coordinates"][0]) for one in made if one["name"] == "画出来的单元"] == [4]
