"""How entries come into the journal: numbered under the head's lock, chained, told on their topics. The hottest path of all: what
follows the lock is what everybody else waits for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import canonical, clock
from command.core.journal import ENTRY, HEAD, TOPIC, Head, by_number, entry_hash
from command.core.live import hints
from command.core.store.statements import Statement

hybrid = clock.Hybrid()


@dataclass
class Draft:
    """An entry before it has its number."""

    type: str
    kind: str
    record: Any
    text: dict[str, str]
    topics: dict[str, int]
    at: datetime
    v: int = 1


@dataclass(frozen=True)
class Stamp:
    """What all entries of one command share."""

    actor: str
    actor_name: str
    command: str
    cause: str | None
    received_at: datetime


_OF_WORLD = HEAD.c.world == sa.bindparam("of_world")
_LOCK_HEAD = Statement(
    sa.update(HEAD)
    .where(_OF_WORLD)
    .values(seq=HEAD.c.seq + sa.bindparam("more"))
    .returning(HEAD.c.origin, HEAD.c.incarnation, HEAD.c.seq, HEAD.c.hash),
    columns=(),
)
_MOVE_HEAD = Statement(sa.update(HEAD).where(_OF_WORLD).values(hash=sa.bindparam("last_hash")), columns=())
_ADD_ENTRIES = Statement(sa.insert(ENTRY))
_AT_ONCE = 50
"""Topics of entries that one statement stores."""


@cache
def _add_topics(number: int) -> Statement:
    """Store so many topics of entries. A topic's previous entry, where it is not said, is its greatest number so far, one step
    into the key: grouping would walk all its history."""
    columns = ("world", "topic", "seq", "change", "prev")

    def row(place: int) -> sa.Select[Any]:
        world, topic, seq, change, prev = (
            sa.cast(sa.bindparam(f"{name}_{place}", type_=TOPIC.c[name].type), TOPIC.c[name].type)
            for name in columns
        )
        earlier = TOPIC.alias()
        before = sa.select(sa.func.max(earlier.c.seq)).where(
            earlier.c.world == world, earlier.c.topic == topic
        )
        return sa.select(
            world,
            topic,
            seq,
            change,
            sa.func.coalesce(prev, before.scalar_subquery(), sa.literal_column("0")),
        )

    rows = sa.union_all(*map(row, range(number)))
    made = sa.insert(TOPIC).from_select(columns, rows)
    return Statement(made.returning(TOPIC.c.topic, TOPIC.c.seq, TOPIC.c.change, TOPIC.c.prev))


class Heard(NamedTuple):
    """A topic on which an entry is told."""

    topic: str
    seq: int
    change: int
    prev: int


@dataclass(frozen=True)
class Appended:
    """What a transaction added to a world's stream: up to which number, the rows of its entries, and, once it is committed, the
    topics on which they are told."""

    world: int
    seq: int
    rows: Sequence[dict[str, Any]] = ()
    heard: Callable[[], dict[int, list[Heard]]] = dict


def append(
    session: Session,
    world: int,
    stamp: Stamp,
    drafts: Sequence[Draft],
    also: Callable[[int], None] = lambda seq: None,
) -> Appended:
    """Lock the head, number and chain the drafts, store them. Call it last in a transaction; what is still to be written with the
    number known, `also` writes: everybody else waits meanwhile, so all of it goes together."""
    if not drafts:
        end: int = session.execute(sa.select(Head.seq).where(Head.world == world)).scalar_one()
        also(end)
        return Appended(world, end)
    session.flush()
    connection = session.connection()
    head = _End(*_LOCK_HEAD.one(connection, {"of_world": world, "more": len(drafts)}))
    first = head.seq - len(drafts) + 1
    last_hash, rows = head.hash, []
    for number, draft in enumerate(drafts, first):
        row = _row(head, world, number, last_hash, stamp, draft)
        last_hash = row["hash"]
        rows.append(row)
    _ADD_ENTRIES.run(connection, *rows)
    heard = _store_topics(connection, world, first, drafts)
    _MOVE_HEAD.run(connection, {"of_world": world, "last_hash": last_hash})
    hints.news(session)
    also(head.seq)
    return Appended(world, head.seq, rows, heard)


class _End(NamedTuple):
    """What the head said when it was locked."""

    origin: str
    incarnation: str
    seq: int
    hash: bytes


def _row(head: _End, world: int, number: int, prev_hash: bytes, stamp: Stamp, draft: Draft) -> dict[str, Any]:
    record, text, topics = (canonical.dump(part) for part in (draft.record, draft.text, draft.topics))
    row: dict[str, Any] = {
        "world": world,
        "seq": number,
        "origin": head.origin,
        "incarnation": head.incarnation,
        "origin_seq": number,
        "hlc": hybrid.tick(),
        "at": draft.at,
        "received_at": stamp.received_at,
        "actor": stamp.actor,
        "actor_name": stamp.actor_name,
        "command": stamp.command,
        "cause": stamp.cause,
        "type": draft.type,
        "kind": draft.kind,
        "v": draft.v,
        "record": record,
        "text": text,
        "topics": topics,
        "digest": canonical.digest(record, text),
        "prev_hash": prev_hash,
    }
    row["hash"] = entry_hash(row)
    return row


def _store_topics(
    connection: sa.Connection, world: int, first: int, drafts: Sequence[Draft]
) -> Callable[[], dict[int, list[Heard]]]:
    """Store on which topics the entries are told. What reads them, once the transaction is committed."""
    rows: list[dict[str, Any]] = []
    last: dict[str, int] = {}
    for number, draft in enumerate(drafts, first):
        for topic, change in sorted(draft.topics.items()):
            # a statement does not see what it stores itself, so an entry of this command is named as the one before
            prev = last.get(topic)
            rows.append({"world": world, "topic": topic, "seq": number, "change": change, "prev": prev})
            last[topic] = number
    asked = []
    for begin in range(0, len(rows), _AT_ONCE):
        some = rows[begin : begin + _AT_ONCE]
        given = {f"{name}_{place}": value for place, row in enumerate(some) for name, value in row.items()}
        asked.append(_add_topics(len(some)).soon(connection, given))

    def heard() -> dict[int, list[Heard]]:
        return by_number(Heard(*row) for answer in asked for row in answer())

    return heard
