"""How a screen comes up to date: what it missed, or a snapshot when that is too much or its rights changed (RULES 11)."""

from __future__ import annotations

import orjson

from command.core import appending, clock, journal
from command.core.live.snapshots import MOST_MISSED, Snapshots
from command.core.live.wire import cursor
from tests.county import OTHER, TOWN, County

TOPIC = f"centre:{TOWN}"


def write(cast: County, count: int) -> None:
    """So many entries on the topic at once."""
    stamp = appending.Stamp("system", "系统", "c", None, clock.real())
    drafts = [
        appending.Draft(
            "incident.edited", "incident", {"id": "x", "n": number}, {}, {TOPIC: journal.HEAR}, clock.real()
        )
        for number in range(count)
    ]
    cast.node.database.write(lambda session: appending.append(session, 0, stamp, drafts), world=0)


def place(cast: County) -> str:
    """The end of the journal as a cursor."""
    incarnation, seq = cast.node.database.read(lambda session: journal.end_of(session, 0), world=0)
    return cursor(incarnation, seq)


def test_it_tells_a_thousand_missed_entries_and_gives_a_snapshot_for_more(cast: County) -> None:
    snapshots, actor = Snapshots(cast.node), cast.actor("town_duty")
    held = place(cast)
    write(cast, MOST_MISSED)
    caught = snapshots.catch_up(0, {TOPIC: held}, actor)[TOPIC]
    assert caught.snapshot is None
    assert [one.seq for one in caught.entries] == sorted({one.seq for one in caught.entries})
    assert len(caught.entries) == MOST_MISSED
    write(cast, 1)
    over = snapshots.catch_up(0, {TOPIC: held}, actor)[TOPIC]
    assert over.entries == []
    assert over.snapshot is not None
    assert over.cursor == place(cast)


def test_it_gives_a_snapshot_when_the_audience_changed_meanwhile(cast: County) -> None:
    """Entries alone could not bring what was gained, nor take away what was lost."""
    snapshots, topic = Snapshots(cast.node), f"centre:{OTHER}"
    other = cast.actor("other_duty")
    thing = cast.open()["id"]
    held = place(cast)
    cast.do("town_duty", "incident.share", {"id": thing, "centre": OTHER})
    gained = snapshots.catch_up(0, {topic: held}, other)[topic]
    assert gained.snapshot is not None
    assert thing.encode() in orjson.dumps(gained.snapshot)
    held = place(cast)
    cast.do("town_duty", "incident.unshare", {"id": thing, "centre": OTHER})
    lost = snapshots.catch_up(0, {topic: held}, other)[topic]
    assert lost.snapshot is not None
    assert thing.encode() not in orjson.dumps(lost.snapshot)


def test_it_does_not_answer_a_topic_that_may_not_be_heard(cast: County) -> None:
    asked = {TOPIC: None, "county": None, f"incident:{cast.noise['incident']}": None}
    assert set(Snapshots(cast.node).catch_up(0, asked, cast.actor("town_duty"))) == {TOPIC}
    assert set(Snapshots(cast.node).catch_up(0, asked, cast.actor("other_duty"))) == set()


def test_it_builds_a_snapshot_once_for_all_who_ask_at_the_same_place(cast: County) -> None:
    snapshots = Snapshots(cast.node)
    first = snapshots.catch_up(0, {TOPIC: None}, cast.actor("town_duty"))[TOPIC]
    second = snapshots.catch_up(0, {TOPIC: None}, cast.actor("town_leader"))[TOPIC]
    assert first.snapshot is second.snapshot
    cast.open()
    third = snapshots.catch_up(0, {TOPIC: None}, cast.actor("town_leader"))[TOPIC]
    assert third.snapshot is not first.snapshot
