"""The night in the mine, at four desks: a roof fall with four trapped, the post about it and the statement that answers it, the
families, the roster of the shaft by telephone, and a death on the ninth day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from command.core import clock
from tests.journeys.at_desk import NANGAO, Hand, eventually
from tests.serving import Served

VICTIM, LIAISON = "乔望山", "裴解语"
WRONG, RIGHT = "事故造成5人被困，救援正在进行。", "事故造成4人被困，救援正在进行。"


def roof_fall(server: Served) -> dict[str, Any]:
    """Four are trapped; it happened nine days ago, so that what comes now comes on the ninth day."""
    body = {
        "kind": "roof", "title": "三采区顶板冒落", "village_code": NANGAO, "casualties": {"trapped": 4}, "source": "矿调度室",
        "occurred_at": clock.wire(clock.real() - timedelta(days=9)),
    }  # fmt: skip
    made = server.post("county_duty", "/incidents", body)
    assert made["dangerous"], "较大涉险：被困 3 人以上"
    return made


def at_tracks(hand: Hand, incident: str, part: int) -> Page:
    """The desk with the incident chosen and one part of its tracks open."""
    hand.choose(incident).press("Shift+T", str(part))
    page: Page = hand.page
    expect(page.locator(".tracks [aria-current]")).to_be_visible()
    return page


def fill(page: Page, **fields: str) -> None:
    """Type into the open form and enter it."""
    for name, words in fields.items():
        box = page.locator(f"form.ask [name='{name}']")
        if box.evaluate("one => one.tagName") == "SELECT":
            box.select_option(words)
        else:
            box.fill(words)
    page.locator("form.ask .primary").click()


def clean(page: Page) -> None:
    assert Axe().run(page).response["violations"] == []


def test_it_goes_from_the_call_to_the_ninth_day(
    desk_server: Served, hand: Callable[..., Hand], page_of: Callable[..., Any]
) -> None:
    made = roof_fall(desk_server)
    county = hand("county_duty")
    _recipients_and_roster(desk_server, county, made["id"])
    _post_and_statement(desk_server, hand, county, made["id"])
    _families(desk_server, county, page_of, made["id"])
    _day_nine(desk_server, county, made["id"])


def _recipients_and_roster(server: Served, county: Hand, incident: str) -> None:
    """Mine safety is told too; the mine's dispatcher gives the roster of the shaft by telephone, the duty officer enters it."""
    page = county.choose(incident).page
    expect(page.locator(".centre")).to_contain_text("较大涉险")
    county.press("F4")
    expect(page.locator("[data-clock='first:city:phone']")).to_be_visible()
    expect(page.locator(".form.sitreps")).to_contain_text("矿山安全监察机构")
    county.press("p")
    page.locator("form [name='person']").fill("市值班员李")
    page.locator("form [name='person']").press("Enter")
    expect(page.locator("[data-told]")).to_contain_text("被困 4")
    county.press("Escape")
    said = {"text": "当班入井 61，已升井 57，被困 4", "source": "矿调度室（电话，值班员代录）"}
    server.post("county_duty", f"/incidents/{incident}/reports", said)
    county.press("l", "1")
    for name, value in (("矿名", "红星煤矿"), ("当班入井", "61"), ("已升井", "57")):
        page.get_by_label(name).fill(value)
    page.get_by_label("已升井").press("Enter")
    expect(page.locator(".sheet")).to_have_count(0)
    county.press("i")
    expect(page.locator("section.facts")).to_contain_text("当班入井 61")
    expect(page.locator("section.facts")).to_contain_text("已升井 57")


