"""The large map at the desk: layers by key, their features at a point, fresh after an entry, lengths, coordinates; both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.at_desk import NANGAO, Hand, opened
from tests.serving import Served

FAR: dict[str, Any] = {"type": "Point", "coordinates": [112.60, 37.00]}
TEAM = {
    "name": "分水岭护林小队",
    "type": "forest_fire",
    "centre": "140429208",
    "skills": ["forest_fire"],
    "headcount": 9,
}


def large_map(hand: Hand) -> Any:
    """The large map, opened by its key, with its ground drawn."""
    hand.press("b")
    sheet = hand.page.locator(".sheet")
    expect(sheet.locator(".map[data-ready]")).to_be_visible()
    return sheet


def middle(sheet: Any) -> dict[str, float]:
    """The middle of the map, in pixels of its own."""
    box = sheet.locator(".map").bounding_box()
    return {"x": box["width"] / 2, "y": box["height"] / 2}


def test_a_layer_is_put_on_by_key_and_follows_what_happens(
    hand: Callable[..., Hand], desk_server: Served
) -> None:
    at = hand("county_duty")
    sheet = large_map(at)
    bases = sheet.get_by_role("checkbox", name="队伍驻地")
    expect(bases).not_to_be_checked()
    bases.focus()
    with at.page.expect_response(re.compile("/tiles/bases/")) as drawn:
        at.press("Space")
    assert drawn.value.ok
    with at.page.expect_response(re.compile("/tiles/bases/")) as again:
        desk_server.post("county_duty", "/teams", {**TEAM, "base": FAR})
    assert again.value.ok
    at.press("Escape")
    expect(sheet).to_have_count(0)
    expect(large_map(at).get_by_role("checkbox", name="队伍驻地")).to_be_checked()


def test_a_point_is_told_in_all_systems(hand: Callable[..., Hand]) -> None:
    at = hand("county_duty")
    sheet = large_map(at)
    sheet.locator(".map .gl").click(position=middle(sheet))
    card = sheet.get_by_role("region", name="此处")
    for system in ("WGS-84", "CGCS2000", "GCJ-02", "BD-09"):
        expect(card).to_contain_text(system)
    told = re.findall(r"(\d+\.\d{6}),(\d+\.\d{6})", card.inner_text())
    assert len(told) == 4
    assert told[0] == told[1] != told[2] != told[3]
    card.get_by_role("button", name="关闭").click()
    expect(card).to_have_count(0)


def test_it_measures_a_length_and_an_area(hand: Callable[..., Hand]) -> None:
    at = hand("county_duty")
    sheet = large_map(at)
    sheet.get_by_role("button", name="量测").click()
    spot = middle(sheet)
    for dx, dy in ((0, 0), (80, 0), (80, 60)):
        sheet.locator(".map .gl").click(position={"x": spot["x"] + dx, "y": spot["y"] + dy})
    card = sheet.get_by_role("region", name="量测")
    expect(card).to_contain_text(re.compile(r"长度 [\d.]+ km"))
    expect(card).to_contain_text(re.compile(r"面积 [\d.]+ km²"))
    card.get_by_role("button", name="退一点").click()
    expect(card).not_to_contain_text(re.compile(r"面积 \d"))
    expect(sheet.locator(".scale")).to_contain_text(re.compile(r"北\s*[125]0* km"))


def test_a_team_on_a_task_stands_where_it_is_and_moves(
    hand: Callable[..., Hand], desk_server: Served
) -> None:
    teams = desk_server.get("county_duty", "/teams?limit=1000")["items"]
    team = next(
        one["id"]
        for one in teams
        if one["centre"] == "140429103" and one["mode"] == "township" and one["status"] == "available"
    )
    incident = opened(desk_server, title="漫水桥")
    desk_server.post("county_duty", f"/incidents/{incident['id']}/tasks", {"team_ids": [team]})
    at = hand("county_duty").choose(incident["id"])
    sheet = large_map(at)
    pill = sheet.locator(".name", has_text="监漳镇").locator(".pill")
    expect(pill).to_be_visible()  # it has said nothing of its place yet: counted by its township

    row = {"team_id": team, "lon": 112.70, "lat": 36.75, "at": datetime.now(UTC).isoformat()}
    desk_server.post("county_duty", "/positions", [row])
    expect(pill).to_have_count(0)
    units = sheet.get_by_label("各队所在", exact=False)
    units.uncheck()
    expect(pill).to_be_visible()
    units.check()
    expect(pill).to_have_count(0)


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_has_no_axe_violation(hand: Callable[..., Hand], lang: str, theme: str) -> None:
    at = hand("county_duty", f"/desk?lang={lang}&theme={theme}")
    sheet = large_map(at)
    sheet.locator(".map .gl").click(position=middle(sheet))
    expect(sheet.locator(".card dl div")).to_have_count(4)
    found = Axe().run(at.page, ".sheet").response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


def test_a_township_has_the_layers_of_its_own(hand: Callable[..., Hand]) -> None:
    at = hand("jianzhang_duty")
    sheet = large_map(at)
    expect(sheet.get_by_role("checkbox", name="队伍驻地")).to_be_visible()
    expect(sheet.locator(".schematic")).to_contain_text("示意")


def test_what_is_drawn_is_shared_at_once_and_undone(hand: Callable[..., Hand], desk_server: Served) -> None:
    body = {"kind": "flash_flood", "village_code": NANGAO, "title": "标绘"}
    incident = desk_server.post("county_duty", "/incidents", body)["id"]
    county, town = hand("county_duty"), hand("jianzhang_duty")
    county.choose(incident)
    town.choose(incident)
    here, there = large_map(county), large_map(town)
    here.get_by_role("group", name="标绘").get_by_role("button", name="线").click()
    spot = middle(here)
    for dx, dy in ((0, 0), (80, 30)):
        here.locator(".map .gl").click(position={"x": spot["x"] + dx, "y": spot["y"] + dy})
    here.locator(".words input").fill("撤离路线")
    with town.page.expect_response(re.compile("/tiles/drawings/")):
        here.get_by_role("button", name="画好，共享").click()
        expect(there.locator(".draw li")).to_contain_text("线 · 撤离路线")
    here.get_by_role("button", name="撤销：已标绘线").click()
    expect(there.locator(".draw li")).to_have_count(0)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_is_printed_with_legend_scale_time_and_who(hand: Callable[..., Hand], lang: str) -> None:
    words = {
        "zh": ("打印", "隐患", ("图例", "行政区划", "隐患", "非法定界线", "打印", "演示数据", "北", "资料")),
        "en": ("Print", "Hazards", ("Legend", "Administrative areas", "Hazards", "no legal boundaries", "Printed", "demo data", "Sources")),
    }  # fmt: skip
    button, layer, told = words[lang]
    at = hand("county_duty", f"/desk?lang={lang}")
    sheet = large_map(at)
    sheet.get_by_role("checkbox", name=layer, exact=True).check()
    sheet.get_by_role("button", name=button, exact=True).click()
    paper = at.page.locator(".sheet-of")
    expect(at.page.locator(".sheet-of[data-drawn]")).to_be_visible()
    for one in told:
        expect(paper).to_contain_text(one)
    expect(paper.locator("canvas.swatch")).not_to_have_count(0)
    bar = paper.locator(".scale .bar")
    metres = _metres(bar.inner_text())
    scale = int(re.sub(r"\D", "", re.search(r"1:([\d ]+)", paper.inner_text()).group(1)))  # type: ignore[union-attr]
    paper_metres = bar.evaluate("one => parseFloat(one.style.width)") / 96 * 0.0254
    assert metres / paper_metres == pytest.approx(
        scale, rel=0.05
    )  # a ruler on the paper says what the paper says
    assert _pages(at.page) == [("A4", 297, 210)]
    at.page.get_by_role("button", name="A3").click()
    expect(at.page.locator(".sheet-of[data-drawn]")).to_be_visible()
    assert _pages(at.page) == [("A3", 420, 297)]
    at.press("Escape")
    expect(paper).to_have_count(0)
    expect(sheet).to_be_visible()


def _metres(text: str) -> float:
    number, unit = text.split()
    return float(number) * {"km": 1000, "m": 1}[unit]


def _pages(page: Any) -> list[tuple[str, int, int]]:
    """The pages of what is printed, in millimetres."""
    pdf: bytes = page.pdf(prefer_css_page_size=True, print_background=True)
    found = re.findall(rb"/MediaBox ?\[ ?0 0 ([\d.]+) ([\d.]+) ?\]", pdf)
    sizes = [tuple(round(float(side) / 72 * 25.4) for side in one) for one in found]
    return [({297: "A4", 420: "A3"}.get(width, "?"), width, height) for width, height in sizes]


def test_what_lies_in_one_place_is_listed_by_a_click(hand: Callable[..., Hand], desk_server: Served) -> None:
    for number in range(3):
        place = {"kind": "reservoir", "name": f"叠放水库{number}", "location": FAR}
        desk_server.post("county_duty", "/named-places", place)
    at = hand("county_duty")
    sheet = large_map(at)
    with at.page.expect_response(re.compile("/tiles/places/")):
        sheet.get_by_role("checkbox", name="地名地点").check()
    view = sheet.locator(".map .gl")
    box = view.bounding_box()
    spot = _spot(at, sheet, box)
    view.click(position=spot)
    card = sheet.get_by_role("region", name="此处")
    for number in range(3):
        expect(card).to_contain_text(f"叠放水库{number}")


def _spot(at: Hand, sheet: Any, box: dict[str, float]) -> dict[str, float]:
    """Where FAR is on the map: two clicks tell how the map lies."""
    told = []
    for x, y in ((box["width"] * 0.3, box["height"] * 0.3), (box["width"] * 0.7, box["height"] * 0.7)):
        sheet.locator(".map .gl").click(position={"x": x, "y": y})
        card = sheet.get_by_role("region", name="此处")
        expect(card.locator("dl div")).to_have_count(4)
        lon, lat = re.findall(r"(\d+\.\d{6}),(\d+\.\d{6})", card.inner_text())[0]
        told.append((x, y, float(lon), float(lat)))
        card.get_by_role("button", name="关闭").click()
    (x0, y0, lon0, lat0), (x1, y1, lon1, lat1) = told
    lon, lat = FAR["coordinates"]
    return {
        "x": x0 + (lon - lon0) / (lon1 - lon0) * (x1 - x0),
        "y": y0 + (lat - lat0) / (lat1 - lat0) * (y1 - y0),
    }
