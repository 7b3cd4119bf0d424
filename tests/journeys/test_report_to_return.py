"""The whole job on three real screens at once: a call at a township's desk, the wall, the phone of the team that goes and returns."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.at_desk import NANGAO, SMALL, Hand
from tests.journeys.test_field import _press
from tests.journeys.three_screens import PICTURES, SOON_MS, Job, picture
from tests.promptness import Heart
from tests.services import PostgresCluster
from tests.serving import Served

pytestmark = pytest.mark.browser
PROMISED_S = 1.0
WAY = ["ordered", "accepted", "assembling", "enroute", "on_scene", "working", "withdrawn", "returned"]

OVERLAPS = """(selector) => {
  const boxes = [...document.querySelectorAll(selector)].filter((e) => e.getClientRects().length)
  const found = []
  for (const a of boxes) for (const b of boxes) {
    if (a === b || a.contains(b) || b.contains(a)) continue
    const [p, q] = [a.getBoundingClientRect(), b.getBoundingClientRect()]
    if (p.left < q.right - 1 && q.left < p.right - 1 && p.top < q.bottom - 1 && q.top < p.bottom - 1) found.push([a.className, b.className])
  }
  return found
}"""

# A mark that the line's end cuts through; one that dropped out of the line whole is not seen at all.
HALVED = """(selector) => {
  const marks = [...document.querySelectorAll(selector)]
  const halved = marks.filter((mark) => {
    const [m, line] = [mark.getBoundingClientRect(), mark.parentElement.getBoundingClientRect()]
    return m.right > line.right + 1 && m.left < line.right && m.top < line.bottom - 2
  })
  return halved.map((mark) => mark.parentElement.textContent)
}"""


def _journal(server: Served) -> list[dict[str, Any]]:
    """The journal from end to end, as the auditor reads it."""
    found: list[dict[str, Any]] = []
    after: str | None = "0"
    while after is not None:
        part = server.get("auditor", f"/journal?limit=1000&after={after}")
        found, after = found + part["items"], part["next"]
    return found


@pytest.fixture
def job(fresh_server: Served, page_of: Callable[..., Page]) -> Job:
    """The three screens on a server of their own."""
    return Job(fresh_server, page_of)


def _without_a_line(job: Job) -> None:
    """Two steps at a place without a line, with a reload between them and the line's return."""
    phone = job.phone
    job.ears["phone"].collect(job.incident)
    phone.context.set_offline(True)
    _press(phone, "集结中")
    expect(phone.locator("footer .first")).to_have_text("赶赴途中")
    _press(phone, "赶赴途中")
    expect(phone.locator("footer .first")).to_have_text("已到场")
    phone.reload()
    expect(phone.get_by_role("heading", name="1 人失联")).to_be_visible(timeout=SOON_MS)
    expect(phone.get_by_role("heading", name="待上报 2")).to_be_visible(timeout=SOON_MS)
    expect(phone.get_by_text("未上报")).to_be_visible()
    job.ears["phone"].listen()
    assert job.server.get("jianzhang_duty", f"/tasks/{job.task}")["state"] == "accepted"
    job.shows(job.task, "已接令")
    job.pictures("3-no-line")
    phone.context.set_offline(False)
    expect(phone.locator(".queue")).to_have_count(0, timeout=SOON_MS)
    expect(phone.locator(".refused")).to_have_count(0)
    expect(phone.get_by_text("未上报")).to_have_count(0, timeout=SOON_MS)


def test_it_brings_a_report_to_the_return_of_the_team_on_three_screens(job: Job, heart: Heart) -> None:
    job.take_the_call()
    job.pictures("1-reported")
    job.send()
    expect(job.phone.locator("footer .first")).to_have_text("接令", timeout=SOON_MS)
    job.moving("已下达", 2)
    job.pictures("2-ordered")
    job.step("接令", "集结中")
    job.shows(job.task, "已接令")
    job.moving("已接令", 1)

    _without_a_line(job)
    job.shows(job.task, "赶赴途中")
    job.moving("赶赴途中", 1)

    job.hand.press("v", job.digit(job.other), "1")
    job.shows(job.other, "已接令")
    expect(job.row(job.other).get_by_text("代报")).to_be_visible(timeout=SOON_MS)
    job.moving("已下达", 0)
    expect(job.wall.get_by_text(re.compile("^代报 .*已接令$"))).to_be_visible(timeout=SOON_MS)
    job.pictures("4-proxy")
    job.hand.aim("r", job.digit(job.other)).press("f")
    job.shows(job.other, "召回")

    # the wall counts a team that was recalled with those that go back
    for key, following, count in (("已到场", "处置中", 1), ("处置中", "撤收", 1), ("撤收", "归队", 2)):
        job.step(key, following)
        job.shows(job.task, key)
        job.moving(key, count)
    job.pictures("5-withdrawn")
    _press(job.phone, "归队")
    expect(job.phone.get_by_text("待命中")).to_be_visible(timeout=SOON_MS)
    expect(job.row(job.task)).to_have_count(0, timeout=SOON_MS)
    job.moving("撤收", 1)
    job.pictures("6-returned")

    _nothing_is_lost_or_doubled(job)
    _all_heard_it_in_one_order_and_at_once(job, heart)


