"""The desk in a real browser, without a mouse: a call taken, teams sent, recalled and reported for, what each press may and may not do."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from command.incidents.words import INCIDENT_FLOW
from dispatch.tasks.flow import TASK_FLOW
from tests.journeys.at_desk import (
    FENSHUILING,
    NANGAO,
    TAKE,
    Hand,
    all_incidents,
    eventually,
    opened,
    tasks_of,
)
from tests.promptness import Heart
from tests.serving import ROOT, Served

# D and F within one turn of the page, as fingers that fall together: two keys sent one by one may lie far apart on a busy machine.
BOTH_AT_ONCE = """async () => {
  for (const code of ['KeyD', 'KeyF']) {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { code, key: code.at(-1).toLowerCase(), bubbles: true, cancelable: true }))
    await new Promise((done) => setTimeout(done, 0))
  }
}"""


def test_it_takes_a_call_with_thirteen_keys_and_no_mouse(
    desk_server: Served, hand: Callable[..., Hand], heart: Heart
) -> None:
    before = {one["id"] for one in all_incidents(desk_server)}
    one = hand("county_duty")
    started = time.monotonic()
    one.press(*TAKE)
    one.page.wait_for_selector(".head-panel")
    assert one.pressed == 13
    heart.held(started, 20)
    found = eventually(lambda: [i for i in all_incidents(desk_server) if i["id"] not in before])
    (incident,) = found
    said = (
        incident["village_code"],
        incident["kind"],
        incident["life_risk"],
        incident["casualties"]["missing"],
        incident["location"],
    )
    assert said == (NANGAO, "flash_flood", "people", 1, None)
    one.page.wait_for_selector(f"[data-incident='{incident['id']}'][aria-current]")


def test_it_sends_the_road_and_kilometre_of_a_call_in_parts(
    desk_server: Served, hand: Callable[..., Hand]
) -> None:
    before = {one["id"] for one in all_incidents(desk_server)}
    one = hand("county_duty")
    one.press("F2").page.keyboard.type("208国道123公里+400米")
    one.press("Tab")
    expect(one.page.locator(".found.road")).to_have_text("G208 K123+400")
    expect(one.page.locator(".intake")).to_contain_text("还要乡镇或村")
    one.press("Shift+Tab").page.keyboard.type("jz")
    expect(one.page.locator(".found").first).to_contain_text("监漳镇")
    one.press("Tab", "s", "h", "Tab", "1", "Enter")
    one.page.wait_for_selector(".head-panel")
    found = eventually(lambda: [i for i in all_incidents(desk_server) if i["id"] not in before])
    (incident,) = found
    road = {"ref": "G208", "name": None, "km": 123.4, "direction": None}
    assert (incident["road"], incident["centre"], incident["village_code"]) == (road, "140429103", None)
    assert "208国道123公里+400米" in incident["place_text"]


def test_a_road_and_kilometre_that_posts_know_is_place_enough(
    desk_server: Served, hand: Callable[..., Hand]
) -> None:
    for km, lon in ((40, 112.84), (42, 112.8624)):
        post = {"ref": "S555", "km": km, "location": {"type": "Point", "coordinates": [lon, 36.83]}}
        desk_server.post("county_duty", "/road-posts", post)
    one = hand("county_duty")
    one.press("F2")
    one.page.locator("#in-where").fill("S555 K41+000")
    one.page.locator("#in-kind").fill("crash")
    expect(one.page.locator(".intake")).to_contain_text("±")
    expect(one.page.locator(".intake")).not_to_contain_text("还要乡镇或村")
    one.page.locator("#in-kind").press("Tab")
    one.page.get_by_role("radio", name="无").click()
    one.press("Enter")
    expect(one.page.locator(".intake")).to_have_count(0)
    made = next(i for i in desk_server.get("county_duty", "/incidents?road=S555")["items"])
    assert (made["location_basis"], made["road"]["placed"]["how"]) == ("road", "between")


def test_it_sends_the_ticked_teams_with_two_keys_and_a_third_one_more(
    desk_server: Served, hand: Callable[..., Hand]
) -> None:
    incident = opened(desk_server)
    one = hand("county_duty").choose(incident["id"])
    one.page.wait_for_selector("[data-team]")
    one.pressed = 0
    one.arm().press("f")
    eventually(lambda: len(tasks_of(desk_server, incident["id"])) == 2)
    expect(one.page.locator("[data-task]")).to_have_count(2)
    assert one.pressed == 2
    assert [task["state"] for task in tasks_of(desk_server, incident["id"])] == ["ordered", "ordered"]


def test_it_takes_back_within_ten_seconds_what_was_sent(
    desk_server: Served, hand: Callable[..., Hand]
) -> None:
    incident = opened(desk_server, casualties={"missing": 2})
    one = hand("county_duty").choose(incident["id"])
    one.page.wait_for_selector("[data-team]")
    one.arm().press("f")
    eventually(lambda: tasks_of(desk_server, incident["id"]))
    one.page.wait_for_selector("footer .undo")
    one.press("z")
    eventually(lambda: {task["state"] for task in tasks_of(desk_server, incident["id"])} == {"cancelled"})


def test_it_ignores_a_second_key_that_comes_with_the_first(
    desk_server: Served, hand: Callable[..., Hand]
) -> None:
    incident = opened(desk_server, casualties={"missing": 3})
    one = hand("county_duty").choose(incident["id"])
    one.page.wait_for_selector("[data-team]")
    one.page.evaluate(BOTH_AT_ONCE)
    one.page.wait_for_selector(".suggest[data-armed]")
    one.press("Escape")
    expect(one.page.locator(".suggest[data-armed]")).to_have_count(0)
    desk_server.post("county_duty", f"/incidents/{incident['id']}/reports", {"text": "其后的话"})
    one.page.get_by_text("其后的话").first.wait_for(
        state="attached"
    )  # what was sent before would be there by now
    assert tasks_of(desk_server, incident["id"]) == []


def test_it_recalls_with_three_keys_and_reports_for_a_team_with_three(
    desk_server: Served, hand: Callable[..., Hand]
) -> None:
    incident = opened(desk_server, casualties={"missing": 4})
    said = desk_server.get("county_duty", f"/incidents/{incident['id']}/suggestions")
    offered = [one["team"]["id"] for one in said["items"] if one["mode"] != "invite"]
    desk_server.post("county_duty", f"/incidents/{incident['id']}/tasks", {"team_ids": offered[:2]})
    one = hand("county_duty").choose(incident["id"])
    expect(one.page.locator("[data-task]")).to_have_count(2)
    one.pressed = 0
    one.aim("r", "2").press("f")
    assert one.pressed == 3
    eventually(lambda: [t["state"] for t in tasks_of(desk_server, incident["id"])] == ["ordered", "recalled"])
    one.press("v", "1", "1")
    task = eventually(
        lambda: next((t for t in tasks_of(desk_server, incident["id"]) if t["state"] == "accepted"), None)
    )
    assert task["steps"][-1]["by_proxy"]["channel"] == "电话"
    expect(one.page.locator("[data-task] td.state b")).to_have_text(["已接令", "召回"])


def test_it_hangs_a_second_call_on_the_incident_it_is_like(
    desk_server: Served, hand: Callable[..., Hand]
) -> None:
    incident = opened(
        desk_server, village_code="140429103210", casualties={"missing": 2}, source="监漳镇值班室"
    )
    count = len(all_incidents(desk_server))
    one = hand("county_duty")
    one.press("F2", "d", "h", "x", "c", "Tab", "s", "h", "Tab", "3", "1")
    one.page.wait_for_selector("text=很像")
    one.page.fill("[name=caller]", "王某")
    one.page.fill("[name=phone]", "13900000077")
    one.page.keyboard.press("Alt+Digit1")
    stated = f"/figures?incident_id={incident['id']}&field=missing"
    said = eventually(lambda: [f for f in desk_server.get("county_duty", stated)["items"] if f["value"] == 1])
    assert said[0]["chosen"] is False
    assert len(all_incidents(desk_server)) == count
    assert desk_server.get("county_duty", f"/incidents/{incident['id']}")["casualties"]["missing"] == 2
    one.page.locator(f"[data-incident='{incident['id']}'][aria-current]").wait_for()
    one.press("l", "7")
    caller = one.page.locator("[data-caller]")
    expect(caller).to_have_count(1, timeout=30_000)
    expect(caller).to_contain_text("13900000077")
    expect(caller).to_contain_text("王某")


def test_it_keeps_the_number_of_an_incident_when_the_queue_reorders(
    desk_server: Served, hand: Callable[..., Hand]
) -> None:
    low = opened(desk_server, life_risk="none", casualties=None, village_code="140429103210")
    one = hand("county_duty")
    row = f"[data-incident='{low['id']}']"
    number = one.page.wait_for_selector(f"{row} kbd").inner_text()
    patched = desk_server.ask(
        "county_duty", "PATCH", f"/incidents/{low['id']}", {"life_risk": "people"}, version=low["version"]
    )
    assert patched.status_code == 200, patched.text
    one.page.wait_for_selector(f"{row} .sign[aria-label*='失联']")
    expect(one.page.locator(f"{row} kbd")).to_have_text(number)


def test_it_shows_a_township_its_own_and_nothing_of_another(
    desk_server: Served, hand: Callable[..., Hand]
) -> None:
    incident = opened(desk_server)
    own, other = hand("jianzhang_duty"), hand("fenshuiling_duty")
    own.page.wait_for_selector(f"[data-incident='{incident['id']}']")
    after = opened(
        desk_server, village_code=FENSHUILING
    )  # what it hears later shows that it heard all before
    other.page.wait_for_selector(f"[data-incident='{after['id']}']")
    expect(other.page.locator(f"[data-incident='{incident['id']}']")).to_have_count(0)


@pytest.mark.parametrize("query", ["", "?lang=en&theme=light"])
def test_it_has_no_accessibility_fault(desk_server: Served, hand: Callable[..., Hand], query: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    incident = opened(desk_server)
    one = hand("county_duty", f"/desk{query}")
    one.page.wait_for_selector(f"[data-incident='{incident['id']}']").click()
    one.page.wait_for_selector("[data-team]")
    for key, opens in (
        ("d", ".suggest[data-armed]"),
        ("F2", ".intake"),
        ("k", ".sheet"),
        ("Shift+Slash", ".sheet"),
    ):
        one.press(key).page.wait_for_selector(opens)
        faults = [
            (fault["id"], fault["nodes"][0]["html"]) for fault in Axe().run(one.page).response["violations"]
        ]
        assert faults == [], f"after {key}"
        one.press("Escape", "Escape")
        expect(one.page.locator(f"{opens}")).to_have_count(0)


def _flow(name: str) -> set[tuple[str, str]]:
    text = (ROOT / "static/src/screens/desk/flow.ts").read_text()
    block = text.split(f"const {name}:", 1)[1].split("\n}", 1)[0]
    rows = re.findall(r"^  (\w+): \[(.*?)\]", block, re.MULTILINE)
    return {(frm, to) for frm, onward in rows for to in re.findall(r"'(\w+)'", onward)}


def test_it_offers_the_steps_that_the_server_takes() -> None:
    assert _flow("TASK") == set(TASK_FLOW.transitions)
    assert _flow("INCIDENT") == set(INCIDENT_FLOW.transitions)
