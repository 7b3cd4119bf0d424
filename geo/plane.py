"""A county as a plane in metres: near enough to the ground for what lies within some hundred kilometres of its middle."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from shapely import transform
from shapely.geometry.base import BaseGeometry

from geo.distance import MEAN_RADIUS_M

Floats = NDArray[np.float64]
METRES_A_DEGREE = radians(1) * MEAN_RADIUS_M


@dataclass(frozen=True)
class Plane:
    """Metres east and north of a middle (degrees WGS-84). Lengths are true at its latitude, and within 1 % a degree from it."""

    lon: float
    lat: float

    @property
    def _east(self) -> float:
        return METRES_A_DEGREE * cos(radians(self.lat))

    def xy(self, lon: ArrayLike, lat: ArrayLike) -> tuple[Floats, Floats]:
        """Degrees as metres."""
        return (np.asarray(lon, float) - self.lon) * self._east, (
            np.asarray(lat, float) - self.lat
        ) * METRES_A_DEGREE

    def degrees(self, x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
        """Metres as degrees (lon, lat)."""
        return np.asarray(x, float) / self._east + self.lon, np.asarray(y, float) / METRES_A_DEGREE + self.lat

    def flat(self, shape: BaseGeometry) -> Any:
        """A shape in degrees as one in metres."""
        return transform(shape, lambda at: np.column_stack(self.xy(at[:, 0], at[:, 1])))

    def round(self, shape: BaseGeometry) -> Any:
        """A shape in metres as one in degrees."""
        return transform(shape, lambda at: np.column_stack(self.degrees(at[:, 0], at[:, 1])))
