"""Promises and jobs: done once at their time, by one leader, whatever is repeated."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa

from command.core import clock, due, jobs
from command.core.jobs import Leader
from tests.county import County


def overdue_order(cast: County) -> tuple[str, str]:
    """(incident, task) of an order whose time to answer has run out."""
    incident = cast.open(life_risk="people")["id"]
    task = cast.order("town_duty", incident, "town_team")[0]["id"]
    key = f"task.overdue:{task}"

    def bring_forward(session: object) -> None:
        row = session.get(due.Due, (0, key))
        assert row is not None, "an order promises to look whether it was answered"
        row.at = clock.real() - timedelta(seconds=1)

    cast.node.database.write(bring_forward, world=0)
    return incident, task


def alarms(cast: County) -> list[str]:
    """The events of alarms that are not the noise's."""
    noise = {
        row.seq
        for row in cast.entries()
        if json.loads(row.record).get("incident_id") == cast.noise["incident"]
    }
    return [row.type for row in cast.entries() if row.kind == "alarm" and row.seq not in noise]


def promised(cast: County) -> set[str]:
    """The keys of what is promised."""
    return cast.node.database.read(lambda s: set(s.execute(sa.select(due.Due.key)).scalars()), world=None)


def test_it_alarms_an_order_that_nobody_answered_and_only_once(cast: County) -> None:
    overdue_order(cast)
    assert jobs.run_due(cast.node) >= 1  # the noise's own promises may be due by now
    assert alarms(cast) == ["alarm.raised"]
    jobs.run_due(cast.node)
    assert alarms(cast) == ["alarm.raised"]


def test_it_leaves_an_answered_order_alone(cast: County) -> None:
    incident = cast.open()["id"]
    task = cast.order("town_duty", incident, "town_team")[0]["id"]
    assert f"task.overdue:{task}" in promised(cast)
    cast.step("town_team", task, "accepted")
    assert f"task.overdue:{task}" not in promised(cast)
    assert alarms(cast) == []


def test_it_ends_the_alarm_when_the_order_is_answered_after_all(cast: County) -> None:
    _, task = overdue_order(cast)
    jobs.run_due(cast.node)
    cast.step("town_team", task, "accepted")
    assert alarms(cast) == ["alarm.raised", "alarm.cleared"]


def test_it_does_a_promise_again_after_a_crash_without_doing_it_twice(cast: County) -> None:
    """The process dies after the action and before the promise is crossed out: the same command id, the same answer."""
    overdue_order(cast)
    rows = cast.node.database.read(lambda session: due.ripe(session, clock.real()), world=None)
    jobs.run_due(cast.node)
    assert alarms(cast) == ["alarm.raised"]

    def promise_again(session: object) -> None:
        row = rows[0]
        due.promise(session, row.world, row.at, row.action, row.payload, row.key)

    cast.node.database.write(promise_again, world=0)
    assert jobs.run_due(cast.node) >= 1  # the noise's own promises may be due by now
    assert alarms(cast) == ["alarm.raised"]


def test_it_takes_a_replaced_promise_at_its_new_time(cast: County) -> None:
    later = clock.real() + timedelta(hours=1)
    for at in (clock.real() - timedelta(minutes=1), later):
        cast.node.database.write(
            lambda session, at=at: due.promise(session, 0, at, "alarm.clear", {"cause": "none"}, "one"),
            world=0,
        )
    jobs.run_due(cast.node)
    row = cast.node.database.read(lambda session: session.get(due.Due, (0, "one")), world=None)
    assert row is not None
    assert row.at == later


@pytest.mark.parametrize("kind", ["postgres"], indirect=True)
def test_it_has_one_leader_and_another_when_that_one_goes(cast: County) -> None:
    first, second = Leader(cast.node), Leader(cast.node)
    assert first.leads()
    assert not second.leads()
    assert first.leads()
    first.stop()
    assert second.leads()
    second.stop()


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_it_always_leads_where_one_process_has_the_file(cast: County) -> None:
    assert Leader(cast.node).leads()
