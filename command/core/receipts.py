"""Receipts: one command, one answer. Key = (world, actor, command id); kept as long as the journal (RULES 3, 4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from command.core import canonical
from command.core.appending import Appended
from command.core.errors import KeyReused
from command.core.store.db import Base, Worldly
from command.core.store.statements import Statement


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
    """What a command came to: an HTTP status, the body's bytes, the stream's number it was written at, when the earliest of its
    promises is due, and, the first time, what it added to the journal."""

    status: int
    body: bytes
    seq: int
    repeated: bool = False
    promised: datetime | None = None
    appended: Appended | None = None

    @property
    def ok(self) -> bool:
        """Whether the command was carried out."""
        return self.status < 400


def payload_hash(name: str, payload: Any, version: int | None) -> bytes:
    """What makes two commands the same: the name, the canonical payload, the version they were based on."""
    return canonical.digest(name.encode(), canonical.dump(payload), str(version).encode())


RECEIPT = cast(sa.Table, Receipt.__table__)
_CLAIM = Statement(lambda insert: insert(RECEIPT).on_conflict_do_nothing().returning(RECEIPT.c.command))
_SAME = sa.and_(*(RECEIPT.c[name] == sa.bindparam(f"of_{name}") for name in ("world", "actor", "command")))
_READ = sa.select(RECEIPT.c.payload, RECEIPT.c.status, RECEIPT.c.body, RECEIPT.c.seq).where(_SAME)
_FILL = Statement(
    sa.update(RECEIPT)
    .where(_SAME)
    .values(status=sa.bindparam("to_status"), body=sa.bindparam("to_body"), seq=sa.bindparam("to_seq")),
    columns=(),
)


def blank(key: dict[str, Any], hashed: bytes, at: datetime) -> dict[str, Any]:
    """A receipt that waits for its answer; `key` has world, actor, command and name."""
    return {**key, "payload": hashed, "status": 0, "body": b"", "seq": 0, "received_at": at}


def claim(session: Session, receipt: dict[str, Any]) -> Answer | None:
    """Take the key, or answer what was answered before. Waits for another transaction that holds the same key."""
    connection = session.connection()
    if _CLAIM.one(connection, receipt) is not None:
        return None
    old = connection.execute(_READ, _of(receipt)).one()
    if old.payload != receipt["payload"]:
        raise KeyReused()
    return Answer(old.status, old.body, old.seq, repeated=True)


def fill(session: Session, receipt: dict[str, Any], answer: Answer) -> None:
    """Write the answer onto the claimed receipt."""
    values = {"to_status": answer.status, "to_body": answer.body, "to_seq": answer.seq}
    _FILL.run(session.connection(), {**_of(receipt), **values})


def keep(session: Session, receipt: dict[str, Any], answer: Answer) -> Answer:
    """Write the receipt of a refusal, whose own transaction was undone; somebody else's answer to the key, if one
    was quicker, is the answer."""
    full = {**receipt, "status": answer.status, "body": answer.body, "seq": answer.seq}
    return claim(session, full) or answer


def _of(receipt: dict[str, Any]) -> dict[str, Any]:
    return {f"of_{name}": receipt[name] for name in ("world", "actor", "command")}
