"""What a team calls from the field: help, its own words, mayday."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from command.alarms.models import Alarm
from command.alarms.queries import alarm_visible, show_alarms
from command.core.errors import Invalid
from tests.county import POINT, County, new_id


def _alarms(cast: County, who: str = "county_duty") -> list[dict[str, Any]]:
    """The live alarms that somebody sees."""
    actor = cast.actor(who)
    query = sa.select(Alarm).where(Alarm.live, alarm_visible(actor)).order_by(Alarm.id)
    return cast.node.database.read(
        lambda session: [
            one.model_dump() for one in show_alarms(session, session.execute(query).scalars().all())
        ],
        world=0,
    )


def _ordered(cast: County) -> tuple[dict[str, Any], dict[str, Any]]:
    incident = cast.open()
    return incident, cast.order("town_duty", incident["id"], "town_team")[0]


def _calls(cast: County, prefix: str, who: str = "county_duty") -> list[dict[str, Any]]:
    return [one for one in _alarms(cast, who) if one["cause"].startswith(prefix)]


def _told(cast: County, incident: str) -> list[str]:
    """The sentences of raw reports on an incident's timeline."""
    return [
        json.loads(entry.record)["text"]
        for entry in cast.entries()
        if entry.type == "report.added" and json.loads(entry.record)["incident_id"] == incident
    ]


def test_it_tells_the_desk_and_the_timeline_what_a_team_lacks(cast: County) -> None:
    incident, task = _ordered(cast)
    said = cast.do("town_team", "task.ask_help", {"id": task["id"], "people": 4, "supplies": "冲锋舟 1"})
    assert said["text"] == "求援：人 4，物 冲锋舟 1"
    assert said["source"] == "丰州综合队"
    for who in ("county_duty", "town_duty"):
        [alarm] = _calls(cast, f"help:{task['id']}", who)
        assert (alarm["rank"], alarm["life_risk"], alarm["detail"]["zh"]) == (2, False, "人 4，物 冲锋舟 1")
    assert _calls(cast, "help:", "noise_duty") == []
    assert _told(cast, incident["id"]) == ["求援：人 4，物 冲锋舟 1"]


def test_it_keeps_two_askings_apart_and_ends_both_when_the_team_withdraws(cast: County) -> None:
    _, task = _ordered(cast)
    for people in (2, 3):
        cast.do("town_team", "task.ask_help", {"id": task["id"], "people": people})
    assert len(_calls(cast, f"help:{task['id']}")) == 2
    cast.step("town_team", task["id"], "on_scene")
    assert len(_calls(cast, f"help:{task['id']}")) == 2
    cast.step("town_team", task["id"], "withdrawn")
    assert _calls(cast, f"help:{task['id']}") == []


def test_it_takes_one_asking_once_however_often_the_phone_sends_it(cast: County) -> None:
    _, task = _ordered(cast)
    key, body = new_id(), {"id": task["id"], "vehicles": 1}
    first = cast.act("town_team", "task.ask_help", body, command_id=key)
    assert cast.act("town_team", "task.ask_help", body, command_id=key).body == first.body
    assert len(_calls(cast, f"help:{task['id']}")) == 1


def test_it_refuses_an_asking_for_nothing_for_another_team_and_after_the_end(cast: County) -> None:
    _, task = _ordered(cast)
    for nothing in ({}, {"people": 0}, {"supplies": "  "}):
        with pytest.raises(Invalid):
            cast.act("town_team", "task.ask_help", {"id": task["id"], **nothing})
    assert cast.act("town_team2", "task.ask_help", {"id": task["id"], "people": 1}).status == 404
    assert cast.act("town_duty", "task.ask_help", {"id": task["id"], "people": 1}).status == 403
    assert cast.act("keeper", "task.ask_help", {"id": task["id"], "people": 1}).status == 403
    cast.step("town_team", task["id"], "refused", reason="人员不足")
    assert cast.act("town_team", "task.ask_help", {"id": task["id"], "people": 1}).status == 409
    assert _calls(cast, f"help:{task['id']}") == []


def test_it_hangs_a_team_s_words_on_its_incident_with_the_time_of_the_scene(cast: County) -> None:
    incident, task = _ordered(cast)
    at = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=9)
    said = cast.do("town_team", "task.tell", {"id": task["id"], "text": "水到膝"}, at=at)
    assert said["incident_id"] == incident["id"]
    assert datetime.fromisoformat(said["at"]) == at
    assert said["by"] == "甲 town_team"
    assert _calls(cast, "words:") == []
    assert cast.act("town_team2", "task.tell", {"id": task["id"], "text": "x"}).status == 404
    assert cast.act("county_duty", "task.tell", {"id": task["id"], "text": "x"}).status == 403


