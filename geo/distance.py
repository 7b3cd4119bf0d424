"""How far and which way: metres and bearings between WGS-84 points given as lon, lat in degrees."""

from __future__ import annotations

from functools import cache
from math import asin, atan2, cos, degrees, hypot, isfinite, radians, sin
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    from pyproj import Geod

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


def geodesic(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Metres on the WGS-84 ellipsoid, as PostGIS geography has them."""
    _, _, length = _geod().inv(lon1, lat1, lon2, lat2)
    return float(length)


def bearing(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Degrees clockwise from north, 0 ≤ b < 360, in which the second point is seen from the first."""
    p1, p2, dl = radians(lat1), radians(lat2), radians(lon2 - lon1)
    turn = atan2(sin(dl) * cos(p2), cos(p1) * sin(p2) - sin(p1) * cos(p2) * cos(dl))
    return degrees(turn) % 360.0 % 360.0  # twice: a tiny negative angle becomes 360.0 the first time


def box_around(lon: float, lat: float, within_m: float) -> tuple[float, float, float, float]:
    """West, south, east, north of a box holding every point within so many metres.

    ValueError for a negative or infinite distance. Around a pole or the date line it spans all longitudes.
    """
    if not isfinite(within_m) or within_m < 0:
        raise ValueError("a distance in metres, not negative")
    arc = within_m * 1.006 / MEAN_RADIUS_M  # the ellipsoid is up to 0.6 % off the sphere
    south, north = lat - degrees(arc), lat + degrees(arc)
    if south <= -90 or north >= 90:
        return -180.0, max(south, -90.0), 180.0, min(north, 90.0)
    reach = degrees(asin(min(1.0, sin(arc) / cos(radians(lat)))))
    if lon - reach < -180 or lon + reach > 180:
        return -180.0, south, 180.0, north
    return lon - reach, south, lon + reach, north


@cache
def _geod() -> Geod:
    from pyproj import Geod

    return Geod(ellps="WGS84")
