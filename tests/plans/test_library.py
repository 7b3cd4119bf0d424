"""The library of plans: drafts, approval by name, editions that replace one another, what a plan must have to be one."""

from __future__ import annotations

from typing import Any

from tests.county import DRILL, County
from tests.doors import Doors
from tests.plans.library import PLAN, SIGNED, draft, in_force, level


def test_a_draft_is_approved_by_name_put_in_force_and_replaced_by_its_next_edition(
    cast: County, client: Doors
) -> None:
    made = client.post("planner", "/plans", PLAN)
    assert made.status_code == 201, made.text
    first = made.json["id"]
    assert (made.json["edition"], made.json["state"]) == (1, "draft")
    path = f"/plans/{first}/transition"
    assert client.post("planner", path, {"to": "approved", **SIGNED}).status_code == 403, (
        "who writes it does not approve it"
    )
    assert client.post("county_leader", path, {"to": "approved"}).status_code == 422, "somebody signs by name"
    assert client.post("planner", path, {"to": "in_force"}).status_code == 409
    assert client.post("county_leader", path, {"to": "approved", **SIGNED}).json["approved"]["name"] == "李某"
    assert client.post("planner", path, {"to": "in_force"}).json["state"] == "in_force"
    assert client.patch("planner", f"/plans/{first}", {"title": "改"}, version=3).status_code == 409
    second = client.post("planner", f"/plans/{first}/revise", {"reason": "演练发现问题"}).json
    assert (second["edition"], second["actions"]) == (2, made.json["actions"])
    assert client.post("planner", f"/plans/{first}/revise", {"reason": "x"}).status_code == 409
    client.post("county_leader", f"/plans/{second['id']}/transition", {"to": "approved", **SIGNED})
    client.post("planner", f"/plans/{second['id']}/transition", {"to": "in_force"})
    states = {
        one["edition"]: (one["state"], one["live"])
        for one in client.get("county_duty", "/plans").json["items"]
    }
    assert states == {1: ("replaced", False), 2: ("in_force", True)}


def test_a_draft_is_seen_by_its_house_alone(cast: County, client: Doors) -> None:
    thing = draft(cast)
    for who in ("planner", "county_duty", "county_leader"):
        assert client.get(who, f"/plans/{thing}").status_code == 200, who
    for who in ("town_duty", "water_duty"):
        assert client.get(who, f"/plans/{thing}").status_code == 404, who
    assert client.get("town_team", "/plans").status_code == 403
    known = in_force(cast, code="other")
    assert client.get("town_duty", f"/plans/{known}").status_code == 200


def test_what_a_plan_names_is_there(client: Doors) -> None:
    action = PLAN["actions"][0]
    bad: list[dict[str, Any]] = [
        {"actions": [{**action, "levels": ["R1"]}]},
        {"actions": [{**action, "group": "none"}]},
        {"actions": [{**action, "to": "140429-none"}]},
        {"actions": [action, action]},
        {"areas": ["140429199"]},
        {"kinds": ["dragon"]},
        {"levels": [{**level("R4"), "approvers": []}]},
        {"levels": [level("R4"), level("R4")]},
        {"groups": [{"code": "g", "name": "组", "lead": {}}]},
    ]
    for change in bad:
        answer = client.post("planner", "/plans", {**PLAN, **change})
        assert answer.status_code == 422, (change, answer.text)
        assert answer.json["said"]["zh"]
        assert answer.json["said"]["en"]
    assert client.get("planner", "/plans").json["items"] == []


def test_a_plan_is_not_written_in_a_drill(cast: County) -> None:
    assert cast.act("planner", "plan.draft", PLAN, world=DRILL).status == 409


def test_the_demo_has_two_plans_that_are_marked_as_such(cast: County) -> None:
    from command.plans import demo

    for body in (demo.FLOOD, demo.FIRE):
        told = cast.do("planner", "plan.draft", body)
        assert told["synthetic"]
        assert told["title"].startswith("【示意】")
        assert told["basis"] == "示意数据，非武乡县正式预案"
