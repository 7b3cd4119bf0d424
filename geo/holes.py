"""Areas with holes as areas without: for whoever can write no holes (CAP 1.2 has none)."""

from __future__ import annotations

from shapely.geometry import MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry

DIGITS = 6
"""Cuts lie on what is written: a millionth of a degree, a decimetre."""
SLIVER = 1e-11
"""Square degrees, a tenth of a square metre: what a rounded cut may leave of nothing."""


def cut_open(area: Polygon | MultiPolygon) -> list[Polygon]:
    """The same ground as polygons without holes, cut from north to south through each hole; lon/lat in degrees."""
    found: list[Polygon] = []
    waiting = list(area.geoms) if isinstance(area, MultiPolygon) else [area]
    while waiting:
        one = waiting.pop()
        if not one.interiors:
            found.append(one)
            continue
        west, south, east, north = one.bounds
        x = round(Polygon(one.interiors[0]).representative_point().x, DIGITS)
        for half in (box(west - 1, south - 1, x, north + 1), box(x, south - 1, east + 1, north + 1)):
            waiting += _polygons(one.intersection(half))
    return sorted(found, key=lambda one: one.bounds)


def _polygons(part: BaseGeometry) -> list[Polygon]:
    parts = getattr(part, "geoms", [part])
    return [one for one in parts if isinstance(one, Polygon) and one.area > SLIVER]
