"""Responses: suggested with reasons, the four fields of art. 72, the ladder of approvers, words by telephone, levels, instructions."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.centres.models import Centre
from command.core import canonical, clock, jobs
from tests.county import COUNTY, DRILL, NOISE, OTHER, TOWN, County
from tests.doors import Doors
from tests.plans.library import ASKED, PLAN, TALK, WATER, WORD, by_word, in_force, lapse, level, propose


@pytest.fixture
def plan(cast: County) -> str:
    """The county's plan, with another beside it that nobody asked for, and its response."""
    other = in_force(cast, code="noise", title="噪声预案", kinds=["wildfire"])
    propose(cast, other, incident_id=cast.noise["incident"], matter="噪声响应")
    return in_force(cast)


def step(client: Doors, who: str, thing: str, to: str, **body: Any) -> Any:
    return client.post(who, f"/responses/{thing}/transition", {"to": to, **body})


def issued(client: Doors, thing: str, who: str = "county_duty") -> dict[str, dict[str, Any]]:
    items = client.get(who, f"/instructions?response_id={thing}").json["items"]
    return {one["action"]: one for one in items}


def hold(cast: County, title: str, who: str) -> None:
    """Somebody is on record in a post of the county."""

    def turn(session: Session) -> None:
        row = session.execute(sa.select(Centre).where(Centre.id == COUNTY)).scalar_one()
        row.posts = [
            *row.posts,
            {"id": title, "title": title, "holder_id": cast.users[who], "holder": who, "lines": []},
        ]

    cast.node.database.write(turn, world=0)


def test_a_plan_is_suggested_with_reasons_and_nothing_begins(cast: County, client: Doors, plan: str) -> None:
    incident = cast.open(life_risk="possible")["id"]
    path = f"/responses/suggested?incident_id={incident}"
    before = cast.end()
    [one] = client.get("county_duty", path).json["items"]
    assert (one["title"], one["level"]) == ("防汛预案", None)
    assert [why["zh"] for why in one["reasons"]] == [
        "预案适用于山洪",
        "尚未达到可自动判断的启动条件，由人研判",
    ]
    assert cast.end() == before
    cast.do("county_duty", "incident.grade", {"id": incident, "level": "III"})
    [one] = client.get("county_duty", path).json["items"]
    assert (one["level"], one["reasons"][1]["zh"]) == ("R3", "事件定级：较大")
    worse = cast.open(life_risk="people")["id"]
    [one] = client.get("county_duty", f"/responses/suggested?incident_id={worse}").json["items"]
    assert (one["level"], one["reasons"][1]["zh"]) == ("R2", "有人员失联、被困或生命危险")
    [one] = client.get("county_duty", "/responses/suggested?kind=flood&colour=yellow").json["items"]
    assert (one["level"], one["reasons"][1]["zh"]) == ("R4", "黄色预警")
    assert client.get("other_duty", path).status_code == 404


def test_without_the_four_fields_it_is_not_submitted(cast: County, client: Doors, plan: str) -> None:
    """Design rule 3: 事项, 级别, 预计期限, 处置措施 (突发事件应对法 art. 72)."""
    for name in ASKED:
        body = {**{k: v for k, v in ASKED.items() if k != name}, "plan_id": plan}
        answer = client.post("county_duty", "/responses", body)
        assert (answer.status_code, answer.json.get("missing")) == (422, [name]), answer.text
    kept = client.post("county_duty", "/responses", {"plan_id": plan, "matter": "山洪", "submit": False}).json
    assert kept["state"] == "suggested"
    refused = step(client, "county_duty", kept["id"], "pending_approval", level="R4", expected_hours=12)
    assert (refused.status_code, refused.json["missing"]) == (422, ["measures"])
    told = step(
        client, "county_duty", kept["id"], "pending_approval", level="R4", expected_hours=12, measures="转移"
    )
    assert told.json["state"] == "pending_approval"


