"""The tables of evacuation. The register of zones has no world; what happens in an evacuation has."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from command.core.store.db import Base, Identified, Owned, Worldly


class EvacuationZone(Identified, Owned, Base):
    """A place whose people leave together (转移单元): a register of its own, without a world."""

    __tablename__ = "evacuation_zone"
    name: Mapped[str]
    sort: Mapped[str] = mapped_column(sa.String(12))
    centre: Mapped[str] = mapped_column(sa.String(32), index=True)
    village_code: Mapped[str | None] = mapped_column(sa.String(12))
    village: Mapped[str | None]
    shape: Mapped[dict[str, Any] | None]
    households: Mapped[int]
    people: Mapped[int]
    vulnerable: Mapped[int | None]
    counted_on: Mapped[str | None] = mapped_column(sa.String(10))
    responsible: Mapped[str]
    keeper: Mapped[dict[str, Any] | None]
    destination: Mapped[dict[str, Any]]
    route: Mapped[str | None]
    trigger: Mapped[str | None]
    kept_by: Mapped[str]
    synthetic: Mapped[bool]
    live: Mapped[bool] = mapped_column(index=True)


class ZoneKeeper(Base):
    """Who holds the post that answers for a zone, and their number, sealed; the register shows an id and a commitment only."""

    __tablename__ = "evacuation_zone_keeper"
    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True)
    zone_id: Mapped[str] = mapped_column(sa.ForeignKey("evacuation_zone.id"), index=True)
    salt: Mapped[bytes]
    sealed: Mapped[bytes]


class Evacuation(Worldly, Identified, Owned, Base):
    """An evacuation: why, by whose decisions, since when, and how it ended."""

    __tablename__ = "evacuation"
    __table_args__ = (
        sa.ForeignKeyConstraint(["world", "incident_id"], ["incident.world", "incident.id"]),
        sa.Index("ix_evacuation_live", "world", "live"),
    )
    number: Mapped[str] = mapped_column(sa.String(64))
    reason: Mapped[str]
    centre: Mapped[str] = mapped_column(sa.String(32))
    warning_id: Mapped[str | None] = mapped_column(sa.String(36))
    incident_id: Mapped[str | None] = mapped_column(sa.String(36))
    townships: Mapped[list[Any]]
    zones: Mapped[int]
    decided: Mapped[list[Any]]
    opened_by: Mapped[str]
    opened_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(sa.String(12))
    safe: Mapped[list[Any]]
    ended_by: Mapped[str | None]
    ended_at: Mapped[datetime | None]
    ended_reason: Mapped[str | None]
    kept_away: Mapped[bool]
    synthetic: Mapped[bool]
    live: Mapped[bool]


class Destination(Worldly, Identified, Owned, Base):
    """A place that a township's people are brought to."""

    __tablename__ = "evacuation_destination"
    __table_args__ = (
        sa.ForeignKeyConstraint(["world", "evacuation_id"], ["evacuation.world", "evacuation.id"]),
        sa.UniqueConstraint(
            "world", "evacuation_id", "centre", "name", name="uq_evacuation_destination_name"
        ),
    )
    evacuation_id: Mapped[str] = mapped_column(sa.String(36))
    name: Mapped[str]
    centre: Mapped[str] = mapped_column(sa.String(32))
    location: Mapped[dict[str, Any] | None]
    figures: Mapped[dict[str, Any]]
    chosen: Mapped[dict[str, Any]]
    named: Mapped[list[Any]]
    matched: Mapped[dict[str, Any] | None]
    live: Mapped[bool]


