"""Rows of duty: shifts, handovers, lines of the log, checks that a post is manned. All are state: a drill has its own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from command.core.store.db import Base, Identified, Json, Owned, Worldly


class Duty(Worldly, Identified, Owned, Base):
    """A shift of a centre: when it is meant to be, who holds which place, since when it answers; `synthetic`: invented."""

    __tablename__ = "duty"
    __table_args__ = (
        sa.Index("ix_duty_centre", "world", "centre", "begins_at"),
        sa.Index("ix_duty_live", "world", "live"),
    )
    centre: Mapped[str] = mapped_column(sa.ForeignKey("centre.id"))
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    people: Mapped[list[Any]]
    note: Mapped[str | None]
    state: Mapped[str] = mapped_column(sa.String(8))
    began_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    synthetic: Mapped[bool]
    live: Mapped[bool]


class Handover(Worldly, Identified, Owned, Base):
    """What one shift hands to the next, item by item; it stays live until nothing of it is deferred any more."""

    __tablename__ = "duty_handover"
    __table_args__ = (
        sa.ForeignKeyConstraint(["world", "from_id"], ["duty.world", "duty.id"]),
        sa.ForeignKeyConstraint(["world", "to_id"], ["duty.world", "duty.id"]),
        sa.Index("ix_duty_handover_live", "world", "live"),
    )
    centre: Mapped[str] = mapped_column(sa.String(32))
    from_id: Mapped[str] = mapped_column(sa.String(36))
    to_id: Mapped[str] = mapped_column(sa.String(36))
    due_at: Mapped[datetime]
    items: Mapped[list[Any]]
    remarks: Mapped[dict[str, Any]]
    gathered_at: Mapped[datetime]
    handed_by: Mapped[str | None]
    handed_at: Mapped[datetime | None]
    accepted_by: Mapped[str | None]
    accepted_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(sa.String(8))
    live: Mapped[bool]


class DutyNote(Worldly, Identified, Owned, Base):
    """One call, paper or instruction as the officer entered it: who, what, when, and what was promised until when."""

    __tablename__ = "duty_note"
    __table_args__ = (sa.Index("ix_duty_note_live", "world", "live"),)
    centre: Mapped[str] = mapped_column(sa.String(32), index=True)
    sort: Mapped[str] = mapped_column(sa.String(12))
    who: Mapped[str]
    with_centre: Mapped[str | None] = mapped_column(sa.String(32))
    text: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    incident_id: Mapped[str | None] = mapped_column(sa.String(36))
    person: Mapped[Any | None] = mapped_column(Json)
    promise: Mapped[str | None]
    promise_due_at: Mapped[datetime | None]
    kept_at: Mapped[datetime | None]
    kept_by: Mapped[str | None]
    live: Mapped[bool]


class NotePerson(Worldly, Base):
    """Who called, by name and number, sealed; the journal holds its id and a salted commitment only (RULES 8)."""

    __tablename__ = "duty_note_person"
    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True)
    note_id: Mapped[str] = mapped_column(sa.String(36), index=True)
    salt: Mapped[bytes]
    sealed: Mapped[bytes]


class DutyCheck(Worldly, Identified, Owned, Base):
    """One question whether a post is manned (查岗): who asked, until when an answer counts, how presence was known."""

    __tablename__ = "duty_check"
    __table_args__ = (sa.Index("ix_duty_check_live", "world", "live"),)
    centre: Mapped[str] = mapped_column(sa.String(32), index=True)
    asked_by: Mapped[str]
    on_behalf: Mapped[str | None]
    asked_at: Mapped[datetime]
    answer_by: Mapped[datetime]
    state: Mapped[str] = mapped_column(sa.String(8))
    how: Mapped[str | None] = mapped_column(sa.String(8))
    answered_by: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    reason: Mapped[dict[str, Any]]
    live: Mapped[bool]
