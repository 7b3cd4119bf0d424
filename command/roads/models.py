"""Tables of roads: the register of road nets, and what is closed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from command.core.store.db import Base, Identified, Owned, Worldly


class RoadNet(Identified, Owned, Base):
    """A road net that was brought in: where it came from, what is in it. A register: without a world.

    The roads themselves are a file in DATA_DIR/roads, named by the digest of its content."""

    __tablename__ = "road_net"
    __table_args__ = (sa.Index("ix_road_net_live", "live"),)
    file: Mapped[str] = mapped_column(sa.String(64))
    source: Mapped[str]
    licence: Mapped[str]
    source_crs: Mapped[str] = mapped_column(sa.String(12))
    synthetic: Mapped[bool]
    counts: Mapped[dict[str, Any]]
    bounds: Mapped[list[Any]]
    taken_by: Mapped[str]
    taken_at: Mapped[datetime]
    replaces: Mapped[str | None] = mapped_column(sa.String(36))
    live: Mapped[bool]


class Closure(Worldly, Identified, Owned, Base):
    """A part of the roads that is closed: where (GeoJSON, WGS-84), why, from when until when, and for whom."""

    __tablename__ = "closure"
    __table_args__ = (sa.Index("ix_closure_live", "world", "live"),)
    centre: Mapped[str] = mapped_column(sa.String(32))
    cause: Mapped[str] = mapped_column(sa.String(16))
    reason: Mapped[str | None]
    shape: Mapped[dict[str, Any]]
    one_way: Mapped[bool]
    bars: Mapped[list[Any]]
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(sa.String(8))
    added_by: Mapped[str]
    lifted_by: Mapped[str | None]
    lifted_at: Mapped[datetime | None]
    lifted_reason: Mapped[str | None]
    live: Mapped[bool]