def _post_and_statement(server: Served, hand: Callable[..., Hand], county: Hand, incident: str) -> None:
    """A post says ten have died. Publicity answers; wrong figures are refused, two sides approve the right ones, a person publishes."""
    page = at_tracks(county, incident, 3)
    page.get_by_role("button", name="共享给宣传部门").click()
    expect(page.get_by_text("宣传部门看不到此事件")).to_have_count(0)
    publicity, leader = hand("publicity_duty"), hand("county_leader")
    desk = at_tracks(publicity, incident, 2)
    desk.get_by_role("button", name="登记舆情").click()
    fill(desk, seen="抖音 @乡里事", claim="井下死了十个", heat="red", verdict="false", post="宣传部值班室")
    expect(desk.locator("[data-opinion]")).to_contain_text("井下死了十个")
    clean(desk)
    publicity.press("3")
    desk.get_by_role("button", name="起草声明").click()
    fill(desk, title="关于顶板事故的情况通报", text=WRONG)
    other = at_tracks(leader, incident, 3)
    other.get_by_role("button", name="批准（代表指挥部）").click()
    expect(other.locator(".tracks .wrong")).to_contain_text("被困：稿中 5，报出数 4，已报上级 4")
    desk.get_by_role("button", name="改稿").click()
    fill(desk, text=RIGHT)
    expect(other.locator(".paper .text")).to_have_text(RIGHT)
    other.get_by_role("button", name="批准（代表指挥部）").click()
    expect(desk.locator("[data-side='command']")).to_contain_text("县带班领导")
    desk.get_by_role("button", name="批准（代表宣传）").click()
    expect(desk.locator(".paper[data-state='approved']")).to_be_visible()
    clean(desk)
    desk.evaluate("window.print = () => undefined")
    desk.get_by_role("button", name="打印").click()
    expect(desk.locator(".statement-paper .words")).to_have_text(RIGHT)
    desk.get_by_role("button", name="记发布").click()
    fill(desk, where="武乡发布", by="宣传部王")
    expect(desk.locator(".paper[data-state='published']")).to_contain_text("武乡发布")


def _families(server: Served, county: Hand, page_of: Callable[..., Any], incident: str) -> None:
    """A family has one liaison; its name is on no desk before it is asked for, in no journal and on no wall."""
    page = county.page
    county.press("4")
    page.get_by_role("button", name="登记家属").click()
    fill(page, victim=VICTIM, relative="乔小满", liaison=LIAISON, lodging="迎宾楼")
    one = page.locator("[data-family='1']")
    expect(one).to_contain_text("未告知：姓名不得外传")
    expect(page.get_by_text(VICTIM)).to_have_count(0)
    one.get_by_role("button", name="记通报").click()
    fill(page, told="救援通道已打通")
    expect(one).to_contain_text("1 次")
    page.get_by_role("button", name="显示姓名（留痕）").click()
    expect(page.locator("[data-names]")).to_contain_text(LIAISON)
    clean(page)
    wall = page_of(server, "wall", "/wall", viewport={"width": 1920, "height": 1080})
    expect(wall.locator("body")).to_contain_text("三采区顶板冒落")
    assert VICTIM not in wall.content()
    told = server.get("county_duty", f"/incidents/{incident}/timeline")
    assert VICTIM not in str(told)
    reads = server.get("auditor", "/access-log?what=families")["items"]
    assert [one["thing"] for one in reads] == [incident]


def _day_nine(server: Served, county: Hand, incident: str) -> None:
    """Over, and one of the four dies on the ninth day: the level is weighed anew, a 补报 is owed, the statement is of before."""
    page = county.page
    for to in ("responding", "controlled", "response_ended"):
        server.post("county_duty", f"/incidents/{incident}/transition", {"to": to, "reason": "按程序"})
    before = server.get("county_duty", f"/incidents/{incident}")["level_suggested"]
    body = {"dead": 3, "trapped": 1, "source": "矿调度室", "confirmed": True}
    after = server.post("county_duty", f"/incidents/{incident}/casualties", body)
    assert (before["confirmed"], after["level_suggested"]["confirmed"]) == (None, "III")
    assert datetime.fromisoformat(after["late_window"]["until"]) > clock.real()
    county.press("3")
    expect(page.locator(".paper .want").first).to_contain_text("不得再发布")
    county.press("Escape", "F4")
    late = page.locator("[data-clock^='supplement:city']")
    expect(late).to_contain_text("补报")
    expect(late).to_contain_text("国务院令493号第十三条")
    assert (
        eventually(lambda: server.get("county_duty", f"/incidents/{incident}/tracks"))["three_sync"] is False
    )
