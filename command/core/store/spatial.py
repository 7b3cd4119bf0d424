"""Places in and out: GeoJSON at the door, geometry columns in the rows, distances in metres on both databases."""

from __future__ import annotations

import json
import struct
from math import cos, radians
from typing import Any, Literal, cast

import sqlalchemy as sa
from geoalchemy2 import Geometry
from geoalchemy2.elements import WKBElement, WKTElement
from pydantic import Field, field_validator
from sqlalchemy.orm import Session

from command.core.errors import Invalid
from command.core.faults import Wrong
from command.core.queries import Wish

SRID = 4326
WITH_SRID = 0x20000000
AXES = {"lat": "ST_Y", "lon": "ST_X"}
FARTHEST_M = 1_000_000.0
LEAST_DEGREE_M = 110_500.0
"""No degree of latitude is shorter on the ellipsoid, nor one of longitude on the equator."""
BOX = (
    "bbox: west,south,east,north in degrees, west ≤ east, south ≤ north",
    "bbox 须为 西,南,东,北（度），西不大于东，南不大于北",
)
NEAR = ("near: lon,lat in degrees", "near 须为 经度,纬度（度）")


def point_column() -> Geometry:
    """The type of a column that holds a point."""
    return Geometry("POINT", srid=SRID, spatial_index=True)


def findable(model: Any, name: str = "location", among: tuple[str, ...] = ()) -> None:
    """Let what lies near a place, or in a box, be found by an index on either database. Beside the column of points stand its
    longitude and latitude as plain numbers that the database itself derives; no row of Python knows them. An index on the points
    would not do: row-level security keeps PostgreSQL from using it, and SQLite's own goes by numbers of rows that a backup may change.
    `among`: columns that every question gives (`world`)."""
    table = cast(sa.Table, model.__table__)
    for axis, of in AXES.items():
        table.append_column(sa.Column(f"{name}_{axis}", sa.Float, sa.Computed(f"{of}({name})")))
    columns = (*among, *(f"{name}_{axis}" for axis in AXES))
    sa.Index(f"ix_{table.name}_{name}_found", *(table.c[one] for one in columns))


class Point(Wish):
    """A GeoJSON point: longitude and latitude in degrees, WGS-84 (≈ CGCS2000)."""

    type: Literal["Point"]
    coordinates: list[float] = Field(min_length=2, max_length=3)

    @field_validator("coordinates")
    @classmethod
    def _on_earth(cls, value: list[float]) -> list[float]:
        lon, lat = value[:2]
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            raise Wrong("longitude within ±180, latitude within ±90", "经度须在 ±180 之间，纬度须在 ±90 之间")
        return [lon, lat]


def stored(point: Point | None) -> WKTElement | None:
    """A point as the geometry column takes it."""
    if point is None:
        return None
    lon, lat = point.coordinates
    return WKTElement(f"POINT({lon!r} {lat!r})", srid=SRID)


def shown(geometry: Any) -> dict[str, Any] | None:
    """A geometry column's value as GeoJSON."""
    if geometry is None:
        return None
    if isinstance(geometry, WKTElement):
        lon, lat = geometry.data.removeprefix("POINT(").rstrip(")").split()
        return {"type": "Point", "coordinates": [float(lon), float(lat)]}
    assert isinstance(geometry, WKBElement)
    return {"type": "Point", "coordinates": list(_coordinates(geometry.data))}


def _coordinates(raw: Any) -> tuple[float, float]:
    """The two numbers of a point's extended WKB: a list of thousands of points is not made into thousands of shapes."""
    data = bytes.fromhex(raw) if isinstance(raw, str) else bytes(raw)
    order = "<" if data[0] else ">"
    (kind,) = struct.unpack_from(f"{order}I", data, 1)
    lon, lat = struct.unpack_from(f"{order}dd", data, 9 if kind & WITH_SRID else 5)
    return lon, lat


def geometry(column: Any) -> Any:
    """A geometry column's value as a shape of Shapely, None for none."""
    from geoalchemy2.shape import to_shape

    return None if column is None else to_shape(column)


def within_metres(
    session_or_dialect: Session | str, column: Any, lon: float, lat: float, metres: float
) -> sa.ColumnElement[bool]:
    """SQL: the column's place lies within so many metres, on the ellipsoid, never in degrees."""
    name = (
        session_or_dialect
        if isinstance(session_or_dialect, str)
        else session_or_dialect.get_bind().dialect.name
    )
    box = _box(lon, lat, metres)
    about = [in_box(column, *box)] if box is not None else []
    if name == "sqlite":
        here = sa.func.MakePoint(lon, lat, SRID)
        spheroid = 1  # else it measures on a sphere, off by up to half a metre in a hundred
        return sa.and_(*about, sa.func.PtDistWithin(column, here, metres, spheroid, type_=sa.Boolean) == 1)
    from geoalchemy2 import Geography

    there = sa.cast(sa.func.ST_SetSRID(sa.func.ST_MakePoint(lon, lat), SRID), Geography)
    return sa.and_(*about, sa.func.ST_DWithin(sa.cast(column, Geography), there, metres, type_=sa.Boolean))


def _box(lon: float, lat: float, metres: float) -> tuple[float, float, float, float] | None:
    """A box in degrees that holds all within so many metres; None where it would reach over a pole or the date line."""
    up = metres * 1.01 / LEAST_DEGREE_M
    farthest = max(abs(lat - up), abs(lat + up))
    if metres > FARTHEST_M or farthest > 80:
        return None
    aside = metres * 1.01 / (LEAST_DEGREE_M * cos(radians(farthest)))
    if lon - aside < -180 or lon + aside > 180:
        return None
    return lon - aside, lat - up, lon + aside, lat + up


def in_box(column: Any, west: float, south: float, east: float, north: float) -> sa.ColumnElement[bool]:
    """SQL: the column's point lies in the box (degrees)."""
    x, y = _axis(column, "lon"), _axis(column, "lat")
    return sa.and_(y.between(south, north), x.between(west, east))


def _axis(column: Any, axis: str) -> Any:
    """Its longitude or latitude: as it stands beside it where the table is `findable`, else taken out of it."""
    own = column.expression.table.c.get(f"{column.key}_{axis}")
    return getattr(sa.func, AXES[axis])(column, type_=sa.Float) if own is None else own


def parse_box(text: str) -> tuple[float, float, float, float]:
    """`west,south,east,north` as numbers, or Invalid."""
    west, south, east, north = numbers(text, 4, *BOX)
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise Invalid(BOX[0], zh=BOX[1])
    return west, south, east, north


def parse_near(text: str) -> tuple[float, float]:
    """`lon,lat` as numbers, or Invalid."""
    lon, lat = numbers(text, 2, *NEAR)
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise Invalid(NEAR[0], zh=NEAR[1])
    return lon, lat


def numbers(text: str, count: int, says: str, zh: str) -> tuple[float, ...]:
    """So many numbers with commas between, or Invalid with what should stand there."""
    try:
        found = tuple(float(json.loads(part)) for part in text.split(","))
    except (ValueError, TypeError, RecursionError):
        raise Invalid(says, zh=zh) from None
    if len(found) != count or not all(abs(one) < 1e6 for one in found):
        raise Invalid(says, zh=zh)
    return found
