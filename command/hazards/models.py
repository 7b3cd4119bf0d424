"""Rows of hazards: the hazard, its private half, which photos and incidents hang on it, drafts of what needs a signature."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from command.core.store import spatial
from command.core.store.db import Base, Identified, Json, Owned, Worldly
from command.core.store.spatial import point_column


class Hazard(Worldly, Identified, Owned, Base):
    """One hazard. `centre` is its home centre; `level` is as a person graded it; `live`: it is in the loop (a watched danger
    point stands in the register and not in the list of what is to be done)."""

    __tablename__ = "hazard"
    number: Mapped[str] = mapped_column(sa.String(48))
    type: Mapped[str] = mapped_column(sa.String(16))
    item: Mapped[str | None] = mapped_column(sa.String(24))
    title: Mapped[str]
    state: Mapped[str] = mapped_column(sa.String(16))
    level: Mapped[str | None] = mapped_column(sa.String(8))
    lec: Mapped[Any | None] = mapped_column(Json)
    criteria: Mapped[list[Any]]
    standard: Mapped[str | None]
    basis: Mapped[str | None]
    location: Mapped[Any | None] = mapped_column(point_column())
    village_code: Mapped[str | None] = mapped_column(sa.String(12))
    place_text: Mapped[str | None]
    centre: Mapped[str] = mapped_column(sa.String(32))
    to_confirm: Mapped[bool]
    proposed_centre: Mapped[str | None] = mapped_column(sa.String(32))
    description: Mapped[str | None]
    threatened: Mapped[int | None]
    found_at: Mapped[datetime]
    received_at: Mapped[datetime]
    found_by: Mapped[str]
    found_centre: Mapped[str] = mapped_column(sa.String(32))
    source: Mapped[str] = mapped_column(sa.String(16))
    reporter: Mapped[Any | None] = mapped_column(Json)
    duties: Mapped[dict[str, Any]]
    lead: Mapped[str | None] = mapped_column(sa.String(12))
    duty: Mapped[str | None]
    measure: Mapped[str | None]
    fund: Mapped[str | None]
    plan: Mapped[str | None]
    deadline: Mapped[datetime | None]
    interim: Mapped[list[Any]]
    signed: Mapped[list[Any]]
    extensions: Mapped[list[Any]]
    acceptance: Mapped[Any | None] = mapped_column(Json)
    lookback: Mapped[Any | None] = mapped_column(Json)
    watch: Mapped[Any | None] = mapped_column(Json)
    photos: Mapped[list[Any]]
    incidents: Mapped[list[Any]]
    climb: Mapped[Any | None] = mapped_column(Json)
    recurred: Mapped[int]
    closed_at: Mapped[datetime | None]
    closed_how: Mapped[str | None] = mapped_column(sa.String(16))
    steps: Mapped[list[Any]]
    times: Mapped[dict[str, Any]]
    source_id: Mapped[str | None] = mapped_column(sa.String(120), index=True)
    synthetic: Mapped[bool]
    ahead: Mapped[bool]
    live: Mapped[bool]
    __table_args__ = (
        sa.Index(
            "ix_hazard_unplaced",
            "world",
            "state",
            sqlite_where=sa.text("location IS NULL"),
            postgresql_where=sa.text("location IS NULL"),
        ),
        # in the order of lists, so that a page of few among many is found without walking over all
        sa.Index("ix_hazard_state", "world", "state", "id"),
        sa.Index("ix_hazard_centre", "world", "centre", "id"),
        sa.Index("ix_hazard_live", "world", "live", "id"),
        sa.Index("ix_hazard_number", "world", "number", "id"),
        sa.Index("ix_hazard_village", "world", "village_code", "id"),
        sa.Index("ix_hazard_deadline", "world", "deadline", "id"),
        # what is to be done by its date, with all that is counted, so that counting reads no row; what has no date by its find
        sa.Index("ix_hazard_todo", "world", "live", "deadline", "id", "state", "level", "centre", "type"),
        sa.Index("ix_hazard_undated", "world", "live", "deadline", "found_at", "id"),
    )


spatial.findable(Hazard, among=("world",))


class HazardPhoto(Worldly, Base):
    """Which hazard carries a picture: found by the picture's name, derived from the records."""

    __tablename__ = "hazard_photo"
    name: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    hazard_id: Mapped[str] = mapped_column(sa.String(36), primary_key=True)
    __table_args__ = (sa.ForeignKeyConstraint(["world", "hazard_id"], ["hazard.world", "hazard.id"]),)


class HazardIncident(Worldly, Base):
    """Which hazards and incidents are linked: found from either side, derived from the hazards' records."""

    __tablename__ = "hazard_incident"
    incident_id: Mapped[str] = mapped_column(sa.String(36), primary_key=True)
    hazard_id: Mapped[str] = mapped_column(sa.String(36), primary_key=True)
    __table_args__ = (sa.ForeignKeyConstraint(["world", "hazard_id"], ["hazard.world", "hazard.id"]),)


