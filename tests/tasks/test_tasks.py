"""A team sent to an incident: the flow with skips, fill-ins and proxies, what a task binds, clocks and alarms, reassignment, merging."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta
from typing import Any

import orjson
import pytest
import sqlalchemy as sa

from command.core import canonical, clock, jobs
from command.core.actions import Command
from command.core.due import Due
from command.core.errors import Invalid
from tests.county import TOWN, County, new_id
from tests.doors import Doors
from tests.parity.screens import Screens

TEAM = "centre:" + TOWN


@pytest.fixture
def incident(cast: County) -> str:
    """The township's incident."""
    found: str = cast.open()["id"]
    return found


def order(cast: County, incident: str, team: str = "town_team", who: str = "town_duty", **body: Any) -> str:
    """The id of a task."""
    found: str = cast.order(who, incident, team, **body)[0]["id"]
    return found


def show(cast: County, kind: str, thing: str) -> dict[str, Any]:
    """The newest record of a thing in the journal."""
    for row in reversed(cast.entries()):
        if row.kind == kind and (record := canonical.load(row.record))["id"] == thing:
            found: dict[str, Any] = record
            return found
    raise AssertionError(f"no {kind} {thing}")


def states(task: dict[str, Any], *, skipped: bool) -> list[str]:
    """The states that were taken, or passed over."""
    return [one["state"] for one in task["steps"] if one["skipped"] is skipped]


def ago(seconds: float) -> str:
    """A time in the past."""
    return clock.wire(clock.real() - timedelta(seconds=seconds))


def test_it_goes_its_whole_way_and_frees_the_team(cast: County, incident: str) -> None:
    task = order(cast, incident, order="带冲锋舟")
    assert show(cast, "team", cast.teams["town_team"])["status"] == "engaged"
    for to in ("accepted", "assembling", "enroute", "on_scene", "working", "withdrawn", "returned"):
        done = cast.step("town_team", task, to)
    assert done["open"] is False
    assert states(done, skipped=False) == [
        "ordered",
        "accepted",
        "assembling",
        "enroute",
        "on_scene",
        "working",
        "withdrawn",
        "returned",
    ]
    assert set(done["times"]) == set(states(done, skipped=False))
    assert show(cast, "team", cast.teams["town_team"])["status"] == "available"


def test_it_keeps_the_steps_passed_over_and_lets_each_be_filled_in(cast: County, incident: str) -> None:
    task = order(cast, incident)
    there = cast.step("town_team", task, "on_scene")
    assert states(there, skipped=True) == ["accepted", "assembling", "enroute"]
    assert set(there["times"]) == {"ordered", "on_scene"}
    at = ago(60)
    filled = cast.step("town_team", task, "enroute", at=at)
    assert filled["state"] == "on_scene"
    assert filled["times"]["enroute"] == at
    assert states(filled, skipped=True) == ["accepted", "assembling"]
    assert cast.act("town_team", "task.transition", {"id": task, "to": "enroute", "at": at}).status == 409


def test_it_refuses_a_step_that_is_not_there_and_names_those_that_are(cast: County, incident: str) -> None:
    task = order(cast, incident)
    cast.step("town_team", task, "withdrawn")
    answer = cast.act("town_team", "task.transition", {"id": task, "to": "accepted"})
    assert answer.status == 409
    assert canonical.load(answer.body)["allowed"] == ["returned"]


def test_it_says_who_said_a_step_that_a_desk_enters(cast: County, incident: str) -> None:
    task = order(cast, incident)
    proxy = {"person": "队长", "channel": "电话", "number": "6102"}
    step = cast.step("town_duty", task, "accepted", by_proxy=proxy)["steps"][-1]
    assert step["by_proxy"] == proxy
    assert step["by"] == "甲 town_duty"
    again = cast.step("town_duty", task, "enroute")["steps"][-1]
    assert again["by_proxy"]["channel"] == "desk"
    told = [canonical.load(row.text)["zh"] for row in cast.entries() if row.type == "task.stepped"]
    assert [words.split("：")[0] for words in told[-2:]] == ["代报 队长 电话", "代报 甲 town_duty 值班席"]
    own = cast.step("town_team", task, "on_scene")["steps"][-1]
    assert own["by_proxy"] is None


