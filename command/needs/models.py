"""Rows of needs and of forces that checked in; who leads a force is sealed beside it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from command.core.store.db import Base, Identified, Owned, Worldly


class Need(Worldly, Identified, Owned, Base):
    """What is asked of society (需求公告). `live`: a draft, or published and not over."""

    __tablename__ = "need"
    __table_args__ = (
        sa.ForeignKeyConstraint(["world", "incident_id"], ["incident.world", "incident.id"]),
        sa.Index("ix_need_live", "world", "live", "centre"),
        sa.Index("ix_need_incident", "world", "incident_id"),
    )
    number: Mapped[str] = mapped_column(sa.String(64))
    centre: Mapped[str] = mapped_column(sa.String(32))
    incident_id: Mapped[str | None] = mapped_column(sa.String(36))
    incident_title: Mapped[str | None]
    skill: Mapped[str | None] = mapped_column(sa.String(32))
    what: Mapped[str]
    people: Mapped[int]
    village_code: Mapped[str | None] = mapped_column(sa.String(12))
    location: Mapped[dict[str, Any] | None]
    place: Mapped[str]
    bring: Mapped[str | None]
    until: Mapped[datetime]
    insurance: Mapped[str]
    safety: Mapped[str]
    contact_post: Mapped[str]
    drafted_by: Mapped[str]
    published_by: Mapped[dict[str, Any] | None]
    closed: Mapped[dict[str, Any] | None]
    state: Mapped[str] = mapped_column(sa.String(12))
    live: Mapped[bool]


class Force(Worldly, Identified, Owned, Base):
    """A social force that checked in. `live`: people of it are here, or are not accounted for."""

    __tablename__ = "force"
    __table_args__ = (
        sa.ForeignKeyConstraint(["world", "incident_id"], ["incident.world", "incident.id"]),
        sa.ForeignKeyConstraint(["world", "need_id"], ["need.world", "need.id"]),
        sa.Index("ix_force_live", "world", "live", "centre"),
        sa.Index("ix_force_incident", "world", "incident_id"),
    )
    number: Mapped[str] = mapped_column(sa.String(64))
    centre: Mapped[str] = mapped_column(sa.String(32))
    incident_id: Mapped[str | None] = mapped_column(sa.String(36))
    incident_title: Mapped[str | None]
    need_id: Mapped[str | None] = mapped_column(sa.String(36))
    organisation: Mapped[str]
    person: Mapped[dict[str, Any] | None]
    headcount: Mapped[int]
    skills: Mapped[list[Any]]
    equipment: Mapped[str | None]
    vehicles: Mapped[str | None]
    arrived_at: Mapped[datetime]
    arrived_where: Mapped[str]
    channel: Mapped[str | None]
    entered_by: Mapped[str]
    reminded_at: Mapped[datetime | None]
    assigned: Mapped[dict[str, Any] | None]
    counts: Mapped[list[Any]]
    missing: Mapped[int]
    declined: Mapped[dict[str, Any] | None]
    state: Mapped[str] = mapped_column(sa.String(12))
    live: Mapped[bool]


class ForcePerson(Worldly, Base):
    """Who leads a force, by name and number, sealed; the journal holds its id and a salted commitment only (RULES 8)."""

    __tablename__ = "force_person"
    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True)
    force_id: Mapped[str] = mapped_column(sa.String(36), index=True)
    salt: Mapped[bytes]
    sealed: Mapped[bytes]
