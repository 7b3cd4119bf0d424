"""Areas: what every installation begins with, whose area a point lies in, and when a line may be taken as official."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

import sqlalchemy as sa
from shapely import count_coordinates, from_geojson, prepare
from shapely.errors import GEOSException
from shapely.geometry import Point, mapping, shape
from shapely.geometry.base import BaseGeometry
from sqlalchemy.orm import Session

from command.core import canonical, clock
from command.core.errors import Invalid
from command.core.kept import Kept
from command.places import register
from command.places.models import Area
from geo.crs import Crs, shape_to_wgs84

OPEN_SOURCE = "OpenStreetMap contributors (ODbL)"
OWN_SOURCE = "Fengsui: a partition of its own"
MOST_POINTS = 50_000
LEAST_INSIDE = 0.5
"""At least this part of a township lies in its county: with less, the file's coordinate system or code is wrong."""
MOST_SHARED = 0.01
"""Two official areas may share this part of the smaller one: lines of different scale never meet exactly."""


def found(session: Session, node: str) -> None:
    """Register the county's outline and the schematic cells where there is no area yet."""
    if session.get(Area, register.COUNTY) is not None:
        return
    outline = register.outline()
    centre = outline.representative_point()
    county = register.county()
    session.add(
        _row(node, county, None, "open", OPEN_SOURCE, outline, (round(centre.x, 4), round(centre.y, 4)))
    )
    for cell in register.cells():
        place = register.place(cell.code)
        assert place is not None
        session.add(_row(node, place, county.code, "schematic", OWN_SOURCE, cell.area, cell.anchor))


def _row(
    node: str,
    place: register.Place,
    parent: str | None,
    basis: str,
    source: str,
    area: BaseGeometry,
    anchor: tuple[float, float],
) -> Area:
    now = clock.real()
    return Area(
        id=place.code, home=node, term=0, n=0, version=1, created_at=now, updated_at=now,
        kind=place.kind, name=place.name, name_en=place.en, parent=parent, basis=basis, source=source,
        source_crs=Crs.WGS84.value, anchor=list(anchor), shape=geojson(area),
    )  # fmt: skip


AREA = cast(sa.Table, Area.__table__)
_OFFICIAL = (
    sa.select(AREA.c.id, sa.type_coerce(AREA.c.shape, sa.Text))
    .where(AREA.c.basis == "official")
    .order_by(AREA.c.id)
)


def _official(session: Session) -> list[tuple[str, BaseGeometry]]:
    found = [(code, from_geojson(text)) for code, text in session.connection().execute(_OFFICIAL)]
    for _, area in found:
        prepare(area)
    return found


OFFICIAL = Kept(Area, _official)


def official_at(session: Session, lon: float, lat: float) -> str | None:
    """The township whose official area a point lies in; None where only schematic cells are known. On a shared line the
    first by code, always the same."""
    at = Point(lon, lat)
    return next((code for code, area in OFFICIAL.get(session) if area.covers(at)), None)


def geojson(area: BaseGeometry) -> dict[str, Any]:
    """A shape as GeoJSON of plain lists: what is stored is what is told."""
    found: dict[str, Any] = canonical.load(canonical.dump(mapping(area)))
    return found


def checked(code: str, given: dict[str, Any], crs: Crs) -> BaseGeometry:
    """A township's official area in WGS-84, or Invalid with what is wrong with it."""
    place = register.township(code)
    if place is None:
        raise Invalid(f"{code}: there is no such township", zh=f"{code}：没有这个乡镇")
    area = shape_to_wgs84(_read(place.name, given), crs)
    inside = area.intersection(register.outline()).area / area.area
    if inside < LEAST_INSIDE:
        raise Invalid(
            f"{place.en}: only {inside:.0%} of it lies in the county: look at the coordinate system (--crs) and the code",
            zh=f"{place.name}：只有 {inside:.0%} 在本县内，请核对坐标系与代码",
        )
    return area


def _read(name: str, given: dict[str, Any]) -> BaseGeometry:
    if given.get("type") not in ("Polygon", "MultiPolygon"):
        raise Invalid(f"{name}: not a Polygon or MultiPolygon", zh=f"{name}：不是面")
    try:
        area: BaseGeometry = shape(given)
        usable = area.is_valid and not area.is_empty and area.area > 0
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, GEOSException) as error:
        raise Invalid(f"{name}: no coordinates that can be read", zh=f"{name}：坐标无法读取") from error
    if not usable:
        raise Invalid(f"{name}: empty, or its line crosses itself", zh=f"{name}：面为空或边线自相交")
    west, south, east, north = area.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise Invalid(
            f"{name}: degrees are needed (longitude, latitude)",
            zh=f"{name}：须为经纬度（度），不能是投影坐标",
        )
    if count_coordinates(area) > MOST_POINTS:
        raise Invalid(
            f"{name}: more than {MOST_POINTS} points", zh=f"{name}：超过 {MOST_POINTS} 个点，请先简化"
        )
    return area


def refuse_overlaps(areas: dict[str, BaseGeometry]) -> None:
    """Two official areas over each other would give one point two homes."""
    known = sorted(areas.items())
    for at, (code, one) in enumerate(known):
        for other_code, other in known[at + 1 :]:
            shared = one.intersection(other).area
            if shared > MOST_SHARED * min(one.area, other.area):
                names = [_name(code), _name(other_code)]
                raise Invalid(
                    f"{names[0]} and {names[1]} lie over each other", zh=f"{names[0]}与{names[1]}互相重叠"
                )


def _name(code: str) -> str:
    place = register.place(code)
    return place.name if place else code


def parse_rows(rows: Iterable[Area]) -> dict[str, BaseGeometry]:
    """Shapes of rows by code."""
    return {row.id: shape(row.shape) for row in rows}
