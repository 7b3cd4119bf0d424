"""The panes of the hazards' screen: a round and a find without a line, put right on the spot, risk points, figures, links, paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.test_hazards import here, photo
from tests.serving import PATIENCE_S, Served

DESK = {"width": 1366, "height": 768}
POINT = {"type": "Point", "coordinates": [112.8633, 36.8312]}
LATER = 2 * PATIENCE_S * 1000


def clean(page: Any) -> None:
    """No fault that axe finds."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def in_view(page: Any) -> None:
    """Nothing is wider than the screen."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def locate(page: Any) -> None:
    page.get_by_role("button", name="取当前位置").click()
    expect(page.get_by_text("位置已取")).to_be_visible()


def find(page: Any, title: str) -> None:
    """A find with its place and its first photo, as far as sending it."""
    page.locator("select[name=type]").select_option("fire")
    page.locator("input[name=title]").fill(title)
    locate(page)
    page.locator("input[name=picture]").set_input_files(photo("red"))
    expect(page.locator(".shot img")).to_have_count(1)


def test_it_is_put_right_on_the_spot_with_two_photos_in_one_visit(
    server: Served, page_of: Callable[..., Any]
) -> None:
    title = "消防通道堆物（当场整改）"
    phone = page_of(server, "fengzhou_team1", "/field", **here())
    phone.get_by_role("button", name="更多").click()
    phone.get_by_role("dialog").get_by_role("button", name="报隐患").click()
    find(phone, title)
    phone.locator("input[name=fixed]").check()
    phone.get_by_role("button", name="上报并销号").click()
    expect(phone.get_by_role("alert")).to_have_text("当场整改须有整改前、后两张照片")
    phone.locator("input[name=after]").set_input_files(photo("green"))
    expect(phone.locator(".shot img")).to_have_count(2)
    phone.get_by_role("button", name="上报并销号").click()
    expect(phone.locator("dialog")).to_have_count(0)
    desk = page_of(server, "fengzhou_duty", "/hazards", viewport=DESK)
    desk.locator("select[name=stage]").select_option("shut")
    desk.locator("input[name=search]").fill("堆物")
    row = desk.locator(".left li button", has_text=title)
    expect(row).to_contain_text("当场整改", timeout=LATER)
    row.click()
    expect(desk.locator("article header p b").first).to_have_text("销号")
    expect(desk.locator(".sheet .photos figure")).to_have_count(2)
    done = server.get("county_duty", f"/hazards/{desk.url.split('#')[1]}")
    assert (done["closed_how"], done["live"]) == ("at_once", False)


def test_it_starts_without_a_line_and_what_is_entered_there_is_kept_and_sent(
    server: Served, page_of: Callable[..., Any]
) -> None:
    plan = {
        "title": "河堤巡查（无网）",
        "checklist": ["堤脚无渗水", "护栏完好"],
        "every_days": 7,
        "location": POINT,
    }
    made = server.post("fengzhou_duty", "/inspections", {**plan, "centre": "140429100"})
    phone = page_of(server, "fengzhou_duty", "/hazards#rounds", **here())
    row = phone.locator(".left li button", has_text=plan["title"])
    row.click()
    phone.get_by_role("button", name="开始本轮巡查").click()  # the rules of the place are read, and kept
    phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
    expect(phone.get_by_text("须到现场取位置")).to_be_visible()
    phone.wait_for_timeout(1500)  # the picture of the store is written down a second after the last change
    phone.context.set_offline(True)
    phone.goto(f"{server.url}/hazards#rounds")
    phone.reload()
    row.click()
    phone.get_by_role("button", name="开始本轮巡查").click()
    phone.locator("input[name=p0][value=true]").check(force=True)
    phone.get_by_role("button", name="完成本轮").click()
    expect(phone.get_by_role("alert")).to_have_text("请逐项作答")
    phone.locator("input[name=p1][value=false]").check(force=True)
    phone.locator("input[name=note1]").fill("缺两节")
    phone.locator("input[name=raise]").check()
    phone.locator("select[name=type]").select_option("flood")
    phone.locator("input[name=title]").fill("河堤护栏缺两节（无网）")
    phone.locator("input[name=picture]").set_input_files(photo("red"))
    locate(phone)
    phone.get_by_role("button", name="完成本轮").click()
    expect(phone.get_by_text("已存本机，联网即发").first).to_be_visible()
    in_view(phone)
    clean(phone)
    phone.context.set_offline(False)
    expect(phone.locator(".past li")).to_have_count(1, timeout=LATER)
    expect(phone.locator(".past li")).to_contain_text("1 项不合格")
    kept = server.get("county_duty", f"/inspection_rounds?inspection_id={made['id']}")["items"]
    assert [(one["failed"], one["distance_m"], one["answers"][1]["note"]) for one in kept] == [
        (1, 0, "缺两节")
    ]
    assert server.get("county_duty", f"/hazards/{kept[0]['hazard_id']}")["title"] == "河堤护栏缺两节（无网）"


def test_a_risk_point_gets_its_colour_from_lec_and_its_rounds(
    server: Served, page_of: Callable[..., Any]
) -> None:
    desk = page_of(server, "county_duty", "/hazards#risks", viewport=DESK)
    desk.get_by_role("button", name="登记风险点").click()
    desk.locator("input[name=riskName]").fill("示例冷库（行程）")
    desk.locator("select[name=riskType]").select_option("production")
    desk.get_by_role("button", name="登记", exact=True).click()
    expect(desk.get_by_role("alert")).to_have_text("请选颜色或做 LEC 评价")
    for factor, value in (("l", "6"), ("e", "6"), ("c", "15")):
        desk.locator(f"select[name={factor}]").select_option(value)
    expect(desk.get_by_text("D = 540")).to_be_visible()
    desk.locator("select[name=riskCentre]").select_option("140429103")
    desk.locator("input[name=at]").fill("113.03, 36.71")
    desk.get_by_role("button", name="登记", exact=True).click()
    row = desk.locator(".left li button", has_text="示例冷库")
    expect(row).to_contain_text("红 · 重大风险")
    desk.locator(".colours button", has_text="蓝").click()
    expect(row).to_have_count(0)
    desk.locator(".colours button", has_text="蓝").click()
    row.click()
    clean(desk)
    risk = next(
        one for one in server.get("county_duty", "/risk_points?limit=1000")["items"] if "冷库" in one["name"]
    )
    server.ask(
        "county_duty", "PATCH", f"/risk_points/{risk['id']}", {"colour": "yellow"}, version=risk["version"]
    )
    expect(row).to_contain_text("黄 · 一般风险")  # told live, nothing was opened anew
    desk.get_by_role("link", name="为此处制定巡查").click()
    desk.locator("textarea[name=checklist]").fill("报警器正常\n出口畅通")
    desk.get_by_role("button", name="下达计划").click()
    planned = desk.locator(".left li button", has_text="示例冷库（行程）定期巡查")
    planned.click()
    expect(desk.locator(".items li")).to_have_count(2)
    clean(desk)
    desk.get_by_role("navigation").get_by_role("button", name="统计").click()
    expect(desk.locator("tbody tr").first).to_be_visible()
    codes = [one["centre"] for one in server.get("county_duty", "/hazards/statistics")["items"]]
    assert codes == sorted(codes)
    expect(desk.locator("main")).to_contain_text("不排名")
    clean(desk)
    desk.get_by_role("navigation").get_by_role("button", name="LEC").click()
    desk.locator("select[name=l]").select_option("10")
    clean(desk)


def test_an_incident_raises_a_hazard_and_a_hazard_an_incident_from_the_screens(
    server: Served, page_of: Callable[..., Any]
) -> None:
    told = {
        "kind": "road_block",
        "centre": "140429100",
        "location": POINT,
        "title": "塌方断道（行程）",
    }
    incident = server.post("county_duty", "/incidents", told)
    desk = page_of(server, "county_duty", f"/hazards#report?incident={incident['id']}", viewport=DESK)
    expect(desk.locator(".from")).to_contain_text("塌方断道（行程）")
    desk.locator("select[name=type]").select_option("traffic")
    desk.locator("input[name=title]").fill("边坡裂缝（由事件）")
    desk.get_by_role("button", name="上报", exact=True).click()
    row = desk.locator(".left li button", has_text="边坡裂缝（由事件）")
    row.click()
    link = desk.get_by_role("link", name="塌方断道（行程）")
    expect(link).to_be_visible()
    found = server.get("county_duty", f"/hazards/{desk.url.split('#')[1]}")
    assert (found["source"], found["incidents"], found["location"]) == ("incident", [incident["id"]], POINT)
    desk.get_by_role("button", name="转为事件").click()
    desk.locator("select[name=incident]").select_option("landslide")
    desk.get_by_role("button", name="接报并关联").click()
    expect(desk.get_by_role("link", name="边坡裂缝（由事件）")).to_be_visible()
    clean(desk)
    desk.emulate_media(media="print")
    expect(desk.locator(".on-paper h1")).to_be_visible()
    expect(desk.locator(".on-paper")).to_contain_text(found["number"])
    expect(desk.locator(".top")).to_be_hidden()
    desk.emulate_media(media="screen")
    link.click()
    desk.get_by_role("button", name="详情").first.click()
    back = desk.get_by_role("link", name="由本事件报隐患")
    expect(back).to_have_attribute("href", f"/hazards#report?incident={incident['id']}")
