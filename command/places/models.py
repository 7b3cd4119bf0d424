"""Administrative areas: a register, without a world. What is official, and what is only drawn, stands in every row."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from command.core.db import Base, Owned


class Area(Owned, Base):
    """The area of the county or of a township, named by its division code.

    `shape` is GeoJSON (Polygon or MultiPolygon, WGS-84): a county has a dozen, and the question "whose point is this" is
    answered in memory, so that both databases answer the same."""

    __tablename__ = "area"
    id: Mapped[str] = mapped_column(sa.String(32), primary_key=True, sort_order=-19)
    kind: Mapped[str] = mapped_column(sa.String(16))
    name: Mapped[str]
    name_en: Mapped[str]
    parent: Mapped[str | None] = mapped_column(sa.String(32))
    basis: Mapped[str] = mapped_column(sa.String(12))
    source: Mapped[str]
    source_crs: Mapped[str] = mapped_column(sa.String(12))
    anchor: Mapped[list[Any]]
    shape: Mapped[dict[str, Any]]
