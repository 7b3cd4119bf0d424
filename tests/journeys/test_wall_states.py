"""The wall in its states: many incidents, a silent township, a stopped picture, far seats, forced colours."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.test_wall import HD
from tests.serving import Live, Served

UHD = {"width": 3840, "height": 2160}
SOON_MS = 30_000
LEVELS = (None, "IV", "III", "IV", "II", None, "IV", "I")
VILLAGES = ("140429100003", "140429101200", "140429102203", "140429103204", "140429105200")
NORTH = "140429104200"
SILENT = "fenshuiling_duty"
FLOOR_PX = 41.5
"""16 arcminutes from five metres on a 98-inch panel: 42 px of 3840, less a rounding."""


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A county in a bad night: eighteen incidents, four of them with lives at risk; one township has spoken, and is silent since."""
    own = Served(tmp_path_factory.mktemp("states")).start()
    screen = Live(own.url, {"token": own.tokens[SILENT]})
    screen.watch(*own.get(SILENT, "/session")["actor"]["parties"])
    screen.close()
    teams = [
        one["id"]
        for one in own.get("county_duty", "/teams?limit=200")["items"]
        if one["status"] == "available"
    ]
    for n in range(18):
        body: dict[str, Any] = {
            "kind": "flash_flood" if n % 2 else "landslide",
            "village_code": VILLAGES[n % len(VILLAGES)],
        }
        if n < 4:
            body |= {"life_risk": ("people", "possible")[n % 2], "casualties": {"missing": n + 1}}
        if level := LEVELS[n % len(LEVELS)]:
            body["level"] = level
        incident = own.post("county_duty", "/incidents", body)
        if n < 14:
            own.post("county_duty", f"/incidents/{incident['id']}/tasks", {"team_ids": [teams[n]]})
    yield own
    own.stop()


@pytest.fixture
def wall(night: Served, page_of: Callable[..., Page]) -> Callable[..., Page]:
    """A wall display that shows the night: `wall("?lang=en")`."""

    def at(query: str = "", who: str = "wall", **options: Any) -> Page:
        page = page_of(night, who, f"/wall{query}", **{"viewport": HD, **options})
        page.locator(".map[data-ready]").wait_for(timeout=SOON_MS)
        page.locator("[data-incident]").nth(4).wait_for(timeout=SOON_MS)
        return page

    return at


# Of each row: how high its level's numeral stands, in the sign or beside it.
NUMERALS = """() => [...document.querySelectorAll('[data-incident]')].map((row) => {
  const inSign = row.querySelector('.sign text'), sign = row.querySelector('.sign'), beside = row.querySelector('.level')
  const drawn = inSign ? parseFloat(getComputedStyle(inSign).fontSize) * sign.getBoundingClientRect().width / 24 : 0
  return Math.max(drawn, beside ? parseFloat(getComputedStyle(beside).fontSize) : 0)
})"""


# Every text that is drawn, in px as it is drawn: a sign's numeral by the size of its sign, but where it stands again beside it.
TOO_SMALL = """(floor) => {
  const small = []
  const walk = document.createTreeWalker(document.querySelector('.wall'), NodeFilter.SHOW_TEXT)
  for (let n = walk.nextNode(); n; n = walk.nextNode()) {
    const e = n.parentElement
    if (!n.data.trim() || !e.getClientRects().length || e.closest('.visually-hidden, .half .mark')) continue
    const svg = e.closest('svg')
    const grown = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1
    const px = parseFloat(getComputedStyle(e).fontSize) * grown
    if (px < floor) small.push(`${px.toFixed(1)} ${n.data.trim()} in ${e.closest('[aria-label]')?.getAttribute('aria-label')}`)
  }
  return small
}"""


@pytest.mark.parametrize("query", ["", "?lang=en"])
def test_no_text_on_the_wall_or_its_map_is_too_small_for_five_metres(
    wall: Callable[..., Page], query: str
) -> None:
    page = wall(query, viewport=UHD)
    page.locator(".map .sign-at .index").first.wait_for(timeout=SOON_MS)
    page.locator(".map .pill").first.wait_for(timeout=SOON_MS)
    assert page.evaluate(TOO_SMALL, FLOOR_PX) == []


@pytest.mark.parametrize("query", ["", "?lang=en", "?scale=1.45"])
def test_the_numeral_of_every_level_on_the_board_is_read_from_five_metres(
    wall: Callable[..., Page], query: str
) -> None:
    sizes = wall(query, viewport=UHD).evaluate(NUMERALS)
    assert len(sizes) >= 9
    assert min(sizes) >= FLOOR_PX, sorted(sizes)


def test_far_seats_get_type_by_the_room_that_is_told(wall: Callable[..., Page]) -> None:
    page = wall("?seat=12&panel=2.17", viewport=UHD)
    head = page.locator("[data-incident] .what b").first.evaluate(
        "b => parseFloat(getComputedStyle(b).fontSize)"
    )
    assert head >= 0.00465 * 12 / 2.17 * 3840 * 0.75, (
        "16 arcminutes from twelve metres, less what bold type gains"
    )


@pytest.mark.parametrize("query", ["", "?lang=en", "?scale=1.45", "?scale=1.45&lang=en", "?scale=2"])
def test_no_row_is_cut_and_life_risk_is_never_paged_away(wall: Callable[..., Page], query: str) -> None:
    page = wall(query)
    box = page.locator(".board .list").bounding_box()
    assert box is not None
    rows = page.locator("[data-incident]").evaluate_all(
        "rows => rows.map(r => { const b = r.getBoundingClientRect(); return [b.top, b.bottom] })"
    )
    foot = page.locator(".board .hidden")
    end = foot.bounding_box() if foot.count() else None
    last = end["y"] if end else box["y"] + box["height"]
    assert max(bottom for _, bottom in rows) <= last + 1, (
        "nothing stands under the line that says what is hidden"
    )
    expect(page.locator(".row.danger")).to_have_count(4)
    size = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    assert size == [HD["width"], HD["height"]]
    header = page.locator(".board > header").evaluate("h => h.scrollWidth - h.clientWidth")
    assert header <= 0


