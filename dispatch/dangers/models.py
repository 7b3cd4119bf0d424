"""The tables of entries into danger areas, and of who may be in them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from command.core.store.db import Base, Identified, Owned, Worldly


class DangerEntry(Worldly, Identified, Owned, Base):
    """One team in one danger area, from when it came in until it was out. At most one is live of a team and an area, whichever
    process of the node saw it first."""

    __tablename__ = "danger_entry"
    __table_args__ = (
        sa.ForeignKeyConstraint(["world", "area_id"], ["danger_area.world", "danger_area.id"]),
        sa.Index("ix_danger_entry_live", "world", "live"),
        sa.Index("ix_danger_entry_team", "world", "team_id", "live"),
        sa.Index("ix_danger_entry_area", "world", "area_id", "team_id"),
    )
    area_id: Mapped[str] = mapped_column(sa.String(36))
    team_id: Mapped[str] = mapped_column(sa.String(36))
    team_name: Mapped[str]
    centre: Mapped[str] = mapped_column(sa.String(32))
    area_centre: Mapped[str] = mapped_column(sa.String(32))
    sort: Mapped[str] = mapped_column(sa.String(12))
    reason: Mapped[str]
    advice: Mapped[dict[str, Any]]
    entered_at: Mapped[datetime]
    depth_m: Mapped[int]
    receipt_at: Mapped[datetime | None]
    receipt_by: Mapped[str | None]
    left_at: Mapped[datetime | None]
    why: Mapped[str | None] = mapped_column(sa.String(10))
    admitted_by: Mapped[str | None]
    live: Mapped[bool]


class DangerAdmission(Worldly, Identified, Owned, Base):
    """A team that may be in a danger area: sent in by name, with a reason. Its being there is recorded and is no alarm."""

    __tablename__ = "danger_admission"
    __table_args__ = (
        sa.ForeignKeyConstraint(["world", "area_id"], ["danger_area.world", "danger_area.id"]),
        sa.Index("ix_danger_admission_area", "world", "area_id", "team_id"),
        sa.Index("ix_danger_admission_live", "world", "live"),
    )
    area_id: Mapped[str] = mapped_column(sa.String(36))
    team_id: Mapped[str] = mapped_column(sa.String(36))
    team_name: Mapped[str]
    centre: Mapped[str] = mapped_column(sa.String(32))
    area_centre: Mapped[str] = mapped_column(sa.String(32))
    sort: Mapped[str] = mapped_column(sa.String(12))
    reason: Mapped[str]
    admitted_by: Mapped[str]
    admitted_at: Mapped[datetime]
    ended_by: Mapped[str | None]
    ended_at: Mapped[datetime | None]
    live: Mapped[bool]
