"""A call that is being taken outlives a reload for its own account, and never its session; what a caller said of himself goes with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.at_desk import Hand, all_incidents, eventually
from tests.serving import Served

SECRET = "13900007777"
# What this browser keeps on disk, as text.
ON_DISK = """() => new Promise((done) => {
  const ask = indexedDB.open('fengsui')
  ask.onsuccess = () => {
    const all = ask.result.transaction('kept').objectStore('kept').getAll()
    all.onsuccess = () => { ask.result.close(); done(JSON.stringify(all.result)) }
  }
})"""


def on_disk(page: Page) -> str:
    """What the browser's database keeps, as text."""
    kept: str = page.evaluate(ON_DISK)
    return kept


def half_a_call(one: Hand) -> Hand:
    """Half a call, with the caller's number in it, and on disk."""
    one.press("F2", "j", "z", "n", "g", "c", "Tab", "s", "h", "Tab", "3", "1")
    one.page.locator("[name=phone]").fill(SECRET)
    eventually(lambda: SECRET in on_disk(one.page))
    return one


def test_it_brings_back_an_unsaved_call_after_a_reload_and_saves_it(
    desk_server: Served, hand: Callable[..., Hand]
) -> None:
    before = {one["id"] for one in all_incidents(desk_server)}
    one = half_a_call(hand("county_duty"))
    one.page.reload()
    banner = one.page.locator("[data-draft]")
    expect(banner).to_contain_text("未提交的接报")
    expect(banner).to_contain_text("监漳镇 南皋村 · 山洪")
    one.press("F2")
    expect(one.page.locator("[name=phone]")).to_have_value(SECRET)
    expect(one.page.locator("[name=missing]")).to_have_value("1")
    one.page.locator("[name=missing]").focus()
    one.press("Enter")
    (made,) = eventually(lambda: [i for i in all_incidents(desk_server) if i["id"] not in before])
    assert (made["village_code"], made["casualties"]["missing"]) == ("140429103204", 1)
    expect(banner).to_have_count(0)
    eventually(lambda: SECRET not in on_disk(one.page))
    one.page.reload()
    expect(one.page.locator(".chip.live")).to_be_attached()
    expect(banner).to_have_count(0)


def test_it_discards_a_draft_by_one_key_and_takes_that_back_within_ten_seconds(
    hand: Callable[..., Hand],
) -> None:
    one = half_a_call(hand("county_duty"))
    one.press("Escape")
    expect(one.page.locator("[data-draft]")).to_contain_text("放在一边的接报")
    one.press("Shift+F2")
    expect(one.page.locator("[data-draft]")).to_have_count(0)
    eventually(lambda: SECRET not in on_disk(one.page))
    one.press("z")
    expect(one.page.locator("[name=phone]")).to_have_value(SECRET)
    one.press("Shift+F2")
    expect(one.page.locator(".intake")).to_have_count(0)
    eventually(lambda: SECRET not in on_disk(one.page))


def test_it_destroys_the_draft_at_sign_out(hand: Callable[..., Hand]) -> None:
    one = half_a_call(hand("county_duty"))
    one.page.locator(".menu-key").click()
    one.page.get_by_role("button", name="退出").click()
    one.page.wait_for_url("**/")
    eventually(lambda: SECRET not in on_disk(one.page))


def test_it_destroys_the_draft_when_the_session_has_ended_while_nobody_looked(
    hand: Callable[..., Hand],
) -> None:
    one = half_a_call(hand("county_duty"))
    one.page.context.clear_cookies()
    one.page.reload()
    expect(one.page.locator("input[type=password]")).to_be_visible()
    eventually(lambda: SECRET not in on_disk(one.page))


def test_it_never_shows_a_draft_to_another_account(
    desk_server: Served, hand: Callable[..., Hand], page_of: Callable[..., Any]
) -> None:
    one = half_a_call(hand("county_duty"))
    other = desk_server.account("jianzhang_duty")
    body = {"username": "jianzhang_duty", "password": other["password"]}
    assert one.page.context.request.post(f"{desk_server.url}/api/v1/session", data=body).ok
    one.page.goto(f"{desk_server.url}/desk")
    expect(one.page.locator(".desk h1").first).to_contain_text("监漳镇")
    expect(one.page.locator(".chip.live")).to_be_attached()
    expect(one.page.locator("[data-draft]")).to_have_count(0)
