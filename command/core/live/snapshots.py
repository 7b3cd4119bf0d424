"""What a topic holds now, or what a screen missed of it. Built beside the hub, once for all who ask at the same number (RULES 14)."""

from __future__ import annotations

import contextlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import canonical, journal, records, sight
from command.core.access import Actor
from command.core.live import topics, wire
from command.core.live.built import Built
from command.core.live.gathering import Gathering
from command.core.live.wire import Said
from command.core.node import Node

MOST_MISSED = 1000
KEPT = 256
KEPT_TOLD, MOST_KEPT_TOLD = 32, 200
Held = tuple[str, int] | None
"""A cursor as it was given: (incarnation, number); None when somebody comes with nothing."""
Asked = tuple[Actor, tuple[tuple[str, Held], ...]]
Timeline = Callable[[Session, str], list[dict[str, Any]]]
_timeline: Timeline | None = None


def use_timeline(timeline: Timeline) -> None:
    """Let `incidents` say what the timeline of an `incident:` topic is."""
    global _timeline
    _timeline = timeline


@dataclass(frozen=True)
class Caught:
    """How a screen comes up to date on a topic: a snapshot at `seq`, or the entries up to it."""

    incarnation: str
    seq: int
    snapshot: orjson.Fragment | None
    entries: list[Said]

    @property
    def cursor(self) -> str:
        """The place up to which this brings a screen."""
        return wire.cursor(self.incarnation, self.seq)


class Snapshots:
    """The snapshots of this process."""

    def __init__(self, node: Node) -> None:
        self.together: Gathering[Asked, dict[str, Caught]] = Gathering(
            node.database, self._catch_up_all, long=True
        )
        self.built = Built()
        self.told: OrderedDict[tuple[int, str, int, int], list[Said] | None] = OrderedDict()
        self.kept: OrderedDict[tuple[int, str, bool], tuple[int, orjson.Fragment]] = OrderedDict()

    def catch_up(self, world: int, wanted: Mapping[str, Any], actor: Actor) -> dict[str, Caught]:
        """Bring somebody from the cursors they hold (None: from nothing) to now, on each topic that they may hear."""
        held = tuple((topic, wire.parse_cursor(cursor)) for topic, cursor in wanted.items())
        return self.together.ask((actor, held), world)

    def _catch_up_all(self, session: Session, asked: Iterable[Asked]) -> dict[Asked, dict[str, Caught]]:
        world: int = session.info["world"]
        incarnation, seq = journal.end_of(session, world)

        def caught(actor: Actor, topic: str, held: Held) -> Caught:
            if held is not None and held[0] == incarnation and held[1] <= seq:
                entries = self._missed(session, world, topic, held[1], seq) if held[1] < seq else []
                if entries is not None:
                    return Caught(incarnation, seq, None, entries)
            snapshot = self._snapshot(session, world, topic, seq, actor.team_id is not None)
            return Caught(incarnation, seq, snapshot, [])

        return {
            (actor, held): {
                topic: caught(actor, topic, cursor)
                for topic, cursor in held
                if topics.allowed(session, actor, topic)
            }
            for actor, held in asked
        }

    def _missed(self, session: Session, world: int, topic: str, after: int, seq: int) -> list[Said] | None:
        """A topic's entries between two numbers, None where only a snapshot helps. When a line comes back, hundreds of screens
        ask for the same, and what was written does not change: it is read once for all of them."""
        key = (world, topic, after, seq)
        with contextlib.suppress(KeyError):  # another thread may have just taken it out
            return self.told[key]
        numbers = missed(session, world, topic, after, MOST_MISSED)
        entries = None if numbers is None else _entries(session, world, numbers)
        if entries is None or len(entries) <= MOST_KEPT_TOLD:
            self.told[key] = entries
            while len(self.told) > KEPT_TOLD:
                self.told.popitem(last=False)
        return entries

    def _snapshot(self, session: Session, world: int, topic: str, seq: int, of_team: bool) -> orjson.Fragment:
        kept = self.kept.get((world, topic, of_team))
        if kept is not None and kept[0] == seq:
            return kept[1]
        value: dict[str, Any] = {"items": self._items(session, topic, of_team)}
        if passing := records.passing(topic):
            value["passing"] = passing
        if topic.startswith("incident:") and _timeline is not None:
            value["timeline"] = _timeline(session, topic)
        built = orjson.Fragment(canonical.dump(value))
        self.kept[world, topic, of_team] = (seq, built)
        while len(self.kept) > KEPT:
            self.kept.popitem(last=False)
        return built

    def _items(self, session: Session, topic: str, of_team: bool) -> list[Any]:
        if not of_team:
            return list(self.built.items(session, topic))
        items = records.snapshot(session, topic)
        return [{**one, "record": sight.narrowed(one["type"], one["record"], (topic,))} for one in items]


def missed(session: Session, world: int, topic: str, after: int, limit: int) -> list[Any] | None:
    """The numbers of a topic's entries after a place; None when there are more than `limit`, or rights changed meanwhile."""
    table = journal.EntryTopic.__table__
    query = sa.select(table.c.seq, table.c.change).where(
        table.c.world == world, table.c.topic == topic, table.c.seq > after
    )
    rows = session.execute(query.order_by(table.c.seq).limit(limit + 1)).all()
    if len(rows) > limit or any(row.change != journal.HEAR for row in rows):
        return None
    return [row.seq for row in rows]


def _entries(session: Session, world: int, numbers: list[int]) -> list[Said]:
    if not numbers:
        return []
    table = journal.Entry.__table__
    rows = session.execute(
        sa.select(table).where(table.c.world == world, table.c.seq.in_(numbers)).order_by(table.c.seq)
    ).all()
    heard = journal.heard_on(session, world, rows)
    return [wire.said(row, heard.get(row.seq, [])) for row in rows]
