"""Rows of alarms."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from command.core.store.db import Base, Identified, Owned, Worldly


class Alarm(Worldly, Identified, Owned, Base):
    """One bundle: everything of one cause since it was raised. `rank` 1 is the gravest."""

    __tablename__ = "alarm"
    cause: Mapped[str] = mapped_column(sa.String(120), index=True)
    rank: Mapped[int]
    life_risk: Mapped[bool]
    title: Mapped[dict[str, Any]]
    detail: Mapped[dict[str, Any]]
    incident_id: Mapped[str | None] = mapped_column(sa.String(36))
    task_id: Mapped[str | None] = mapped_column(sa.String(36))
    team_id: Mapped[str | None] = mapped_column(sa.String(36))
    centre: Mapped[str | None] = mapped_column(sa.String(32))
    count: Mapped[int]
    raised_at: Mapped[datetime]
    last_at: Mapped[datetime]
    acknowledged_by: Mapped[str | None]
    acknowledged_at: Mapped[datetime | None]
    silenced_by: Mapped[str | None]
    cleared_at: Mapped[datetime | None]
    live: Mapped[bool] = mapped_column(index=True)