def test_activation_issues_the_plans_actions_with_their_clocks(
    cast: County, client: Doors, plan: str
) -> None:
    incident = cast.open()["id"]
    thing = propose(cast, plan, incident_id=incident)
    assert issued(client, thing) == {}
    before = cast.end()
    told = step(client, "county_leader", thing, "active").json
    assert (told["state"], told["approvals"][0]["post"]) == ("active", "县应急局局长")
    assert next(one.type for one in cast.entries(after=before)) == "response.moved", (
        "the cause stands before what it did"
    )
    orders = issued(client, thing)
    assert {code: (one["to_centre"], one["state"]) for code, one in orders.items()} == {
        "watch": (WATER, "issued"), "move": (TOWN, "issued"),
    }  # fmt: skip
    given = orders["move"]
    due = clock.real() + timedelta(minutes=60)
    assert abs((_at(given["due_at"]) - due).total_seconds()) < 60
    assert (given["post"], given["urgency"], given["needs_proof"], given["checklist"][0]["text"]) == (
        "乡镇长",
        "flash",
        True,
        "清点人数",
    )
    assert told["issued"] == {code: [one["id"]] for code, one in orders.items()}
    until = _at(told["expected_until"]) - _at(told["times"]["active"])
    assert until == timedelta(hours=12)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_a_graver_level_issues_what_it_adds_and_it_ends_by_name(
    cast: County, client: Doors, plan: str
) -> None:
    thing = propose(cast, plan, incident_id=cast.open()["id"])
    step(client, "county_leader", thing, "active")
    told = step(client, "county_leader", thing, "adjusted", level="R2", reason="水位续涨").json
    assert (told["level"], told["state"]) == ("R2", "adjusted")
    assert set(issued(client, thing)) == {"watch", "move", "medic"}
    assert "由四级调为二级响应" in next(
        canonical.load(one.text)["zh"] for one in reversed(cast.entries()) if one.type == "response.moved"
    )
    assert step(client, "county_leader", thing, "active", level="R3").json["level"] == "R3"
    assert len(client.get("county_duty", f"/instructions?response_id={thing}").json["items"]) == 3
    assert step(client, "county_leader", thing, "ended").status_code == 422
    last = step(client, "county_leader", thing, "ended", reason="水退，继续巡查").json
    assert (last["state"], last["live"]) == ("ended", False)
    assert step(client, "county_leader", thing, "active").status_code == 409


def test_the_ladder_decides_who_activates_which_level(cast: County, client: Doors, plan: str) -> None:
    hold(cast, "县长", "county_leader")
    hold(cast, "县应急局局长", "county_duty2")
    low, high = propose(cast, plan), propose(cast, plan, level="R2")
    refused = step(client, "county_duty", low, "active")
    assert refused.status_code == 403, "a duty officer approves nothing by himself"
    assert step(client, "county_leader", high, "active").json["approvals"][0]["post"] == "县长"
    assert step(client, "county_leader", low, "active").status_code == 200, (
        "who approves a graver level approves this one"
    )
    ended = step(client, "town_leader", low, "ended", reason="x")
    assert ended.status_code in (403, 404)
    other = in_force(cast, code="two", levels=[level("R4")], actions=[])
    mine = propose(cast, other)
    answer = step(client, "county_leader", mine, "active")
    assert (answer.status_code, "县应急局局长" in answer.json["detail"]) == (403, True), (
        "the post has a holder, and he is not it"
    )


def test_a_word_by_telephone_acts_at_once_and_is_confirmed_later(
    cast: County, client: Doors, plan: str
) -> None:
    thing = propose(cast, plan, incident_id=cast.open()["id"])
    wrong = step(client, "county_duty", thing, "active", spoken={**WORD, "post": "办公室主任"})
    assert (wrong.status_code, "县应急局局长" in wrong.json["detail"]) == (422, True)
    assert step(client, "planner", thing, "active", spoken=WORD).status_code == 403
    told = step(client, "county_duty", thing, "active", spoken=WORD).json
    assert (told["state"], told["approvals"][0]["confirmed"], told["approvals"][0]["by"]) == (
        "active",
        None,
        "甲 county_duty",
    )
    assert set(issued(client, thing)) == {"watch", "move"}
    text = next(canonical.load(one.text)["zh"] for one in cast.entries() if one.type == "response.moved")
    assert text == "已启动：四级响应（防汛预案），县应急局局长张某口头批准（电话）・代录"
    assert client.post("county_duty", f"/responses/{thing}/confirm").status_code == 403
    done = client.post("county_leader", f"/responses/{thing}/confirm").json
    assert done["approvals"][0]["confirmed"]["by"] == "甲 county_leader"
    assert client.post("county_leader", f"/responses/{thing}/confirm").status_code == 409


