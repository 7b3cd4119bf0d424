"""Rows of reports: what a centre owes of an incident, each report, each request for information from above."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from command.core.store.db import Base, Identified, Json, Owned, Worldly


class Reporting(Worldly, Identified, Owned, Base):
    """What one centre owes in reports of one incident: its clocks, what each recipient was told last and by how much that differs
    from the figures of now."""

    __tablename__ = "reporting"
    __table_args__ = (
        sa.UniqueConstraint("world", "incident_id", "centre"),
        sa.ForeignKeyConstraint(["world", "incident_id"], ["incident.world", "incident.id"]),
        sa.Index("ix_reporting_live", "world", "live"),
    )
    incident_id: Mapped[str] = mapped_column(sa.String(36))
    incident_number: Mapped[str] = mapped_column(sa.String(40))
    incident_title: Mapped[str]
    centre: Mapped[str] = mapped_column(sa.String(32))
    clocks: Mapped[list[Any]]
    also: Mapped[list[Any]]
    last: Mapped[dict[str, Any]]
    differs: Mapped[dict[str, Any]]
    live: Mapped[bool]


class Sitrep(Worldly, Identified, Owned, Base):
    """One report: of an incident, or of a shift in which there was nothing (nil). What was sent stands in `sent`, each time with
    its figures; an earlier wording that came back stands in `past`."""

    __tablename__ = "sitrep"
    __table_args__ = (
        sa.ForeignKeyConstraint(["world", "incident_id"], ["incident.world", "incident.id"]),
        sa.Index("ix_sitrep_incident", "world", "incident_id"),
        sa.Index("ix_sitrep_centre", "world", "centre", "live"),
    )
    number: Mapped[str] = mapped_column(sa.String(40))
    kind: Mapped[str] = mapped_column(sa.String(12))
    ordinal: Mapped[int]
    incident_id: Mapped[str | None] = mapped_column(sa.String(36))
    incident_number: Mapped[str | None] = mapped_column(sa.String(40))
    incident_title: Mapped[str | None]
    centre: Mapped[str] = mapped_column(sa.String(32))
    to: Mapped[list[Any]]
    state: Mapped[str] = mapped_column(sa.String(24))
    sections: Mapped[list[Any]]
    edited: Mapped[list[Any]]
    figures: Mapped[dict[str, Any]]
    figures_at: Mapped[datetime]
    base: Mapped[Any | None] = mapped_column(Json)
    changes: Mapped[dict[str, Any]]
    period: Mapped[Any | None] = mapped_column(Json)
    due_at: Mapped[datetime | None]
    steps: Mapped[list[Any]]
    reviewed: Mapped[Any | None] = mapped_column(Json)
    signed: Mapped[Any | None] = mapped_column(Json)
    sent: Mapped[list[Any]]
    past: Mapped[list[Any]]
    revision: Mapped[int]
    drafted_by: Mapped[str]
    drafted_by_id: Mapped[str] = mapped_column(sa.String(64))
    drafted_at: Mapped[datetime]
    live: Mapped[bool]


class SitrepCounter(Worldly, Base):
    """The last human number of a centre's day: `BS-<centre>-<yyyymmdd>-<nnn>` (RULES 41)."""

    __tablename__ = "sitrep_counter"
    home: Mapped[str] = mapped_column(sa.String(12), primary_key=True)
    centre: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    day: Mapped[str] = mapped_column(sa.String(8), primary_key=True)
    last: Mapped[int]


class InfoRequest(Worldly, Identified, Owned, Base):
    """Somebody rang and asked for information in the name of an office above: nothing is told before the office was called back
    on a number of ours. Who rang and the number he gave are sealed (`InfoCaller`)."""

    __tablename__ = "info_request"
    __table_args__ = (
        sa.ForeignKeyConstraint(["world", "incident_id"], ["incident.world", "incident.id"]),
        sa.Index("ix_info_request_incident", "world", "incident_id"),
    )
    incident_id: Mapped[str] = mapped_column(sa.String(36))
    centre: Mapped[str] = mapped_column(sa.String(32))
    office: Mapped[str]
    asks: Mapped[str]
    caller: Mapped[dict[str, Any]]
    known: Mapped[bool]
    state: Mapped[str] = mapped_column(sa.String(10))
    taken_by: Mapped[str]
    taken_at: Mapped[datetime]
    checked: Mapped[Any | None] = mapped_column(Json)
    live: Mapped[bool]


class InfoCaller(Worldly, Identified, Base):
    """Who rang, as he named himself, with the number he gave: sealed, never in a record (RULES 8)."""

    __tablename__ = "info_caller"
    __table_args__ = (
        sa.ForeignKeyConstraint(["world", "request_id"], ["info_request.world", "info_request.id"]),
    )
    request_id: Mapped[str] = mapped_column(sa.String(36))
    sealed: Mapped[bytes]
