"""Rows of incidents: the incident, each statement of a figure, each raw report, the private half of a caller."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from command.core.store.db import Base, Identified, Json, Owned, Worldly
from command.core.store.spatial import point_column


class Incident(Worldly, Identified, Owned, Base):
    """One incident. `centre` is its home centre; `level` is the legal level as a person set it, never derived."""

    __tablename__ = "incident"
    number: Mapped[str] = mapped_column(sa.String(40))
    kind: Mapped[str] = mapped_column(sa.String(32))
    title: Mapped[str]
    state: Mapped[str] = mapped_column(sa.String(16))
    level: Mapped[str | None] = mapped_column(sa.String(4))
    life_risk: Mapped[str] = mapped_column(sa.String(10))
    location: Mapped[Any | None] = mapped_column(point_column())
    village_code: Mapped[str | None] = mapped_column(sa.String(12))
    place_text: Mapped[str | None]
    centre: Mapped[str] = mapped_column(sa.String(32))
    opened_by: Mapped[str] = mapped_column(sa.String(32))
    to_confirm: Mapped[bool]
    proposed_centre: Mapped[str | None] = mapped_column(sa.String(32))
    description: Mapped[str | None]
    occurred_at: Mapped[datetime]
    received_at: Mapped[datetime]
    source: Mapped[str | None]
    caller: Mapped[dict[str, Any] | None]
    casualties: Mapped[dict[str, Any]]
    figures: Mapped[dict[str, Any]]
    level_suggested: Mapped[dict[str, Any]]
    dangerous: Mapped[bool]
    loss_wan: Mapped[float | None]
    area_ha: Mapped[float | None]
    magnitude: Mapped[float | None]
    extra: Mapped[dict[str, Any]]
    dangers: Mapped[list[Any]]
    on_scene: Mapped[dict[str, Any] | None]
    merged_into: Mapped[str | None] = mapped_column(sa.String(36))
    merged_from: Mapped[list[Any]]
    shares: Mapped[list[Any]]
    command: Mapped[Any | None] = mapped_column(Json)
    road: Mapped[Any | None] = mapped_column(Json)
    late_window: Mapped[Any | None] = mapped_column(Json)
    report_changed: Mapped[Any | None] = mapped_column(Json)
    times: Mapped[dict[str, Any]]
    ahead: Mapped[bool]
    live: Mapped[bool] = mapped_column(index=True)


class Figure(Worldly, Identified, Owned, Base):
    """One statement of one casualty number: who says what, as of when. Competing statements stand side by side."""

    __tablename__ = "figure"
    incident_id: Mapped[str] = mapped_column(sa.String(36))
    came_from: Mapped[str | None] = mapped_column(sa.String(36))
    field: Mapped[str] = mapped_column(sa.String(12))
    value: Mapped[int]
    as_of: Mapped[datetime]
    source: Mapped[str | None]
    confirmed: Mapped[bool]
    chosen: Mapped[bool]
    beyond: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    by: Mapped[str]
    at: Mapped[datetime]
    __table_args__ = (
        sa.ForeignKeyConstraint(["world", "incident_id"], ["incident.world", "incident.id"]),
        sa.Index("ix_figure_incident", "world", "incident_id"),
    )


class RawReport(Worldly, Identified, Owned, Base):
    """What somebody said, as it was said; never edited."""

    __tablename__ = "raw_report"
    incident_id: Mapped[str] = mapped_column(sa.String(36))
    came_from: Mapped[str | None] = mapped_column(sa.String(36))
    text: Mapped[str]
    source: Mapped[str | None]
    at: Mapped[datetime]
    received_at: Mapped[datetime]
    by: Mapped[str]
    casualties: Mapped[Any | None] = mapped_column(Json)
    location: Mapped[Any | None] = mapped_column(Json)
    ahead: Mapped[bool]
    caller: Mapped[Any | None] = mapped_column(Json)
    photo: Mapped[str | None] = mapped_column(sa.String(64), index=True)
    __table_args__ = (
        sa.ForeignKeyConstraint(["world", "incident_id"], ["incident.world", "incident.id"]),
        sa.Index("ix_raw_report_incident", "world", "incident_id"),
    )


class Caller(Worldly, Identified, Base):
    """Who called: sealed under the incident's own key, never in a record, erasable with that key (RULES 8)."""

    __tablename__ = "caller"
    incident_id: Mapped[str] = mapped_column(sa.String(36))
    sealed: Mapped[bytes]
    salt: Mapped[bytes]
    __table_args__ = (sa.ForeignKeyConstraint(["world", "incident_id"], ["incident.world", "incident.id"]),)


class IncidentKey(Worldly, Base):
    """The key that seals an incident's private rows, itself sealed under the installation's secret."""

    __tablename__ = "incident_key"
    incident_id: Mapped[str] = mapped_column(sa.String(36), primary_key=True)
    sealed: Mapped[bytes]


class Counter(Worldly, Base):
    """The last human number of a centre's day: `<centre>-<yyyymmdd>-<nnn>`, counted per home and world (RULES 41)."""

    __tablename__ = "counter"
    home: Mapped[str] = mapped_column(sa.String(12), primary_key=True)
    centre: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    day: Mapped[str] = mapped_column(sa.String(8), primary_key=True)
    last: Mapped[int]


class Drawing(Worldly, Identified, Owned, Base):
    """What somebody drew on the map of an incident: a GeoJSON shape and its words. Put away, it stays for whoever takes that back."""

    __tablename__ = "drawing"
    incident_id: Mapped[str] = mapped_column(sa.String(36))
    kind: Mapped[str] = mapped_column(sa.String(8))
    shape: Mapped[dict[str, Any]]
    text: Mapped[str | None]
    by: Mapped[str]
    by_id: Mapped[str] = mapped_column(sa.String(64))
    at: Mapped[datetime]
    live: Mapped[bool]
    __table_args__ = (
        sa.ForeignKeyConstraint(["world", "incident_id"], ["incident.world", "incident.id"]),
        sa.Index("ix_drawing_incident", "world", "incident_id"),
    )
