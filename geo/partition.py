"""Dividing an area among points: each gets the part that is nearer to it than to any other."""

from __future__ import annotations

from collections.abc import Sequence

from shapely import MultiPoint, Point, Polygon, voronoi_polygons
from shapely.geometry.base import BaseGeometry


def divide(area: BaseGeometry, points: Sequence[tuple[float, float]]) -> list[BaseGeometry]:
    """The part of the area for each point, in the order of the points; together they are the area.

    Nearness is judged in the plane of the coordinates. ValueError for fewer than two or equal points.
    """
    if len(set(points)) != len(points) or len(points) < 2:
        raise ValueError("two or more different points are needed")
    cells = list(voronoi_polygons(MultiPoint(points), extend_to=area).geoms)
    return [_cell_of(Point(p), cells).intersection(area) for p in points]


def _cell_of(point: Point, cells: Sequence[BaseGeometry]) -> Polygon:
    for cell in cells:
        if isinstance(cell, Polygon) and cell.covers(point):
            return cell
    raise ValueError(f"no cell holds {point.wkt}")
