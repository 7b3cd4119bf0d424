"""GeoJSON in and out, and the gate for geometry that comes from outside.

What passes `from_geojson` is finite, inside lon/lat ranges, not empty, not crossing itself, and not too big.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import Any

from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

# Depth of the coordinate arrays: how many lists lie between `coordinates` and a position.
DEPTH = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
MAX_VERTICES = 10_000


class BadShape(ValueError):
    """Geometry that cannot be taken: why, in both languages, and where in the input."""

    def __init__(self, zh: str, en: str, where: str = "") -> None:
        super().__init__(f"{where}: {en}" if where else en)
        self.zh = zh
        self.en = en
        self.where = where


def from_geojson(
    given: object, kinds: Collection[str] = tuple(DEPTH), max_vertices: int = MAX_VERTICES
) -> BaseGeometry:
    """The shape of a GeoJSON geometry (WGS-84, lon first), heights dropped; BadShape if it is refused."""
    if not isinstance(given, Mapping):
        raise BadShape("须为 GeoJSON 几何对象", "must be a GeoJSON geometry object")
    kind = given.get("type")
    if not isinstance(kind, str) or kind not in DEPTH or kind not in kinds:
        raise BadShape(f"几何类型须为 {'、'.join(kinds)}", f"type must be one of {', '.join(kinds)}", "type")
    extra = set(given) - {"type", "coordinates", "bbox"}
    if extra:
        raise BadShape(
            "几何对象有多余的成员", f"unknown members: {', '.join(map(str, sorted(extra, key=str)))}"
        )
    budget = _Budget(max_vertices)
    coordinates = _clean(given.get("coordinates"), DEPTH[kind], "coordinates", budget)
    _check_parts(kind, coordinates)
    made: BaseGeometry = shape({"type": kind, "coordinates": coordinates})
    if not made.is_valid:
        raise BadShape("图形自相交或环不合法", explain_validity(made), "coordinates")
    return made


def point(given: object) -> tuple[float, float]:
    """The lon and lat of a GeoJSON Point. BadShape if it is not one."""
    lon, lat = from_geojson(given, kinds=("Point",), max_vertices=1).coords[0]
    return lon, lat


def to_geojson(made: BaseGeometry, digits: int = 6) -> dict[str, Any]:
    """A shape as a GeoJSON geometry; 6 digits of a degree are 11 cm."""
    given = mapping(made)
    return {"type": given["type"], "coordinates": _rounded(given["coordinates"], digits)}


class _Budget:
    def __init__(self, vertices: int) -> None:
        self.left = self.vertices = vertices

    def spend(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise BadShape(
                f"顶点不得超过 {self.vertices} 个", f"more than {self.vertices} vertices", "coordinates"
            )


def _clean(given: object, depth: int, where: str, budget: _Budget) -> Any:
    if not isinstance(given, (list, tuple)):
        raise BadShape("坐标须为数组", "must be an array of coordinates", where)
    if depth == 0:
        budget.spend()
        return _position(given, where)
    if not given:
        raise BadShape("坐标为空", "is empty", where)
    return [_clean(part, depth - 1, f"{where}[{i}]", budget) for i, part in enumerate(given)]


def _position(given: Collection[object], where: str) -> tuple[float, float]:
    if len(given) not in (2, 3):
        raise BadShape("位置须为 [经度, 纬度]", "a position is [lon, lat] or [lon, lat, height]", where)
    numbers = []
    for n in given:
        if isinstance(n, bool) or not isinstance(n, (int, float)):
            raise BadShape("坐标须为数字", "coordinates must be numbers", where)
        if isinstance(n, float) and not math.isfinite(n):
            raise BadShape("坐标须为有限数", "coordinates must be finite numbers", where)
        numbers.append(n)
    lon, lat = numbers[0], numbers[1]
    if not -180 <= lon <= 180:
        raise BadShape("经度须在 -180 到 180 之间", "longitude must lie between -180 and 180", where)
    if not -90 <= lat <= 90:
        raise BadShape("纬度须在 -90 到 90 之间", "latitude must lie between -90 and 90", where)
    return float(lon), float(lat)


def _check_parts(kind: str, coordinates: Any) -> None:
    if kind == "LineString":
        _check_line(coordinates, "coordinates")
    elif kind == "MultiLineString":
        for i, line in enumerate(coordinates):
            _check_line(line, f"coordinates[{i}]")
    elif kind == "Polygon":
        _check_rings(coordinates, "coordinates")
    elif kind == "MultiPolygon":
        for i, polygon in enumerate(coordinates):
            _check_rings(polygon, f"coordinates[{i}]")


def _check_line(line: list[tuple[float, float]], where: str) -> None:
    if len(set(line)) < 2:
        raise BadShape("线至少要两个不同的点", "a line needs two different positions", where)


def _check_rings(rings: list[list[tuple[float, float]]], where: str) -> None:
    for i, ring in enumerate(rings):
        if len(ring) < 4:
            raise BadShape("环至少要四个位置", "a ring needs four positions", f"{where}[{i}]")
        if ring[0] != ring[-1]:
            raise BadShape("环首尾须相同", "a ring must end where it began", f"{where}[{i}]")


def _rounded(given: Any, digits: int) -> Any:
    if isinstance(given, (int, float)):
        return round(float(given), digits)
    return [_rounded(part, digits) for part in given]