def test_it_is_asked_about_past_its_term_and_ends_by_nobody_else(
    cast: County, client: Doors, plan: str
) -> None:
    thing = lapse(cast, by_word(cast, propose(cast, plan)))
    jobs.run_due(cast.node)
    told = client.get("county_duty", f"/responses/{thing}").json
    assert (told["state"], told["past_due"]) == ("active", True)
    before = cast.end()
    cast.do("system", "response.ask", {"id": thing})
    assert cast.end() == before
    more = step(client, "county_leader", thing, "adjusted", expected_hours=24, reason="雨未停").json
    assert more["past_due"] is False


def test_it_is_seen_by_whom_it_concerns(cast: County, client: Doors, plan: str) -> None:
    thing = propose(cast, plan, incident_id=cast.open()["id"])
    for who in ("county_duty", "town_duty", "planner"):
        assert client.get(who, f"/responses/{thing}").status_code == 200, who
    for who in ("other_duty", "water_duty"):
        assert client.get(who, f"/responses/{thing}").status_code == 404, who
    assert client.get("town_team", "/responses").status_code == 403
    wide = propose(cast, plan, areas=[TOWN, OTHER])
    assert client.get("other_duty", f"/responses/{wide}").status_code == 200
    assert client.post("town_duty", "/responses", {**ASKED, "plan_id": plan}).status_code == 403
    assert (
        client.post("county_duty", "/responses", {**ASKED, "plan_id": plan, "areas": ["150000"]}).status_code
        == 422
    )
    assert NOISE not in client.get("county_duty", f"/responses/{wide}").json["areas"]


def test_a_drill_has_its_own_responses_by_the_same_plans(cast: County, plan: str) -> None:
    thing = propose(cast, plan, areas=[TOWN], world=DRILL)
    assert cast.act("county_leader", "response.transition", {"id": thing, "to": "active"}).status == 404
    answer = cast.act("county_leader", "response.transition", {"id": thing, "to": "active"}, world=DRILL)
    assert answer.ok, answer.body.decode()
    assert {one.kind for one in cast.entries(world=DRILL)} >= {"response", "instruction"}


def test_a_plan_that_was_replaced_begins_nothing(cast: County, client: Doors, plan: str) -> None:
    cast.do("planner", "plan.transition", {"id": plan, "to": "withdrawn", "reason": "废止"})
    assert client.post("county_duty", "/responses", {**ASKED, "plan_id": plan}).status_code == 409
    assert PLAN["code"] == "flood"


def test_a_consultation_is_kept_with_what_was_corrected(cast: County, client: Doors, plan: str) -> None:
    made = client.post("county_duty", "/consultations", {**TALK, "response_id": propose(cast, plan)})
    assert made.status_code == 201, made.text
    path = f"/consultations/{made.json['id']}"
    told = client.patch(
        "county_duty2", path, {"conclusion": "全部转移并封路", "reason": "漏记"}, version=1
    ).json
    assert (told["conclusion"], told["earlier"][0]["conclusion"]) == ("全部转移并封路", "全部转移")
    for who in ("town_duty", "water_duty"):
        assert client.get(who, path).status_code == 404, who
    assert client.post("county_duty", "/consultations", {**TALK, "incident_id": "none"}).status_code == 422
    strange = client.post("town_duty", "/consultations", {**TALK, "incident_id": cast.noise["incident"]})
    assert strange.status_code == 422
