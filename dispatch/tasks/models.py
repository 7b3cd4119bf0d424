"""Tasks: one team sent to one incident, with every step as it was reported."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from command.core.store.db import Base, Identified, Json, Owned, Worldly


class Task(Worldly, Identified, Owned, Base):
    """An order to a team and what became of it. A team has at most one open task on an incident."""

    __tablename__ = "task"
    number: Mapped[str] = mapped_column(sa.String(40))
    incident_id: Mapped[str] = mapped_column(sa.String(36))
    came_from: Mapped[str | None] = mapped_column(sa.String(36))
    team_id: Mapped[str] = mapped_column(sa.ForeignKey("team.id"), index=True)
    centre: Mapped[str] = mapped_column(sa.String(32), index=True)
    team_name: Mapped[str]
    incident_title: Mapped[str]
    state: Mapped[str] = mapped_column(sa.String(12))
    order: Mapped[str | None]
    mode: Mapped[str] = mapped_column(sa.String(16))
    via: Mapped[str | None]
    call: Mapped[Any | None] = mapped_column(Json)
    terms: Mapped[Any | None] = mapped_column(Json)
    ordered_by: Mapped[str]
    ordered_centre: Mapped[str] = mapped_column(sa.String(32))
    ordered_at: Mapped[datetime | None]
    accept_due_at: Mapped[datetime | None]
    alarm_at: Mapped[datetime | None]
    times: Mapped[dict[str, Any]]
    steps: Mapped[list[Any]]
    refused_reason: Mapped[str | None]
    replaces: Mapped[str | None] = mapped_column(sa.String(36))
    suggestion: Mapped[Any | None] = mapped_column(Json)
    hint: Mapped[Any | None] = mapped_column(Json)
    open: Mapped[bool] = mapped_column(index=True)
    __table_args__ = (
        sa.ForeignKeyConstraint(["world", "incident_id"], ["incident.world", "incident.id"]),
        sa.Index("ix_task_incident", "world", "incident_id"),
        sa.Index(
            "uq_task_open",
            "world",
            "incident_id",
            "team_id",
            unique=True,
            sqlite_where=sa.text("open = 1"),
            postgresql_where=sa.text("open"),
        ),
    )
