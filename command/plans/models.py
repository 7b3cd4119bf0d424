"""Rows of plans (a register, without a world), of responses and of consultations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from command.core.store.db import Base, Identified, Json, Owned, Worldly


class Plan(Identified, Owned, Base):
    """One edition of a plan; of a code one edition at most is in force. `live`: neither replaced nor withdrawn."""

    __tablename__ = "plan"
    code: Mapped[str] = mapped_column(sa.String(32))
    edition: Mapped[int]
    title: Mapped[str]
    centre: Mapped[str] = mapped_column(sa.String(32))
    basis: Mapped[str | None]
    kinds: Mapped[list[Any]]
    areas: Mapped[list[Any]]
    model: Mapped[str] = mapped_column(sa.String(16))
    levels: Mapped[list[Any]]
    groups: Mapped[list[Any]]
    actions: Mapped[list[Any]]
    state: Mapped[str] = mapped_column(sa.String(12))
    reason: Mapped[str | None]
    drafted_by: Mapped[str]
    approved: Mapped[Any | None] = mapped_column(Json)
    in_force_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    synthetic: Mapped[bool]
    live: Mapped[bool] = mapped_column(index=True)
    __table_args__ = (
        sa.Index("uq_plan_edition", "centre", "code", "edition", unique=True),
        sa.Index(
            "uq_plan_in_force",
            "centre",
            "code",
            unique=True,
            sqlite_where=sa.text("state = 'in_force'"),
            postgresql_where=sa.text("state = 'in_force'"),
        ),
    )


class Response(Worldly, Identified, Owned, Base):
    """A response: its four fields (突发事件应对法 art. 72), who approved what, what it issued."""

    __tablename__ = "response"
    number: Mapped[str] = mapped_column(sa.String(64))
    plan_id: Mapped[str] = mapped_column(sa.ForeignKey("plan.id"))
    plan_title: Mapped[str]
    plan_edition: Mapped[int]
    centre: Mapped[str] = mapped_column(sa.String(32))
    incident_id: Mapped[str | None] = mapped_column(sa.String(36))
    incident_title: Mapped[str | None]
    warning_id: Mapped[str | None] = mapped_column(sa.String(36))
    areas: Mapped[list[Any]]
    matter: Mapped[str | None]
    level: Mapped[str | None] = mapped_column(sa.String(4))
    expected_hours: Mapped[int | None]
    measures: Mapped[str | None]
    reasons: Mapped[list[Any]]
    proposed_by: Mapped[str]
    approvals: Mapped[list[Any]]
    issued: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(sa.String(20))
    times: Mapped[dict[str, Any]]
    steps: Mapped[list[Any]]
    expected_until: Mapped[datetime | None]
    past_due: Mapped[bool]
    live: Mapped[bool] = mapped_column(index=True)
    __table_args__ = (
        sa.ForeignKeyConstraint(["world", "incident_id"], ["incident.world", "incident.id"]),
        sa.Index("ix_response_incident", "world", "incident_id"),
    )


class Consultation(Worldly, Identified, Owned, Base):
    """A consultation (会商): who took part, what each said, what was concluded."""

    __tablename__ = "consultation"
    number: Mapped[str] = mapped_column(sa.String(64))
    centre: Mapped[str] = mapped_column(sa.String(32))
    response_id: Mapped[str | None] = mapped_column(sa.String(36))
    incident_id: Mapped[str | None] = mapped_column(sa.String(36))
    topic: Mapped[str]
    held_at: Mapped[datetime]
    how: Mapped[str] = mapped_column(sa.String(12))
    chair: Mapped[str]
    attended: Mapped[list[Any]]
    opinions: Mapped[list[Any]]
    conclusion: Mapped[str]
    recorded_by: Mapped[str]
    earlier: Mapped[list[Any]]
    live: Mapped[bool]
    __table_args__ = (
        sa.ForeignKeyConstraint(["world", "response_id"], ["response.world", "response.id"]),
        sa.ForeignKeyConstraint(["world", "incident_id"], ["incident.world", "incident.id"]),
        sa.Index("ix_consultation_incident", "world", "incident_id"),
    )
