"""Keys that a person moves, paper, the timeline as a file, and the desk in forced colours, enlarged and under axe in each of its states."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.at_desk import SMALL, Hand, eventually, opened, tasks_of
from tests.serving import Served

# Keys that lead into a state, by its name; each begins at the command keys with an incident chosen.
STATES: dict[str, tuple[str, ...]] = {
    "command": (),
    "facts": ("i",),
    "timeline": ("t",),
    "armed": ("d", "ArrowDown"),
    "all teams": ("d", "0"),
    "intake": ("F2", "j", "z", "n", "g", "c", "Tab", "s", "h", "Tab", "3"),
    "aside": ("F2", "j", "z", "Escape"),
    "proxy": ("v", "1"),
    "recall": ("r", "1"),
    "reassign": ("r", "1", "t"),
    "calls": ("c", "1"),
    "thing": ("q",),
    "figures": ("k",),
    "state": ("s",),
    "grade": ("g",),
    "more": ("l",),
    "edit": ("l", "1"),
    "point": ("l", "2"),
    "merge": ("l", "3"),
    "share": ("l", "4"),
    "hand over": ("l", "5", "h"),
    "command taken": ("l", "6"),
    "caller": ("l", "7"),
    "find": ("/", "a"),
    "keys": ("Shift+Slash",),
}


@pytest.fixture
def busy(desk_server: Served) -> str:
    """An incident with teams on their way and figures that differ."""
    incident = opened(desk_server, source="监漳镇值班室", description="=SUM(1) 河水漫过路面")
    said = desk_server.get("county_duty", f"/incidents/{incident['id']}/suggestions")["items"]
    ids = [one["team"]["id"] for one in said if one["mode"] != "invite"][:2]
    if ids and not tasks_of(desk_server, incident["id"]):
        desk_server.post("county_duty", f"/incidents/{incident['id']}/tasks", {"team_ids": ids})
    body = {"casualties": {"missing": 2}, "source": "现场队长"}
    desk_server.post("county_duty", f"/incidents/{incident['id']}/casualties", body)
    found: str = incident["id"]
    return found


@pytest.mark.parametrize(
    ("query", "states"),
    [
        ("?theme=dark", tuple(STATES)),
        ("?lang=en&theme=light", ("armed", "intake", "proxy", "hand over", "edit", "keys")),
    ],
)
def test_it_has_no_accessibility_fault_in_any_of_its_states(
    busy: str, hand: Callable[..., Hand], query: str, states: tuple[str, ...]
) -> None:
    one = hand("county_duty", f"/desk{query}").choose(busy)
    expect(one.page.locator("[data-task]")).not_to_have_count(0)
    faults: dict[str, list[tuple[str, str]]] = {}
    for name in states:
        one.press(*STATES[name]).page.wait_for_timeout(300)
        found = Axe().run(one.page).response["violations"]
        if found:
            faults[name] = [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found]
        one.press("Escape", "Escape", "Escape")
        if name == "aside":
            one.press("Shift+F2")
    assert faults == {}


def test_it_moves_a_key_for_one_account_and_says_what_stands_in_the_way(
    busy: str, hand: Callable[..., Hand]
) -> None:
    one = hand("county_duty").choose(busy)
    one.press("Shift+Slash")
    one.page.locator("[data-command=suggest]").focus()
    one.press("Enter", "r")
    expect(one.page.get_by_role("dialog")).to_contain_text("R 已是“召回”")
    one.press(";")
    expect(one.page.locator("[data-command=suggest] kbd")).to_have_text("Semicolon")
    one.press("Escape", "d")
    expect(one.page.locator(".suggest[data-armed]")).to_have_count(0)
    one.press(";")
    expect(one.page.locator(".suggest[data-armed]")).to_be_visible()
    one.page.reload()
    expect(one.page.locator(".suggest .head kbd")).to_have_text("Semicolon")
    one.press("Shift+Slash")
    one.page.get_by_role("button", name="全部还原").focus()
    one.press("Enter")
    expect(one.page.locator("[data-command=suggest] kbd")).to_have_text("D")


def test_it_leaves_enter_escape_and_f2_where_letters_are_switched_off(
    busy: str, hand: Callable[..., Hand]
) -> None:
    one = hand("county_duty").choose(busy)
    one.press("Shift+Slash")
    one.page.get_by_label("停用单字母键").focus()
    one.press("Space", "Escape")
    expect(one.page.get_by_role("dialog")).to_have_count(0)
    one.press("d")
    expect(one.page.locator(".suggest[data-armed]")).to_have_count(0)
    one.press("F2")
    expect(one.page.locator(".intake")).to_be_visible()


def test_it_prints_the_incident_on_a_clean_page(busy: str, hand: Callable[..., Hand]) -> None:
    one = hand("county_duty").choose(busy)
    expect(one.page.locator("[data-task]")).not_to_have_count(0)
    expect(one.page.locator(".paper")).to_have_count(0)
    one.page.emulate_media(media="print")
    expect(one.page.locator(".desk")).to_be_hidden()
    paper = one.page.locator(".paper")
    expect(paper).to_be_visible()
    for said in ("山洪 · 监漳镇 南皋村", "现场队长", "未报", "打印", "已下达"):
        expect(paper).to_contain_text(said)
    assert one.page.pdf(format="A4").startswith(b"%PDF")
    one.page.emulate_media(media="screen")
    one.press("Shift+Slash")
    one.page.emulate_media(media="print")
    expect(paper).to_contain_text("全部按键")


def test_it_saves_the_timeline_as_a_file_without_force(busy: str, hand: Callable[..., Hand]) -> None:
    one = hand("county_duty").choose(busy)
    one.press("n")
    one.page.keyboard.type("=HYPERLINK(1)")
    one.press("Enter", "t")
    expect(one.page.locator("ol li", has_text="=HYPERLINK(1)").first).to_be_visible()
    with one.page.expect_download() as waiting:
        one.page.locator("a.csv").focus()
        one.press("Enter")
    text = waiting.value.path().read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["发生时刻", "收到时刻", "谁", "何事", "类型"]
    assert len(rows) > 3
    assert not [cell for row in rows for cell in row if cell[:1] in "=+-@" and cell]
    assert "HYPERLINK" in text


def test_it_is_whole_in_forced_colours(busy: str, hand: Callable[..., Hand]) -> None:
    one = hand("county_duty", forced_colors="active").choose(busy)
    expect(one.page.locator("[data-task]")).not_to_have_count(0)
    widths = one.page.locator("[data-incident][aria-current], .kbd.on").evaluate_all(
        "all => all.map(e => getComputedStyle(e)).map(s => parseFloat(s.borderTopWidth) + parseFloat(s.outlineWidth))"
    )
    assert widths
    assert min(widths) >= 1, "what is chosen and what can be pressed has an edge where grounds are taken away"


def test_it_can_be_read_whole_at_twice_the_size(busy: str, hand: Callable[..., Hand]) -> None:
    """200 % on 1366×768 leaves 683×384: the columns stand under one another, and all can be reached by scrolling down."""
    half = {"width": SMALL["width"] // 2, "height": SMALL["height"] // 2}
    one = hand("county_duty", viewport=half, device_scale_factor=2).choose(busy)
    one.press("d")
    boxes = one.page.locator(".desk section").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect()).map(b => [b.left, b.right, b.height])"
    )
    seen = [(left, right) for left, right, height in boxes if height]
    assert len(seen) > 5
    assert min(left for left, _ in seen) >= 0
    assert max(right for _, right in seen) <= half["width"] + 1
    one.page.locator(".suggest .send .btn").scroll_into_view_if_needed()
    expect(one.page.locator(".suggest .send .btn")).to_be_in_viewport()
    eventually(lambda: one.page.evaluate("document.documentElement.scrollWidth") <= half["width"])


@pytest.mark.parametrize("account", ["planner", "county_leader", "township_leader", "dept_duty"])
def test_it_tells_a_desk_that_only_reads_nothing_it_cannot_do(
    busy: str, desk_server: Served, hand: Callable[..., Hand], account: str
) -> None:
    rows = json.loads((desk_server.data_dir / "demo-accounts.json").read_text())
    username = next(one["username"] for one in rows if one["role"] == account)
    one = hand(username)
    card = one.page.get_by_role("region", name="先做这三步")
    expect(card).to_contain_text("按 ? 看全部按键")
    for key in ("按 D", "F2"):
        expect(card).not_to_contain_text(key)
    card.get_by_role("button").click()
    lit = set(one.page.locator(".desk .kbd.on").all_inner_texts())
    assert "?" in lit
    assert not lit & {"F2", "D", "R", "X", "V", "K", "Y", "S", "P"}, (
        "no key is mint that this desk may not press"
    )
