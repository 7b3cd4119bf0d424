"""The square of web maps: longitude and latitude to the unit square (x east, y south), and the tiles that divide it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LIMIT = 85.051_128_779_806_59
"""Degrees of latitude where the square ends; what lies beyond is drawn at its edge."""
DEEPEST = 24


def to_square(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Degrees to x and y from 0 to 1: the spherical projection of all web maps (EPSG:3857)."""
    sine = np.sin(np.radians(np.clip(lat, -LIMIT, LIMIT)))
    return lon / 360.0 + 0.5, 0.5 - np.log((1.0 + sine) / (1.0 - sine)) / (4.0 * np.pi)


def from_square(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """x and y from 0 to 1 to degrees."""
    return (x - 0.5) * 360.0, np.degrees(np.arctan(np.sinh((0.5 - y) * 2.0 * np.pi)))


def is_tile(z: int, x: int, y: int) -> bool:
    """Whether there is such a tile."""
    return 0 <= z <= DEEPEST and 0 <= x < 1 << z and 0 <= y < 1 << z


def bounds(z: int, x: int, y: int, buffer: float = 0.0) -> tuple[float, float, float, float]:
    """West, north, east, south of a tile in the unit square (north < south), with a buffer in parts of its side."""
    side = 1.0 / (1 << z)
    return (x - buffer) * side, (y - buffer) * side, (x + 1 + buffer) * side, (y + 1 + buffer) * side
