"""Teams: entered, corrected, on duty and off; suggested with reasons; calling for help and mayday."""

from __future__ import annotations

from typing import Any

import pytest

from command.core import canonical
from command.core.errors import Invalid
from tests.county import COUNTY, DRILL, POINT, TOWN, County, new_id


def ask(cast: County, who: str, incident: str) -> dict[str, Any]:
    """The suggestion for an incident."""
    told: dict[str, Any] = cast.node.ask("incident.suggestions", {"id": incident}, cast.actor(who))
    return told


def alarms(cast: County, after: int) -> list[dict[str, Any]]:
    """What was said of alarms after a number."""
    return [canonical.load(row.record) for row in cast.entries(after=after) if row.kind == "alarm"]


def test_it_takes_its_order_mode_from_its_type(cast: County) -> None:
    body = {"name": "队", "centre": COUNTY}
    modes = {kind: cast.do("county_duty", "team.create", {**body, "type": kind, "name": kind})["mode"]
             for kind in ("county_general", "township_general", "national_fire", "medical", "militia", "social_force")}  # fmt: skip
    assert modes == {
        "county_general": "direct", "township_general": "township", "national_fire": "via_authority", "medical": "via_authority",
        "militia": "request", "social_force": "invite",
    }  # fmt: skip


def test_it_has_one_name_at_one_centre(cast: County) -> None:
    body = {"name": "同名", "type": "flood", "centre": TOWN}
    cast.do("county_duty", "team.create", body)
    assert cast.act("county_duty", "team.create", body).status == 409
    assert cast.act("county_duty", "team.create", {**body, "centre": COUNTY}).status == 201


def test_it_refuses_what_is_no_skill_type_or_mode(cast: County) -> None:
    body = {"name": "队", "type": "flood", "centre": TOWN}
    bad = (
        {"skills": ["magic"]},
        {"type": "wizards"},
        {"mode": "shout"},
        {"readiness": "L9"},
        {"headcount": -1},
    )
    for wrong in (*bad, {"centre": "140429999"}):
        with pytest.raises(Invalid):
            cast.do("county_duty", "team.create", {**body, **wrong})


def test_it_is_read_only_in_a_drill(cast: County) -> None:
    body = {"name": "演练队", "type": "flood", "centre": TOWN}
    assert cast.act("county_duty", "team.create", body, world=DRILL).status == 409
    edit = {"id": cast.teams["town_team"], "headcount": 99}
    assert cast.act("county_duty", "team.edit", edit, world=DRILL, version=1).status == 409


def test_it_keeps_a_drills_duty_apart_from_lifes(cast: County) -> None:
    team = cast.teams["town_team"]
    off = cast.do("town_duty", "team.duty", {"id": team, "on_duty": False}, world=DRILL)
    assert (off["on_duty"], off["status"]) == (False, "off")
    life = cast.do("town_duty", "team.duty", {"id": team, "on_duty": True})
    assert (life["on_duty"], life["status"]) == (True, "available")


def test_it_suggests_the_nearest_able_and_free_ones_first_and_says_why(cast: County) -> None:
    incident = cast.open("county_duty", location=POINT)["id"]
    told = ask(cast, "county_duty", incident)
    assert [one["rank"] for one in told["items"]] == list(range(1, len(told["items"]) + 1))
    for one in told["items"]:
        assert one["reasons"]
        assert one["distance_m"] >= 0
        assert one["eta_s"] > 0
    near = {one["team"]["id"]: one["distance_m"] for one in told["items"]}
    assert near[cast.teams["town_team"]] < near[cast.teams["other_team"]]
    assert told["basis"]["schematic"] is False


def test_it_says_why_a_team_was_left_out(cast: County) -> None:
    incident = cast.open("county_duty", location=POINT)["id"]
    cast.do("town_duty", "team.duty", {"id": cast.teams["town_team"], "on_duty": False})
    told = ask(cast, "county_duty", incident)
    out = {one["team"]["id"]: one["reason"] for one in told["left_out"]}
    assert out[cast.teams["town_team"]]
    assert cast.teams["town_team"] not in {one["team"]["id"] for one in told["items"]}


