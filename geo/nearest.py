"""The nearest of many points that move: measured as columns, for what moves all the time no tree can be kept."""

from __future__ import annotations

from math import cos, radians, sqrt

import numpy as np
from numpy.typing import NDArray

from geo.distance import MEAN_RADIUS_M, metres_to_many

Columns = NDArray[np.float64]
Places = NDArray[np.intp]
SEMI_MAJOR_M, SQUARED_ECCENTRICITY = 6_378_137.0, 0.006_694_379_990_14
"""WGS-84."""
_DEGREE_M = radians(MEAN_RADIUS_M)
_SAMPLE = 256
_WIDEST = 3.0
"""Degrees around the place within which the flat measure is good to a thousandth."""
_WELL_M = 300_000.0
_SURE = 0.985
"""What the flat measure may say too much (a hundredth: the ellipsoid, the curve), so that nothing nearer is passed over."""


def nearest(lon: float, lat: float, lons: Columns, lats: Columns, most: int) -> tuple[Places, Columns]:
    """The `most` nearest of many points to a place, in degrees WGS-84: (their places in the columns, metres along the ellipsoid),
    the nearest first; what has no position (nan) is none of them. Within 300 km the metres are good to two ten-thousandths, beyond
    and near the poles to six thousandths (the sphere's); the order is that of the geodesic but for what differs by less.

    All are measured on a plane, which takes microseconds for ten thousand; a sample says how near is near enough, and only what
    lies within that is measured well. Where that does not settle it, all are.
    """
    some, reach = _near_enough(lon, lat, lons, lats, most)
    if len(some) >= most:
        away = _metres(lon, lat, lons[some], lats[some])
        order = np.argsort(away, kind="stable")[:most]
        if away[order[-1]] <= reach:
            return some[order], away[order]
    return _of_all(lon, lat, lons, lats, most)


def _near_enough(lon: float, lat: float, lons: Columns, lats: Columns, most: int) -> tuple[Places, float]:
    """(who lies within a circle on the plane that should hold `most`, metres within which nobody else can lie)."""
    shrink = cos(radians(lat))
    across = lons - lon
    across *= shrink
    across *= across
    up = lats - lat
    up *= up
    across += up
    step = max(1, len(lons) // _SAMPLE)
    sample = across[::step]
    at = most // step * 2 + 3
    if at >= len(sample):
        return np.empty(0, np.intp), 0.0
    square = float(np.partition(sample, at)[at])
    wide = sqrt(square)  # nan where few have a position: then nothing lies within
    if not wide <= _WIDEST or abs(lat) + wide > 80 or abs(lon) + wide / shrink > 180:
        return np.empty(0, np.intp), 0.0
    narrowest = (
        cos(radians(abs(lat) + wide)) / shrink
    )  # towards the pole a degree is narrower than at the place
    return np.flatnonzero(across <= square), wide * _DEGREE_M * _SURE * sqrt(narrowest)


def _metres(lon: float, lat: float, lons: Columns, lats: Columns) -> Columns:
    """Metres along the ellipsoid over some hundred kilometres: the radii of curvature half-way."""
    middle = np.radians((lats + lat) / 2)
    bent = 1 - SQUARED_ECCENTRICITY * np.sin(middle) ** 2
    prime = SEMI_MAJOR_M / np.sqrt(bent)
    up = np.radians(lats - lat) * prime * (1 - SQUARED_ECCENTRICITY) / bent
    across = np.radians(lons - lon) * prime * np.cos(middle)
    metres: Columns = np.hypot(across, up)
    return metres


def _of_all(lon: float, lat: float, lons: Columns, lats: Columns, most: int) -> tuple[Places, Columns]:
    known = np.flatnonzero(~(np.isnan(lons) | np.isnan(lats)))
    away = metres_to_many(lon, lat, lons[known], lats[known])
    flat = away <= _WELL_M
    if abs(lat) < 80 and abs(lon) < 175:
        away[flat] = _metres(lon, lat, lons[known[flat]], lats[known[flat]])
    order = np.argsort(away, kind="stable")[:most]
    return known[order], away[order]
