"""Beside the incident, by keys alone: messages that did not go out, a team's leaders, a person's own telephone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.at_desk import NANGAO, Hand, eventually, opened, tasks_of
from tests.serving import Served

MOBILE, OTHER_MOBILE = "10004290801", "10004290802"
PRIVATE = "13987650002"


@pytest.fixture(scope="module", autouse=True)
def _no_way_out(desk_server: Served) -> None:
    """Messages go to a gateway that nobody allowed: each fails at once."""
    for name, value in (("gateway.sms", "webhook"), ("gateway.sms.url", "http://127.0.0.1:9/sms")):
        desk_server.post("admin", "/settings", {"name": name, "centre": "140429", "value": value})


def dead(server: Served, team: str) -> list[dict[str, Any]]:
    """What did not go out to a team and nobody has taken note of."""
    items = server.get("county_duty", "/deliveries?state=failed,missed&live=true&limit=1000")["items"]
    tasks = {t["id"] for t in server.get("county_duty", f"/tasks?team_id={team}&limit=200")["items"]}
    return [one for one in items if one["about_id"] in tasks]


def retried(server: Served, before: dict[str, Any]) -> bool:
    """It was tried again since, and has failed again."""
    now = server.get("county_duty", f"/deliveries/{before['id']}")
    return bool(now["version"] > before["version"] and now["state"] == "failed")


def ordered(server: Served, town: str, village: str) -> tuple[dict[str, Any], str]:
    """A township's first team ordered to an incident of its own; the order's SMS has failed."""
    incident, team = opened(server, village_code=village), server.account(f"{town}_team1")["team_id"]
    server.post(f"{town}_duty", f"/incidents/{incident['id']}/tasks", {"team_ids": [team]})
    eventually(lambda: dead(server, team))
    return incident, team


def test_it_lists_what_did_not_go_out_and_notes_a_call_instead(
    desk_server: Served, hand: Callable[..., Hand]
) -> None:
    _, team = ordered(desk_server, "jianzhang", NANGAO)
    _, elsewhere = ordered(desk_server, "panlong", "140429102203")
    (mine,), (theirs,) = dead(desk_server, team), dead(desk_server, elsewhere)
    town = hand("jianzhang_duty")
    expect(town.page.locator(".undelivered")).to_contain_text("未送出")
    town.press("u")
    row = town.page.locator(f"[data-delivery='{mine['id']}']")
    expect(row).to_contain_text("队长")
    expect(row).to_contain_text("未送出")
    expect(town.page.locator(f"[data-delivery='{theirs['id']}']")).to_have_count(0)
    town.press(row.locator("kbd").first.inner_text(), "f")
    eventually(lambda: retried(desk_server, mine))
    town.press(row.locator("kbd").first.inner_text(), "c")
    expect(row).to_have_count(0)
    noted = desk_server.get("county_duty", f"/deliveries/{mine['id']}")
    assert noted["acknowledged_by"]
    assert [one["id"] for one in dead(desk_server, elsewhere)] == [theirs["id"]]
    county = hand("county_duty").press("u")
    expect(county.page.locator(f"[data-delivery='{theirs['id']}']")).to_be_visible()
    leader = hand("county_leader").press("u")
    expect(leader.page.locator(f"[data-delivery='{theirs['id']}'] .row")).to_be_disabled()


def leaders_of(server: Served, team: str) -> list[dict[str, str]]:
    """A team's leaders as their keepers read them."""
    found: list[dict[str, str]] = server.get("county_duty", f"/teams/{team}/leaders")["items"]
    return found


def test_it_keeps_a_teams_leaders_where_it_may_and_shows_no_number_before_a_press(
    desk_server: Served, hand: Callable[..., Hand]
) -> None:
    team = desk_server.account("hanbei_team1")["team_id"]
    desk_server.post(
        "county_duty", f"/teams/{team}/leaders", {"leaders": [{"name": "赵队", "number": MOBILE}]}
    )
    one = hand("hanbei_duty").press("/")
    one.page.keyboard.type("韩北")
    one.page.locator(f"[data-hit='{team}']").click()
    sheet = one.page.get_by_role("dialog", name="队伍")
    expect(sheet).to_contain_text("查看并修改")
    assert MOBILE not in one.page.content()
    one.press("1")
    number = sheet.get_by_label("手机号码 1")
    expect(number).to_have_value(MOBILE)
    number.focus()
    one.press("Control+a")
    one.page.keyboard.type("123")
    one.press("Enter")
    expect(sheet.get_by_role("alert")).to_contain_text("手机号码")
    assert [row["number"] for row in leaders_of(desk_server, team)] == [MOBILE]
    number.focus()
    one.press("Control+a")
    one.page.keyboard.type(OTHER_MOBILE)
    one.press("Enter")
    expect(sheet).to_have_count(0)
    assert leaders_of(desk_server, team) == [{"name": "赵队", "number": OTHER_MOBILE}]
    assert OTHER_MOBILE not in one.page.content()


def test_it_shows_a_leader_no_numbers_and_no_form(desk_server: Served, hand: Callable[..., Hand]) -> None:
    team = desk_server.account("hanbei_team1")["team_id"]
    one = hand("county_leader").press("/")
    one.page.keyboard.type("韩北")
    one.page.locator(f"[data-hit='{team}']").click()
    sheet = one.page.get_by_role("dialog", name="队伍")
    expect(sheet).to_contain_text("已加密")
    expect(sheet.get_by_role("textbox")).to_have_count(0)
    one.press("1")
    expect(sheet).to_contain_text("已加密")


def test_it_opens_a_persons_own_number_by_a_press_and_writes_it_nowhere(
    desk_server: Served, hand: Callable[..., Hand]
) -> None:
    lines = [{"kind": "mobile", "number": PRIVATE, "whose": "村主任王某"}]
    desk_server.post("admin", f"/centres/{NANGAO}/posts", {"title": "村主任", "lines": lines})
    incident = opened(desk_server)
    one = hand("jianzhang_duty").choose(incident["id"])
    row = one.page.locator(".phones li", has_text="村主任")
    expect(row).to_contain_text("私人号码")
    one.press("c")
    one.press(row.locator("kbd").first.inner_text())
    expect(row).to_contain_text(PRIVATE)
    read = desk_server.get("auditor", "/access-log?what=line")["items"]
    assert [entry["username"] for entry in read] == ["jianzhang_duty"]
    one.press("1")
    expect(row).not_to_contain_text(PRIVATE)
    expect(row.locator(".row .meta")).not_to_have_text("未打")
    timeline = desk_server.get("county_duty", f"/incidents/{incident['id']}/timeline?limit=200")["items"]
    assert PRIVATE not in str(timeline)
    assert "村主任 私人号码" in str(timeline)
    assert tasks_of(desk_server, incident["id"]) == []
    other = hand("hanbei_duty")
    assert (
        desk_server.ask("hanbei_duty", "GET", f"/centres/{NANGAO}/posts/{'0' * 8}/private").status_code == 404
    )
    expect(other.page.locator(".phones li", has_text="村主任")).to_have_count(0)
