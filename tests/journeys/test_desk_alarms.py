"""What a desk sounds and shows of alarms, and what never moves under a hand: three at once, silence by name, frozen lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.at_desk import SLIP_MS, Hand, eventually, opened, tasks_of
from tests.serving import Served

# Counts tones, each with when it was asked for; nothing else of the sound is touched.
COUNT_TONES = """
window.tones = []
const make = AudioContext.prototype.createOscillator
AudioContext.prototype.createOscillator = function () { window.tones.push(performance.now()); return make.call(this) }
"""
TOWNSHIPS = ("fengzhou", "hongshui", "panlong", "jianzhang", "gucheng")


def tones(page: Page) -> int:
    """How many tones were played so far."""
    found: int = page.evaluate("window.tones.length")
    return found


@pytest.fixture
def listening(hand: Callable[..., Hand]) -> Callable[..., Hand]:
    """A hand at a desk whose sound is on and whose tones are counted."""

    def at(username: str) -> Hand:
        one = hand(username)
        one.page.add_init_script(COUNT_TONES)
        one.page.reload()
        expect(one.page.locator(".chip.live")).to_be_attached()
        one.press("Escape")
        expect(one.page.get_by_text("声音开", exact=True)).to_be_visible()
        return one

    return at


@pytest.fixture
def maydays(desk_server: Served) -> Iterator[Callable[[int], list[str]]]:
    """Teams that call mayday; they are taken back afterwards."""
    called: list[tuple[str, str]] = []

    def call(count: int) -> list[str]:
        made = []
        for town in TOWNSHIPS[:count]:
            team = desk_server.account(f"{town}_team1")["team_id"]
            made.append(desk_server.post(f"{town}_team1", f"/teams/{team}/mayday", {})["id"])
            called.append((f"{town}_team1", team))
        return made

    yield call
    for username, team in called:
        desk_server.post(username, f"/teams/{team}/mayday/cancel", {"why": "safe"})


def test_it_shows_three_alarms_at_most_and_counts_the_rest(
    hand: Callable[..., Hand], maydays: Callable[[int], list[str]]
) -> None:
    maydays(5)
    one = hand("county_duty")
    expect(one.page.locator("[data-alarm]")).to_have_count(3)
    expect(one.page.locator(".alarms")).to_contain_text("还有 2 项")
    one.press("a")
    expect(one.page.locator(".alarms")).to_contain_text("还有 1 项")
    expect(one.page.locator("[data-alarm]")).to_have_count(3)
    expect(one.page.locator(".alarms")).to_contain_text("已确认未解除 1")
    expect(one.page.locator(".things [data-thing^=mayday]")).to_have_count(3)


def test_it_repeats_the_sound_of_danger_to_life_until_it_is_taken_by_name(
    listening: Callable[..., Hand], maydays: Callable[[int], list[str]], desk_server: Served
) -> None:
    one = listening("county_duty")
    before = tones(one.page)
    (alarm,) = maydays(1)
    eventually(lambda: tones(one.page) >= before + 4)
    eventually(lambda: tones(one.page) >= before + 8)
    first, again = one.page.evaluate(f"[window.tones[{before}], window.tones[{before + 4}]]")
    assert 19_000 < again - first < 25_000
    one.press("a")
    taken = eventually(lambda: desk_server.get("county_duty", f"/alarms/{alarm}")["acknowledged_by"])
    assert taken == "县值班员甲"
    silent = tones(one.page)
    one.page.wait_for_timeout(21_000)
    assert tones(one.page) == silent


def test_it_silences_one_bundle_by_name_and_gives_it_its_sound_back(
    listening: Callable[..., Hand], maydays: Callable[[int], list[str]], desk_server: Served
) -> None:
    one = listening("county_duty")
    (alarm,) = maydays(1)
    expect(one.page.locator(f"[data-alarm='{alarm}']")).to_be_visible()
    one.press("Shift+A")
    expect(one.page.locator(f"[data-alarm='{alarm}']")).to_contain_text("县值班员甲 已静音")
    assert desk_server.get("county_duty", f"/alarms/{alarm}")["acknowledged_by"] is None
    silent = tones(one.page)
    one.page.wait_for_timeout(21_000)
    assert tones(one.page) == silent
    one.press("Shift+A")
    eventually(lambda: desk_server.get("county_duty", f"/alarms/{alarm}")["silenced_by"] is None)
    eventually(lambda: tones(one.page) > silent)


def test_it_ticks_once_and_softly_while_a_handset_is_up(
    listening: Callable[..., Hand], maydays: Callable[[int], list[str]]
) -> None:
    one = listening("county_duty")
    one.press("F2")
    expect(one.page.locator(".intake")).to_be_visible()
    before = tones(one.page)
    maydays(1)
    eventually(lambda: tones(one.page) > before)
    one.page.wait_for_timeout(500)
    assert tones(one.page) == before + 1


def test_it_sounds_an_alarm_without_danger_to_life_once(
    listening: Callable[..., Hand], desk_server: Served
) -> None:
    incident = opened(desk_server, life_risk="none", casualties=None)
    for name in ("task.accept_s", "task.alarm_s"):
        for mode in ("direct", "township", "via_authority"):
            desk_server.post(
                "admin", "/settings", {"name": f"{name}.{mode}", "centre": "140429", "value": 10}
            )
    one = listening("county_duty").choose(incident["id"])
    before = tones(one.page)
    offered = desk_server.get("county_duty", f"/incidents/{incident['id']}/suggestions")["items"]
    team = next(row["team"]["id"] for row in offered if row["mode"] in ("direct", "township"))
    desk_server.post("county_duty", f"/incidents/{incident['id']}/tasks", {"team_ids": [team]})
    expect(one.page.locator(".escalation")).to_be_visible()
    eventually(lambda: tones(one.page) == before + 2)
    # It opens in place and takes no key: a digit is still an incident's number, until Q takes it in hand.
    number = one.page.locator("[data-incident][aria-current] kbd").inner_text()
    one.press(number)
    assert [t["state"] for t in tasks_of(desk_server, incident["id"])] == ["ordered"]
    expect(one.page.locator(".escalation .options .kbd.on")).to_have_count(0)
    one.page.wait_for_timeout(21_000)
    assert tones(one.page) == before + 2
    thing = one.page.locator(
        f"[data-thing='unanswered:{tasks_of(desk_server, incident['id'])[0]['id']}'] kbd"
    )
    one.press(thing.first.inner_text().lower())
    cancel = one.page.locator(".escalation .btn", has_text="撤销原令").locator("kbd")
    expect(cancel).to_have_class("kbd on")
    one.press(cancel.inner_text())
    eventually(lambda: tasks_of(desk_server, incident["id"])[0]["state"] == "cancelled")


def test_it_says_who_muted_the_desk_and_since_when(listening: Callable[..., Hand]) -> None:
    one = listening("county_duty")
    one.press("Shift+M")
    expect(one.page.locator(".desk header")).to_contain_text("本席静音 县值班员甲")
    one.press("Shift+M")
    expect(one.page.get_by_text("声音开", exact=True)).to_be_visible()


def test_it_never_moves_the_chosen_incident_nor_gives_a_freed_number_away(
    desk_server: Served, hand: Callable[..., Hand]
) -> None:
    low = opened(desk_server, life_risk="none", casualties=None)
    one = hand("county_duty").choose(low["id"])
    worse = opened(desk_server, village_code="140429103210", casualties={"trapped": 5})
    row = one.page.locator(f"[data-incident='{worse['id']}']")
    expect(row).to_be_visible()
    expect(one.page.locator(f"[data-incident='{low['id']}'][aria-current]")).to_be_visible()
    freed = row.locator("kbd").inner_text()
    for to in ("verifying", "dismissed"):
        desk_server.post("county_duty", f"/incidents/{worse['id']}/transition", {"to": to, "reason": "误报"})
    expect(row).to_have_count(0)
    third = opened(desk_server, village_code="140429103210", casualties={"trapped": 1})
    number = one.page.locator(f"[data-incident='{third['id']}'] kbd")
    expect(number).to_be_visible()
    assert number.inner_text() != freed
    expect(one.page.locator(f"[data-incident='{low['id']}'][aria-current]")).to_be_visible()


def test_it_freezes_the_armed_list_and_says_that_there_is_a_newer_one(
    desk_server: Served, hand: Callable[..., Hand]
) -> None:
    incident = opened(desk_server)
    one = hand("county_duty").choose(incident["id"])
    one.page.wait_for_selector("[data-team]")
    one.arm()
    shown = one.page.locator("[data-team]").evaluate_all("rows => rows.map(r => r.dataset.team)")
    team = desk_server.get("county_duty", f"/teams/{shown[-1]}")
    off = desk_server.ask("county_duty", "POST", f"/teams/{team['id']}/duty", {"on_duty": False})
    assert off.status_code == 200, off.text
    desk_server.post("county_duty", f"/incidents/{incident['id']}/casualties", {"casualties": {"trapped": 2}})
    expect(one.page.locator(".suggest")).to_contain_text("有更新")
    assert one.page.locator("[data-team]").evaluate_all("rows => rows.map(r => r.dataset.team)") == shown
    one.press("Escape")
    expect(one.page.locator(f"[data-team='{team['id']}']")).to_have_count(0)
    one.page.wait_for_timeout(SLIP_MS)
    desk_server.ask("county_duty", "POST", f"/teams/{team['id']}/duty", {"on_duty": True})


def test_it_lets_the_county_read_a_strangers_sms_by_a_press_and_take_note(
    desk_server: Served, hand: Callable[..., Hand]
) -> None:
    """It names nobody before the press, and is not there for a township."""
    assert desk_server.fengsui("sms", "13700000009", "东沟村口桥断了").returncode == 0
    county = hand("county_duty")
    expect(county.page.locator(".undelivered")).to_contain_text("来信 1")
    letter = county.press("u").page.locator("[data-letter]")
    expect(letter).not_to_contain_text("13700000009")
    letter.get_by_role("button", name="查看").press("Enter")
    expect(letter).to_contain_text("13700000009")
    expect(letter).to_contain_text("东沟村口桥断了")
    town = hand("jianzhang_duty").press("u")
    expect(town.page.locator("[data-letter]")).to_have_count(0)
    letter.get_by_role("button", name="已阅").press("Enter")
    expect(county.page.locator("[data-letter]")).to_have_count(0)
    expect(county.page.locator(".alarms")).not_to_contain_text("短信来信")
