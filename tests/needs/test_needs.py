"""Design rule 15: social forces and volunteers act under one command; needs are published and guide them; who comes is counted out."""

from __future__ import annotations

from typing import Any

import pytest

from command.core import jobs
from command.core.access import COUNTY as ALL
from tests.county import DRILL, OTHER, TOWN, County
from tests.doors import Doors
from tests.needs.ground import (
    BRIEFED,
    FORCE,
    HEAD,
    LEADER,
    arrived,
    at_work,
    lapse,
    need,
    published,
    share,
    short,
)

OUT = {"headcount": 12, "counted_by": "王某"}


@pytest.fixture(autouse=True)
def noise(cast: County) -> list[str]:
    """Another township's need and force, which nobody here may meet."""
    incident = cast.noise["incident"]
    return [
        published(cast, "noise_duty", what="噪声需求", incident_id=incident),
        arrived(cast, "noise_duty", organisation="噪声队", incident_id=incident),
    ]


def alarms(client: Doors, who: str) -> dict[str, dict[str, Any]]:
    """The alarms of forces that somebody has, by cause without the id."""
    items = client.get(who, "/alarms?live=true").json["items"]
    mine = [one for one in items if one["cause"].startswith("force_") and "噪声" not in one["title"]["zh"]]
    return {one["cause"].split(":")[0]: one for one in mine}


def test_design_rule_15_social_forces_act_under_one_command_and_needs_are_published(
    cast: County, client: Doors
) -> None:
    """突发事件应对法 art. 39, 72: a need is drafted, published by name, told as text to copy; a force checks in against it, is never
    assigned without a briefing nor by a centre that does not command, is counted out, and who is missing is an alarm of life."""
    incident = cast.open()["id"]
    share(cast, incident)
    drafted = client.post("town_duty", "/needs", need(incident_id=incident))
    assert (drafted.status_code, drafted.json["state"]) == (201, "draft")
    thing = drafted.json["id"]
    assert client.get("other_duty", f"/needs/{thing}").status_code == 404, "a draft is its own house's"
    body = {**FORCE, "need_id": thing}
    assert client.post("town_duty", "/forces", body).status_code == 409, "nobody comes to a draft"
    assert client.post("town_duty", f"/needs/{thing}/publish", {}).status_code == 422, (
        "somebody answers for it"
    )
    shown = client.post("town_leader", f"/needs/{thing}/publish", {"published_by": HEAD}).json
    assert (shown["state"], shown["published_by"]["name"]) == ("published", "赵镇长")
    text = client.get("other_duty", f"/needs/{thing}/notice").json["zh"]
    for word in ("水上搜救志愿者 20 人", "丰州镇河东堤段", "救生衣、头灯", "意外险", "三人一组", "镇应急值班室"):  # fmt: skip
        assert word in text
    here = client.post("town_duty", "/forces", body)
    assert (here.status_code, here.json["state"], here.json["incident_id"]) == (201, "checked_in", incident)
    force = here.json["id"]
    assert client.post("other_duty", f"/forces/{force}/assign", BRIEFED).status_code == 403, (
        "it does not command"
    )
    refused = client.post("town_duty", f"/forces/{force}/assign", {**BRIEFED, "briefed": False})
    assert (refused.status_code, "安全交底" in refused.json["detail"]) == (422, True)
    told = client.post("town_duty", f"/forces/{force}/assign", BRIEFED).json
    given = told["assigned"]
    assert (told["state"], given["reports_to"], given["briefed_by"]) == ("assigned", "镇武装部长", "李安全员")
    left = {**OUT, "headcount": 10}
    gone = client.post("town_duty", f"/forces/{force}/check-out", left).json
    assert (gone["state"], gone["missing"], gone["live"]) == ("checked_out", 2, True)
    for who in ("county_duty", "town_duty", "other_duty"):
        alarm = alarms(client, who)["force_missing"]
        assert (alarm["rank"], alarm["life_risk"], alarm["incident_id"]) == (1, True, incident), who
    found = {"headcount": 1, "counted_by": "王某", "note": "已自行回县城，本人接电话"}
    assert client.post("town_duty", f"/forces/{force}/account", found).json["missing"] == 1
    assert "force_missing" in alarms(client, "county_duty")
    more = client.post("town_duty", f"/forces/{force}/account", {**found, "headcount": 2})
    assert more.status_code == 422, "one is missing"
    last = client.post("town_duty", f"/forces/{force}/account", {**found, "note": "送医院"}).json
    assert (last["missing"], last["live"]) == (0, False)
    assert alarms(client, "county_duty") == {}
    lines = client.get("town_duty", f"/incidents/{incident}/timeline").json["items"]
    words = [one["text"] for one in lines if one["type"].startswith(("need.", "force."))]
    assert "镇长 赵镇长 发布需求公告：水上搜救志愿者 20 人，丰州镇河东堤段" in words
    assert "武乡蓝天救援队 离开 10 人（王某 清点），2 人下落不明" in words


def test_more_cannot_leave_than_came_and_a_recount_says_why(client: Doors, cast: County) -> None:
    force = at_work(cast)
    out, again = f"/forces/{force}/check-out", f"/forces/{force}/recount"
    assert client.post("town_duty", out, {**OUT, "headcount": 13}).status_code == 422
    assert client.post("town_duty", again, {"headcount": 13}).status_code == 422
    more = {"headcount": 13, "counted_by": "王某", "reason": "后到 1 人"}
    assert client.post("town_duty", again, more).json["headcount"] == 13
    gone = client.post("town_duty", out, {**OUT, "headcount": 13}).json
    assert (gone["live"], gone["missing"]) == (False, 0)
    assert alarms(client, "county_duty") == {}
    assert client.post("town_duty", out, OUT).status_code == 409
    assert client.post("town_duty", again, more).status_code == 409


