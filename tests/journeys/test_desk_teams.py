"""What a desk does with teams on a bad night, by keys alone: proxies, refusals, evacuation, reassigning, invitations, figures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.journeys.at_desk import SLIP_MS, Hand, eventually, opened, tasks_of
from tests.serving import Served


def sent(
    server: Served, incident: dict[str, Any], count: int = 1, at: str | None = None
) -> list[dict[str, Any]]:
    """Teams ordered to an incident, and moved on to a state."""
    offered = server.get("county_duty", f"/incidents/{incident['id']}/suggestions")["items"]
    ids = [one["team"]["id"] for one in offered if one["mode"] != "invite"][:count]
    server.post("county_duty", f"/incidents/{incident['id']}/tasks", {"team_ids": ids})
    tasks = tasks_of(server, incident["id"])
    for task in tasks if at else []:
        server.post("county_duty", f"/tasks/{task['id']}/transition", {"to": at})
    return tasks_of(server, incident["id"])


def cleared(server: Served, incident: dict[str, Any]) -> None:
    """Send its teams home: the next test needs them."""
    for task in tasks_of(server, incident["id"]):
        for to in ("cancelled", "recalled", "withdrawn", "returned"):
            server.ask("county_duty", "POST", f"/tasks/{task['id']}/transition", {"to": to})


def digit(one: Hand, label: str) -> str:
    """The digit that stands before a choice of the proxy entry."""
    found: str = one.page.locator(".proxy .options .btn", has_text=label).locator("kbd").inner_text()
    return found


def test_it_enters_a_later_state_for_a_team_and_fills_in_what_was_passed_over(
    desk_server: Served,
    hand: Callable[..., Hand],
) -> None:
    incident = opened(desk_server)
    sent(desk_server, incident)
    one = hand("county_duty").choose(incident["id"])
    expect(one.page.locator("[data-task]")).to_have_count(1)
    one.press("v", "1")
    one.press(digit(one, "已到场"))
    task = eventually(
        lambda: next((t for t in tasks_of(desk_server, incident["id"]) if t["state"] == "on_scene"), None)
    )
    assert {s["state"] for s in task["steps"] if s["skipped"]} == {"accepted", "assembling", "enroute"}
    expect(one.page.locator("td.told-when")).to_contain_text("代报")
    one.press("v", "1")
    fill = digit(one, "补记 已接令")
    one.press(fill)
    expect(one.page.locator(".proxy")).to_contain_text("先填 时间")
    one.page.keyboard.type("9999")
    one.press("Enter")
    expect(one.page.locator(".proxy")).to_contain_text("先填 时间")
    at = one.page.locator("td.told-when").inner_text()[:5].replace(":", "")
    one.press("Control+a")
    one.page.keyboard.type(at)
    one.press("Enter")
    filled = eventually(
        lambda: next(
            (
                s
                for s in tasks_of(desk_server, incident["id"])[0]["steps"]
                if s["state"] == "accepted" and not s["skipped"]
            ),
            None,
        )
    )
    assert filled["by_proxy"]["channel"] == "电话"
    assert tasks_of(desk_server, incident["id"])[0]["state"] == "on_scene"
    cleared(desk_server, incident)


def test_it_takes_a_refusal_only_with_its_reason_and_offers_the_next_team(
    desk_server: Served,
    hand: Callable[..., Hand],
) -> None:
    incident = opened(desk_server)
    (task,) = sent(desk_server, incident)
    one = hand("county_duty").choose(incident["id"])
    one.press("v", "1")
    one.press(digit(one, "无法执行"))
    expect(one.page.locator(".proxy")).to_contain_text("先填 原因")
    assert tasks_of(desk_server, incident["id"])[0]["state"] == "ordered"
    one.page.keyboard.type("车陷在石门桥")
    one.press("Enter")
    refused = eventually(
        lambda: next((t for t in tasks_of(desk_server, incident["id"]) if t["state"] == "refused"), None)
    )
    assert refused["steps"][-1]["reason"] == "车陷在石门桥"
    row = one.page.locator(f"[data-thing='refused:{task['id']}']")
    expect(row).to_contain_text("无法执行，换派")
    one.press(row.locator("kbd").first.inner_text().lower())
    again = one.page.locator("li.held .options .btn", has_text="换派下一支")
    one.press(again.locator("kbd").inner_text())
    expect(one.page.locator(".suggest[data-armed]")).to_be_visible()
    offered = one.page.locator("[data-team]").evaluate_all("rows => rows.map(r => r.dataset.team)")
    assert offered
    assert task["team_id"] not in offered
    one.page.wait_for_timeout(SLIP_MS)
    one.press("f")
    eventually(lambda: [t for t in tasks_of(desk_server, incident["id"]) if t["state"] == "ordered"])
    expect(row).to_have_count(0)
    cleared(desk_server, incident)


def test_it_orders_everybody_out_and_back_only_by_a_named_release(
    desk_server: Served,
    hand: Callable[..., Hand],
) -> None:
    incident = opened(desk_server)
    sent(desk_server, incident, 2, at="on_scene")
    one = hand("county_duty").choose(incident["id"])
    expect(one.page.locator("[data-task]")).to_have_count(2)
    one.press("x").page.wait_for_timeout(SLIP_MS)
    one.press("f")
    eventually(lambda: {t["state"] for t in tasks_of(desk_server, incident["id"])} == {"evacuated"})
    expect(one.page.locator(".things")).to_contain_text("清点人数")
    one.press("v", "1")
    one.press(digit(one, "处置中"))
    expect(one.page.locator(".proxy")).to_contain_text("先填 谁宣布安全")
    one.page.wait_for_timeout(300)
    assert {t["state"] for t in tasks_of(desk_server, incident["id"])} == {"evacuated"}
    one.page.keyboard.type("现场指挥 李队")
    one.press("Enter")
    back = eventually(lambda: [t for t in tasks_of(desk_server, incident["id"]) if t["state"] == "working"])
    assert len(back) == 1
    timeline = desk_server.get("county_duty", f"/incidents/{incident['id']}/timeline?limit=200")["items"]
    assert any("现场指挥 李队" in str(item["record"]) + str(item["text"]) for item in timeline)
    cleared(desk_server, incident)


def test_it_reassigns_a_team_to_another_incident_as_one_act(
    desk_server: Served,
    hand: Callable[..., Hand],
) -> None:
    left = opened(desk_server, life_risk="none", casualties=None, village_code="140429103210")
    worse = opened(desk_server, casualties={"missing": 3})
    (task,) = sent(desk_server, left)
    one = hand("county_duty")
    number = one.page.wait_for_selector(f"[data-incident='{worse['id']}'] kbd").inner_text()
    one.choose(left["id"])
    expect(one.page.locator("[data-task]")).to_have_count(1)
    one.press("r", "1", "t")
    expect(one.page.locator(f"[data-choose='{worse['id']}']")).to_be_visible()
    one.press(number)
    moved = eventually(lambda: tasks_of(desk_server, worse["id"]))
    assert (moved[0]["team_id"], moved[0]["replaces"], moved[0]["state"]) == (
        task["team_id"],
        task["id"],
        "ordered",
    )
    assert tasks_of(desk_server, left["id"])[0]["state"] == "recalled"
    expect(one.page.locator(".sheet")).to_have_count(0)
    expect(one.page.locator("[data-task] td.state")).to_contain_text("召回")
    cleared(desk_server, worse)
    cleared(desk_server, left)


def test_it_invites_a_social_force_only_with_area_insurance_and_contact(
    desk_server: Served,
    hand: Callable[..., Hand],
) -> None:
    incident = opened(desk_server)
    one = hand("county_duty").choose(incident["id"])
    one.page.wait_for_selector("[data-team]")
    one.press("d").page.wait_for_selector(".suggest[data-armed]")
    ticked = one.page.locator(".suggest [aria-checked=true]")
    while ticked.count():
        one.press(ticked.first.locator("kbd").inner_text())
    one.press("0")
    one.page.keyboard.type("蓝天")
    one.press("Enter")
    expect(one.page.locator(".suggest [aria-checked=true]")).to_contain_text("蓝天救援队")
    one.page.wait_for_timeout(SLIP_MS)
    one.press("f")
    terms = one.page.get_by_role("dialog", name="邀请须说清")
    expect(terms).to_be_visible()
    assert tasks_of(desk_server, incident["id"]) == []
    fields = terms.locator("input")
    expect(fields).to_have_count(3)
    fields.nth(1).focus()
    one.press("Control+a", "Delete", "Enter")
    one.page.wait_for_timeout(300)
    assert tasks_of(desk_server, incident["id"]) == []
    one.page.keyboard.type("县局意外险")
    one.press("Enter")
    (task,) = eventually(lambda: tasks_of(desk_server, incident["id"]))
    assert task["mode"] == "invite"
    assert "县局意外险" in str(task)
    cleared(desk_server, incident)


def test_it_keeps_competing_figures_apart_and_lets_one_be_chosen(
    desk_server: Served,
    hand: Callable[..., Hand],
) -> None:
    incident = opened(desk_server, casualties={"missing": 2}, source="监漳镇值班室")
    one = hand("county_duty").choose(incident["id"])
    one.press("k")
    one.page.keyboard.type("1")
    one.page.locator(".sheet label", has_text="来源").locator("input").focus()
    one.page.keyboard.type("现场队长")
    one.press("Enter")
    path = f"/figures?incident_id={incident['id']}&field=missing"
    figures = eventually(lambda: len(got := desk_server.get("county_duty", path)["items"]) == 2 and got)
    assert {(f["value"], f["source"], f["chosen"]) for f in figures} == {
        (2, "监漳镇值班室", True),
        (1, "现场队长", False),
    }
    expect(one.page.locator(".figures")).to_contain_text("两个说法")
    expect(one.page.locator(".figures")).to_contain_text("报出用 2")
    one.press("y")
    choice = one.page.locator(".figures button.say", has_text="现场队长")
    one.press(choice.locator("kbd").inner_text())
    eventually(
        lambda: desk_server.get("county_duty", f"/incidents/{incident['id']}")["casualties"]["missing"] == 1
    )
    expect(one.page.locator(".figures")).to_contain_text("报出用 1")
    assert len(desk_server.get("county_duty", path)["items"]) == 2