def test_the_board_stands_still_while_nothing_happens(wall: Callable[..., Page]) -> None:
    seen = wall().evaluate(
        """() => new Promise((done) => {
          const looks = new Set(), look = () => [...document.querySelectorAll('[data-incident]')]
            .map((r) => `${r.dataset.incident} ${Math.round(r.getBoundingClientRect().top)}`).join()
          let frames = 0
          const again = () => { looks.add(look()); (frames += 1) < 90 ? requestAnimationFrame(again) : done(looks.size) }
          again()
        })"""
    )
    assert seen == 1, "what fits must not change what is shown, which changes what fits"


def test_a_callout_is_as_old_as_its_row(night: Served, wall: Callable[..., Page]) -> None:
    page = wall()
    fresh = night.post(
        "county_duty", "/incidents",
        {"kind": "landslide", "village_code": NORTH, "life_risk": "people", "casualties": {"trapped": 9}, "level": "I"},
    )  # fmt: skip
    row = page.locator(f"[data-incident='{fresh['id']}']")
    row.wait_for(timeout=SOON_MS)
    callout = page.locator(".callout", has_text="被困 9 人")
    for passed in ("2秒", "4秒"):
        expect(callout).to_contain_text(re.compile(rf"{passed[:-1]}秒|[5-9]秒|\d\d秒|分"), timeout=SOON_MS)
    ages = page.evaluate(
        """(id) => {
          const age = (text) => Number(/(\\d+)秒/.exec(text)?.[1] ?? 60)
          const row = document.querySelector(`[data-incident='${id}']`).innerText
          const callout = [...document.querySelectorAll('.callout')].find((c) => c.innerText.includes('被困 9 人')).innerText
          return [age(row), age(callout)]
        }""",
        fresh["id"],
    )
    assert abs(ages[0] - ages[1]) <= 1, ages


def test_it_shows_the_scale_of_its_map_north_and_that_lines_are_schematic(wall: Callable[..., Page]) -> None:
    page = wall()
    expect(page.locator(".measure")).to_contain_text(re.compile(r"\d+ 公里"))
    expect(page.get_by_role("img", name="上北")).to_be_visible()
    expect(page.locator(".schematic")).to_have_text("乡镇界：示意·非法定界线")
    assert page.locator(".warned, .warning").count() == 0, "there are no warnings: nothing claims one"
    expect(page.locator(".legend")).not_to_contain_text("预警")


def test_a_silent_township_stands_apart_from_missing_people(wall: Callable[..., Page]) -> None:
    page = wall()
    panel = page.locator("section[aria-label='乡镇联系']")
    expect(panel).to_contain_text("联系中断 1 / 12 乡镇", timeout=120_000)
    expect(panel).to_contain_text("分水岭乡")
    expect(panel).not_to_contain_text("失联")
    expect(page.locator(".callout.dashed")).to_contain_text(
        re.compile(r"联系中断.*分水岭乡 · 最后 \d\d:\d\d", re.S)
    )


@pytest.mark.parametrize("query", ["", "?lang=en", "?scale=1.45&lang=en"])
def test_it_has_no_accessibility_fault_with_eighteen_incidents(wall: Callable[..., Page], query: str) -> None:
    found = Axe().run(wall(query))
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_forced_colours_leave_each_numeral_readable_on_its_sign(
    wall: Callable[..., Page], scheme: str
) -> None:
    page = wall(forced_colors="active", color_scheme=scheme)
    pairs = page.evaluate(
        """() => [...document.querySelectorAll('.board .sign')].map((sign) => {
          const ground = sign.querySelector('.diamond'), text = sign.querySelector('text')
          const solid = ground.hasAttribute('data-filled') ? ground : sign.querySelector('.risk')
          const under = solid ? getComputedStyle(solid).fill : getComputedStyle(document.body).backgroundColor
          return [getComputedStyle(text).fill, under]
        })"""
    )
    assert pairs
    assert [one for one in pairs if one[0] == one[1]] == []
    outline = page.locator(".figure.danger").first.evaluate("f => getComputedStyle(f).outlineStyle")
    assert outline == "solid", "inversion is lost: a line stands for it"


def test_the_picture_says_that_it_has_stopped_and_keeps_what_it_knew(
    tmp_path_factory: pytest.TempPathFactory, page_of: Callable[..., Page]
) -> None:
    own = Served(tmp_path_factory.mktemp("stopped")).start()
    try:
        incident = own.post(
            "county_duty",
            "/incidents",
            {"kind": "landslide", "village_code": VILLAGES[2], "life_risk": "people"},
        )
        page = page_of(own, "wall", "/wall", viewport=HD)
        row = page.locator(f"[data-incident='{incident['id']}']")
        row.wait_for(timeout=SOON_MS)
        expect(page.get_by_role("alert")).to_have_count(0)
        own.kill()
        expect(page.get_by_role("alert")).to_contain_text(
            re.compile(r"数据停在 \d\d:\d\d:\d\d"), timeout=60_000
        )
        expect(row).to_be_visible()
        own.start()
        expect(page.get_by_role("alert")).to_have_count(0, timeout=60_000)
        expect(row).to_be_visible()
    finally:
        own.stop()