def test_it_asks_for_help_on_its_own_task_only(cast: County) -> None:
    incident = cast.open()["id"]
    task = cast.order("town_duty", incident, "town_team")[0]["id"]
    cast.step("town_team", task, "on_scene")
    before = cast.end()
    report = cast.do("town_team", "task.ask_help", {"id": task, "people": 4, "supplies": "沙袋"})
    assert "人 4" in report["text"]
    assert "沙袋" in report["text"]
    raised = alarms(cast, before)[0]
    assert raised["rank"] == 2
    assert cast.act("town_team2", "task.ask_help", {"id": task, "people": 4}).status == 404
    assert cast.act("town_duty", "task.ask_help", {"id": task, "people": 4}).status == 403
    cast.step("town_team", task, "withdrawn")
    assert alarms(cast, before)[-1]["live"] is False


def test_it_calls_mayday_to_all_who_can_help(cast: County) -> None:
    incident = cast.open()["id"]
    for team in ("town_team", "town_team2"):
        cast.order("town_duty", incident, team)
    before = cast.end()
    team = cast.teams["town_team"]
    alarm = cast.do("town_team", "team.mayday", {"id": team, "location": POINT, "accuracy_m": 12})
    assert (alarm["rank"], alarm["life_risk"], alarm["incident_id"]) == (1, True, incident)
    heard = set(alarms(cast, before)[0]["audience"])
    assert {"county", f"centre:{TOWN}", f"team:{cast.teams['town_team2']}"} <= heard
    assert alarm["audience"] == [f"team:{team}"], "a team is not told who else takes part"
    assert [row.type for row in cast.entries(after=before)] == ["alarm.raised", "report.added"]
    assert cast.act("town_team2", "team.mayday", {"id": team}).status == 404
    assert cast.act("county_duty", "team.mayday", {"id": team}).status == 403
    cleared = cast.do("town_team", "team.mayday_cancel", {"id": team, "why": "mistake"})
    assert cleared["live"] is False
    assert cast.act("town_team", "team.mayday_cancel", {"id": team}).status == 409


def test_it_sounds_again_when_mayday_is_called_again_after_it_was_taken(cast: County) -> None:
    team = cast.teams["town_team"]
    first = cast.do("town_team", "team.mayday", {"id": team})
    again = cast.do("town_team", "team.mayday", {"id": team})
    assert (again["id"], again["count"]) == (first["id"], 2)
    cast.do("county_duty", "alarm.acknowledge", {"id": first["id"]})
    third = cast.do("town_team", "team.mayday", {"id": team})
    assert third["id"] != first["id"]
    assert third["acknowledged_at"] is None


def test_it_is_acknowledged_once_by_name_and_silenced_by_bundle(cast: County) -> None:
    alarm = cast.do("town_team", "team.mayday", {"id": cast.teams["town_team"]})["id"]
    silenced = cast.do("town_duty", "alarm.silence", {"id": alarm})
    assert silenced["silenced_by"] == "甲 town_duty"
    assert silenced["acknowledged_by"] is None
    assert cast.do("county_duty", "alarm.unsilence", {"id": alarm})["silenced_by"] is None
    assert cast.act("town_duty", "alarm.unsilence", {"id": alarm}).status == 409
    taken = cast.do("county_duty", "alarm.acknowledge", {"id": alarm})
    assert taken["acknowledged_by"] == "甲 county_duty"
    assert cast.act("town_duty", "alarm.acknowledge", {"id": alarm}).status == 409
    assert cast.act("other_duty", "alarm.acknowledge", {"id": alarm}).status == 404
    assert cast.act("county_duty", "alarm.acknowledge", {"id": new_id()}).status == 404


def test_it_still_brings_the_scenes_words_that_were_not_taken(cast: County) -> None:
    """A step refused by the server reaches the timeline, and the desk, also when the team may not see the incident any more."""
    incident = cast.open("county_duty")["id"]
    task = cast.order("county_duty", incident, "other_team")[0]["id"]
    cast.step("county_duty", task, "cancelled", reason="误派")
    assert cast.act("other_team", "task.transition", {"id": task, "to": "on_scene"}).status == 409
    before = cast.end()
    cast.do("other_team", "task.tell", {"id": task, "text": "02:10 已到场，门口有人", "why": "refused"})
    said = cast.entries(after=before)
    assert "report.added" in [row.type for row in said]
    assert "alarm.raised" in [row.type for row in said]
    assert (
        canonical.load(next(row for row in said if row.type == "report.added").record)["incident_id"]
        == incident
    )
