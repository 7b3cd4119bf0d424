"""The tables of call-outs: the call-out, the list that each level works, each person to be woken."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from command.core.store.db import Base, Identified, Owned, Worldly


class Callout(Worldly, Identified, Owned, Base):
    """One call-out: for which warning or by hand why, which townships and villages, who opened and who ended it."""

    __tablename__ = "callout"
    number: Mapped[str] = mapped_column(sa.String(64))
    warning_id: Mapped[str | None] = mapped_column(sa.String(36))
    title: Mapped[dict[str, Any]]
    level: Mapped[str | None] = mapped_column(sa.String(8))
    reason: Mapped[str]
    areas: Mapped[list[Any]]
    centre: Mapped[str] = mapped_column(sa.String(32))
    opened_by: Mapped[str]
    opened_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(sa.String(12))
    ended_by: Mapped[str | None]
    ended_at: Mapped[datetime | None]
    ended_reason: Mapped[str | None]
    live: Mapped[bool]
    __table_args__ = (
        sa.Index("ix_callout_live", "world", "live"),
        sa.Index("ix_callout_warning", "world", "warning_id"),
    )


class CalloutList(Worldly, Identified, Owned, Base):
    """What one centre works: its people by count. `todo`: whose posts are not on it yet; `unnamed`: where nobody is named."""

    __tablename__ = "callout_list"
    callout_id: Mapped[str] = mapped_column(sa.String(36))
    centre: Mapped[str] = mapped_column(sa.String(32))
    name: Mapped[str]
    todo: Mapped[list[Any]]
    unnamed: Mapped[list[Any]]
    counts: Mapped[dict[str, Any]]
    live: Mapped[bool]
    __table_args__ = (
        sa.ForeignKeyConstraint(["world", "callout_id"], ["callout.world", "callout.id"]),
        sa.Index("ix_callout_list_live", "world", "live", "centre"),
        sa.Index("ix_callout_list_callout", "world", "callout_id"),
    )


class CalloutPerson(Worldly, Identified, Owned, Base):
    """One to be woken, by post and never by number: every attempt with its outcome, when it climbs next, how far it climbed.
    `state`, `tries` and the marks beside them follow from the attempts (folding.py)."""

    __tablename__ = "callout_person"
    callout_id: Mapped[str] = mapped_column(sa.String(36))
    list_id: Mapped[str] = mapped_column(sa.String(36))
    centre: Mapped[str] = mapped_column(sa.String(32))
    code: Mapped[str] = mapped_column(sa.String(32))
    place: Mapped[str]
    level: Mapped[str] = mapped_column(sa.String(12))
    post_id: Mapped[str] = mapped_column(sa.String(36))
    post: Mapped[str]
    holder: Mapped[str | None]
    lines: Mapped[list[Any]]
    superior: Mapped[dict[str, Any] | None]
    state: Mapped[str] = mapped_column(sa.String(12))
    tries: Mapped[int]
    acts: Mapped[list[Any]]
    differs: Mapped[bool]
    due_at: Mapped[datetime | None]
    listed_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    escalated_at: Mapped[datetime | None]
    door_at: Mapped[datetime | None]
    attempts: Mapped[list[Any]]
    sample: Mapped[dict[str, Any] | None]
    robo: Mapped[dict[str, Any] | None]
    wave: Mapped[str | None] = mapped_column(sa.String(40))
    __table_args__ = (
        sa.ForeignKeyConstraint(["world", "list_id"], ["callout_list.world", "callout_list.id"]),
        sa.Index("ix_callout_person_list", "world", "list_id", "due_at"),
        sa.Index("ix_callout_person_callout", "world", "callout_id"),
    )


class CalloutLine(Worldly, Base):
    """The number and the name of one who was put on a list by hand, sealed; gone with the call-out (RULES 8)."""

    __tablename__ = "callout_line"
    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True)
    callout_id: Mapped[str] = mapped_column(sa.String(36), index=True)
    salt: Mapped[bytes]
    sealed: Mapped[bytes]
    __table_args__ = (sa.ForeignKeyConstraint(["world", "callout_id"], ["callout.world", "callout.id"]),)
