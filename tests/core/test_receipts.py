"""One command, one answer (RULES 3, 4): the same key hears the same bytes, also at once; what depends on state is kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa

from command.core.errors import Invalid, KeyReused, VersionMissing
from command.core.receipts import Answer, Receipt
from tests.county import FLOOD, VILLAGE, County, new_id

BODY = {"kind": FLOOD, "title": "漫堤", "village_code": VILLAGE}


def receipts(cast: County, command: str) -> list[Any]:
    """The receipts of a command id, of all actors."""
    query = sa.select(Receipt.actor, Receipt.status).where(Receipt.command == command)
    return cast.node.database.read(lambda session: list(session.execute(query).all()), world=None)


def test_it_answers_a_repeat_with_the_same_bytes(cast: County) -> None:
    key, before = new_id(), cast.end()
    first = cast.act("town_duty", "incident.open", BODY, command_id=key)
    written = cast.end()
    again = cast.act("town_duty", "incident.open", dict(reversed(BODY.items())), command_id=key)
    assert (
        (again.status, again.body, again.seq)
        == (first.status, first.body, first.seq)
        == (201, first.body, written)
    )
    assert again.repeated
    assert cast.end() == written > before


def test_it_answers_the_same_bytes_to_requests_at_once(cast: County) -> None:
    key, before = new_id(), cast.end()
    actor = cast.actor("town_duty")
    from command.core.actions import Command

    def ask(_: int) -> Answer:
        return cast.node.act(Command("incident.open", BODY, actor, key))

    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(ask, range(36)))
    assert {(one.status, one.body) for one in answers} == {(201, answers[0].body)}
    assert [row.type for row in cast.entries(after=before)] == ["incident.opened"]
    assert len(receipts(cast, key)) == 1


def test_it_refuses_another_payload_under_the_same_key(cast: County) -> None:
    key = new_id()
    first = cast.act("town_duty", "incident.open", BODY, command_id=key)
    before = cast.end()
    for name, payload, version in (
        ("incident.open", {**BODY, "title": "别的"}, None),
        ("incident.report", BODY, None),
        ("incident.open", BODY, 1),
    ):
        with pytest.raises(KeyReused) as refused:
            cast.act("town_duty", name, payload, command_id=key, version=version)
        assert (refused.value.status, refused.value.slug) == (422, "key-reused")
    assert cast.end() == before
    assert cast.act("town_duty", "incident.open", BODY, command_id=key).body == first.body


def test_it_keeps_another_actors_key_apart(cast: County) -> None:
    key = new_id()
    mine = cast.act("town_duty", "incident.open", BODY, command_id=key)
    other = cast.act("county_duty", "incident.open", {**BODY, "title": "县"}, command_id=key)
    assert other.status == 201
    assert other.body != mine.body
    assert len(receipts(cast, key)) == 2


def test_it_keeps_another_worlds_key_apart(cast: County) -> None:
    key = new_id()
    life = cast.act("town_duty", "incident.open", BODY, command_id=key)
    drill = cast.act("town_duty", "incident.open", {**BODY, "title": "演"}, command_id=key, world=7)
    assert drill.status == 201
    assert drill.body != life.body


def test_it_keeps_refusals_that_depend_on_state(cast: County) -> None:
    mine, shared = cast.open(), cast.open("other_duty", village_code="140429101200")
    cast.do("other_duty", "incident.share", {"id": shared["id"], "centre": "140429100"})
    cases = (
        (403, "county_leader", "incident.open", BODY),
        (403, "town_duty", "incident.transition", {"id": shared["id"], "to": "verifying"}),
        (404, "town_duty", "incident.transition", {"id": cast.noise["incident"], "to": "verifying"}),
        (409, "town_duty", "incident.transition", {"id": mine["id"], "to": "archived"}),
    )
    for status, who, name, payload in cases:
        key = new_id()
        first = cast.act(who, name, payload, command_id=key)
        assert first.status == status, first.body
        assert [row.status for row in receipts(cast, key)] == [status]
        again = cast.act(who, name, payload, command_id=key)
        assert again.repeated
        assert (again.status, again.body) == (first.status, first.body)


def test_it_repeats_a_kept_refusal_even_when_it_would_pass_now(cast: County) -> None:
    incident, key = cast.open(), new_id()
    payload = {"id": incident["id"], "to": "assessing"}
    assert cast.act("town_duty", "incident.transition", payload, command_id=key).status == 409
    cast.do("town_duty", "incident.transition", {"id": incident["id"], "to": "confirmed"})
    assert cast.act("town_duty", "incident.transition", payload, command_id=key).status == 409
    assert cast.act("town_duty", "incident.transition", payload).status == 200


def test_it_keeps_nothing_of_what_a_retry_may_cure(cast: County) -> None:
    incident = cast.open()
    before = cast.end()
    key = new_id()
    with pytest.raises(Invalid):
        cast.act("town_duty", "incident.open", {"kind": "no such kind"}, command_id=key)
    assert receipts(cast, key) == []
    assert cast.act("town_duty", "incident.open", BODY, command_id=key).status == 201
    key = new_id()
    with pytest.raises(VersionMissing):
        cast.act("town_duty", "incident.edit", {"id": incident["id"], "title": "改"}, command_id=key)
    assert receipts(cast, key) == []
    assert cast.end() == before + 1


def test_it_stores_nothing_of_an_action_that_refuses_late(cast: County) -> None:
    """All teams or none: the second team refuses, and the first one's task is not there."""
    incident = cast.open("county_duty")
    cast.order("county_duty", incident["id"], "town_team2")
    before = cast.end()
    payload = {"id": incident["id"], "team_ids": sorted([cast.teams["town_team"], cast.teams["town_team2"]])}
    assert cast.act("county_duty", "task.order", payload).status == 409
    assert cast.end() == before
    assert cast.flaws() == []
    again = cast.order("county_duty", incident["id"], "town_team")
    assert again[0]["number"].endswith("-T02")


def test_it_takes_no_command_of_the_system_through_a_door(cast: County) -> None:
    from command.core.errors import NotFound

    incident = cast.open()
    for name in ("incident.admit", "alarm.raise", "alarm.clear", "team.status", "task.overdue"):
        with pytest.raises(NotFound):
            cast.act("county_duty", name, {"id": incident["id"]})
