"""Rows of response files: one for each edition of an incident's file, and how far it is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from command.core.store.db import Base, Identified, Json, Owned, Worldly


class ArchiveFile(Worldly, Identified, Owned, Base):
    """One edition of the response file. The file itself lies under DATA_DIR/archives, named by its id."""

    __tablename__ = "archive_file"
    __table_args__ = (
        sa.UniqueConstraint("world", "incident_id", "edition", name="uq_archive_file_edition"),
        sa.ForeignKeyConstraint(["world", "incident_id"], ["incident.world", "incident.id"]),
        sa.Index("ix_archive_file_state", "world", "state"),
    )
    incident_id: Mapped[str] = mapped_column(sa.String(36))
    incident_number: Mapped[str] = mapped_column(sa.String(40))
    centre: Mapped[str] = mapped_column(sa.String(32))
    edition: Mapped[int]
    state: Mapped[str] = mapped_column(sa.String(8))
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    upto: Mapped[int | None] = mapped_column(sa.BigInteger)
    done: Mapped[int]
    total: Mapped[int | None]
    made_at: Mapped[datetime | None]
    sha256: Mapped[str | None] = mapped_column(sa.String(64))
    size: Mapped[int | None] = mapped_column(sa.BigInteger)
    members: Mapped[int | None]
    key_id: Mapped[str | None] = mapped_column(sa.String(64))
    failed: Mapped[Any | None] = mapped_column(Json)
    live: Mapped[bool]
