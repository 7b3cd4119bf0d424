"""The tables of warnings and of the CAP messages that they came by or went out as."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from command.core.store.db import Base, Identified, Owned, Worldly


class WarningRow(Worldly, Identified, Owned, Base):
    """A warning with all its updates: what, how grave, where, from when until when, from whom, what to beware of and to do.

    `area` is as it was said: names, division codes, a shape (GeoJSON or null); `struck` the townships that it meets. `pending` is an
    update that nobody has passed on yet; `checks` what the law asks for, with the post that answers for it."""

    __tablename__ = "warning"
    __table_args__ = (
        sa.Index("ix_warning_live", "world", "live"),
        sa.Index("ix_warning_identifier", "world", "identifier"),
    )
    identifier: Mapped[str]
    state: Mapped[str] = mapped_column(sa.String(12))
    relay: Mapped[bool]
    channel: Mapped[str] = mapped_column(sa.String(8))
    status: Mapped[str] = mapped_column(sa.String(8))
    scope: Mapped[str] = mapped_column(sa.String(10))
    source: Mapped[str] = mapped_column(sa.String(12))
    category: Mapped[str | None] = mapped_column(sa.String(24))
    event: Mapped[str]
    level: Mapped[str | None] = mapped_column(sa.String(8))
    start_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    area: Mapped[dict[str, Any]]
    struck: Mapped[list[Any]]
    texts: Mapped[dict[str, Any]]
    issuer: Mapped[str]
    issued_at: Mapped[datetime | None]
    centre: Mapped[str] = mapped_column(sa.String(32))
    entered_by: Mapped[str]
    entered_by_id: Mapped[str] = mapped_column(sa.String(36))
    signed: Mapped[list[Any]]
    pending: Mapped[dict[str, Any] | None]
    checks: Mapped[list[Any]]
    ended_at: Mapped[datetime | None]
    ended_how: Mapped[str | None] = mapped_column(sa.String(12))
    ended_reason: Mapped[str | None]
    live: Mapped[bool]


class CapMessage(Worldly, Identified, Owned, Base):
    """One CAP message as its own fields stand, that came in or that this house wrote; `passed_at`: since when it is in the feed."""

    __tablename__ = "cap_message"
    __table_args__ = (
        sa.ForeignKeyConstraint(["world", "warning_id"], ["warning.world", "warning.id"]),
        sa.UniqueConstraint("world", "sender", "identifier", "sent", name="uq_cap_message_of_sender"),
        sa.Index("ix_cap_message_identifier", "world", "identifier"),
        sa.Index("ix_cap_message_warning", "world", "warning_id"),
    )
    warning_id: Mapped[str] = mapped_column(sa.String(36))
    sender: Mapped[str]
    identifier: Mapped[str]
    sent: Mapped[datetime]
    out: Mapped[bool]
    alert: Mapped[dict[str, Any]]
    passed_at: Mapped[datetime | None]
    taken_at: Mapped[datetime]
    taken_by: Mapped[str]
    live: Mapped[bool]
