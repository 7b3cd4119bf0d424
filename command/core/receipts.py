"""Receipts: one command, one answer. Key = (world, actor, command id); kept as long as the journal (RULES 3, 4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from command.core import canonical
from command.core.db import Base, Worldly
from command.core.errors import KeyReused


class Receipt(Worldly, Base):
    """The answer to a command, so that a repeat hears the same bytes."""

    __tablename__ = "receipt"
    actor: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    command: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(64))
    payload: Mapped[bytes]
    status: Mapped[int]
    body: Mapped[bytes]
    seq: Mapped[int] = mapped_column(sa.BigInteger)
    received_at: Mapped[datetime]


@dataclass(frozen=True)
class Answer:
    """What a command came to: an HTTP status, the body's bytes, the stream's number it was written at."""

    status: int
    body: bytes
    seq: int
    repeated: bool = False

    @property
    def ok(self) -> bool:
        """Whether the command was carried out."""
        return self.status < 400


def payload_hash(name: str, payload: Any, version: int | None) -> bytes:
    """What makes two commands the same: the name, the canonical payload, the version they were based on."""
    return canonical.digest(name.encode(), canonical.dump(payload), str(version).encode())


def claim(session: Session, key: dict[str, Any], hashed: bytes, at: datetime) -> Answer | None:
    """Take the key, or answer what was answered before. Waits for another transaction that holds the same key."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    row = {**key, "payload": hashed, "status": 0, "body": b"", "seq": 0, "received_at": at}
    taken = session.execute(
        insert(Receipt).values(row).on_conflict_do_nothing().returning(Receipt.command)
    ).first()
    if taken is not None:
        return None
    table = Receipt.__table__
    same = [table.c[name] == key[name] for name in ("world", "actor", "command")]
    old = session.execute(sa.select(table).where(*same)).one()
    if old.payload != hashed:
        raise KeyReused()
    return Answer(old.status, old.body, old.seq, repeated=True)


def fill(session: Session, key: dict[str, Any], answer: Answer) -> None:
    """Write the answer onto the claimed receipt."""
    session.execute(
        sa.update(Receipt)
        .where(
            Receipt.world == key["world"], Receipt.actor == key["actor"], Receipt.command == key["command"]
        )
        .values(status=answer.status, body=answer.body, seq=answer.seq)
        .execution_options(synchronize_session=False)
    )