def _nothing_is_lost_or_doubled(job: Job) -> None:
    """The journal tells each step once, in the order it was taken."""
    entries = [one for one in _journal(job.server) if one["record"].get("id") == job.task]
    told = [one["record"]["state"] for one in entries if one["type"] in ("task.ordered", "task.stepped")]
    assert told == WAY
    own, other = (job.server.get("jianzhang_duty", f"/tasks/{one}") for one in (job.task, job.other))
    assert [step["state"] for step in own["steps"]] == WAY
    assert not any(step["skipped"] or step["by_proxy"] for step in own["steps"])
    states = [(step["state"], bool(step["by_proxy"])) for step in other["steps"]]
    assert states == [("ordered", False), ("accepted", True), ("recalled", False)]
    assert job.server.fengsui("verify").returncode == 0


def _all_heard_it_in_one_order_and_at_once(job: Job, heart: Heart) -> None:
    """Each store has what the journal has, each entry once, in its order, each within a second."""
    told = {name: ear.collect(job.incident) for name, ear in job.ears.items()}
    journal = [
        one["seq"]
        for one in _journal(job.server)
        if one["kind"] in ("incident", "task")
        and job.incident in (one["record"].get("id"), one["record"].get("incident_id"))
    ]
    heard = {name: [one["seq"] for one in items] for name, items in told.items()}
    assert heard["desk"] == journal
    assert heard["wall"] == journal
    assert heard["phone"] == [seq for seq in journal if seq in set(heard["phone"])]
    own = [one["seq"] for one in told["desk"] if one["id"] == job.task]
    assert set(own) <= set(heard["phone"])
    (PICTURES / "late-ms.json").write_text(
        json.dumps({k: [one["late"] for one in v] for k, v in told.items()})
    )
    for one in (one for items in told.values() for one in items):
        heard_at = heart.moment(one["at"] / 1000)
        heart.held(heard_at - one["late"] / 1000, PROMISED_S, until=heard_at)


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A county with fourteen incidents open."""
    own = Served(tmp_path_factory.mktemp("crowded")).start()
    villages = own.get("county_duty", "/places?q=c&limit=20")["items"]
    codes = [one["code"] for one in villages if one["kind"] == "village"]
    for n in range(14):
        body: dict[str, Any] = {"kind": "flash_flood", "village_code": codes[n % len(codes)]}
        if n < 3:
            body |= {"life_risk": "people", "casualties": {"missing": n + 1}}
        elif n < 5:
            body |= {"life_risk": "possible"}
        elif n < 7:
            body |= {"level": "II"}
        own.post("county_duty", "/incidents", body)
    yield own
    own.stop()


def test_it_leaves_the_desk_usable_with_many_incidents_on_a_small_screen(
    crowded: Served, page_of: Callable[..., Page]
) -> None:
    hand = Hand(page_of(crowded, "county_duty", "/desk", viewport=SMALL))
    page: Page = hand.page
    page.wait_for_selector("[data-team]", timeout=SOON_MS)
    expect(page.locator("[data-incident]")).to_have_count(14)
    sections = page.locator(".section")
    expect(sections).to_have_count(4)
    assert [re.sub(r"\D", "", text)[-1] for text in sections.all_inner_texts()] == ["3", "2", "2", "7"]
    for n in range(4):
        expect(sections.nth(n)).to_be_in_viewport(ratio=1)
    assert page.evaluate(OVERLAPS, ".panel, .top, .bar, .section") == []
    assert page.evaluate(OVERLAPS, ".body > .section, .body > div:not(.scroll) > .row") == []
    crowded.post("county_duty", "/incidents", {"kind": "flash_flood", "village_code": NANGAO})
    page.wait_for_selector(".brief .name .boxed", state="attached")
    assert page.evaluate(HALVED, ".brief .name .boxed") == []
    size = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    assert size == [SMALL["width"], SMALL["height"]]
    picture(page, "7-many-desk")
    hand.press("F2")
    page.wait_for_selector(".intake", timeout=SOON_MS)
    assert page.evaluate(OVERLAPS, ".panel, .top, .bar, .section") == []
    assert Axe().run(page).response["violations"] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_door_has_no_axe_violation(crowded: Served, browser: Any, lang: str) -> None:
    context = browser.new_context(viewport=SMALL)
    page = context.new_page()
    page.goto(f"{crowded.url}/?lang={lang}")
    page.wait_for_selector("form", timeout=SOON_MS)
    assert Axe().run(page).response["violations"] == []
    context.close()


def test_it_orders_and_accepts_on_postgresql(
    serve: Callable[..., Served], postgres: PostgresCluster, postgres_url: str, page_of: Callable[..., Page]
) -> None:
    job = Job(serve(DATABASE_URL=postgres_url.replace("+psycopg", "")), page_of)
    job.take_the_call()
    job.send()
    job.step("接令", "集结中")
    job.shows(job.task, "已接令")
    job.moving("已接令", 1)
    steps = job.server.get("jianzhang_duty", f"/tasks/{job.task}")["steps"]
    assert [step["state"] for step in steps] == ["ordered", "accepted"]
