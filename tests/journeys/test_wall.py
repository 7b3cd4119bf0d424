"""The wall in a real browser: what is reported stands there at once, in its order, at its sizes; visitors see less."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.serving import Served

HD = {"width": 1920, "height": 1080}
NANGAO, SHIMEN = "140429103204", "140429102203"
AT_ONCE = 30_000
"""ms: on a machine busy with other tests; how fast it really is, the journey of three screens measures."""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A demo county of this module's own: the wall counts everything."""
    own = Served(tmp_path_factory.mktemp("wall")).start()
    yield own
    own.stop()


@pytest.fixture
def wall(county: Served, page_of: Callable[..., Any]) -> Callable[..., Any]:
    """A wall display that has its first data: `wall("?visitor=1")`."""

    def at(query: str = "", **options: Any) -> Any:
        page = page_of(county, "wall", f"/wall{query}", **{"viewport": HD, **options})
        page.wait_for_selector(".stage")
        page.wait_for_selector(".map[data-ready]")
        return page

    return at


def opened(county: Served, **body: Any) -> dict[str, Any]:
    """An incident that the county's desk takes."""
    return county.post("county_duty", "/incidents", {"kind": "flash_flood", "village_code": NANGAO, **body})


def free_team(county: Served) -> str:
    """A team that could be sent now."""
    teams = county.get("county_duty", "/teams?limit=200")["items"]
    return str(
        next(team["id"] for team in teams if team["status"] == "available" and team["mode"] == "direct")
    )


def board(page: Any) -> list[str]:
    """The incidents on the board, top down."""
    rows: list[str] = page.eval_on_selector_all(
        "[data-incident]", "rows => rows.map(r => r.dataset.incident)"
    )
    return rows


def test_it_is_quiet_without_incidents_and_leaves_quiet_with_the_first(
    county: Served, wall: Callable[..., Any]
) -> None:
    page = wall()
    expect(page.locator(".wall")).to_have_attribute("data-state", "quiet")
    expect(page.locator(".stage")).to_contain_text("P90")
    first = opened(county, kind="landslide", level="IV", village_code=SHIMEN, place_text="蟠龙镇 石门村")
    page.wait_for_selector(".wall[data-state=response]", timeout=AT_ONCE)
    expect(page.locator("[data-incident]")).to_have_count(1)
    assert board(page) == [first["id"]]
    expect(page.locator(".stage"), "charts give way during a response").not_to_contain_text("P90")


def test_life_risk_rises_above_all_and_its_people_stand_first(
    county: Served, wall: Callable[..., Any]
) -> None:
    page = wall()
    danger = opened(county, life_risk="people", casualties={"missing": 2}, place_text="监漳镇 南皋村")
    page.wait_for_selector(f"[data-incident='{danger['id']}']", timeout=AT_ONCE)
    assert board(page)[0] == danger["id"]
    missing = page.locator(".figure.danger").first
    expect(missing).to_have_text(re.compile(r"^\s*2\s*失联.*待核", re.S), use_inner_text=True)
    expect(page.locator(".callout").first).to_contain_text("失联 2 人", use_inner_text=True)
    statement = {"missing": 3, "source": "县值班", "confirmed": True}
    county.post("county_duty", f"/incidents/{danger['id']}/casualties", statement)
    page.locator(".people").filter(has_text=re.compile("另报|已核")).wait_for(timeout=AT_ONCE)


def test_an_unanswered_order_stands_against_its_limit_and_its_answer_takes_it_away(
    county: Served, wall: Callable[..., Any]
) -> None:
    page = wall()
    incident = opened(county, life_risk="possible")
    task = county.post(
        "county_duty", f"/incidents/{incident['id']}/tasks", {"team_ids": [free_team(county)]}
    )["items"][0]
    due = page.locator("section[aria-label='时限']")
    due.get_by_text(task["team_name"]).wait_for(timeout=AT_ONCE)
    proxy = {"person": "甲", "channel": "电台"}
    county.post("county_duty", f"/tasks/{task['id']}/transition", {"to": "enroute", "by_proxy": proxy})
    expect(due.get_by_text(task["team_name"])).to_have_count(0)
    moving = page.locator(".forces li", has_text="赶赴途中")
    expect(moving.locator("b")).to_have_text("1")


