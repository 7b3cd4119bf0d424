"""The table of kilometre posts."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from command.core.store.db import Base, Identified, Owned
from command.core.store.spatial import point_column


class RoadPost(Identified, Owned, Base):
    """A kilometre post of a road, by the road's number. `basis`: surveyed (somebody was there, or a register says so) or
    interpolated (reckoned along the road's line between two that were); `within_m`: how far off it may be. A register."""

    __tablename__ = "road_post"
    __table_args__ = (sa.Index("ix_road_post_ref", "ref", "km"),)
    ref: Mapped[str] = mapped_column(sa.String(8))
    km: Mapped[float] = mapped_column(sa.Float(53))
    name: Mapped[str | None] = mapped_column(sa.String(40))
    location: Mapped[Any] = mapped_column(point_column())
    basis: Mapped[str] = mapped_column(sa.String(12))
    within_m: Mapped[float] = mapped_column(sa.Float(53))
    source: Mapped[str]
    source_crs: Mapped[str] = mapped_column(sa.String(12))
    live: Mapped[bool]