def test_it_lets_an_invited_force_speak_too(cast: County) -> None:
    incident = cast.open("county_duty")
    terms = {"task_area": "东岸", "insurance": "已投保", "contact": "指挥部"}
    task = cast.order("county_duty", incident["id"], "invited", terms=terms)[0]
    assert cast.do("guest", "task.tell", {"id": task["id"], "text": "已看到人"})["source"] == "蓝天救援队"


def test_it_keeps_the_scene_s_words_and_alerts_the_desk_when_a_step_was_not_taken(cast: County) -> None:
    incident, task = _ordered(cast)
    cast.step("town_duty", task["id"], "cancelled")
    assert cast.act("town_team", "task.arrive", {"id": task["id"]}).status == 409
    words = "现场 02:33 报：已到场（当时未采纳）"
    cast.do("town_team", "task.tell", {"id": task["id"], "text": words, "why": "refused"})
    assert _told(cast, incident["id"]) == [words]
    [alarm] = _calls(cast, f"words:{task['id']}")
    assert alarm["rank"] == 3
    assert alarm["detail"]["zh"] == words


def test_it_sounds_a_mayday_to_the_county_the_centre_and_all_teams_on_the_incident(cast: County) -> None:
    incident = cast.open()
    cast.order("town_duty", incident["id"], "town_team", "town_team2")
    where = {"location": POINT, "accuracy_m": 8}
    alarm = cast.do("town_team", "team.mayday", {"id": cast.teams["town_team"], **where})
    assert (alarm["rank"], alarm["life_risk"], alarm["incident_id"]) == (1, True, incident["id"])
    assert alarm["title"]["zh"] == "丰州综合队 遇险求救"
    assert "36.83000, 112.86000 ±8 米" in alarm["detail"]["zh"]
    heard = {
        "county_duty": 1,
        "town_duty": 1,
        "town_team": 1,
        "town_team2": 1,
        "other_team": 0,
        "noise_duty": 0,
    }
    assert {who: len(_calls(cast, "mayday:", who)) for who in heard} == heard
    assert _told(cast, incident["id"]) == ["遇险求救：36.83000, 112.86000 ±8 米"]


def test_it_takes_a_mayday_without_a_task_and_without_a_position(cast: County) -> None:
    alarm = cast.do("town_team", "team.mayday", {"id": cast.teams["town_team"]})
    assert alarm["incident_id"] is None
    assert alarm["detail"]["zh"] == "位置未知"


def test_it_sounds_again_when_a_team_calls_again_after_somebody_took_it(cast: County) -> None:
    body = {"id": cast.teams["town_team"]}
    first = cast.do("town_team", "team.mayday", body)
    assert cast.do("town_team", "team.mayday", body)["id"] == first["id"]
    cast.do("county_duty", "alarm.acknowledge", {"id": first["id"]})
    again = cast.do("town_team", "team.mayday", body)
    assert again["id"] != first["id"]
    assert again["acknowledged_at"] is None
    assert len(_calls(cast, "mayday:")) == 1


def test_it_lets_the_team_alone_call_and_take_back_its_mayday(cast: County) -> None:
    incident, _ = _ordered(cast)
    body = {"id": cast.teams["town_team"]}
    for who, status in (("town_team2", 404), ("town_duty", 403), ("county_duty", 403), ("noise_duty", 404)):
        assert cast.act(who, "team.mayday", body).status == status
        assert cast.act(who, "team.mayday_cancel", body).status == status
    assert cast.act("town_team", "team.mayday_cancel", body).status == 409
    cast.do("town_team", "team.mayday", body)
    cast.do("town_team", "team.mayday_cancel", body)
    assert _calls(cast, "mayday:") == []
    assert _told(cast, incident["id"])[-1] == "误触遇险求救，已撤销"


def test_it_tells_the_team_s_own_phone_of_its_mayday(cast: County) -> None:
    before = cast.end()
    cast.do("town_team", "team.mayday", {"id": cast.teams["town_team"]})
    [entry] = [one for one in cast.entries(after=before) if one.type == "alarm.raised"]
    assert f"team:{cast.teams['town_team']}" in cast.topics(entry.seq)
