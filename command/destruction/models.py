"""Rows of destructions: what is due to go, what is held and why, what went. Never the data itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from command.core.store.db import Base, Identified, Owned, Worldly


class Destruction(Worldly, Identified, Owned, Base):
    """The personal data of one thing that is over: how much of which sort, until when it may be kept, what was decided by whom."""

    __tablename__ = "destruction"
    __table_args__ = (
        sa.Index("ix_destruction_subject", "world", "subject_kind", "subject_id"),
        sa.Index("ix_destruction_live", "world", "live"),
    )
    number: Mapped[str] = mapped_column(sa.String(40))
    subject_kind: Mapped[str] = mapped_column(sa.String(32))
    subject_id: Mapped[str] = mapped_column(sa.String(36))
    subject_number: Mapped[str] = mapped_column(sa.String(60))
    centre: Mapped[str] = mapped_column(sa.String(32))
    over_at: Mapped[datetime]
    due_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(sa.String(8))
    sorts: Mapped[list[Any]]
    holds: Mapped[list[Any]]
    hold_until: Mapped[datetime | None]
    review_at: Mapped[datetime | None]
    reminded: Mapped[int]
    reminded_at: Mapped[datetime]
    reason: Mapped[str | None]
    confirmed_by: Mapped[str | None]
    confirmed_at: Mapped[datetime | None]
    gone_at: Mapped[datetime | None]
    replays: Mapped[list[Any]]
    live: Mapped[bool]