def test_it_lets_no_team_recall_or_cancel_itself_or_step_for_another(cast: County, incident: str) -> None:
    task = order(cast, incident)
    other = order(cast, incident, "town_team2")
    for to in ("recalled", "cancelled"):
        assert cast.act("town_team", "task.transition", {"id": task, "to": to}).status == 403
    assert cast.act("town_team", "task.transition", {"id": other, "to": "accepted"}).status == 404


def test_it_keeps_a_device_clock_that_runs_ahead_and_marks_it(cast: County, incident: str) -> None:
    task = order(cast, incident)
    ahead = clock.wire(clock.real() + timedelta(hours=1))
    step = cast.step("town_team", task, "accepted", at=ahead)["steps"][-1]
    assert step["ahead"] is True
    assert step["at"] == step["received_at"]
    with pytest.raises(Invalid):
        cast.step("town_duty", task, "enroute", at=ahead)
    at = datetime.fromisoformat(ago(30))
    earlier = cast.do("town_team", "task.transition", {"id": task, "to": "enroute"}, at=at)["steps"][-1]
    assert earlier["at"] == clock.wire(at) < earlier["received_at"]
    assert earlier["ahead"] is False


def test_it_goes_back_to_work_after_an_evacuation_only_with_a_named_release(
    cast: County, incident: str
) -> None:
    task = order(cast, incident)
    cast.step("town_team", task, "working")
    cast.step("town_team", task, "evacuated", reason="水位突涨")
    with pytest.raises(Invalid):
        cast.step("town_team", task, "working")
    back = cast.step("town_team", task, "working", released_by="现场指挥 王")
    assert back["steps"][-1]["reason"] == "安全解除：现场指挥 王"


def test_it_moves_the_incident_by_its_legal_steps_at_the_first_acceptance(
    cast: County, incident: str
) -> None:
    first, second = order(cast, incident), order(cast, incident, "town_team2")
    assert show(cast, "incident", incident)["state"] == "received"
    before = cast.end()
    cast.step("town_team", first, "accepted")
    assert show(cast, "incident", incident)["state"] == "responding"
    moved = [row for row in cast.entries(after=before) if row.type == "incident.moved"]
    assert {row.command for row in moved} == {row.command for row in cast.entries(after=before)}
    assert [canonical.load(row.record)["state"] for row in moved] == ["responding"]
    before = cast.end()
    cast.step("town_team2", second, "accepted")
    assert [row.type for row in cast.entries(after=before)] == ["task.stepped"]


def test_it_can_be_ordered_in_any_state_but_the_ended_ones(cast: County, incident: str) -> None:
    for to in ("verifying", "confirmed", "responding", "controlled", "response_ended"):
        cast.do("town_duty", "incident.transition", {"id": incident, "to": to, "reason": "r"})
    task = order(cast, incident)
    cast.step("town_duty", task, "cancelled")
    for to in ("review", "archived"):
        cast.do("town_duty", "incident.transition", {"id": incident, "to": to, "reason": "r"})
    assert (
        cast.act("town_duty", "task.order", {"id": incident, "team_ids": [cast.teams["town_team"]]}).status
        == 409
    )


def test_it_orders_a_team_once_and_never_one_off_duty(cast: County, incident: str) -> None:
    order(cast, incident)
    again = {"id": incident, "team_ids": [cast.teams["town_team"]]}
    assert cast.act("town_duty", "task.order", again).status == 409
    cast.do("town_duty", "team.duty", {"id": cast.teams["town_team2"], "on_duty": False})
    assert (
        cast.act("town_duty", "task.order", {"id": incident, "team_ids": [cast.teams["town_team2"]]}).status
        == 409
    )
    assert cast.act("town_duty", "team.duty", {"id": cast.teams["town_team"], "on_duty": False}).status == 409


def test_it_gives_one_team_several_incidents_each_with_its_own_state(cast: County, incident: str) -> None:
    second = cast.open(title="另一起")["id"]
    one, two = order(cast, incident), order(cast, second)
    cast.step("town_team", one, "returned")
    assert show(cast, "task", two)["state"] == "ordered"
    assert show(cast, "team", cast.teams["town_team"])["status"] == "engaged"