def test_visitors_see_no_village_no_name_and_no_unconfirmed_figure(
    county: Served, wall: Callable[..., Any]
) -> None:
    quarrel = opened(county, kind="mass_incident", place_text="监漳镇 南皋村", village_code=NANGAO)
    page = wall("?visitor=1")
    live = county.get("county_duty", "/incidents?live=true&limit=200")["items"]
    shown = str(len([one for one in live if one["id"] != quarrel["id"]]))
    expect(page.locator(".key", has_text="起未结事件").locator("b")).to_have_text(shown)
    text = page.inner_text(".wall")
    assert "参观模式" in text
    assert "本屏不显示" in text
    for hidden in ("南皋村", "石门村", "待核", "失联", "时限", "联系中断 "):
        assert hidden not in text, hidden
    names = [team["name"] for team in county.get("county_duty", "/teams?limit=200")["items"]]
    assert not [name for name in names if name in text]


@pytest.mark.parametrize("query", ["", "?lang=en", "?scale=1.45", "?visitor=1", "?visitor=1&lang=en"])
def test_it_has_no_accessibility_fault_and_nothing_leaves_the_screen(
    wall: Callable[..., Any], query: str
) -> None:
    page = wall(query)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    size = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    assert size == [HD["width"], HD["height"]]
    clock = page.locator(".clock").bounding_box()
    assert clock["x"] + clock["width"] <= HD["width"]


def test_english_leaves_no_chinese_but_names_of_places_and_teams(wall: Callable[..., Any]) -> None:
    page = wall("?lang=en")
    headings = page.locator("h1, h2").all_inner_texts()
    assert headings
    assert not [text for text in headings if re.search(r"[\u4e00-\u9fff]", text)]


def test_type_keeps_its_least_sizes_at_4k(wall: Callable[..., Any]) -> None:
    page = wall("", viewport={"width": 3840, "height": 2160})
    sizes = page.evaluate(
        """() => [...document.querySelectorAll('.stage *, .head *')]
            .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) && e.getClientRects().length
                && !e.closest('.map') && !e.closest('svg'))
            .map(e => [parseFloat(getComputedStyle(e).fontSize), e.className, e.textContent.trim().slice(0, 20)])
            .filter(([size]) => size < 41.5)"""
    )
    assert sizes == [], "nothing under 42 px at 4K: 16 arcminutes from five metres"
    assert (
        page.evaluate("parseFloat(getComputedStyle(document.querySelector('.figure .number')).fontSize)")
        >= 110
    )


def test_danger_areas_and_closed_roads_are_on_the_map_while_they_stand(
    county: Served, wall: Callable[..., Any]
) -> None:
    page = wall()
    legend = page.locator(".legend")
    expect(legend).not_to_contain_text("危险区")
    at = {"type": "Point", "coordinates": [113.05, 36.95]}
    body = {"sort": "toxic", "reason": "液氨泄漏", "point": at, "radius_m": 1500}
    area = county.post("county_duty", "/danger_areas", body)["id"]
    shut = county.post("county_duty", "/closures", {"shape": at, "cause": "landslide"})["id"]
    opened(county, life_risk="people")
    expect(legend).to_contain_text("危险区", timeout=AT_ONCE)
    expect(legend).to_contain_text("封路")
    assert Axe().run(page).response["violations"] == []
    county.post("county_duty", f"/danger_areas/{area}/lift", {"reason": "堵漏"})
    county.post("county_duty", f"/closures/{shut}/lift", {})
    expect(legend).not_to_contain_text("危险区", timeout=AT_ONCE)
