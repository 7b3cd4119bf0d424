"""Imports on record: each run, what became of each row of it, and which thing a row of a source is. Registers, without a world."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from command.core.store.db import Base, Identified, Owned


class ImportRun(Identified, Owned, Base):
    """One file brought in. `taken` and `left` count its parts: those done, and those not yet taken back."""

    __tablename__ = "import_run"
    layer: Mapped[str] = mapped_column(sa.String(32), index=True)
    source: Mapped[str]
    crs: Mapped[str] = mapped_column(sa.String(12))
    file: Mapped[str]
    digest: Mapped[str] = mapped_column(sa.String(64))
    columns: Mapped[dict[str, Any]]
    by: Mapped[str] = mapped_column(sa.String(64))
    by_name: Mapped[str]
    state: Mapped[str] = mapped_column(sa.String(12))
    total: Mapped[int]
    made: Mapped[int]
    changed: Mapped[int]
    same: Mapped[int]
    refused: Mapped[int]
    flagged: Mapped[int]
    taken: Mapped[int]
    left: Mapped[int]
    ended_at: Mapped[datetime | None]
    live: Mapped[bool]


class ImportPart(Owned, Base):
    """One part of a run, done in one transaction; `rows` says what became of each."""

    __tablename__ = "import_part"
    id: Mapped[str] = mapped_column(sa.String(48), primary_key=True, sort_order=-19)
    run: Mapped[str] = mapped_column(sa.ForeignKey("import_run.id"), index=True)
    number: Mapped[int]
    rows: Mapped[list[Any]]
    undone: Mapped[bool]


class ImportLink(Base):
    """Which thing a row of a source is, as the last import that touched it left it; derived from the parts."""

    __tablename__ = "import_link"
    layer: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    source: Mapped[str] = mapped_column(sa.String(200), primary_key=True)
    source_id: Mapped[str] = mapped_column(sa.String(200), primary_key=True)
    thing: Mapped[str] = mapped_column(sa.String(64), index=True)
    run: Mapped[str] = mapped_column(sa.String(36), index=True)
    digest: Mapped[str] = mapped_column(sa.String(64))
    thing_version: Mapped[int]
