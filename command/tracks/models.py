"""Rows of tracks: each track of an incident, opinion items, statements, families and care without a word of whom they concern;
and what is sealed of them, under keys of its own that can be destroyed (RULES 8)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from command.core.store.db import Base, Identified, Json, Owned, Worldly


def _of_incident(name: str, *more: Any) -> tuple[Any, ...]:
    return (
        sa.ForeignKeyConstraint(["world", "incident_id"], ["incident.world", "incident.id"]),
        sa.Index(f"ix_{name}_incident", "world", "incident_id"),
        *more,
    )


class Track(Worldly, Identified, Owned, Base):
    """One track of an incident: whose it is, until when, how it stands. A track nobody touched has no row: it is to do."""

    __tablename__ = "track"
    __table_args__ = _of_incident("track", sa.UniqueConstraint("world", "incident_id", "sort"))
    incident_id: Mapped[str] = mapped_column(sa.String(36))
    sort: Mapped[str] = mapped_column(sa.String(16))
    state: Mapped[str] = mapped_column(sa.String(8))
    owner_centre: Mapped[str | None] = mapped_column(sa.String(32))
    owner_post: Mapped[str | None]
    due_at: Mapped[datetime | None]
    note: Mapped[str | None]
    steps: Mapped[list[Any]]
    late_since: Mapped[datetime | None]


class Opinion(Worldly, Identified, Owned, Base):
    """Something said in public: where it was seen, what it claims, whether that is true, who answers it by when."""

    __tablename__ = "opinion"
    __table_args__ = _of_incident("opinion")
    incident_id: Mapped[str] = mapped_column(sa.String(36))
    seen_where: Mapped[str]
    url: Mapped[str | None]
    claim: Mapped[str]
    heat: Mapped[str] = mapped_column(sa.String(8))
    verdict: Mapped[str] = mapped_column(sa.String(8))
    answers_centre: Mapped[str | None] = mapped_column(sa.String(32))
    answers_post: Mapped[str | None]
    due_at: Mapped[datetime | None]
    seen_at: Mapped[datetime]
    noted_by: Mapped[str]
    state: Mapped[str] = mapped_column(sa.String(8))
    answer: Mapped[str | None]
    answered_by: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    late_since: Mapped[datetime | None]


class Statement(Worldly, Identified, Owned, Base):
    """A statement for the public. `figures`: what its words say; `differs`: where these are no longer the figures to report."""

    __tablename__ = "statement"
    __table_args__ = _of_incident("statement")
    number: Mapped[str] = mapped_column(sa.String(64))
    incident_id: Mapped[str] = mapped_column(sa.String(36))
    title: Mapped[str]
    text: Mapped[str]
    figures: Mapped[dict[str, Any]]
    unread: Mapped[list[Any]]
    revision: Mapped[int]
    past: Mapped[list[Any]]
    approvals: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(sa.String(12))
    reason: Mapped[str | None]
    differs: Mapped[list[Any]]
    stale_since: Mapped[datetime | None]
    published: Mapped[list[Any]]
    drafted_by: Mapped[str]
    drafted_by_id: Mapped[str] = mapped_column(sa.String(64))
    drafted_at: Mapped[datetime]


class Family(Worldly, Identified, Owned, Base):
    """A family and its one liaison, by number: every name is sealed. `notified`: 家属已告知, before which no name goes out."""

    __tablename__ = "family"
    __table_args__ = _of_incident("family", sa.UniqueConstraint("world", "incident_id", "number"))
    incident_id: Mapped[str] = mapped_column(sa.String(36))
    number: Mapped[int]
    centre: Mapped[str] = mapped_column(sa.String(32))
    person: Mapped[dict[str, Any]]
    told_at: Mapped[datetime | None]
    tellings: Mapped[list[Any]]
    notified: Mapped[Any | None] = mapped_column(Json)
    state: Mapped[str] = mapped_column(sa.String(8))
    late_since: Mapped[datetime | None]


class CareCase(Worldly, Identified, Owned, Base):
    """Psychological aid for one person: to which group he belongs, who cares, how often. Who he is and every note are sealed."""

    __tablename__ = "care_case"
    __table_args__ = _of_incident("care_case", sa.UniqueConstraint("world", "incident_id", "number"))
    incident_id: Mapped[str] = mapped_column(sa.String(36))
    number: Mapped[int]
    group: Mapped[str] = mapped_column("for_group", sa.String(8))
    person: Mapped[dict[str, Any]]
    carer: Mapped[str]
    carer_id: Mapped[str] = mapped_column(sa.String(64))
    colleague: Mapped[str | None]
    colleague_id: Mapped[str | None] = mapped_column(sa.String(64))
    sessions: Mapped[list[Any]]
    next_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(sa.String(8))
    late_since: Mapped[datetime | None]


class TrackSecret(Worldly, Identified, Base):
    """What is sealed: of a family its people, of a telling its words, of a care case its person, of a session its note."""

    __tablename__ = "track_secret"
    __table_args__ = (
        sa.ForeignKeyConstraint(["world", "incident_id"], ["incident.world", "incident.id"]),
        sa.Index("ix_track_secret_about", "world", "about"),
    )
    incident_id: Mapped[str] = mapped_column(sa.String(36))
    about: Mapped[str] = mapped_column(sa.String(36))
    part: Mapped[str] = mapped_column(sa.String(8))
    sort: Mapped[str] = mapped_column(sa.String(8))
    by_id: Mapped[str] = mapped_column(sa.String(64))
    sealed: Mapped[bytes]
    salt: Mapped[bytes]


class TrackKey(Worldly, Base):
    """The key of an incident's families, or of its care notes, itself sealed under the installation's secret."""

    __tablename__ = "track_key"
    incident_id: Mapped[str] = mapped_column(sa.String(36), primary_key=True)
    part: Mapped[str] = mapped_column(sa.String(8), primary_key=True)
    sealed: Mapped[bytes]