def test_a_team_that_is_back_sees_its_task_and_the_incident_no_more(
    client: Doors, cast: County, incident: str
) -> None:
    mine, other = order(cast, incident), order(cast, incident, "town_team2")
    screens = Screens(cast)
    screens.open("phone", "town_team", f"team:{cast.teams['town_team']}")
    cast.step("town_team", mine, "withdrawn")
    assert client.get("town_team", f"/incidents/{incident}").status_code == 200
    cast.step("town_team", mine, "returned")
    screens.catch_up()
    assert client.get("town_team", f"/incidents/{incident}").status_code == 404
    assert client.get("town_team", f"/incidents/{incident}/timeline").status_code == 404
    assert client.get("town_team", "/incidents").json["items"] == []
    assert [one["id"] for one in client.get("town_team", "/tasks").json["items"]] == [mine]
    told = [
        item
        for done in screens.operations["phone"]
        if done["do"] == "entries"
        for item in orjson.loads(orjson.dumps(done["message"]))["items"]
    ]
    gone = [one for one in told if one["type"] == "scope.ended"]
    assert [(one["kind"], one["record"]) for one in gone] == [("incident", {"id": incident})]
    audience = show(cast, "incident", incident)["audience"]
    assert TEAM in audience
    assert f"team:{cast.teams['town_team2']}" in audience
    assert f"team:{cast.teams['town_team']}" not in audience
    assert show(cast, "task", other)["open"] is True
    cast.do("town_team", "task.tell", {"id": mine, "text": "桥头还有一人", "why": "refused"})
    again = order(cast, incident)
    assert client.get("town_team", f"/incidents/{incident}").status_code == 200
    cast.step("town_duty", again, "cancelled")
    assert client.get("town_team", f"/incidents/{incident}").status_code == 404


def test_it_holds_a_reserved_team_until_it_is_ordered(cast: County, incident: str) -> None:
    task = order(cast, incident, reserve=True)
    assert show(cast, "team", cast.teams["town_team"])["status"] == "reserved"
    assert show(cast, "task", task)["accept_due_at"] is None
    ordered = cast.step("town_duty", task, "ordered")
    assert ordered["accept_due_at"] is not None
    assert show(cast, "team", cast.teams["town_team"])["status"] == "engaged"


def due(cast: County, key: str) -> datetime | None:
    """When a promise is due."""
    query = sa.select(Due.at).where(Due.key == key)
    return cast.node.database.read(lambda s: s.execute(query).scalar_one_or_none(), world=0)


def ripen(cast: County, key: str) -> None:
    """Let a promise's time come."""
    at = clock.real() - timedelta(seconds=1)
    cast.node.database.write(lambda s: s.execute(sa.update(Due).where(Due.key == key).values(at=at)), world=0)


@pytest.mark.parametrize(
    ("team", "who", "alarm_s"), [("county_team", "county_duty", 120), ("town_team", "town_duty", 300)]
)
def test_it_follows_the_clock_of_its_mode(cast: County, team: str, who: str, alarm_s: int) -> None:
    incident = cast.open(who)["id"]
    task = cast.order(who, incident, team)[0]
    at = datetime.fromisoformat(task["alarm_at"])
    assert at - datetime.fromisoformat(task["ordered_at"]) == pytest.approx(
        timedelta(seconds=alarm_s), abs=timedelta(seconds=2)
    )
    assert due(cast, f"task.overdue:{task['id']}") == at


def test_it_alarms_the_sender_when_nobody_answers(cast: County, incident: str) -> None:
    task = order(cast, incident)
    key = f"task.overdue:{task}"
    jobs.run_due(cast.node)  # what the incident itself promised for at once
    assert due(cast, key) is not None, "nobody is late yet"
    assert jobs.run_due(cast.node) == 0
    ripen(cast, key)
    before = cast.end()
    assert jobs.run_due(cast.node) == 1
    raised = [canonical.load(row.record) for row in cast.entries(after=before) if row.type == "alarm.raised"]
    assert [(one["task_id"], one["rank"], one["life_risk"]) for one in raised] == [(task, 2, False)]
    assert set(raised[0]["audience"]) == {"county", f"centre:{TOWN}"}
    assert due(cast, key) is None
    assert jobs.run_due(cast.node) == 0
    cast.step("town_team", task, "accepted")
    assert show(cast, "alarm", raised[0]["id"])["live"] is False


