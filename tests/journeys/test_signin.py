"""The first page in a real browser: its doors, its refusals that say what to do, both languages, small and large."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.serving import Served

SIZES = {"wide": (1440, 900), "desk": (1366, 768), "phone": (390, 844)}


@pytest.fixture
def first(browser: Any, server: Served) -> Any:
    """The first page, as a stranger: `first("phone")`."""
    contexts: list[Any] = []

    def at(size: str = "wide", path: str = "/") -> Page:
        width, height = SIZES[size]
        contexts.append(browser.new_context(viewport={"width": width, "height": height}))
        page: Page = contexts[-1].new_page()
        page.goto(server.url + path)
        page.get_by_role("heading", level=1).wait_for()
        return page

    yield at
    for context in contexts:
        context.close()


def enter(page: Page, name: str, password: str) -> None:
    page.get_by_label("账号").fill(name)
    page.get_by_label("密码", exact=True).fill(password)
    page.get_by_role("button", name="登录", exact=True).click()


def test_each_door_says_what_is_behind_it_and_nothing_plays_by_itself(first: Callable[..., Page]) -> None:
    page = first()
    doors = page.get_by_role("region", name=re.compile("演示数据")).get_by_role("listitem")
    expect(doors.first).to_be_visible()
    said = doors.all_inner_texts()
    assert len(said) >= 4
    assert all(len(one.split("\n")) == 2 and one.endswith("。") for one in said), said
    play = page.get_by_role("button", name="演一个雨夜")
    expect(play).to_be_enabled()
    box = play.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= SIZES["wide"][1], "without scrolling"
    doors.filter(has_text="大屏").first.get_by_role("link").click()
    page.wait_for_url("**/wall")


def test_a_wrong_password_is_said_and_too_many_name_the_seconds(first: Callable[..., Page]) -> None:
    page = first("desk")
    alert = page.get_by_role("alert")
    for _ in range(5):
        enter(page, "nobody_here", "wrong password")
        expect(alert).to_contain_text("账号或密码不对")
    enter(page, "nobody_here", "wrong password")
    expect(alert).to_contain_text(re.compile(r"请 \d+ 秒后再试"))


def test_without_a_server_it_says_that_nothing_is_lost(first: Callable[..., Page]) -> None:
    page = first("phone")
    page.context.set_offline(True)
    enter(page, "county_duty", "anything at all")
    expect(page.get_by_role("alert")).to_contain_text("连不上服务器")
    expect(page.get_by_label("账号")).to_have_value("county_duty")


@pytest.mark.parametrize("size", list(SIZES))
def test_it_is_whole_in_both_languages_and_has_no_axe_violation(
    first: Callable[..., Page], size: str
) -> None:
    page = first(size)
    expect(page.get_by_role("heading", level=1)).to_have_text("武乡县应急指挥")
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("emergency command")
    assert Axe().run(page).response["violations"] == []
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]
    text = page.locator("main").inner_text()
    assert not re.search(r"[\u4e00-\u9fff]", text.replace("武乡县", "")), (
        "English leaves no Chinese but the county's name"
    )