class HazardPerson(Worldly, Identified, Base):
    """Who reported a hazard, or who watches it: sealed under the hazard's own key, never in a record (RULES 8)."""

    __tablename__ = "hazard_person"
    hazard_id: Mapped[str] = mapped_column(sa.String(36), index=True)
    part: Mapped[str] = mapped_column(sa.String(12))
    sealed: Mapped[bytes]
    salt: Mapped[bytes]
    __table_args__ = (sa.ForeignKeyConstraint(["world", "hazard_id"], ["hazard.world", "hazard.id"]),)


class HazardKey(Worldly, Base):
    """The key that seals a hazard's private rows, itself sealed under the installation's secret."""

    __tablename__ = "hazard_key"
    hazard_id: Mapped[str] = mapped_column(sa.String(36), primary_key=True)
    sealed: Mapped[bytes]


class HazardCounter(Worldly, Base):
    """The last human number of a centre's day."""

    __tablename__ = "hazard_counter"
    home: Mapped[str] = mapped_column(sa.String(12), primary_key=True)
    centre: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    day: Mapped[str] = mapped_column(sa.String(8), primary_key=True)
    last: Mapped[int]


class Notice(Worldly, Identified, Owned, Base):
    """通报, 约谈 or 挂牌 as a draft: nothing until a person signs it by name."""

    __tablename__ = "hazard_notice"
    hazard_id: Mapped[str] = mapped_column(sa.String(36))
    hazard_number: Mapped[str] = mapped_column(sa.String(48))
    kind: Mapped[str] = mapped_column(sa.String(12))
    state: Mapped[str] = mapped_column(sa.String(8))
    addressee: Mapped[str]
    text: Mapped[str]
    centre: Mapped[str] = mapped_column(sa.String(32))
    drafted_by: Mapped[str]
    drafted_at: Mapped[datetime]
    signed_name: Mapped[str | None]
    signed_post: Mapped[str | None]
    signed_by: Mapped[str | None]
    signed_at: Mapped[datetime | None]
    reason: Mapped[str | None]
    live: Mapped[bool] = mapped_column(index=True)
    __table_args__ = (
        sa.ForeignKeyConstraint(["world", "hazard_id"], ["hazard.world", "hazard.id"]),
        sa.Index("ix_hazard_notice_hazard", "world", "hazard_id"),
    )


class RiskPoint(Identified, Owned, Base):
    """Where something could go wrong although nothing is wrong: a register of its own, in four colours, without a world."""

    __tablename__ = "risk_point"
    name: Mapped[str]
    type: Mapped[str] = mapped_column(sa.String(16))
    item: Mapped[str | None] = mapped_column(sa.String(24))
    colour: Mapped[str] = mapped_column(sa.String(8))
    lec: Mapped[Any | None] = mapped_column(Json)
    centre: Mapped[str] = mapped_column(sa.String(32), index=True)
    location: Mapped[Any | None] = mapped_column(point_column())
    village_code: Mapped[str | None] = mapped_column(sa.String(12))
    place_text: Mapped[str | None]
    harm: Mapped[str | None]
    controls: Mapped[str | None]
    control_level: Mapped[str] = mapped_column(sa.String(12))
    answers_centre: Mapped[str | None] = mapped_column(sa.String(32))
    answers: Mapped[str | None]
    synthetic: Mapped[bool]
    live: Mapped[bool] = mapped_column(index=True)


class Inspection(Worldly, Identified, Owned, Base):
    """A recurring inspection: where, what is looked at, how often, whose it is, and when the next round is due."""

    __tablename__ = "inspection"
    title: Mapped[str]
    centre: Mapped[str] = mapped_column(sa.String(32))
    assigned: Mapped[str] = mapped_column(sa.String(32))
    location: Mapped[Any | None] = mapped_column(point_column())
    place_text: Mapped[str | None]
    hazard_id: Mapped[str | None] = mapped_column(sa.String(36))
    risk_point_id: Mapped[str | None] = mapped_column(sa.String(36))
    checklist: Mapped[list[Any]]
    every_days: Mapped[int]
    next_due: Mapped[datetime]
    last_at: Mapped[datetime | None]
    lapsed: Mapped[int]
    live: Mapped[bool] = mapped_column(index=True)


class Round(Worldly, Identified, Owned, Base):
    """One round of an inspection: who was there, when, with what proof, and what was found."""

    __tablename__ = "inspection_round"
    inspection_id: Mapped[str] = mapped_column(sa.String(36))
    at: Mapped[datetime]
    received_at: Mapped[datetime]
    by: Mapped[str]
    place: Mapped[dict[str, Any]]
    distance_m: Mapped[float | None]
    photo: Mapped[str] = mapped_column(sa.String(64), index=True)
    answers: Mapped[list[Any]]
    failed: Mapped[int]
    reason: Mapped[str | None]
    hazard_id: Mapped[str | None] = mapped_column(sa.String(36))
    ahead: Mapped[bool]
    live: Mapped[bool]
    __table_args__ = (
        sa.ForeignKeyConstraint(["world", "inspection_id"], ["inspection.world", "inspection.id"]),
        sa.Index("ix_inspection_round_inspection", "world", "inspection_id"),
    )
