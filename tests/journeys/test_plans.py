"""A flood by the plan, in a real browser: suggested, approved by the leader, on a township's desk, accepted, fed back with a photo;
one is overdue, pressed by the leader, the level goes up, the response ends. And the library on the planner's screen."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.county import open_node
from tests.hazards.ground import picture
from tests.instructions.orders import lapse_on
from tests.journeys.at_desk import SMALL, Hand, opened
from tests.plans import library
from tests.serving import Served

Opener = Callable[..., Any]


def desk(page_of: Opener, server: Served, who: str, incident: str | None = None) -> Page:
    page: Page = page_of(server, who, "/desk", viewport=SMALL)
    hand = Hand(page)
    if incident:
        hand.choose(incident)
    return page


def town_duty(server: Served, code: str) -> str:
    rows = json.loads((server.data_dir / "demo-accounts.json").read_text())
    return str(
        next(one["username"] for one in rows if (one["centre"], one["role"]) == (code, "township_duty"))
    )


def test_a_response_from_its_suggestion_to_its_end(
    desk_server: Served, page_of: Opener, tmp_path: Path
) -> None:
    incident = opened(desk_server)
    county = desk(page_of, desk_server, "county_duty", incident["id"])
    county.keyboard.press("F9")
    plan = county.locator("[data-plan]", has_text="防汛抗洪应急预案")
    expect(plan).to_contain_text("有人员失联、被困或生命危险")
    expect(county.locator("[data-level='R2'].on")).to_be_visible()
    expect(county.locator("[data-plan]", has_text="森林草原火灾")).to_have_count(0)
    county.locator("[data-level='R3']").click()
    county.get_by_role("button", name="提请审批").click()
    expect(county.locator("[data-response]")).to_contain_text("待审批")

    leader = desk(page_of, desk_server, "county_leader", incident["id"])
    leader.keyboard.press("F9")
    leader.locator("[data-verb='active']").click()
    expect(leader.locator("[data-response]")).to_contain_text("已启动")
    expect(leader.locator("[data-line]")).to_have_count(3)
    expect(county.locator("[data-response]")).to_contain_text("批准")

    town = desk(page_of, desk_server, town_duty(desk_server, incident["centre"]))
    expect(town.locator("[data-bar='instructions']")).to_contain_text("指令 1")
    town.keyboard.press("F8")
    town.locator("[data-order]", has_text="转移危险区群众").click()
    town.locator("[data-act='sAccept']").click()
    expect(leader.locator("[data-line]", has_text="转移危险区群众")).to_contain_text("已签收")
    town.locator("[data-act='sBegin']").click()
    town.locator("[data-act='sFeedback']").click()
    town.locator("[name='said']").fill("已转移 46 人，逐户核实")
    photo = tmp_path / "proof.png"
    photo.write_bytes(base64.b64decode(picture()))
    town.locator("input[type='file']").set_input_files(str(photo))
    expect(town.get_by_text("已附照片")).to_be_visible()
    town.locator(".ask button.primary").click()
    expect(town.locator(".said img")).to_be_visible()
    for box in town.locator(".list input[type='checkbox']").all():
        box.check()
    town.locator("[data-act='sDone']").click()
    town.locator(".ask button.primary").click()
    expect(leader.locator("[data-line]", has_text="转移危险区群众")).to_contain_text("已完成")

    orders = desk_server.get("county_duty", "/instructions?limit=200")["items"]
    late = next(one for one in orders if one["to_centre"] == "140429-transport")
    node = open_node(f"sqlite:///{desk_server.data_dir / 'fengsui.db'}", desk_server.data_dir)
    lapse_on(node, late["id"], 90)
    node.database.close()
    expect(leader.locator("[data-line]", has_text="排查并封控")).to_contain_text("超时", timeout=90_000)
    leader.keyboard.press("Escape")
    leader.keyboard.press("F8")
    leader.locator("[data-order]", has_text="排查并封控").click()
    leader.locator("[data-act='sPress']").click()
    leader.locator("[name='said']").fill("十分钟内报结果")
    leader.locator(".ask button.primary").click()
    expect(leader.locator(".press")).to_contain_text("十分钟内报结果")
    leader.keyboard.press("Escape")
    leader.keyboard.press("Escape")
    leader.keyboard.press("F9")
    leader.locator("[data-verb='adjusted']").click()
    leader.locator(".ask [data-level='R2']").click()
    leader.locator(".ask [name='reason']").fill("水位续涨")
    leader.locator(".ask button.primary").click()
    expect(leader.locator("[data-response] h3")).to_contain_text("二级响应")
    expect(leader.locator("[data-line]")).to_have_count(7)
    leader.locator("[data-verb='ended']").click()
    leader.locator(".ask [name='reason']").fill("水退，继续巡查")
    leader.locator(".ask button.primary").click()
    expect(leader.locator("[data-response]")).to_have_count(0)
    found = desk_server.get("county_duty", "/responses?limit=10")["items"][0]
    assert (found["state"], found["level"]) == ("ended", "R2")


def test_the_duty_officer_records_a_spoken_approval_and_issues_by_hand(
    desk_server: Served, page_of: Opener
) -> None:
    incident = opened(desk_server)
    page = desk(page_of, desk_server, "county_duty", incident["id"])
    page.keyboard.press("F9")
    page.get_by_role("button", name="提请审批").click()
    page.locator("[data-verb='word']").click()
    page.locator(".ask [name='person']").fill("张某")
    expect(page.locator(".ask [name='post'] option").first).to_have_text("县长")
    page.locator(".ask button.primary").click()
    expect(page.locator("[data-response]")).to_contain_text("口头批准待补签")
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []
    page.keyboard.press("Escape")
    page.keyboard.press("F8")
    page.keyboard.press("n")
    page.locator(".new [name='centre']").fill("shuili")
    page.locator(".new [name='centre']").fill("水利")
    page.locator(".new [name='text']").fill("派专家到现场研判")
    page.locator(".new button.primary").click()
    expect(page.locator("[data-instruction]")).to_contain_text("派专家到现场研判")
    page.locator("[data-act='sAccept']").click()
    page.locator(".ask [name='person']").fill("王局长")
    page.locator(".ask button.primary").click()
    expect(page.locator("[data-instruction]")).to_contain_text("代报 王局长（电话）")
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []


def test_a_plan_is_imported_edited_approved_and_put_in_force(
    desk_server: Served, page_of: Opener, tmp_path: Path
) -> None:
    size = {"width": 1440, "height": 900}
    page: Page = page_of(desk_server, "planner", "/planner", viewport=size)
    expect(page.locator("[data-plan]")).to_have_count(2)
    file = tmp_path / "plan.json"
    file.write_text("{}")
    page.locator("input[type='file']").set_input_files(str(file))
    expect(page.get_by_role("alert")).to_contain_text("须为一份预案的 JSON")
    file.write_text(
        json.dumps({**library.PLAN, "code": "snow", "title": "低温雨雪预案", "kinds": ["meteorological"]})
    )
    page.locator("input[type='file']").set_input_files(str(file))
    sheet = page.locator("[data-sheet]")
    expect(sheet).to_contain_text("低温雨雪预案")
    sheet.locator("[data-act='edit']").click()
    page.locator("[data-add='action']").click()
    page.locator("[data-action='a1'] [name='text']").fill("除雪保畅")
    page.locator("[data-act='save']").click()
    expect(page.get_by_role("alert")).to_be_visible()  # it has no level yet
    page.locator("[data-action='a1'] .auto input").first.check()
    page.locator("[data-act='save']").click()
    expect(sheet).to_contain_text("除雪保畅")
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []
    leader: Page = page_of(desk_server, "county_leader", "/planner", viewport=size)
    leader.locator("[data-plan]", has_text="低温雨雪预案").click()
    leader.locator("[data-act='approved']").click()
    leader.locator("[name='name']").fill("李某")
    leader.locator("[name='post']").fill("县长")
    leader.locator(".ask .primary").click()
    expect(sheet).to_contain_text("已审批")
    sheet.locator("[data-act='in_force']").click()
    expect(sheet).to_contain_text("施行中")
