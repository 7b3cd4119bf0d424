"""The journal: every event in commit order, hash-chained per stream; the outbox that all screens, audits and replays read.

Stream = (origin node, incarnation, world). Its head row alone has the order lock, the number and the chain (RULES 1, 2).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, cast

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from command.core import canonical, clock, hints
from command.core.db import Base, Worldly
from command.core.statements import Statement

ZERO = bytes(32)
HEAR, LOSE, GAIN = 0, 1, 2
hybrid = clock.Hybrid()


class Head(Worldly, Base):
    """The end of a world's stream on this node; locked last in every transaction that writes."""

    __tablename__ = "head"
    origin: Mapped[str] = mapped_column(sa.String(12))
    incarnation: Mapped[str] = mapped_column(sa.String(12))
    seq: Mapped[int] = mapped_column(sa.BigInteger)
    hash: Mapped[bytes]


class Entry(Worldly, Base):
    """One thing that happened, and the public state after it, as canonical bytes."""

    __tablename__ = "entry"
    seq: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    origin: Mapped[str] = mapped_column(sa.String(12))
    incarnation: Mapped[str] = mapped_column(sa.String(12))
    origin_seq: Mapped[int] = mapped_column(sa.BigInteger)
    hlc: Mapped[int] = mapped_column(sa.BigInteger)
    at: Mapped[datetime]
    received_at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(sa.String(64))
    actor_name: Mapped[str]
    command: Mapped[str] = mapped_column(sa.String(64), index=True)
    cause: Mapped[str | None] = mapped_column(sa.String(64))
    type: Mapped[str] = mapped_column(sa.String(64))
    kind: Mapped[str] = mapped_column(sa.String(32))
    v: Mapped[int]
    record: Mapped[bytes]
    text: Mapped[bytes]
    topics: Mapped[bytes]
    digest: Mapped[bytes]
    prev_hash: Mapped[bytes]
    hash: Mapped[bytes]


class EntryTopic(Worldly, Base):
    """Who may hear an entry: one row a topic, with the topic's previous entry so that a screen can see a hole."""

    __tablename__ = "entry_topic"
    topic: Mapped[str] = mapped_column(sa.String(96), primary_key=True)
    seq: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    prev: Mapped[int] = mapped_column(sa.BigInteger)
    change: Mapped[int] = mapped_column(sa.SmallInteger)


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
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Stamp:
    """What all entries of one command share."""

    actor: str
    actor_name: str
    command: str
    cause: str | None
    received_at: datetime


def start_stream(session: Session, world: int, origin: str, incarnation: str) -> None:
    """Make the head of a world's stream when it has none."""
    if session.get(Head, world) is None:
        session.add(Head(world=world, origin=origin, incarnation=incarnation, seq=0, hash=ZERO))
        session.flush()


def begin_again(session: Session, world: int, incarnation: str) -> None:
    """Give a restored stream a new incarnation: cursors of the old one no longer fit, so every screen starts afresh."""
    session.execute(sa.update(Head).where(Head.world == world).values(incarnation=incarnation))


HEAD, ENTRY, TOPIC = (cast(sa.Table, one.__table__) for one in (Head, Entry, EntryTopic))
# Made once: this is the hottest path of all, and what follows the lock is what everybody else waits for.
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
# The topic's previous entry is its greatest number so far, one step into the key: grouping would walk all its history.
_EARLIER = TOPIC.alias("earlier")
_ADD_TOPICS = Statement(
    sa.insert(TOPIC).values(
        prev=sa.select(sa.func.coalesce(sa.func.max(_EARLIER.c.seq), 0))
        .where(_EARLIER.c.world == sa.bindparam("of_world"), _EARLIER.c.topic == sa.bindparam("of_topic"))
        .scalar_subquery()
    ),
    columns=("world", "topic", "seq", "change"),
)
_ENDS = sa.select(HEAD.c.world, HEAD.c.seq)