class EvacuatedZone(Worldly, Identified, Owned, Base):
    """A zone in an evacuation: as the register had it when it was opened, where its people go, how far it is."""

    __tablename__ = "evacuated_zone"
    __table_args__ = (
        sa.ForeignKeyConstraint(["world", "evacuation_id"], ["evacuation.world", "evacuation.id"]),
        sa.ForeignKeyConstraint(
            ["world", "destination_id"], ["evacuation_destination.world", "evacuation_destination.id"]
        ),
        sa.UniqueConstraint("world", "evacuation_id", "zone_id", name="uq_evacuated_zone_once"),
        sa.Index("ix_evacuated_zone_live", "world", "live", "centre"),
    )
    evacuation_id: Mapped[str] = mapped_column(sa.String(36))
    zone_id: Mapped[str] = mapped_column(sa.String(36))
    name: Mapped[str]
    sort: Mapped[str] = mapped_column(sa.String(12))
    centre: Mapped[str] = mapped_column(sa.String(32))
    village_code: Mapped[str | None] = mapped_column(sa.String(12))
    village: Mapped[str | None]
    households: Mapped[int]
    people: Mapped[int]
    vulnerable: Mapped[int | None]
    responsible: Mapped[str]
    route: Mapped[str | None]
    destination_id: Mapped[str] = mapped_column(sa.String(36))
    destination: Mapped[str]
    state: Mapped[str] = mapped_column(sa.String(12))
    safe: Mapped[dict[str, Any] | None]
    figures: Mapped[dict[str, Any]]
    chosen: Mapped[dict[str, Any]]
    named: Mapped[list[Any]]
    synthetic: Mapped[bool]
    live: Mapped[bool]


class EvacuationCount(Worldly, Identified, Owned, Base):
    """One statement of counts, of a zone or of a destination; it is never changed."""

    __tablename__ = "evacuation_count"
    __table_args__ = (
        sa.ForeignKeyConstraint(["world", "evacuation_id"], ["evacuation.world", "evacuation.id"]),
        sa.Index("ix_evacuation_count_zone", "world", "zone_id"),
        sa.Index("ix_evacuation_count_destination", "world", "destination_id"),
    )
    evacuation_id: Mapped[str] = mapped_column(sa.String(36))
    zone_id: Mapped[str | None] = mapped_column(sa.String(36))
    destination_id: Mapped[str | None] = mapped_column(sa.String(36))
    centre: Mapped[str] = mapped_column(sa.String(32))
    numbers: Mapped[dict[str, Any]]
    as_of: Mapped[datetime]
    source: Mapped[str]
    by_proxy: Mapped[dict[str, Any] | None]
    by: Mapped[str]
    at: Mapped[datetime]
    live: Mapped[bool]


class Refusal(Worldly, Identified, Owned, Base):
    """A household that will not go; what they said is in the private store."""

    __tablename__ = "evacuation_refusal"
    __table_args__ = (
        sa.ForeignKeyConstraint(["world", "zone_id"], ["evacuated_zone.world", "evacuated_zone.id"]),
        sa.Index("ix_evacuation_refusal_live", "world", "live", "centre"),
    )
    evacuation_id: Mapped[str] = mapped_column(sa.String(36))
    zone_id: Mapped[str] = mapped_column(sa.String(36))
    zone_name: Mapped[str]
    centre: Mapped[str] = mapped_column(sa.String(32))
    households: Mapped[int]
    people: Mapped[int]
    reason: Mapped[str] = mapped_column(sa.String(12))
    next_visit_at: Mapped[datetime | None]
    visitor: Mapped[str]
    visits: Mapped[list[Any]]
    words: Mapped[dict[str, Any] | None]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(sa.String(8))
    live: Mapped[bool]


class EvacuationKey(Worldly, Base):
    """The key that seals an evacuation's private rows, itself sealed under the installation's secret."""

    __tablename__ = "evacuation_key"
    evacuation_id: Mapped[str] = mapped_column(sa.String(36), primary_key=True)
    sealed: Mapped[bytes]


class EvacuationPerson(Worldly, Identified, Base):
    """Names of a zone, or what a household said: sealed."""

    __tablename__ = "evacuation_person"
    __table_args__ = (sa.Index("ix_evacuation_person_of", "world", "evacuation_id"),)
    evacuation_id: Mapped[str] = mapped_column(sa.String(36))
    about: Mapped[str] = mapped_column(sa.String(36))
    salt: Mapped[bytes]
    sealed: Mapped[bytes]