def test_it_raises_one_alarm_when_two_leaders_run_the_same_promise(cast: County, incident: str) -> None:
    """A doubled run changes nothing: the command's id is the job and its due time."""
    task = order(cast, incident)
    at, key = clock.real(), f"task.overdue:{task}"
    command = Command("task.overdue", {"id": task}, cast.actor("system"), jobs.command_id(key, at))
    before = cast.end()
    answers = [cast.node.act(command) for _ in range(2)]
    assert answers[0].body == answers[1].body
    assert [row.type for row in cast.entries(after=before)] == ["alarm.raised"]


def test_it_bundles_alarms_of_one_cause(cast: County, incident: str) -> None:
    task = order(cast, incident)
    for _ in range(3):
        cast.do("system", "task.overdue", {"id": task})
    rows = [
        row for row in cast.entries() if row.kind == "alarm" and canonical.load(row.record)["task_id"] == task
    ]
    assert [row.type for row in rows] == ["alarm.raised", "alarm.bundled", "alarm.bundled"]
    assert canonical.load(rows[-1].record)["count"] == 3


def test_it_is_silent_when_the_order_was_answered_in_time(cast: County, incident: str) -> None:
    task = order(cast, incident)
    cast.step("town_team", task, "accepted")
    assert due(cast, f"task.overdue:{task}") is None
    before = cast.end()
    cast.do("system", "task.overdue", {"id": task})
    assert cast.end() == before


def test_it_makes_a_life_risk_alarm_of_the_first_rank(cast: County) -> None:
    incident = cast.open(life_risk="people")["id"]
    task = order(cast, incident)
    cast.do("system", "task.overdue", {"id": task})
    alarm = next(canonical.load(row.record) for row in reversed(cast.entries()) if row.kind == "alarm")
    assert (alarm["rank"], alarm["life_risk"]) == (1, True)


def test_it_offers_the_next_team_after_a_refusal_and_takes_the_team_out(cast: County) -> None:
    incident = cast.open("county_duty", village_code="140429100003")["id"]
    task = order(cast, incident, "other_team", "county_duty")
    assert "centre:140429101" in show(cast, "incident", incident)["audience"]
    refused = cast.step("other_team", task, "refused", reason="路断")
    assert refused["refused_reason"] == "路断"
    audience = show(cast, "incident", incident)["audience"]
    assert f"team:{cast.teams['other_team']}" not in audience
    assert "centre:140429101" not in audience
    alarm = next(canonical.load(row.record) for row in reversed(cast.entries()) if row.kind == "alarm")
    assert alarm["cause"] == f"refused:{task}"


def test_it_reassigns_as_one_act(cast: County, incident: str) -> None:
    second = cast.open(title="更急", life_risk="people")["id"]
    task = order(cast, incident)
    cast.step("town_team", task, "enroute")
    key, before = new_id(), cast.end()
    fresh = cast.do("town_duty", "task.reassign", {"id": task, "incident_id": second}, command_id=key)
    assert (fresh["incident_id"], fresh["replaces"], fresh["state"]) == (second, task, "ordered")
    assert {row.command for row in cast.entries(after=before)} == {key}
    old = show(cast, "task", task)
    assert (old["state"], old["open"]) == ("recalled", False)
    assert show(cast, "team", cast.teams["town_team"])["status"] == "engaged"
    answer = cast.act("town_duty", "task.reassign", {"id": fresh["id"], "incident_id": incident})
    assert answer.status == 201


def test_it_reassigns_nothing_when_the_other_incident_refuses(cast: County, incident: str) -> None:
    second = cast.open(title="另")["id"]
    task = order(cast, incident)
    for to in ("verifying", "dismissed"):
        cast.do("town_duty", "incident.transition", {"id": second, "to": to, "reason": "误报"})
    before = cast.end()
    assert cast.act("town_duty", "task.reassign", {"id": task, "incident_id": second}).status == 409
    assert cast.end() == before


def test_it_is_invited_only_with_area_insurance_and_contact(cast: County) -> None:
    incident = cast.open("county_duty")["id"]
    body = {"id": incident, "team_ids": [cast.teams["invited"]]}
    with pytest.raises(Invalid):
        cast.do("county_duty", "task.order", body)
    terms = {"task_area": "漳河东岸", "insurance": "已投保", "contact": "县应急局 6001"}
    made = cast.do("county_duty", "task.order", {**body, "terms": terms})["items"][0]
    assert made["terms"] == terms
    assert made["mode"] == "invite"


