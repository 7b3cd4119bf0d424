"""Rows of decisions: what was asked of whose leader, what was decided by whose word."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from command.core.store.db import Base, Identified, Json, Owned, Worldly


class Decision(Worldly, Identified, Owned, Base):
    """One question to a leader. `centre`: whose leader decides; `live`: not decided yet, or a spoken word waits for its confirmation."""

    __tablename__ = "decision"
    number: Mapped[str] = mapped_column(sa.String(64))
    centre: Mapped[str] = mapped_column(sa.String(32))
    from_centre: Mapped[str] = mapped_column(sa.String(32))
    from_name: Mapped[str]
    incident_id: Mapped[str | None] = mapped_column(sa.String(36))
    incident_title: Mapped[str | None]
    question: Mapped[str]
    grounds: Mapped[str | None]
    options: Mapped[list[Any]]
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    late: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(sa.String(12))
    chosen: Mapped[str | None] = mapped_column(sa.String(2))
    reason: Mapped[str | None]
    approval: Mapped[Any | None] = mapped_column(Json)
    decided_at: Mapped[datetime | None]
    withdrawn: Mapped[Any | None] = mapped_column(Json)
    live: Mapped[bool]
    __table_args__ = (
        sa.ForeignKeyConstraint(["world", "incident_id"], ["incident.world", "incident.id"]),
        sa.Index("ix_decision_live", "world", "live", "centre"),
        sa.Index("ix_decision_incident", "world", "incident_id"),
    )
