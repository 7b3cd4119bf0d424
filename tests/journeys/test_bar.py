"""The desk's bar: what waits, folded into the menu where the line is short; and one menu, with one choice of language, on each screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.at_desk import opened
from tests.serving import Served


def test_what_the_bar_has_no_room_for_stands_in_the_menu_and_opens_by_it(
    desk_server: Served, page_of: Callable[..., Any]
) -> None:
    opened(desk_server)
    assert desk_server.fengsui("sms", "13700000009", "东沟村口桥断了").returncode == 0
    page = page_of(desk_server, "county_duty", "/desk?lang=en", viewport={"width": 1800, "height": 900})
    expect(page.locator("[data-bar='undelivered']")).to_be_visible()
    expect(page.locator("[data-bar='sitreps']")).to_be_visible()
    page.set_viewport_size({"width": 1110, "height": 700})
    expect(page.locator("[data-bar='sitreps']")).to_be_hidden()
    key = page.locator(".menu-key")
    expect(key).to_contain_text("more")
    key.click()
    expect(page.locator("[data-folded='sitreps']")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    page.keyboard.press("Escape")
    expect(page.locator(".menu")).to_be_hidden()
    key.click()
    page.locator("[data-folded='sitreps']").click()
    expect(page.locator(".menu")).to_be_hidden()
    expect(page.locator(".sheet")).to_contain_text("Reports")


def test_a_language_chosen_on_one_screen_is_that_of_the_next(
    desk_server: Served, page_of: Callable[..., Any]
) -> None:
    page = page_of(desk_server, "county_duty", "/desk", viewport={"width": 1440, "height": 900})
    page.locator(".menu-key").click()
    page.locator(".menu").get_by_role("link", name="大屏").wait_for()
    page.locator(".menu").get_by_role("button", name="English").click()
    page.locator(".menu").get_by_role("link", name="Duty").click()
    expect(page.locator("h1")).to_have_text("Duty")
    page.locator(".menu-key").click()
    expect(page.locator(".menu").get_by_role("link", name="Plans")).to_have_count(0)
    page.locator(".menu").get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/")