def test_it_keeps_what_was_suggested_with_the_order(cast: County, incident: str) -> None:
    told = cast.node.ask("incident.suggestions", {"id": incident}, cast.actor("town_duty"))
    best = told["items"][0]["team"]["id"]
    task = cast.do("town_duty", "task.order", {"id": incident, "team_ids": [best]})["items"][0]
    assert task["suggestion"]["rank"] == 1
    assert task["suggestion"]["reasons"]


def test_it_loses_nothing_when_incidents_are_merged_and_taken_apart(cast: County, incident: str) -> None:
    other = cast.open(title="同一起", casualties={"missing": 3}, source="村支书")["id"]
    cast.do("town_duty", "incident.report", {"id": other, "text": "西岸的话"})
    cast.do("town_duty", "incident.report", {"id": incident, "text": "东岸的话"})
    mine, theirs = order(cast, incident), order(cast, other, "town_team2")
    cast.step("town_team2", theirs, "enroute")

    def state() -> dict[str, Any]:
        parts = ("report", "figure", "task")
        rows: dict[str, dict[str, Any]] = {kind: {} for kind in parts}
        for row in cast.entries():
            if row.kind in parts:
                record = canonical.load(row.record)
                rows[row.kind][record["id"]] = record["incident_id"]
        return rows

    before = state()
    cast.do("town_duty", "incident.merge", {"id": other, "into": incident})
    merged = state()
    assert {kind: set(rows) for kind, rows in merged.items()} == {
        kind: set(rows) for kind, rows in before.items()
    }
    for rows, were in zip(merged.values(), before.values(), strict=True):
        assert {rows[thing] for thing, home in were.items() if home in (incident, other)} == {incident}
    into, gone = show(cast, "incident", incident), show(cast, "incident", other)
    assert (into["merged_from"], gone["merged_into"], gone["live"]) == ([other], incident, False)
    assert into["casualties"]["missing"] == 3
    cast.step("town_team2", theirs, "on_scene")
    cast.do("town_duty", "incident.unmerge", {"id": other})
    after = state()
    assert after == before
    back = show(cast, "incident", other)
    assert (back["merged_into"], back["live"], back["casualties"]["missing"]) == (None, True, 3)
    assert show(cast, "incident", incident)["casualties"]["missing"] is None
    assert show(cast, "task", theirs)["state"] == "on_scene"
    assert show(cast, "task", mine)["incident_id"] == incident


def test_it_lets_a_team_on_two_merged_incidents_keep_one_open_task(cast: County, incident: str) -> None:
    other = cast.open(title="同一起")["id"]
    one, two = order(cast, incident), order(cast, other)
    cast.do("town_duty", "incident.merge", {"id": other, "into": incident})
    assert [show(cast, "task", task)["open"] for task in (one, two)].count(True) == 1
    cast.do("town_duty", "incident.unmerge", {"id": other})
    assert show(cast, "task", two)["open"] is True
    assert show(cast, "task", two)["incident_id"] == other


def test_it_refuses_to_change_a_merged_incident(cast: County, incident: str) -> None:
    other = cast.open(title="同一起")["id"]
    cast.do("town_duty", "incident.merge", {"id": other, "into": incident})
    for name, body in (
        ("incident.transition", {"to": "verifying"}),
        ("task.order", {"team_ids": [cast.teams["town_team"]]}),
    ):
        assert cast.act("town_duty", name, {"id": other, **body}).status == 409
    assert cast.act("town_duty", "incident.merge", {"id": incident, "into": other}).status == 409


def test_it_takes_the_actors_own_time_and_the_servers(cast: County, incident: str) -> None:
    """Every change: who, when by the actor's clock, when received."""
    task = order(cast, incident)
    at = clock.real() - timedelta(minutes=7)
    actor = dataclasses.replace(cast.actor("town_team"))
    cast.node.act(Command("task.transition", {"id": task, "to": "accepted"}, actor, new_id(), at=at))
    row = next(row for row in reversed(cast.entries()) if row.type == "task.stepped")
    assert clock.wire(row.at.replace(tzinfo=at.tzinfo) if row.at.tzinfo is None else row.at) == clock.wire(at)
    assert row.received_at > row.at
    assert row.actor == cast.users["town_team"]
