"""The nearest of many points that move: measured as columns, for what moves all the time no tree can be kept."""

from __future__ import annotations

from math import asin, cos, dist, radians, sin, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.distance import MEAN_RADIUS_M, metres_to_many

Columns = NDArray[np.float64]
Places = NDArray[np.intp]
SEMI_MAJOR_M, SQUARED_ECCENTRICITY = 6_378_137.0, 0.006_694_379_990_14
"""WGS-84."""
_DEGREE_M = radians(MEAN_RADIUS_M)
_SAMPLE, _FEW = 256, 16
_WIDEST = 3.0
"""Degrees around the place within which the flat measure is good to a thousandth."""
_FAR_M = 3_000_000.0
"""From here on the sphere is nearer the truth than a chord."""
_SURE = 0.985
"""What the flat measure may say too much (a hundredth: the ellipsoid, the curve), so that nothing nearer is passed over."""


def nearest(lon: float, lat: float, lons: Columns, lats: Columns, most: int) -> tuple[Places, Columns]:
    """The `most` nearest of many points to a place, in degrees WGS-84: (their places in the columns, metres along the ellipsoid),
    the nearest first; what has no position (nan) is none of them. Within 1,000 km the metres are good to two hundred-thousandths,
    beyond 3,000 km to six thousandths (the sphere's); the order is that of the geodesic but for what differs by less.

    All are measured on a plane, which takes microseconds for ten thousand; a sample says how near is near enough, and only what
    lies within that is measured well. Where that does not settle it, all are.
    """
    some, reach = _near_enough(lon, lat, lons, lats, most)
    if len(some) >= most:
        away = (_few if len(some) <= _FEW else _metres)(lon, lat, lons[some], lats[some])
        order = np.argsort(away, kind="stable")[:most]
        if away[order[-1]] <= reach:
            return some[order], away[order]
    return _of_all(lon, lat, lons, lats, most)


def _near_enough(lon: float, lat: float, lons: Columns, lats: Columns, most: int) -> tuple[Places, float]:
    """(who lies within a circle on the plane that should hold `most`, metres within which nobody else can lie)."""
    shrink = cos(radians(lat))
    step = max(1, len(lons) // _SAMPLE)
    sample = _squares(lon, lat, shrink, lons[::step], lats[::step])
    at = most // step * 2 + 3
    if at >= len(sample):
        return np.empty(0, np.intp), 0.0
    sample.partition(at)
    square = float(sample[at])
    wide = sqrt(square)  # nan where few have a position: then nothing lies within
    if not wide <= _WIDEST or abs(lat) + wide > 80 or abs(lon) + wide / shrink > 180:
        return np.empty(0, np.intp), 0.0
    # towards the pole a degree is narrower than at the place, towards the equator wider
    narrowest, widest = (cos(radians(abs(lat) + side)) / shrink for side in (wide, -wide))
    band = ((lats >= lat - wide) & (lats <= lat + wide)).nonzero()[0]  # few are left for what costs more
    squares = _squares(lon, lat, shrink, lons[band], lats[band])
    if len(band) > most:
        # nobody who is among the nearest lies farther on the plane than the last of them there, but for what the plane may err
        square = min(square, float(np.partition(squares, most - 1)[most - 1]) * widest / narrowest / _SURE**4)
    return band[squares <= square], wide * _DEGREE_M * _SURE * sqrt(narrowest)


def _squares(lon: float, lat: float, shrink: float, lons: Columns, lats: Columns) -> Columns:
    """Squared distances on the plane, in degrees of latitude."""
    across = lons - lon
    across *= shrink
    across *= across
    up = lats - lat
    up *= up
    across += up
    return across


def _metres(lon: float, lat: float, lons: Columns, lats: Columns) -> Columns:
    """Metres along the ellipsoid by the straight line through it, bent to an arc: there is no pole and no date line in space. The
    radius of the arc differs by direction and place by less than a hundredth, which within 1,000 km moves the length by some millionths.
    """
    x, y, z = _in_space(lons, lats)
    here_x, here_y, here_z = _in_space(np.float64(lon), np.float64(lat))
    chord = np.sqrt((x - here_x) ** 2 + (y - here_y) ** 2 + (z - here_z) ** 2)
    metres: Columns = 2 * MEAN_RADIUS_M * np.arcsin(np.minimum(chord / (2 * MEAN_RADIUS_M), 1.0))
    return metres


def _few(lon: float, lat: float, lons: Columns, lats: Columns) -> Columns:
    """The same for a handful, one by one: NumPy takes as long for five as for five hundred."""
    x, y, z = _point(lon, lat)
    return np.array(
        [
            2 * MEAN_RADIUS_M * asin(min(dist((x, y, z), _point(a, b)) / (2 * MEAN_RADIUS_M), 1.0))
            for a, b in zip(lons.tolist(), lats.tolist(), strict=True)
        ]
    )


def _point(lon: float, lat: float) -> tuple[float, float, float]:
    turned, risen = radians(lon), radians(lat)
    up = sin(risen)
    prime = SEMI_MAJOR_M / sqrt(1 - SQUARED_ECCENTRICITY * up * up)
    out = prime * cos(risen)
    return out * cos(turned), out * sin(turned), prime * (1 - SQUARED_ECCENTRICITY) * up


def _in_space(lons: Any, lats: Any) -> tuple[Any, Any, Any]:
    """Metres from the middle of the earth along the axes of WGS-84 (EPSG:4978), at height 0."""
    turned, risen = np.radians(lons), np.radians(lats)
    up = np.sin(risen)
    prime = SEMI_MAJOR_M / np.sqrt(1 - SQUARED_ECCENTRICITY * up * up)
    out = prime * np.cos(risen)
    return out * np.cos(turned), out * np.sin(turned), prime * (1 - SQUARED_ECCENTRICITY) * up


def _of_all(lon: float, lat: float, lons: Columns, lats: Columns, most: int) -> tuple[Places, Columns]:
    known = np.flatnonzero(~(np.isnan(lons) | np.isnan(lats)))
    away = _metres(lon, lat, lons[known], lats[known])
    far = away > _FAR_M
    away[far] = metres_to_many(lon, lat, lons[known[far]], lats[known[far]])
    order = np.argsort(away, kind="stable")[:most]
    return known[order], away[order]
