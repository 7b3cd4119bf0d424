"""The journal: every event in commit order, hash-chained per stream; the outbox that all screens, audits and replays read.

Stream = (origin node, incarnation, world). Its head row alone has the order lock, the number and the chain (RULES 1, 2).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from command.core import canonical
from command.core.store.db import Base, Worldly

ZERO = bytes(32)
HEAR, LOSE, GAIN = 0, 1, 2


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


def start_stream(session: Session, world: int, origin: str, incarnation: str) -> None:
    """Make the head of a world's stream when it has none."""
    if session.get(Head, world) is None:
        session.add(Head(world=world, origin=origin, incarnation=incarnation, seq=0, hash=ZERO))
        session.flush()


def begin_again(session: Session, world: int, incarnation: str) -> None:
    """Give a restored stream a new incarnation: cursors of the old one no longer fit, so every screen starts afresh."""
    session.execute(sa.update(Head).where(Head.world == world).values(incarnation=incarnation))


HEAD, ENTRY, TOPIC = (cast(sa.Table, one.__table__) for one in (Head, Entry, EntryTopic))
_ENDS = sa.select(HEAD.c.world, HEAD.c.seq)


HEADER = (
    "world", "seq", "origin", "incarnation", "origin_seq", "hlc", "at", "received_at", "actor", "actor_name", "command",
    "cause", "type", "kind", "v",
)  # fmt: skip


def entry_hash(row: dict[str, Any]) -> bytes:
    """The chain's link: header, topics, digest of the content, and the hash before."""
    header = canonical.dump({name: row[name] for name in HEADER})
    return canonical.digest(row["prev_hash"], header, row["topics"], row["digest"])


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
    return by_number(session.connection().execute(_TOPICS_NAMED, given))


def topics_of(session: Session, world: int, first: int, last: int) -> dict[int, list[sa.Row[Any]]]:
    """The topic rows of the entries first..last, also such as no entry names: it walks all that the world has."""
    return by_number(session.connection().execute(_TOPICS, {"of_world": world, "first": first, "last": last}))


def by_number(rows: Iterable[Any]) -> dict[int, list[Any]]:
    """Rows of topics by the number of their entry."""
    found: dict[int, list[Any]] = {}
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