def append(
    session: Session,
    world: int,
    stamp: Stamp,
    drafts: Sequence[Draft],
    also: Callable[[int], None] = lambda seq: None,
) -> int:
    """Lock the head, number and chain the drafts, store them. Returns the last number. Call it last in a transaction; what is
    still to be written with the number known, `also` writes: everybody else waits meanwhile, so all of it goes together."""
    if not drafts:
        end: int = session.execute(sa.select(Head.seq).where(Head.world == world)).scalar_one()
        also(end)
        return end
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
    _store_topics(connection, world, first, drafts)
    _MOVE_HEAD.run(connection, {"of_world": world, "last_hash": last_hash})
    hints.news(session)
    also(head.seq)
    return head.seq


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


HEADER = (
    "world", "seq", "origin", "incarnation", "origin_seq", "hlc", "at", "received_at", "actor", "actor_name", "command",
    "cause", "type", "kind", "v",
)  # fmt: skip


def entry_hash(row: dict[str, Any]) -> bytes:
    """The chain's link: header, topics, digest of the content, and the hash before."""
    header = canonical.dump({name: row[name] for name in HEADER})
    return canonical.digest(row["prev_hash"], header, row["topics"], row["digest"])


def _store_topics(connection: sa.Connection, world: int, first: int, drafts: Sequence[Draft]) -> None:
    rows = [
        {
            "world": world,
            "topic": topic,
            "seq": number,
            "change": change,
            "of_world": world,
            "of_topic": topic,
        }
        for number, draft in enumerate(drafts, first)
        for topic, change in sorted(draft.topics.items())
    ]
    if rows:
        _ADD_TOPICS.run(connection, *rows)


_AFTER = (
    sa.select(ENTRY)
    .where(ENTRY.c.world == sa.bindparam("of_world"), ENTRY.c.seq > sa.bindparam("after"))
    .order_by(ENTRY.c.seq)
    .limit(sa.bindparam("most"))
)
_IN_RANGE = sa.and_(
    TOPIC.c.world == sa.bindparam("of_world"),
    TOPIC.c.seq.between(sa.bindparam("first"), sa.bindparam("last")),
)
_TOPICS = sa.select(TOPIC).where(_IN_RANGE)
_TOPICS_NAMED = _TOPICS.where(TOPIC.c.topic.in_(sa.bindparam("named", expanding=True)))


def entries_after(session: Session, world: int, seq: int, limit: int) -> list[sa.Row[Any]]:
    """The next entries of a world in order, as rows of the entry table."""
    given = {"of_world": world, "after": seq, "most": limit}
    return list(session.connection().execute(_AFTER, given).all())


def heard_on(session: Session, world: int, entries: Sequence[sa.Row[Any]]) -> dict[int, list[sa.Row[Any]]]:
    """The topic rows of some entries, by number: of the topics that they name, so that the key finds them."""
    if not entries:
        return {}
    named = sorted({topic for entry in entries for topic in canonical.load(entry.topics)})
    given = {"of_world": world, "first": entries[0].seq, "last": entries[-1].seq, "named": named}
    return _by_number(session.connection().execute(_TOPICS_NAMED, given))


def topics_of(session: Session, world: int, first: int, last: int) -> dict[int, list[sa.Row[Any]]]:
    """The topic rows of the entries first..last, also such as no entry names: it walks all that the world has."""
    return _by_number(
        session.connection().execute(_TOPICS, {"of_world": world, "first": first, "last": last})
    )


def _by_number(rows: Iterable[sa.Row[Any]]) -> dict[int, list[sa.Row[Any]]]:
    found: dict[int, list[sa.Row[Any]]] = {}
    for row in rows:
        found.setdefault(row.seq, []).append(row)
    return found


def ends(session: Session) -> dict[int, int]:
    """The last number of every world's stream."""
    return dict(map(tuple, session.connection().execute(_ENDS)))


def worlds_of(session: Session) -> list[int]:
    """Every world that has a stream."""
    return list(session.execute(sa.select(Head.__table__.c.world)).scalars())


def end_of(session: Session, world: int) -> tuple[str, int]:
    """(incarnation, last number) of a world's stream."""
    table = Head.__table__
    row = session.execute(sa.select(table.c.incarnation, table.c.seq).where(table.c.world == world)).one()
    return row.incarnation, row.seq
