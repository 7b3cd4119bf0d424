"""Whether the journal is what was written: every stream walked from its first entry to its head."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import canonical
from command.core.journal import ZERO, Head, entries_after, entry_hash, topics_of, worlds_of


@dataclass(frozen=True)
class Flaw:
    """A place where the journal is not what was written."""

    world: int
    seq: int
    what: str


def verify(session: Session) -> Iterator[Flaw]:
    """Walk every stream: numbers 1..N without a hole, contents as hashed, hashes as chained, topics as written, head at the end."""
    for world in worlds_of(session):
        yield from _verify_world(session, world)


def _verify_world(session: Session, world: int) -> Iterator[Flaw]:
    expected, prev_hash = 1, ZERO
    while rows := entries_after(session, world, expected - 1, 1000):
        topics = topics_of(session, world, rows[0].seq, rows[-1].seq)
        for row in rows:
            values = dict(row._mapping)
            if row.seq != expected:
                yield Flaw(world, expected, f"missing: {expected}..{row.seq - 1}")
            elif row.prev_hash != prev_hash:
                yield Flaw(world, row.seq, "does not follow the entry before it")
            if canonical.digest(row.record, row.text) != row.digest:
                yield Flaw(world, row.seq, "content changed")
            if entry_hash(values) != row.hash:
                yield Flaw(world, row.seq, "header changed")
            stored = {one.topic: one.change for one in topics.get(row.seq, [])}
            if canonical.dump(stored) != row.topics:
                yield Flaw(world, row.seq, "audience changed")
            expected, prev_hash = row.seq + 1, row.hash
    head = session.execute(sa.select(Head.__table__).where(Head.__table__.c.world == world)).one()
    if head.seq != expected - 1 or head.hash != prev_hash:
        yield Flaw(world, head.seq, f"the head says {head.seq}, the last entry is {expected - 1}")
