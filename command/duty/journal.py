"""Finding a time in the journal: numbers are the order of commits, so the place of a time is found by halving, by key."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core.journal import Entry, Head


def since_seq(session: Session, at: datetime) -> int:
    """The number of the last entry that was written before a time; 0 where none was."""
    low, high = 0, session.execute(sa.select(Head.seq)).scalar_one_or_none() or 0
    while low < high:
        middle = (low + high + 1) // 2
        received = session.execute(sa.select(Entry.received_at).where(Entry.seq == middle)).scalar_one()
        low, high = (middle, high) if received < at else (low, middle - 1)
    return low
