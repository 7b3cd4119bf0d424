"""Replies by SMS: tied to what they answer, they move one open task forward and nothing else; strangers wait for a person."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from command.core import canonical, clock
from command.core.deliveries.models import Addressed
from command.core.deliveries.recipients import digest_of
from command.core.errors import NotFound
from dispatch.tasks.replying import meant
from tests.core.office import NUMBER, Office
from tests.county import TOWN, County, new_id

STRANGER = "13700000009"


@pytest.fixture
def office(cast: County) -> Office:
    """Numbers on record, a gateway, and another township's order to another number."""
    made = Office(cast)
    made.order(who="county_duty", team="county_team")
    made.work()
    return made


def write(office: Office, text: str, number: str = NUMBER, world: int = 0) -> dict[str, Any]:
    """A telephone writes."""
    body = {"number": number, "text": text}
    answer = office.cast.act("system", "reply.take", body, world=world)
    assert answer.ok, answer.body.decode()
    taken: dict[str, Any] = canonical.load(answer.body)
    return taken


def reports(office: Office, task: str) -> list[tuple[str, str]]:
    """Source and words of what hangs on the task's incident."""
    incident = office.task(task)["incident_id"]
    told = [canonical.load(row.record) for row in office.cast.entries() if row.kind == "report"]
    return [(one["source"], one["text"]) for one in told if one["incident_id"] == incident]


@pytest.mark.parametrize("number", [NUMBER, f"+86 {NUMBER}", f"0086-{NUMBER}"])
def test_it_accepts_for_a_leader_who_answers_and_says_that_nobody_proved_it(
    office: Office, number: str
) -> None:
    task = office.order()
    office.work()
    taken = write(office, "收到。", number)
    assert (taken["about_id"], taken["centre"], taken["live"]) == (task, TOWN, False)
    stands = office.task(task)
    assert stands["state"] == "accepted"
    assert stands["steps"][-1]["by_proxy"]["channel"] == "短信（未验证）"
    assert [text for _, text in reports(office, task)] == ["收到。"]
    assert reports(office, task)[0][0].endswith("队长 短信（未验证）")


def test_it_still_knows_the_number_when_the_message_itself_has_gone(office: Office) -> None:
    """Accepted, the order's SMS leaves the screens and its words are forgotten; the next reply is tied all the same."""
    task = office.order()
    office.work()
    for words, state in (("接令", "accepted"), ("2", "enroute"), ("到了", "on_scene"), ("1", "on_scene")):
        write(office, words)
        assert office.task(task)["state"] == state
    assert [text for _, text in reports(office, task)] == ["接令", "2", "到了", "1"]


@pytest.mark.parametrize("words", ["不去", "撤收", "归队", "取消", "收到，但是桥断了", "9", "释放"])
def test_it_only_keeps_words_that_are_no_step_forward(office: Office, words: str) -> None:
    task = office.order()
    office.work()
    write(office, words)
    assert office.task(task)["state"] == "ordered"
    assert [text for _, text in reports(office, task)] == [words]


def test_it_moves_nothing_that_was_recalled_or_pulled_out_or_not_the_only_one(office: Office) -> None:
    first = office.order()
    office.work()
    second = office.order()
    office.work()
    write(office, "收到")
    assert [office.task(one)["state"] for one in (first, second)] == ["ordered", "ordered"]
    office.cast.step("town_duty", first, "recalled")
    office.cast.step("town_team", first, "returned")
    write(office, "到场")
    assert office.task(second)["state"] == "on_scene"
    office.cast.step("town_duty", second, "evacuated")
    write(office, "到场")
    assert office.task(second)["state"] == "evacuated"


def test_it_puts_a_stranger_before_the_county_once_and_seals_what_was_written(office: Office) -> None:
    task = office.order()
    office.work()
    first = write(office, "水库大坝漏水", STRANGER)
    second = write(office, "快来人", "13700000010")
    assert office.task(task)["state"] == "ordered"
    assert (first["delivery_id"], first["live"], first["audience"]) == (None, True, ["county"])
    assert raised(office) == [(3, 2)]
    journal = b"".join(row.record for row in office.cast.entries())
    assert STRANGER.encode() not in journal
    assert "漏水".encode() not in journal
    asked = office.cast.node.ask("reply.words", {"id": first["id"]}, office.cast.actor("county_duty"))
    assert asked == {"number": STRANGER, "text": "水库大坝漏水"}
    with pytest.raises(NotFound):
        office.cast.node.ask("reply.words", {"id": first["id"]}, office.cast.actor("town_duty"))
    office.cast.do("county_duty", "reply.acknowledge", {"id": first["id"]})
    assert raised(office) == [(3, 2)]
    office.cast.do("county_duty", "reply.acknowledge", {"id": second["id"]})
    assert raised(office) == []
    assert office.cast.act("county_duty", "reply.acknowledge", {"id": second["id"]}).status == 409


def raised(office: Office) -> list[tuple[int, int]]:
    """Rank and count of the live alarms about letters."""
    alarms = [canonical.load(row.record) for row in office.cast.entries() if row.kind == "alarm"]
    last = {one["id"]: one for one in alarms if one["cause"].startswith("reply:")}
    return [(one["rank"], one["count"]) for one in last.values() if one["live"]]


def test_it_takes_one_message_once_and_a_clock_ahead_as_now(office: Office) -> None:
    task = office.order()
    office.work()
    key = new_id()
    ahead = (clock.real() + timedelta(days=1)).isoformat()
    body = {"number": NUMBER, "text": "收到", "said_at": ahead}
    answers = [office.cast.act("system", "reply.take", body, command_id=key) for _ in range(2)]
    assert answers[0].body == answers[1].body
    assert (
        clock.wire(clock.real())
        > canonical.load(answers[0].body)["said_at"]
        > clock.wire(clock.real() - timedelta(minutes=1))
    )
    assert len(reports(office, task)) == 1


def test_it_keeps_no_number_beside_the_digest(office: Office) -> None:
    office.order()
    office.work()
    rows = office.read(lambda s: s.execute(sa.select(Addressed.digest)).scalars().all())
    assert digest_of(office.cast.node.secret, NUMBER) in rows
    assert all(NUMBER not in one for one in rows)
    assert digest_of("another secret", NUMBER) not in rows


def test_it_reads_only_whole_answers() -> None:
    assert [meant(one) for one in ("１", " OK! ", "已到场。", "到不了", "收到了吗", "")] == [
        "accepted", "accepted", "on_scene", None, None, None,
    ]  # fmt: skip
