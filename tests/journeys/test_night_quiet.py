"""A quiet night in Chromium: nil reports drafted at the end of the shift and given with one key, not asked of whom reported; posts that
are not woken unless a warning is in force; a handover that was forgotten and holds nothing up.

What time does is brought about by settings and by the shifts' own hours; the centres stand since long before."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from command.core import clock
from tests.journeys.at_desk import NANGAO, SMALL, Hand, eventually
from tests.journeys.test_duty import shift
from tests.serving import Served

pytestmark = pytest.mark.browser
SOON_MS = 120_000
TOWN = "140429100"


def settle(server: Served, **values: Any) -> None:
    """Settings of the county."""
    for name, value in values.items():
        wish = {"name": name.replace("__", "."), "centre": "140429", "value": value}
        server.post("admin", "/settings", wish)


def check(server: Served, centre: str = TOWN) -> dict[str, Any]:
    """The county asks whether a post is manned."""
    made: dict[str, Any] = server.post("county_duty", "/duty_checks", {"centre": centre})
    return made


def at_night(server: Served) -> None:
    """It is night, whatever the hour is at which tests run."""
    hour = clock.real().astimezone(clock.LOCAL).hour
    settle(server, duty__night_from=hour, duty__night_to=(hour + 2) % 24)


def a_shift_ends_soon(server: Served) -> None:
    """A shift of hours ends within a minute; all centres were there when it began. The one before it is long over."""
    with sqlite3.connect(server.data_dir / "fengsui.db", timeout=60) as database:
        database.execute("UPDATE centre SET created_at = '2026-01-01 00:00:00.000000'")
    now = clock.real().astimezone(clock.LOCAL)
    ends = [(now + timedelta(minutes=n)).strftime("%H:%M") for n in (-420, 1)]
    settle(server, sitrep__nil_at=sorted(ends))


def nil_of(server: Served, who: str) -> list[dict[str, Any]]:
    """The nil reports that somebody sees."""
    found: list[dict[str, Any]] = server.get(who, "/sitreps?kind=nil")["items"]
    return found


def test_nil_reports_a_quiet_shift_and_a_forgotten_handover(
    fresh_server: Served, page_of: Callable[..., Any]
) -> None:
    server = fresh_server
    busy = {"kind": "flash_flood", "village_code": NANGAO, "title": "过水路面", "life_risk": "none"}
    server.post("jianzhang_duty", "/incidents", busy)
    town = Hand(page_of(server, "fengzhou_duty", "/desk", viewport=SMALL))
    a_shift_ends_soon(server)
    _posts_are_let_sleep(server, town)
    _nil_reports(server, town)
    _a_handover_is_forgotten(server, town)


def _nil_reports(server: Served, town: Hand) -> None:
    """The township had nothing: one key gives its nil report. Who opened an incident in the shift is not asked."""
    draft = eventually(lambda: nil_of(server, "fengzhou_duty"), 240)[0]
    assert (draft["state"], draft["centre"], draft["sent"]) == ("draft", TOWN, []), "no machine sends it"
    town.press("F4")
    line = town.page.locator(f"[data-nil='{draft['id']}']")
    expect(line).to_contain_text("由系统起草", timeout=SOON_MS)
    town.press("n")
    expect(line).to_have_count(0)
    given = server.get("county_duty", f"/sitreps/{draft['id']}")
    assert (given["state"], given["sent"][0]["to"], given["sent"][0]["clocks"][0]["late_s"]) == (
        "submitted",
        "county",
        0,
    )
    eventually(
        lambda: nil_of(server, "fenshuiling_duty"), 120
    )  # the last in the order in which they are drafted
    assert nil_of(server, "jianzhang_duty") == [], "who reported something is not asked"
    town.press("Escape")


def _posts_are_let_sleep(server: Served, town: Hand) -> None:
    """At night nobody is asked; with a warning in force one calm question comes; who is at work, or has just acted, is not asked."""
    at_night(server)
    assert check(server)["reason"]["zh"] == "夜间且无在效预警，不打扰"
    expect(town.page.locator(".question")).to_have_count(0)
    now = clock.real()
    body = {
        "source": "weather", "category": "gale", "level": "yellow", "issuer": "武乡县气象台", "area": {"codes": ["140429"]},
        "start_at": clock.wire(now), "issued_at": clock.wire(now), "ends_at": clock.wire(now + timedelta(hours=6)),
        "advice": "阵风8级", "measures": "加固棚架",
    }  # fmt: skip
    warning = server.post("county_duty", "/warnings", body)["id"]
    server.post("county_duty", f"/warnings/{warning}/transition", {"to": "relayed"})
    assert check(server)["state"] == "asked"
    expect(town.page.locator(".question")).to_contain_text("查岗")
    town.press("Shift+Y")
    expect(town.page.locator(".question")).to_have_count(0)
    again = check(server)
    assert (again["state"], again["how"]) == ("present", "act"), (
        "the answer itself was an act within half an hour"
    )
    at_work = check(server, "140429103")
    assert (at_work["state"], at_work["reason"]["zh"]) == ("spared", "正在处置 过水路面")
    server.post("county_duty", f"/warnings/{warning}/transition", {"to": "cancelled", "reason": "风停"})


def _a_handover_is_forgotten(server: Served, town: Hand) -> None:
    """Nobody signs: it is said once in the lowest rank, the old shift answers on, work goes on; then it is signed."""
    shift(server, "fengzhou_duty", -6, -0.7, "郭小军")
    expect(town.page.locator("a.duty")).to_contain_text("郭小军")
    shift(server, "fengzhou_duty", -0.7, 9, "李接班")
    said = eventually(
        lambda: [
            one
            for one in server.get("fengzhou_duty", "/alarms?live=true")["items"]
            if one["cause"] == f"handover:{TOWN}"
        ]
    )
    assert [(one["rank"], one["count"]) for one in said] == [(3, 1)]
    expect(town.page.locator("a.duty")).to_contain_text("郭小军")
    server.post(
        "fengzhou_duty",
        "/incidents",
        {"kind": "forest_fire", "village_code": "140429100003", "life_risk": "none"},
    )
    page = town.page
    page.goto(f"{server.url}/duty#handover")
    page.get_by_role("button", name="交接班").click()
    expect(page.locator("h2 .boxed")).to_have_text("待签收", timeout=SOON_MS)
    page.keyboard.press("r")  # the list was written before the fire
    items = page.locator(".items > li.open")
    expect(items.first).to_be_visible(timeout=SOON_MS)
    take = page.get_by_role("button", name="签收接班")
    for left in range(items.count(), 0, -1):
        expect(take).to_be_disabled()
        page.keyboard.press("1")
        expect(items).to_have_count(left - 1)
    take.click()
    expect(page.locator("h2 .boxed")).to_have_text("已签收")
    expect(page.locator(".sign").last).to_contain_text("李接班")
    page.reload()
    expect(page.locator("h2 .boxed")).to_have_text(
        "已签收"
    )  # nothing was deferred: it is no longer live, and still there
    (signed,) = eventually(lambda: server.get("fengzhou_duty", "/duty_handovers?state=accepted")["items"])
    assert (signed["accepted_by"], signed["live"]) == ("李接班", False)
    eventually(
        lambda: (
            not [
                one
                for one in server.get("fengzhou_duty", "/alarms?live=true")["items"]
                if one["cause"] == f"handover:{TOWN}"
            ]
        )
    )
