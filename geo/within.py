"""How deep inside areas points lie, or how far outside; circles as areas. Metres, in a plane that is true within a county."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import cos, pi, sin

import numpy as np
import shapely
from numpy.typing import ArrayLike
from shapely import Polygon, STRtree
from shapely.geometry.base import BaseGeometry

from geo.plane import Plane

CORNERS = 64


def circle(lon: float, lat: float, radius_m: float, corners: int = CORNERS) -> Polygon:
    """A circle (degrees WGS-84, metres) as a polygon around it: nowhere smaller, with 64 corners nowhere 0.13 % larger."""
    plane, out = Plane(lon, lat), radius_m / cos(pi / corners)
    turns = [2 * pi * (n % corners) / corners for n in range(corners + 1)]
    around = [(out * cos(turn), out * sin(turn)) for turn in turns]
    made: Polygon = plane.round(Polygon(around))
    return made


@dataclass(frozen=True)
class Areas:
    """Areas in degrees WGS-84, holes and all, that many points are asked against at once."""

    shapes: Sequence[BaseGeometry]

    @cached_property
    def plane(self) -> Plane:
        """Metres about the middle of them all."""
        west, south, east, north = shapely.total_bounds(list(self.shapes))
        return Plane((west + east) / 2, (south + north) / 2)

    @cached_property
    def _flat(self) -> list[BaseGeometry]:
        return [self.plane.flat(one) for one in self.shapes]

    @cached_property
    def _tree(self) -> STRtree:
        return STRtree(self._flat)

    def near(self, lons: ArrayLike, lats: ArrayLike, within_m: float) -> dict[int, dict[int, float]]:
        """point → area → metres outside of it (below 0: so deep inside), for those inside or at most so far from an area."""
        if not self.shapes:
            return {}
        points = np.atleast_1d(np.asarray(shapely.points(*self.plane.xy(lons, lats)), dtype=object))
        which, area = self._tree.query(points, predicate="dwithin", distance=within_m)
        flat = np.asarray(self._flat, dtype=object)[area]
        inside = shapely.intersects(flat, points[which])
        away = shapely.distance(shapely.boundary(flat), points[which])
        found: dict[int, dict[int, float]] = {}
        for point, one, metres in zip(which, area, np.where(inside, -away, away), strict=True):
            found.setdefault(int(point), {})[int(one)] = float(metres)
        return found

    def met(self, shape: BaseGeometry) -> list[int]:
        """The areas that a way or a place (degrees WGS-84) touches, in their order."""
        if not self.shapes:
            return []
        return sorted(int(one) for one in self._tree.query(self.plane.flat(shape), predicate="intersects"))
