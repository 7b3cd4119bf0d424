"""How far and which way: metres and bearings between WGS-84 points given as lon, lat in degrees."""

from __future__ import annotations

from math import asin, atan2, cos, degrees, hypot, radians, sin

import numpy as np
from numpy.typing import ArrayLike, NDArray

MEAN_RADIUS_M = 6_371_008.8
"""IUGG mean radius of the Earth."""


def metres(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Great-circle metres on the mean sphere (haversine); within 0.6 % of the ellipsoid anywhere."""
    p1, p2 = radians(lat1), radians(lat2)
    half = hypot(sin((p2 - p1) / 2), sin(radians(lon2 - lon1) / 2) * (cos(p1) * cos(p2)) ** 0.5)
    return 2 * MEAN_RADIUS_M * asin(min(1.0, half))


def metres_to_many(lon: float, lat: float, lons: ArrayLike, lats: ArrayLike) -> NDArray[np.float64]:
    """Great-circle metres from one point to each of many; same shape as the inputs."""
    p1, p2 = radians(lat), np.radians(np.asarray(lats, float))
    half_lat = np.sin((p2 - p1) / 2)
    half_lon = np.sin(np.radians(np.asarray(lons, float) - lon) / 2)
    square = half_lat**2 + cos(p1) * np.cos(p2) * half_lon**2
    arc: NDArray[np.float64] = 2 * MEAN_RADIUS_M * np.arcsin(np.sqrt(np.minimum(1.0, square)))
    return arc


def bearing(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Degrees clockwise from north, 0 ≤ b < 360, in which the second point is seen from the first."""
    p1, p2, dl = radians(lat1), radians(lat2), radians(lon2 - lon1)
    turn = atan2(sin(dl) * cos(p2), cos(p1) * sin(p2) - sin(p1) * cos(p2) * cos(dl))
    return degrees(turn) % 360.0 % 360.0  # twice: a tiny negative angle becomes 360.0 the first time