def test_it_is_declined_with_a_reason_and_another_place_to_go(client: Doors, cast: County) -> None:
    path = f"/forces/{arrived(cast)}"
    assert client.post("town_duty", f"{path}/decline", {"reason": "人手已够"}).status_code == 422
    body = {"reason": "人手已够，多谢", "elsewhere": "洪水镇需要清淤"}
    told = client.post("town_duty", f"{path}/decline", body).json
    assert (told["state"], told["live"], told["declined"]["elsewhere"]) == (
        "declined",
        False,
        "洪水镇需要清淤",
    )
    assert client.post("town_duty", f"{path}/assign", BRIEFED).status_code == 409


def test_it_is_reminded_once_of_a_force_that_nobody_gave_work(client: Doors, cast: County) -> None:
    force = arrived(cast)
    lapse(cast, force, 19)
    jobs.run_due(cast.node)
    assert alarms(client, "town_duty") == {}
    lapse(cast, force, 2)
    jobs.run_due(cast.node)
    assert alarms(client, "town_duty")["force_waiting"]["rank"] == 3
    before = cast.end()
    jobs.run_due(cast.node)
    cast.do("system", "force.look", {"id": force})
    assert cast.end() == before
    client.post("town_duty", f"/forces/{force}/assign", BRIEFED)
    assert alarms(client, "town_duty") == {}


def test_a_need_is_changed_with_a_reason_met_taken_back_or_past_its_end(client: Doors, cast: County) -> None:
    path = f"/needs/{published(cast)}"
    assert client.patch("town_duty", path, {"people": 30}).status_code == 422, "why it changes"
    assert client.patch("town_duty", path, {"reason": "x"}).status_code == 422, "nothing changes"
    assert client.patch("town_duty", path, {"people": 30, "reason": "水涨"}).json["people"] == 30
    met = client.post("town_duty", f"{path}/close", {"to": "met", "reason": "已到 31 人"}).json
    assert (met["state"], met["live"]) == ("met", False)
    closed = {**FORCE, "need_id": met["id"]}
    assert client.post("town_duty", "/forces", closed).status_code == 409
    other = lapse(cast, published(cast), 241)
    jobs.run_due(cast.node)
    assert client.get("town_duty", f"/needs/{other}").json["state"] == "lapsed"
    draft = cast.do("town_duty", "need.draft", need())["id"]
    close = f"/needs/{draft}/close"
    assert client.post("town_duty", close, {"to": "met", "reason": "x"}).status_code == 409
    assert client.post("town_duty", close, {"to": "withdrawn", "reason": "x"}).json["state"] == "withdrawn"
    for bad in ({"skill": "magic"}, {"until": "2020-01-01T00:00:00Z"}, {"village_code": "140429100999"}, {"people": 0}):  # fmt: skip
        assert client.post("town_duty", "/needs", need(**bad)).status_code == 422, bad


def test_it_is_seen_by_its_house_the_county_and_who_sees_the_incident(
    client: Doors, cast: County, noise: list[str]
) -> None:
    incident = cast.open()["id"]
    thing, force = published(cast, incident_id=incident), arrived(cast, incident_id=incident)
    own = arrived(cast, "other_duty")

    def seen(who: str) -> set[str]:
        lists = [client.get(who, f"/{path}?limit=1000").json["items"] for path in ("needs", "forces")]
        return {one["id"] for items in lists for one in items}

    assert seen("town_duty") == {thing, force}
    assert seen("other_duty") == {own}
    assert seen("county_duty") == {thing, force, own, *noise}
    assert client.get("town_team", "/forces").status_code == 403
    share(cast, incident)
    assert seen("other_duty") == {own, thing, force}
    cast.do("town_duty", "incident.unshare", {"id": incident, "centre": OTHER})
    assert seen("other_duty") == {own}


def test_who_leads_it_is_sealed_and_each_reading_is_logged(client: Doors, cast: County) -> None:
    force = arrived(cast, channel="电话")
    assert LEADER["number"] not in client.get("town_duty", f"/forces/{force}").text
    assert all(LEADER["number"].encode() not in one.record for one in cast.entries())
    assert client.get("town_duty", f"/forces/{force}/person").json == LEADER
    assert client.get("town_leader", f"/forces/{force}/person").status_code == 403
    assert client.get("other_duty", f"/forces/{force}/person").status_code == 404
    assert "force leader" in client.get("auditor", "/access-log?limit=100").text


def test_a_shift_hands_over_who_is_in_the_field(cast: County, noise: list[str]) -> None:
    incident = cast.open()["id"]
    thing, force = published(cast, incident_id=incident), at_work(cast, incident_id=incident)
    short(cast, 12, organisation="先走队")
    missing = short(cast, 11, organisation="少人队")

    def handed(party: str) -> dict[str, str]:
        found = cast.node.ask("needs.matters", {"party": party, "centre": TOWN}, cast.actor("system"))
        return {one["about"]["id"]: one["zh"] for one in found}

    mine = handed(f"centre:{TOWN}")
    assert set(mine) == {thing, force, missing}
    assert mine[force] == "武乡蓝天救援队 12 人（已编组）：河东堤段"
    assert mine[missing] == "少人队：1 人下落不明"
    assert set(handed(ALL)) == {*mine, *noise}


def test_a_drill_has_its_own(cast: County) -> None:
    force = arrived(cast, world=DRILL)
    assert cast.act("town_duty", "force.assign", {"id": force, **BRIEFED}).status == 404
    assert cast.act("town_duty", "force.assign", {"id": force, **BRIEFED}, world=DRILL).ok
