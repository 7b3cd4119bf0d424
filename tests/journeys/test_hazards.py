"""A hazard from a phone in the hills to its look-back: found without a line, graded, late, put right, accepted on site."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import expect

from command.core import clock
from tests.serving import PATIENCE_S, Served

PHONE = {"width": 390, "height": 844}
SPOT = {"latitude": 36.8312, "longitude": 112.8633}
TITLE = "村口护栏缺失（行程）"
DUTIES = {"department": {"centre": "140429-water", "post": "分管副局长"}, "lead": "department"}
SIGN_DAYS = ("circular", "talk", "listing")


def photo(colour: str) -> dict[str, Any]:
    """A picture as a camera hands it over."""
    made = io.BytesIO()
    Image.new("RGB", (320, 240), colour).save(made, "JPEG")
    return {"name": f"{colour}.jpg", "mimeType": "image/jpeg", "buffer": made.getvalue()}


def here(**more: Any) -> dict[str, Any]:
    """A phone that may tell where it is."""
    return {"viewport": PHONE, "geolocation": SPOT, "permissions": ["geolocation"], **more}


def take(page: Any, key: str) -> None:
    """The n-th step that is offered, without more to say."""
    page.keyboard.press(key)
    page.locator("form.step button[type=submit]").click()


def report_without_a_line(phone: Any) -> None:
    phone.get_by_role("button", name="更多").click()
    phone.get_by_role("dialog").get_by_role("button", name="报隐患").click()
    phone.locator("select[name=type]").select_option("traffic")
    phone.locator("select[name=item]").select_option("cliff_water")
    phone.locator("input[name=title]").fill(TITLE)
    phone.get_by_role("button", name="取当前位置").click()
    expect(phone.get_by_text("位置已取")).to_be_visible()
    phone.locator("input[name=picture]").set_input_files(photo("red"))
    expect(phone.locator(".shot img")).to_be_visible()
    phone.context.set_offline(True)
    phone.get_by_role("button", name="上报", exact=True).click()
    expect(phone.locator("dialog")).to_have_count(0)
    phone.context.set_offline(False)


def show_on_site(page: Any, colour: str) -> None:
    page.locator("input[name=picture]").set_input_files(photo(colour))
    expect(page.locator("img.thumb")).to_be_visible()
    page.get_by_role("button", name="取当前位置").click()
    expect(page.get_by_text("位置已取")).to_be_visible()
    page.locator("form.step button[type=submit]").click()


def test_it_brings_a_find_from_a_phone_to_its_look_back(server: Served, page_of: Callable[..., Any]) -> None:
    for code in SIGN_DAYS:  # the clock's jump: what waits days is drafted as soon as the deadline has passed
        server.post("admin", "/settings", {"name": f"hazard.{code}_days", "centre": "140429", "value": 0})
    phone = page_of(server, "fengzhou_team1", "/field", **here())
    report_without_a_line(phone)

    desk = page_of(server, "fengzhou_duty", "/hazards", **here(viewport={"width": 1366, "height": 768}))
    row = desk.locator(".left li button", has_text=TITLE)
    expect(row).to_be_visible(timeout=2 * PATIENCE_S * 1000)  # the phone's line comes back by itself
    row.click()
    state = desk.locator("article header p b").first
    take(desk, "1")
    expect(state).to_have_text("登记")
    desk.keyboard.press("1")
    desk.locator("select[name=level]").select_option("general")
    for factor, value in (("l", "3"), ("e", "6"), ("c", "7")):
        desk.locator(f"select[name={factor}]").select_option(value)
    expect(desk.get_by_text("D = 126")).to_be_visible()
    desk.locator("form.step button[type=submit]").click()
    expect(state).to_have_text("定级")
    thing = desk.url.split("#")[1]
    until = clock.wire(clock.real() + timedelta(seconds=4))
    server.post(
        "fengzhou_duty", f"/hazards/{thing}/transition", {"to": "assigned", "deadline": until, **DUTIES}
    )
    expect(state).to_have_text("交办")

    county = page_of(server, "county_duty", f"/hazards#{thing}", viewport={"width": 1440, "height": 900})
    expect(county.locator("article .late").first).to_contain_text("逾期")
    paper = county.locator(".paper", has_text="约谈")
    paper.locator("input[name=paperName]").fill("李某")
    paper.locator("input[name=paperPost]").fill("副县长")
    paper.get_by_role("button", name="署名签发").click()
    expect(paper).to_have_count(0)
    assert server.get("county_duty", f"/hazards/{thing}")["state"] == "assigned"  # a paper moves nothing

    water = page_of(server, "water_duty", f"/hazards#{thing}", **here())
    expect(water.locator("article.sheet h2")).to_have_text(TITLE)
    take(water, "1")
    expect(water.locator("article header p b").first).to_have_text("整改中")
    water.keyboard.press("1")
    show_on_site(water, "green")
    expect(state).to_have_text("验收")
    desk.keyboard.press("1")
    show_on_site(desk, "blue")
    expect(state).to_have_text("销号")
    take(desk, "1")
    expect(state).to_have_text("复查回访")
    desk.keyboard.press("1")
    show_on_site(desk, "white")
    expect(state).to_have_text("销号")
    done = server.get("county_duty", f"/hazards/{thing}")
    assert (done["closed_how"], done["live"], done["acceptance"]["distance_m"]) == ("looked_back", False, 0)
    assert [one["stage"] for one in done["photos"]] == ["before", "after", "acceptance", "lookback"]
    for page in (desk, water, county):
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
