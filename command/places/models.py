"""Administrative areas and named places: registers, without a world. What is official, what is only drawn, and where a point comes
from, stands in every row."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from command.core.store import spatial
from command.core.store.db import Base, Identified, Owned
from command.core.store.spatial import point_column


def _where(criterion: sa.TextClause) -> dict[str, Any]:
    return {"sqlite_where": criterion, "postgresql_where": criterion}


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


class NamedPlace(Identified, Owned, Base):
    """A place that people name: a mine, a reservoir, a school, a village's square. `aliases` are what they call it besides;
    `centre` is the township it lies in, where that is known; `pinyin` its syllables for those who type without an input method.
    `population` is how many live there as `population_source` counted them, of the day or year `population_on`; null: nobody said."""

    __tablename__ = "place"
    kind: Mapped[str] = mapped_column(sa.String(24), index=True)
    name: Mapped[str]
    aliases: Mapped[list[Any]]
    pinyin: Mapped[str]
    centre: Mapped[str | None] = mapped_column(sa.String(32), index=True)
    village_code: Mapped[str | None] = mapped_column(sa.String(12))
    location: Mapped[Any | None] = mapped_column(point_column())
    note: Mapped[str | None]
    source: Mapped[str]
    source_crs: Mapped[str] = mapped_column(sa.String(12))
    population: Mapped[int | None]
    population_on: Mapped[str | None] = mapped_column(sa.String(10))
    population_source: Mapped[str | None]
    live: Mapped[bool]
    __table_args__ = (
        # what has no point is counted, and villages are found by their code, without walking over all places
        sa.Index("ix_place_unplaced", "kind", **_where(sa.text("location IS NULL"))),
        sa.Index("ix_place_village", "kind", "village_code", **_where(sa.text("village_code IS NOT NULL"))),
    )


spatial.findable(NamedPlace)
