"""The leader's phone and the desk in a real browser: eight lines from the records, a tap that approves, a word that is recorded and
confirmed or disputed, a reload without a line, a township's own brief; no axe violation in either language."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.at_desk import Hand, opened
from tests.journeys.three_screens import picture
from tests.serving import Served

PHONE = {"width": 390, "height": 844}
Opener = Callable[..., Any]


def line(page: Page, code: str) -> Any:
    """What one of the eight lines says; digits stand a little apart, for the eye alone."""
    return page.locator(f"[data-line-of='{code}'] .said")


def plain(page: Page, code: str) -> str:
    return line(page, code).inner_text().replace("\u2009", "")


def flaws(page: Page) -> list[str]:
    return [one["id"] for one in Axe().run(page).response["violations"]]


def brief(page_of: Opener, server: Served, who: str, incident: str = "", lang: str = "zh") -> Page:
    page: Page = page_of(server, who, f"/brief?lang={lang}&incident={incident}", viewport=PHONE)
    expect(page.locator("[data-line-of]")).to_have_count(8)
    return page


def test_from_the_incident_to_the_leaders_tap(
    desk_server: Served, page_of: Opener, hand: Callable[..., Hand]
) -> None:
    incident = opened(desk_server, casualties={"missing": 2})
    phone = brief(page_of, desk_server, "county_leader", incident["id"])
    expect(line(phone, "where")).to_contain_text("监漳镇")
    assert re.fullmatch(r"(今天|昨天)\d+时\d\d分接报监漳镇南皋村山洪，未定级。", plain(phone, "where"))
    assert plain(phone, "people") == "失联2人（未确认）；死亡、被困未报。"
    assert plain(phone, "forces") == "尚未派队。"
    expect(line(phone, "decide")).to_have_text("无。")

    desk = hand("county_duty").choose(incident["id"])
    team = desk_server.get("county_duty", f"/incidents/{incident['id']}/suggestions")["items"][0]["team"][
        "id"
    ]
    desk_server.post("county_duty", f"/incidents/{incident['id']}/tasks", {"team_ids": [team]})
    expect(line(phone, "forces")).to_contain_text("未接令")  # told by the stream, nothing was pressed

    page = desk.page
    page.keyboard.press("Shift+F9")
    page.locator("[data-act='ask']").click()
    page.locator("[name='question']").fill("是否全镇转移")
    page.locator("[name='options']").fill("全部转移\n只转移沿河三村")
    page.locator("[data-form='ask'] button.primary").click()
    expect(line(phone, "decide")).to_contain_text("是否全镇转移")
    card = phone.locator("[data-ask]", has_text="是否全镇转移")
    assert flaws(phone) == []
    assert flaws(page) == []
    card.locator("[data-tap]", has_text="只转移沿河三村").click()
    expect(card).to_have_count(0)
    expect(page.locator("[data-ask]", has_text="是否全镇转移")).to_have_count(0)
    [told] = desk_server.get("county_duty", f"/decisions?incident_id={incident['id']}")["items"]
    assert (told["state"], told["chosen"], told["approval"]["spoken"]) == ("decided", "2", None)
    done = phone.locator("[data-done]")
    expect(done).to_contain_text("只转移沿河三村")
    done.locator("[data-take-back]").click()
    done.locator("[name='back_reason']").fill("按错了")
    assert flaws(phone) == []
    picture(phone, "brief-take-back")
    done.get_by_role("button", name="确定撤回").click()
    expect(card).to_be_visible()  # it waits again
    expect(done).to_contain_text("撤回")
    picture(phone, "brief-taken-back")


def test_a_word_by_telephone_is_recorded_and_confirmed_on_the_phone(
    desk_server: Served, page_of: Opener, hand: Callable[..., Hand]
) -> None:
    incident = opened(desk_server)
    plans = desk_server.get("county_duty", "/plans?state=in_force")["items"]
    plan = next(one["id"] for one in plans if "防汛" in one["title"])
    four = {"matter": "监漳镇山洪", "level": "R3", "expected_hours": 12, "measures": "转移避险"}
    desk_server.post("county_duty", "/responses", {"plan_id": plan, "incident_id": incident["id"], **four})
    phone = brief(page_of, desk_server, "county_leader", incident["id"], "en")
    card = phone.locator("[data-ask^='response:']", has_text="监漳镇山洪")
    expect(card).to_contain_text("转移避险")
    expect(card.locator("[data-tap]").first).to_be_enabled()
    assert flaws(phone) == []

    page = hand("county_duty").choose(incident["id"]).page
    page.keyboard.press("Shift+F9")
    page.locator("[data-ask^='response:'] .row", has_text="三级").first.click()
    page.keyboard.press("w")
    page.locator("[name='person']").fill("张某")
    page.locator("[data-word='0']").click()
    expect(card).to_contain_text("张某")
    expect(line(phone, "done")).to_contain_text("Level 3 response active")  # in effect before it is confirmed
    card.locator("[data-tap='response.dispute']").click()
    expect(page.locator("[data-ask^='response:'] .row", has_text="有出入")).to_be_visible()
    expect(card.locator("[data-tap='response.confirm']")).to_be_enabled()
    card.locator("[data-tap='response.confirm']").click()
    expect(card).to_have_count(0)


def test_it_reads_on_without_a_line_and_says_of_when(desk_server: Served, page_of: Opener) -> None:
    incident = opened(desk_server, casualties={"missing": 3})
    desk_server.post("county_duty", "/decisions", {"question": "是否停课", "incident_id": incident["id"]})
    phone = brief(page_of, desk_server, "county_leader", incident["id"])
    expect(phone.locator("[data-ask]", has_text="是否停课")).to_be_visible()
    phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.reload()  # once more with the line, so that the worker has the page
    expect(phone.locator("[data-ask]", has_text="是否停课")).to_be_visible()
    phone.wait_for_timeout(2_000)  # the picture is kept a second after its last change
    phone.context.set_offline(True)
    phone.reload()
    expect(phone.locator("[data-line]")).to_contain_text(re.compile(r"已同步 \d\d:\d\d・未联网"))
    expect(line(phone, "people")).to_contain_text("失联")
    card = phone.locator("[data-ask]", has_text="是否停课")
    expect(card.locator("[data-tap]").first).to_be_disabled()
    expect(card).to_contain_text("没有线路")
    phone.context.set_offline(False)
    expect(card.locator("[data-tap]").first).to_be_enabled()


def test_a_township_leader_has_only_his_own(desk_server: Served, page_of: Opener) -> None:
    opened(desk_server, village_code="140429103204")
    desk_server.post("county_duty", "/decisions", {"question": "只问县领导"})
    phone = brief(page_of, desk_server, "fengzhou_leader")
    expect(line(phone, "where")).to_contain_text("没有在办事件")
    expect(line(phone, "cut")).to_contain_text("本级无记录")
    expect(phone.get_by_text("只问县领导")).to_have_count(0)
    duty = brief(page_of, desk_server, "county_duty", "night")
    expect(duty.locator("[data-ask]", has_text="只问县领导")).to_contain_text("待领导决定")
    expect(duty.locator("[data-ask] [data-tap]")).to_have_count(0)
