"""An evening's shift in Chromium: a call written down, the handover at its time, two items accepted and one deferred, signed;
the question whether the post is manned; a week copied by key. The clock's jump is the shifts' own times."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.serving import Served

NANGAO = "140429103204"
SIZE = {"width": 1366, "height": 768}


def hour(n: float) -> str:
    """So many hours from now."""
    return (datetime.now(UTC) + timedelta(hours=n)).isoformat(timespec="seconds")


def shift(server: Served, who: str, begins: float, ends: float, name: str) -> None:
    """A shift of somebody's own centre."""
    body = {
        "begins_at": hour(begins),
        "ends_at": hour(ends),
        "people": [{"role": "officer", "name": name, "number": "6001"}],
    }
    server.post(who, "/duty", body)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_shift_hands_over_item_by_item(
    fresh_server: Served, page_of: Callable[..., Any], lang: str
) -> None:
    server = fresh_server
    shift(server, "county_duty", -6, 0.2, "王建国")
    server.post(
        "county_duty", "/incidents", {"kind": "flash_flood", "village_code": NANGAO, "life_risk": "none"}
    )
    server.post(
        "county_duty", "/incidents", {"kind": "forest_fire", "village_code": NANGAO, "life_risk": "none"}
    )
    page = page_of(server, "county_duty", f"/duty?lang={lang}#log", viewport=SIZE)
    zh = lang == "zh"
    page.locator("nav.tabs").wait_for()
    page.keyboard.press("n")
    page.locator("input[name=who]").fill("市应急局值班室")
    page.locator("textarea[name=text]").fill("要求回报水情")
    page.locator("input[name=promise]").fill("六点前回报")
    page.get_by_role("button", name="保存" if zh else "Save").click()
    expect(page.locator("tbody")).to_contain_text("要求回报水情")
    shift(server, "county_duty", 0.2, 9, "刘海燕")
    page.get_by_role("button", name="交接班" if zh else "Handover").click()
    items = page.locator(".items > li")
    expect(items).to_have_count(5)  # two incidents, the report that each owes, the promise of the call
    expect(page.locator("main")).to_contain_text("王建国")
    take = page.get_by_role("button", name="签收接班" if zh else "Sign and take over")
    expect(take).to_be_disabled()
    for n in range(1, 5):
        page.keyboard.press("1")
        expect(page.locator(".items > li.accepted")).to_have_count(n)
    page.locator(".items > li.open").get_by_role("button", name="缓交" if zh else "Defer").click()
    page.locator("input[name=why]").fill("等现场回电")
    page.locator("form.why").get_by_role("button", name="缓交" if zh else "Defer").click()
    expect(page.locator(".items > li.deferred")).to_contain_text("等现场回电")
    expect(take).to_be_enabled()
    take.click()
    expect(page.locator("main")).to_contain_text("刘海燕")
    expect(page.locator("h2 .boxed")).to_have_text("已签收" if zh else "Accepted")
    page.get_by_role("button", name="在岗" if zh else "On now").click()
    expect(page.locator("tbody tr").first.locator("td").first).to_contain_text("刘海燕")


def test_one_key_answers_whether_the_post_is_manned_and_the_desk_names_who_is_on(
    fresh_server: Served, page_of: Callable[..., Any]
) -> None:
    server = fresh_server
    for name in ("duty.night_from", "duty.night_to"):
        server.post("admin", "/settings", {"name": name, "centre": "140429", "value": 0})
    page = page_of(server, "fengzhou_duty", "/desk", viewport=SIZE)
    page.wait_for_selector(".chip.live", state="attached")
    server.post("county_duty", "/duty_checks", {"centre": "140429100"})
    expect(page.locator(".question")).to_contain_text("查岗")
    page.keyboard.press("Shift+Y")
    expect(page.locator(".question")).to_have_count(0)
    found = server.get("county_duty", "/duty_checks")["items"]
    assert [(one["state"], one["how"]) for one in found] == [("present", "key")]
    shift(server, "fengzhou_duty", -1, 9, "郭小军")
    expect(page.locator("a.duty")).to_contain_text("郭小军")


def test_a_week_is_planned_and_copied_without_a_mouse(
    fresh_server: Served, page_of: Callable[..., Any]
) -> None:
    page = page_of(fresh_server, "fengzhou_duty", "/duty#rota", viewport=SIZE)
    page.locator(".week .day").first.wait_for()
    for _ in range(3):  # the demo's own rota ends with the next week, or the one after
        page.keyboard.press("]")
    expect(page.locator(".shift.planned")).to_have_count(0)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.locator("input[name=name1]").fill("郭小军")
    page.keyboard.press("Enter")
    expect(page.locator(".shift.planned")).to_have_count(1)
    page.keyboard.press("]")
    expect(page.locator(".shift.planned")).to_have_count(0)
    page.keyboard.press("l")
    expect(page.locator(".shift.planned")).to_contain_text("郭小军")
