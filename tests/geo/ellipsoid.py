"""The measure that distances are held to: PROJ's own on the WGS-84 ellipsoid, as PostGIS geography has it."""

from __future__ import annotations

from pyproj import Geod

WGS84 = Geod(ellps="WGS84")


def geodesic(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Metres on the ellipsoid."""
    _, _, length = WGS84.inv(lon1, lat1, lon2, lat2)
    return float(length)
