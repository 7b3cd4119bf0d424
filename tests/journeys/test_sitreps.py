"""A night of reports at two desks, by keys: called first, written, reviewed, signed, given, received; then what changed, then day 9."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import requests
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from command.core import clock
from tests.journeys.at_desk import NANGAO, Hand
from tests.serving import Served


def roof_fall(server: Served) -> dict[str, Any]:
    """A roof fall nine days ago that was found out now: two dead, three missing."""
    body = {
        "kind": "roof", "title": "二采区顶板冒落", "village_code": NANGAO, "casualties": {"dead": 2, "missing": 3},
        "source": "矿调度室", "occurred_at": clock.wire(clock.real() - timedelta(days=9)),
    }  # fmt: skip
    return server.post("county_duty", "/incidents", body)


def at_reports(hand: Hand, incident: str) -> Any:
    """The desk with the incident chosen and its reports open."""
    hand.choose(incident).press("F4")
    return hand.page


def fill(page: Any, **fields: str) -> None:
    """Type into the fields of the open form, and enter it."""
    for name, words in fields.items():
        page.locator(f"form [name='{name}']").fill(words)
    page.locator(f"form [name='{list(fields)[-1]}']").press("Enter")


def paper(page: Any, state: str) -> Any:
    """The paper in hand once it has come to a state."""
    found = page.locator(f".report[data-state='{state}']")
    expect(found).to_be_visible()
    return found


def test_it_goes_from_the_call_to_the_receipt_and_on_to_what_changed_and_to_day_nine(
    desk_server: Served, hand: Callable[..., Hand]
) -> None:
    made = roof_fall(desk_server)
    county, leader = hand("county_duty"), hand("county_leader")
    page, other = at_reports(county, made["id"]), at_reports(leader, made["id"])
    clock_ = page.locator("[data-clock='first:city:phone']")
    expect(clock_).to_contain_text("余 ")
    expect(clock_).to_contain_text("30 分钟内 自获知起")
    county.press("p")
    fill(page, person="李值班")
    expect(clock_).to_have_count(0)
    expect(page.locator("[data-told]")).to_contain_text("死亡 2、失联 3")
    expect(page.locator("[data-told]")).to_contain_text("按时")
    county.press("d")
    expect(paper(page, "draft")).to_contain_text("二采区顶板冒落")
    county.press("v")
    paper(other, "reviewing")
    leader.press("v")
    expect(other.locator(".report")).to_contain_text("审核")
    leader.press("g")
    fill(other, name="王建国", post="副县长")
    expect(paper(page, "signed")).to_contain_text("王建国（副县长）签发")
    county.press("f")
    fill(page, person="市值班员李")
    paper(page, "submitted")
    county.press("r")
    fill(page, receiver="市值班员李")
    paper(page, "received_by_superior")
    assert Axe().run(page).response["violations"] == []
    told = desk_server.get("county_duty", f"/sitreps?incident_id={made['id']}")["items"][0]
    printed = desk_server.ask("county_duty", "GET", f"/sitreps/{told['id']}/paper")
    assert printed.content.startswith(b"%PDF"), printed.text[:300]
    _what_changed(desk_server, county, made["id"])
    _day_nine(desk_server, page, made["id"])


def _what_changed(server: Served, county: Hand, incident: str) -> None:
    """The missing are found: the follow-up has the change and nothing of the beginning."""
    page = county.page
    body = {"missing": 1, "source": "矿调度室", "confirmed": True}
    server.post("county_duty", f"/incidents/{incident}/casualties", body)
    expect(page.locator("[data-clock^='followup:city']")).to_be_visible()
    expect(page.locator(".differ")).to_contain_text("失联 3 → 1")
    county.press("d")
    drafted = paper(page, "draft")
    expect(drafted.locator("tr.changed")).to_contain_text("失联")
    expect(drafted.locator("dt")).to_have_text(
        ["变化情况", "简要经过", "已采取措施", "趋势研判", "需支持事项"]
    )
    expect(drafted).to_contain_text("失联：3 人 → 1 人。")
    county.press("p")
    fill(page, person="李值班")
    expect(page.locator("[data-clock^='followup:city']")).to_have_count(0)


def _day_nine(server: Served, page: Any, incident: str) -> None:
    """Over, and a death more on the ninth day: a supplementary report is owed."""
    for to in ("responding", "controlled", "response_ended"):
        server.post("county_duty", f"/incidents/{incident}/transition", {"to": to, "reason": "按程序"})
    body = {"dead": 3, "source": "矿调度室", "confirmed": True}
    changed = server.post("county_duty", f"/incidents/{incident}/casualties", body)
    assert datetime.fromisoformat(changed["late_window"]["until"]) > clock.real()
    late = page.locator("[data-clock^='supplement:city']")
    expect(late).to_contain_text("补报")
    expect(late).to_contain_text("国务院令493号第十三条")


def test_the_wall_names_what_the_county_owes(desk_server: Served, page_of: Callable[..., Any]) -> None:
    made = roof_fall(desk_server)
    wall = page_of(desk_server, "wall", "/wall", viewport={"width": 1920, "height": 1080})
    owed = wall.locator("section[aria-label='时限'] [data-reports]")
    expect(owed).to_contain_text(
        "待报"
    )  # none is due within a quarter of an hour: told together, with the first
    expect(owed).to_contain_text("前报出")
    desk_server.post(
        "county_duty", f"/incidents/{made['id']}/phone-report", {"to": "city", "person": "李值班"}
    )
    told = desk_server.get("county_duty", f"/incidents/{made['id']}/told")["items"]
    assert [one["to"] for one in told] == ["city"]


def test_who_asks_is_called_back_first_and_the_other_kinds_are_drafted_by_keys(
    desk_server: Served, hand: Callable[..., Hand]
) -> None:
    made = roof_fall(desk_server)
    county = hand("county_duty")
    page = at_reports(county, made["id"])
    county.press("t")
    fill(page, office="市应急局", asker="自称李处", callback="13800000000", asks="要失联人数")
    asked = page.locator("form.one")
    expect(asked).to_contain_text("号码不在册")
    body = {
        "to": "city",
        "person": "李处",
        "request_id": desk_server.get("county_duty", f"/info_requests?incident_id={made['id']}")["items"][0][
            "id"
        ],
    }
    refused = requests.post(
        f"{desk_server.url}/api/v1/incidents/{made['id']}/phone-report", json=body, timeout=30,
        headers={"Authorization": f"Bearer {desk_server.tokens['county_duty']}"},
    )  # fmt: skip
    assert refused.status_code == 409
    fill(page, reached="市应急局值班室王某")
    expect(asked).to_have_count(0)
    for kind, key, name in (
        ("final", "1", "终报"),
        ("verified", "2", "核报"),
        ("correction", "3", "更正"),
        ("daily", "4", "日报"),
    ):
        other = roof_fall(desk_server)
        page = at_reports(county.press("Escape", "Escape"), other["id"])
        county.press("k")
        expect(page.locator(f"[data-draft='{kind}']")).to_be_visible()
        county.press(key)
        expect(paper(page, "draft")).to_contain_text(name)
        (draft,) = desk_server.get("county_duty", f"/sitreps?incident_id={other['id']}")["items"]
        assert (draft["kind"], draft["state"], draft["sent"]) == (kind, "draft", []), (
            "it is drafted, and no more"
        )
    assert Axe().run(page).response["violations"] == []
