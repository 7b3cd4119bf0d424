"""Due times are rows: what must happen when, written in the transaction that promised it (RULES 40)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from command.core.store.db import Base, Worldly
from command.core.store.statements import Statement

PROMISED = "promised"
"""In a session's info: when the earliest promise of its transaction is due, so that the one who keeps promises knows."""


class Due(Worldly, Base):
    """An action that the system will do at a time, unless it is called off by its key before."""

    __tablename__ = "due"
    key: Mapped[str] = mapped_column(sa.String(160), primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    action: Mapped[str] = mapped_column(sa.String(64))
    payload: Mapped[dict[str, Any]]


DUE = cast(sa.Table, Due.__table__)


def _promise(insert: Any) -> sa.ClauseElement:
    made, names = insert(DUE), ("at", "action", "payload")
    kept: sa.ClauseElement = made.on_conflict_do_update(
        index_elements=list(DUE.primary_key), set_={name: made.excluded[name] for name in names}
    )
    return kept


_PROMISE = Statement(_promise)


def promise(
    session: Session, world: int, at: datetime, action: str, payload: dict[str, Any], key: str
) -> None:
    """Promise an action; the same key again replaces the promise."""
    row = {"world": world, "key": key, "at": at, "action": action, "payload": payload}
    _PROMISE.run(session.connection(), row)
    session.info[PROMISED] = min(at, session.info.get(PROMISED, at))


def call_off(session: Session, world: int, *keys: str) -> None:
    """Take promises back."""
    session.execute(sa.delete(Due).where(Due.world == world, Due.key.in_(keys)))


def ripe(session: Session, now: datetime, limit: int = 100) -> list[Due]:
    """Promises of all worlds whose time has come, the oldest first."""
    return list(
        session.execute(sa.select(Due).where(Due.at <= now).order_by(Due.at, Due.key).limit(limit)).scalars()
    )


def next_at(session: Session) -> datetime | None:
    """When the next promise is due."""
    return session.execute(sa.select(sa.func.min(Due.at))).scalar_one_or_none()
