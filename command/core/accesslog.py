"""Who read what personal data, and when: append-only, hash-chained, kept apart from the journal (RULES 33)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from command.core import canonical, clock
from command.core.access import Actor
from command.core.store.database import Database
from command.core.store.db import Base

ZERO = bytes(32)


class AccessEntry(Base):
    """One reading."""

    __tablename__ = "access_entry"
    seq: Mapped[int] = mapped_column(sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(sa.String(64))
    what: Mapped[str] = mapped_column(sa.String(64))
    thing: Mapped[str] = mapped_column(sa.String(64))
    prev_hash: Mapped[bytes]
    hash: Mapped[bytes] = mapped_column(unique=True)


def write(database: Database, actor: Actor, reads: list[tuple[str, str]]) -> None:
    """Append readings; the unique chain hash makes two writers at once wait or fail rather than fork."""

    def job(session: Session) -> None:
        if session.get_bind().dialect.name == "postgresql":
            session.execute(sa.text("SELECT pg_advisory_xact_lock(7261)"))
        last = session.execute(
            sa.select(AccessEntry).order_by(AccessEntry.seq.desc()).limit(1)
        ).scalar_one_or_none()
        prev, seq, at = (last.hash if last else ZERO), (last.seq if last else 0), clock.real()
        for what, thing in reads:
            seq += 1
            row = AccessEntry(
                seq=seq, at=at, actor=actor.id, what=what, thing=thing, prev_hash=prev, hash=b""
            )
            row.hash = prev = _hash(row)
            session.add(row)

    database.write(job, world=0)


def _hash(row: AccessEntry) -> bytes:
    return canonical.digest(row.prev_hash, canonical.dump([row.seq, row.at, row.actor, row.what, row.thing]))


def verify(session: Session) -> Iterator[str]:
    """What is wrong with the access log, in words; nothing when it is whole."""
    expected, prev = 1, ZERO
    for row in session.execute(sa.select(AccessEntry).order_by(AccessEntry.seq)).scalars():
        if row.seq != expected or row.prev_hash != prev or _hash(row) != row.hash:
            yield f"access log: entry {row.seq} is not what was written"
        expected, prev = row.seq + 1, row.hash
