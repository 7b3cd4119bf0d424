"""Rows of contact: what the journal knows of each township, and when each was heard last."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from command.core.store.db import Base, Owned, Worldly


class Link(Worldly, Owned, Base):
    """The contact with a township, in life only: `id` is its code, `last_at` when it was heard at the last change."""

    __tablename__ = "link"
    id: Mapped[str] = mapped_column(sa.String(32), primary_key=True, sort_order=-19)
    state: Mapped[str] = mapped_column(sa.String(8))
    last_at: Mapped[datetime | None]


class Heard(Base):
    """When a duty desk of a township was last on the line of any process of this node. Not journaled: it never rests."""

    __tablename__ = "heard"
    centre: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    at: Mapped[datetime]
