"""Tables of positions: integers, because there are many. With SQLite they live in a file of their own (RULES 6)."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from command.core.store.db import Base, Worldly


class _Fixed:
    """A position: 1e-6 degrees WGS-84, milliseconds since 1970. `ahead`: the device's clock ran ahead of ours."""

    lon: Mapped[int]
    lat: Mapped[int]
    received_at: Mapped[int] = mapped_column(sa.BigInteger)
    speed: Mapped[float | None]
    heading: Mapped[float | None]
    accuracy: Mapped[float | None]
    ahead: Mapped[bool]


class Trail(Worldly, _Fixed, Base):
    """A team's way, thinned."""

    __tablename__ = "trail"
    team_id: Mapped[str] = mapped_column(sa.String(36), primary_key=True)
    at: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)


class TrailEnd(Worldly, _Fixed, Base):
    """Where a team was last, whether its trail keeps that point or not."""

    __tablename__ = "trail_end"
    team_id: Mapped[str] = mapped_column(sa.String(36), primary_key=True)
    at: Mapped[int] = mapped_column(sa.BigInteger)
