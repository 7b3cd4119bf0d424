"""Chinese coordinate systems at the edge: WGS-84 and CGCS2000, GCJ-02 (高德, 腾讯), BD-09 (百度).

Everything inside is WGS-84. CGCS2000 differs from it by centimetres and is taken as equal. GCJ-02 and BD-09
are the published approximations of the offset maps; outside the box in which the offset applies they are the
identity.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from shapely import transform
from shapely.geometry.base import BaseGeometry

Floats = NDArray[np.float64]
Shift = Callable[[Floats, Floats], tuple[Floats, Floats]]

# The offset applies inside this box (lon, lat), as the map services have it.
WEST, SOUTH, EAST, NORTH = 72.004, 0.8293, 137.8347, 55.8271
KRASOVSKY_A = 6_378_245.0
KRASOVSKY_EE = 0.006_693_421_622_965_943
BD_PI = np.pi * 3000.0 / 180.0
ROUNDS = 12
"""Fixed-point rounds of an inverse: the offset changes by under 1 % of a step, so 12 reach the last bit."""


class Crs(StrEnum):
    """The systems an import may name."""

    WGS84 = "wgs84"
    CGCS2000 = "cgcs2000"
    GCJ02 = "gcj02"
    BD09 = "bd09"


def to_wgs84(lon: float, lat: float, crs: Crs) -> tuple[float, float]:
    """A point given in some system, in WGS-84 degrees."""
    x, y = _to_wgs84(np.array([lon], float), np.array([lat], float), crs)
    return float(x[0]), float(y[0])


def from_wgs84(lon: float, lat: float, crs: Crs) -> tuple[float, float]:
    """A WGS-84 point in some system, for a map that is drawn in it."""
    x, y = _from_wgs84(np.array([lon], float), np.array([lat], float), crs)
    return float(x[0]), float(y[0])


def shape_to_wgs84(shape: BaseGeometry, crs: Crs) -> BaseGeometry:
    """A whole shape given in some system, in WGS-84."""
    if crs in (Crs.WGS84, Crs.CGCS2000):
        return shape

    def move(xy: Floats) -> Floats:
        return np.column_stack(_to_wgs84(xy[:, 0], xy[:, 1], crs))

    moved: BaseGeometry = transform(shape, move)
    return moved


def _from_wgs84(x: Floats, y: Floats, crs: Crs) -> tuple[Floats, Floats]:
    if crs is Crs.GCJ02:
        return _inside_only(_gcj, x, y)
    if crs is Crs.BD09:
        return _inside_only(lambda a, b: _bd(*_gcj(a, b)), x, y)
    return x, y


def _to_wgs84(x: Floats, y: Floats, crs: Crs) -> tuple[Floats, Floats]:
    if crs is Crs.GCJ02:
        return _undo(_gcj, x, y)
    if crs is Crs.BD09:
        return _undo(lambda a, b: _bd(*_gcj(a, b)), x, y)
    return x, y


def _in_box(x: Floats, y: Floats) -> NDArray[np.bool_]:
    inside: NDArray[np.bool_] = (x >= WEST) & (x <= EAST) & (y >= SOUTH) & (y <= NORTH)
    return inside


def _inside_only(shift: Shift, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    inside = _in_box(x, y)
    u, v = shift(x, y)
    return np.where(inside, u, x), np.where(inside, v, y)


def _undo(shift: Shift, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """The point whose shift is (x, y); whether the offset applied is judged at that point, not at (x, y)."""
    a, b = x.copy(), y.copy()
    for _ in range(ROUNDS):
        u, v = shift(a, b)
        a, b = a + (x - u), b + (y - v)
    inside = _in_box(a, b)
    return np.where(inside, a, x), np.where(inside, b, y)


def _gcj(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    x, y = lon - 105.0, lat - 35.0
    root = np.sqrt(np.abs(x))
    ripple = (20.0 * np.sin(6.0 * x * np.pi) + 20.0 * np.sin(2.0 * x * np.pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + ripple
    north += (20.0 * np.sin(y * np.pi) + 40.0 * np.sin(y / 3.0 * np.pi)) * 2.0 / 3.0
    north += (160.0 * np.sin(y / 12.0 * np.pi) + 320.0 * np.sin(y * np.pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + ripple
    east += (20.0 * np.sin(x * np.pi) + 40.0 * np.sin(x / 3.0 * np.pi)) * 2.0 / 3.0
    east += (150.0 * np.sin(x / 12.0 * np.pi) + 300.0 * np.sin(x / 30.0 * np.pi)) * 2.0 / 3.0
    phi = np.radians(lat)
    magic = 1.0 - KRASOVSKY_EE * np.sin(phi) ** 2
    meridian = KRASOVSKY_A * (1.0 - KRASOVSKY_EE) / magic**1.5
    parallel = KRASOVSKY_A / np.sqrt(magic) * np.cos(phi)
    return lon + np.degrees(east / parallel), lat + np.degrees(north / meridian)


def _bd(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    r = np.hypot(lon, lat) + 0.00002 * np.sin(lat * BD_PI)
    turn = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * BD_PI)
    return r * np.cos(turn) + 0.0065, r * np.sin(turn) + 0.006
