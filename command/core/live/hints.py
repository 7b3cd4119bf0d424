"""Hints between the processes of a node on PostgreSQL: something was committed, a promise was made, a pass has ended. They travel by
NOTIFY with the commit and are never needed: every process looks by itself too. On SQLite there is but one process."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import clock, due, ids
from command.core.store.statements import Statement

CHANNEL, PROMISE, ENDED = "journal", "promise ", "a pass ended"
OWN = f"of {ids.new_id()} "
"""How what this process says of entries begins: it has told itself already."""
_NOTIFY = Statement(sa.select(sa.func.pg_notify(CHANNEL, sa.bindparam("says"))))


def news(session: Session) -> None:
    """Let the others know of the entries of this transaction, once it commits, and when its earliest promise is due."""
    at = session.info.get(due.PROMISED)
    _say(session, OWN + (PROMISE + clock.wire(at) if at else ""))


def ended(session: Session) -> None:
    """Let every process, this one too, know that a pass has ended, once this commits."""
    _say(session, ENDED)


def _say(session: Session, says: str) -> None:
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        _NOTIFY.run(connection, {"says": says})


def heard(payload: str) -> tuple[bool, str]:
    """(whether this process said it, what it says besides)."""
    if payload.startswith("of "):
        return payload.startswith(OWN), payload[len(OWN) :]
    return False, payload
