"""What a team's account is told of an incident: its own task. Who else takes part stands in none of the bytes that reach it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.county import OTHER, TOWN, County
from tests.doors import Doors
from tests.parity.screens import Screens

WATER = "140429-water"
TERMS = {"task_area": "河西", "insurance": "已保", "contact": "值班室 6102"}


def others(cast: County) -> list[str]:
    """What would betray the others: their team, their centres, the department it is shared with, who called."""
    return [cast.teams["other_team"], f"centre:{OTHER}", WATER, 'commitment":"']


@pytest.fixture
def busy(cast: County) -> tuple[dict[str, Any], Screens]:
    """An incident with two townships, a guest force and a department on it, and the screens of both who are watched."""
    screens = Screens(cast)
    for who, team in (("town_team", "town_team"), ("guest", "invited")):
        screens.open(who, who, f"team:{cast.teams[team]}")
    incident = cast.open(caller={"name": "李四"}, casualties={"missing": 2}, loss_wan=3, life_risk="people")
    cast.order("county_duty", incident["id"], "other_team", "town_team")
    cast.order("county_duty", incident["id"], "invited", terms=TERMS)
    cast.do("county_duty", "incident.share", {"id": incident["id"], "centre": WATER})
    cast.do("town_duty", "incident.casualties", {"id": incident["id"], "dead": 1, "source": "县医院"})
    screens.catch_up()
    return incident, screens


@pytest.mark.parametrize(("who", "team"), [("town_team", "town_team"), ("guest", "invited")])
def test_no_list_read_timeline_or_answer_betrays_the_others(
    client: Doors, cast: County, busy: Any, who: str, team: str
) -> None:
    incident, _ = busy
    task = client.get(who, "/tasks").json["items"][0]["id"]
    paths = [
        "/incidents",
        f"/incidents/{incident['id']}",
        f"/incidents/{incident['id']}/timeline",
        "/tasks",
        "/teams",
    ]
    if who == "town_team":
        paths.append("/alarms")
    answers = [client.get(who, path) for path in paths]
    answers.append(client.post(who, f"/tasks/{task}/transition", {"to": "accepted"}))
    assert [answer.status_code for answer in answers] == [200] * len(answers)
    for answer in answers:
        assert [one for one in others(cast) if one in answer.text] == []
    seen = client.get(who, f"/incidents/{incident['id']}").json
    assert seen["audience"] == [f"team:{cast.teams[team]}"]
    assert (seen["shares"], seen["caller"], seen["loss_wan"], seen["report_changed"]) == (
        [],
        None,
        None,
        None,
    )
    assert (seen["casualties"]["missing"], seen["life_risk"], seen["centre"]) == (2, "people", TOWN)


def test_neither_snapshots_nor_entries_betray_the_others(cast: County, busy: Any) -> None:
    _, screens = busy
    for who in ("town_team", "guest"):
        told = json.dumps([screens.operations[who], screens.fresh(who)], ensure_ascii=False)
        assert "incident.casualties" in told
        assert [one for one in others(cast) if one in told] == []


def test_a_desk_that_watches_the_same_topic_is_told_the_whole(cast: County, busy: Any) -> None:
    incident, screens = busy
    screens.open("desk", "county_duty", "county", f"team:{cast.teams['town_team']}")
    told = json.dumps(screens.operations["desk"])
    assert cast.teams["other_team"] in told
    cast.do("town_duty", "incident.casualties", {"id": incident["id"], "dead": 2, "source": "县医院"})
    screens.catch_up()
    [last] = [op for op in screens.operations["desk"] if op["do"] == "entries"][-1:]
    records = [one["record"] for one in last["message"]["items"] if one["kind"] == "incident"]
    assert f"centre:{OTHER}" in records[-1]["audience"]


def test_a_mate_in_danger_is_told_without_the_list_of_who_hears_it(
    client: Doors, cast: County, busy: Any
) -> None:
    cast.do("other_team", "team.mayday", {"id": cast.teams["other_team"]})
    [alarm] = client.get("town_team", "/alarms").json["items"]
    assert (alarm["life_risk"], alarm["audience"]) == (True, [f"team:{cast.teams['town_team']}"])
