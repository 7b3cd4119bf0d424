"""The table of danger areas."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from command.core.store.db import Base, Identified, Owned, Worldly


class DangerArea(Worldly, Identified, Owned, Base):
    """An area that warns those who enter: where (GeoJSON, WGS-84; `point` and `radius_m` where it was given as a circle), of which
    sort, why, of which incident or centre, from when, until when it is thought to last, and who lifted it."""

    __tablename__ = "danger_area"
    __table_args__ = (
        sa.ForeignKeyConstraint(["world", "incident_id"], ["incident.world", "incident.id"]),
        sa.Index("ix_danger_area_live", "world", "live"),
        sa.Index("ix_danger_area_incident", "world", "incident_id"),
    )
    sort: Mapped[str] = mapped_column(sa.String(12))
    reason: Mapped[str]
    advice: Mapped[str | None]
    shape: Mapped[dict[str, Any]]
    point: Mapped[dict[str, Any] | None]
    radius_m: Mapped[int | None]
    incident_id: Mapped[str | None] = mapped_column(sa.String(36))
    centre: Mapped[str] = mapped_column(sa.String(32))
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(sa.String(8))
    declared_by: Mapped[str]
    declared_at: Mapped[datetime]
    changed_by: Mapped[str | None]
    lifted_by: Mapped[str | None]
    lifted_at: Mapped[datetime | None]
    lifted_reason: Mapped[str | None]
    live: Mapped[bool]
