"""Rows of instructions, and which photo hangs on which."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from command.core.store.db import Base, Identified, Owned, Worldly


class Instruction(Worldly, Identified, Owned, Base):
    """One instruction and what became of it. `late` is a mark that stays; `live`: neither verified nor taken back."""

    __tablename__ = "instruction"
    number: Mapped[str] = mapped_column(sa.String(64))
    text: Mapped[str]
    urgency: Mapped[str] = mapped_column(sa.String(8))
    from_centre: Mapped[str] = mapped_column(sa.String(32))
    from_name: Mapped[str]
    to_centre: Mapped[str] = mapped_column(sa.String(32))
    to_name: Mapped[str]
    post: Mapped[str | None]
    incident_id: Mapped[str | None] = mapped_column(sa.String(36))
    incident_title: Mapped[str | None]
    response_id: Mapped[str | None] = mapped_column(sa.String(36))
    warning_id: Mapped[str | None] = mapped_column(sa.String(36))
    action: Mapped[str | None] = mapped_column(sa.String(32))
    checklist: Mapped[list[Any]]
    needs_proof: Mapped[bool]
    issued_by: Mapped[str]
    issued_at: Mapped[datetime | None]
    accept_due_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    late: Mapped[dict[str, Any]]
    supervised: Mapped[list[Any]]
    extended: Mapped[list[Any]]
    feedback: Mapped[list[Any]]
    state: Mapped[str] = mapped_column(sa.String(12))
    times: Mapped[dict[str, Any]]
    steps: Mapped[list[Any]]
    live: Mapped[bool]
    __table_args__ = (
        sa.ForeignKeyConstraint(["world", "incident_id"], ["incident.world", "incident.id"]),
        sa.Index("ix_instruction_live", "world", "live", "to_centre"),
        sa.Index("ix_instruction_incident", "world", "incident_id"),
        sa.Index("ix_instruction_response", "world", "response_id"),
    )


class InstructionPhoto(Worldly, Base):
    """Which instruction carries a picture: found by the picture's name, derived from the records."""

    __tablename__ = "instruction_photo"
    name: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    instruction_id: Mapped[str] = mapped_column(sa.String(36), primary_key=True)
    __table_args__ = (
        sa.ForeignKeyConstraint(["world", "instruction_id"], ["instruction.world", "instruction.id"]),
    )
