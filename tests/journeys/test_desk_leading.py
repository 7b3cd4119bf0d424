"""Who leads an incident, who sees it and how it ends, by keys alone: handing over, sharing, higher command, merging, ending, reopening."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.journeys.at_desk import Hand, eventually, opened
from tests.serving import Served

JIANZHANG, HANBEI = "140429103", "140429105"
DAHEXI = "140429103210"


def at(server: Served, incident_id: str) -> dict[str, Any]:
    """The incident as the server has it."""
    found: dict[str, Any] = server.get("county_duty", f"/incidents/{incident_id}")
    return found


def said(server: Served, incident_id: str) -> str:
    """Its timeline in Chinese, as one text."""
    items = server.get("county_duty", f"/incidents/{incident_id}/timeline?limit=200")["items"]
    return "\n".join(str(one["text"]) for one in items)


def more(one: Hand, title: str) -> Hand:
    """The rarer acts (L), and the one of this name by its digit."""
    one.press("l")
    sheet = one.page.get_by_role("dialog")
    key = sheet.get_by_role("button", name=title).locator("kbd").inner_text()
    one.press(key)
    expect(one.page.get_by_role("dialog", name=title)).to_be_visible()
    return one


def test_it_hands_an_incident_to_another_centre_by_initials(
    desk_server: Served,
    hand: Callable[..., Hand],
) -> None:
    incident = opened(desk_server)
    one = hand("county_duty").choose(incident["id"])
    more(one, "移交属地").press("h", "b")
    expect(one.page.locator("[data-centre].on")).to_have_text("韩北镇")
    one.press("Tab")
    one.page.locator("[name=handover-reason]").focus()
    one.page.keyboard.type("村在两镇交界")
    one.press("Enter")
    eventually(lambda: at(desk_server, incident["id"])["centre"] == HANBEI)
    assert "村在两镇交界" in said(desk_server, incident["id"])
    expect(one.page.locator(".head-panel")).to_contain_text("属地 韩北镇")
    theirs, before = hand("hanbei_duty"), hand("jianzhang_duty")
    expect(theirs.page.locator(f"[data-incident='{incident['id']}']")).to_be_visible()
    expect(before.page.locator(".chip.live")).to_be_attached()
    expect(before.page.locator(f"[data-incident='{incident['id']}']")).to_have_count(0)


def test_it_says_to_a_township_that_an_incident_has_left_its_desk(
    desk_server: Served,
    hand: Callable[..., Hand],
) -> None:
    incident = opened(desk_server)
    one = hand("jianzhang_duty").choose(incident["id"])
    more(one, "移交属地")
    expect(one.page.get_by_role("dialog")).to_contain_text("本席不再持有")
    one.press("h", "b")
    expect(one.page.locator("[data-centre].on")).to_have_text("韩北镇")
    one.press("Enter")
    expect(one.page.get_by_text("此事件已离开在办列表")).to_be_visible()
    assert at(desk_server, incident["id"])["centre"] == HANBEI


def test_it_shares_until_a_time_and_stops_sharing_by_a_digit(
    desk_server: Served,
    hand: Callable[..., Hand],
) -> None:
    incident = opened(desk_server)
    one = hand("county_duty").choose(incident["id"])
    more(one, "共享").press("p", "l")
    expect(one.page.locator("[data-centre].on")).to_have_text("蟠龙镇")
    one.page.locator("[name=until]").focus()
    one.page.keyboard.type("8点")
    one.press("Enter")
    expect(one.page.get_by_role("alert")).to_contain_text("四位数")
    assert at(desk_server, incident["id"])["shares"] == []
    one.press("Control+a")
    one.page.keyboard.type("2359")
    one.press("Enter")
    shares = eventually(lambda: at(desk_server, incident["id"])["shares"])
    assert (shares[0]["centre"], shares[0]["until"] is not None) == ("140429102", True)
    theirs = hand("panlong_duty")
    expect(theirs.page.locator(f"[data-incident='{incident['id']}']")).to_be_visible()
    more(one, "共享")
    one.page.locator(".sheet h2").focus()
    one.page.evaluate("document.activeElement.blur()")
    one.press("1")
    eventually(lambda: at(desk_server, incident["id"])["shares"] == [])
    expect(theirs.page.locator(f"[data-incident='{incident['id']}']")).to_have_count(0)


def test_it_records_that_a_higher_authority_commands(
    desk_server: Served,
    hand: Callable[..., Hand],
) -> None:
    incident = opened(desk_server)
    one = hand("county_duty").choose(incident["id"])
    more(one, "上级接管指挥")
    one.page.keyboard.type("长治市防汛抗旱指挥部")
    one.press("Tab")
    one.page.keyboard.type("副市长")
    one.press("Enter")
    command = eventually(lambda: at(desk_server, incident["id"])["command"])
    assert (command["authority"], command["who"], command["role"]) == (
        "长治市防汛抗旱指挥部",
        "副市长",
        "配合",
    )
    expect(one.page.locator(".head-panel")).to_contain_text("长治市防汛抗旱指挥部 副市长 指挥，我方配合")


def test_it_merges_by_the_others_own_number_and_takes_it_out_again(
    desk_server: Served,
    hand: Callable[..., Hand],
) -> None:
    into = opened(desk_server, casualties={"missing": 2})
    other = opened(desk_server, village_code=DAHEXI, casualties={"missing": 1}, source="大河西村")
    one = hand("county_duty")
    number = one.page.wait_for_selector(f"[data-incident='{into['id']}'] kbd").inner_text()
    one.choose(other["id"])
    more(one, "并入另一起").press(number)
    eventually(lambda: at(desk_server, other["id"])["merged_into"] == into["id"])
    expect(one.page.locator(f"[data-incident='{into['id']}'][aria-current]")).to_be_visible()
    assert at(desk_server, into["id"])["casualties"]["missing"] == 2
    expect(one.page.locator(".figures")).to_contain_text("两个说法")
    more(one, "并入另一起")
    expect(one.page.locator(f"[data-out='{other['id']}']")).to_be_visible()
    one.press("u")
    eventually(lambda: at(desk_server, other["id"])["merged_into"] is None)
    expect(one.page.locator(f"[data-incident='{other['id']}'][aria-current]")).to_be_visible()
    assert at(desk_server, other["id"])["casualties"]["missing"] == 1
    assert at(desk_server, into["id"])["figures"]["missing"]["others"] == []


def test_it_ends_only_with_a_reason_and_opens_again(
    desk_server: Served,
    hand: Callable[..., Hand],
) -> None:
    incident = opened(desk_server)
    one = hand("county_duty").choose(incident["id"])

    def state_by(label: str) -> None:
        one.press("s")
        button = one.page.get_by_role("dialog").get_by_role("button", name=label, exact=False)
        one.press(button.locator("kbd").inner_text())

    for label, state in (("处置中", "responding"), ("已控制", "controlled")):
        state_by(label)
        eventually(lambda state=state: at(desk_server, incident["id"])["state"] == state)
        expect(one.page.locator(".states .now")).to_contain_text(label)
    state_by("应急响应结束")
    expect(one.page.get_by_role("alert")).to_contain_text("须写原因")
    assert at(desk_server, incident["id"])["state"] == "controlled"
    one.page.keyboard.type("失联人员已找到")
    one.press("Enter")
    eventually(lambda: at(desk_server, incident["id"])["state"] == "response_ended")
    assert "失联人员已找到" in said(desk_server, incident["id"])
    expect(one.page.locator(".states .now")).to_contain_text("应急响应结束")
    state_by("处置中")
    eventually(lambda: at(desk_server, incident["id"])["state"] == "responding")


def test_it_finds_a_false_alarm_again_and_reopens_it(
    desk_server: Served,
    hand: Callable[..., Hand],
) -> None:
    incident = opened(desk_server, description="二道沟口有人呼救")
    for to in ("verifying", "dismissed"):
        body = {"to": to, "reason": "误报"}
        desk_server.post("county_duty", f"/incidents/{incident['id']}/transition", body)
    one = hand("county_duty")
    expect(one.page.locator(f"[data-incident='{incident['id']}']")).to_have_count(0)
    one.press("/")
    one.page.keyboard.type("二道沟口")
    expect(one.page.locator(f"[data-hit='{incident['id']}']")).to_contain_text("已结束的")
    one.press("Enter")
    expect(one.page.locator(".head-panel")).to_contain_text("已离开在办列表")
    one.press("s", "1")
    eventually(lambda: at(desk_server, incident["id"])["state"] == "verifying")
    expect(one.page.locator(f"[data-incident='{incident['id']}']")).to_be_visible()
