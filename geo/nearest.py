"""The nearest of many moving points, within some tens of microseconds at ten thousand.

Points are kept as places in space on the WGS-84 ellipsoid, so that their order is that of true distance.
A tree answers; points moved since it was built are looked through one by one until they are too many.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from math import asin, cos, radians, sin, sqrt
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

K = TypeVar("K", bound=Hashable)

SEMI_MAJOR_M = 6_378_137.0
ECCENTRICITY_SQ = 0.006_694_379_990_141_317
MIN_LOOSE = 64
"""Moved points looked through one by one before the tree is built again; more where there are many points."""


class MovingPoints(Generic[K]):
    """Points by key that may be put, moved and dropped at any time; not for several threads at once."""

    def __init__(self) -> None:
        self._at: dict[K, tuple[float, float, float]] = {}
        self._loose: dict[K, int] = {}
        self._loose_keys: list[K] = []
        self._loose_xyz: NDArray[np.float64] = np.empty((MIN_LOOSE * 2, 3))
        self._in_tree: list[K | None] = []
        self._slot: dict[K, int] = {}
        self._tree: Any = None

    def __len__(self) -> int:
        return len(self._at)

    def __contains__(self, key: K) -> bool:
        return key in self._at

    def put(self, key: K, lon: float, lat: float) -> None:
        """Set where a point is now, in WGS-84 degrees."""
        place = self._at[key] = _in_space(lon, lat)
        row = self._loose.get(key)
        if row is None:
            self._leave_tree(key)
            row = self._loose[key] = len(self._loose_keys)
            self._loose_keys.append(key)
            if row == len(self._loose_xyz):
                self._loose_xyz = np.concatenate([self._loose_xyz, np.empty_like(self._loose_xyz)])
        self._loose_xyz[row] = place

    def drop(self, key: K) -> None:
        """Take a point out; harmless if it is not there."""
        if self._at.pop(key, None) is None:
            return
        self._leave_tree(key)
        row = self._loose.pop(key, None)
        if row is not None:
            last = self._loose_keys.pop()
            if last != key:
                self._loose_keys[row] = last
                self._loose[last] = row
                self._loose_xyz[row] = self._loose_xyz[len(self._loose_keys)]

    def nearest(
        self, lon: float, lat: float, k: int = 1, keep: Callable[[K], bool] | None = None
    ) -> list[tuple[K, float]]:
        """The k nearest points that `keep` accepts, nearest first, with metres; fewer if there are fewer."""
        if k < 1 or not self._at:
            return []
        if len(self._loose) > max(MIN_LOOSE, len(self._at) // 50):
            self._build()
        here = _in_space(lon, lat)
        found = self._from_loose(here, k, keep)
        found += self._from_tree(here, k, keep)
        found.sort(key=lambda row: row[0])
        return [(key, _along(chord)) for chord, key in found[:k]]

    def _leave_tree(self, key: K) -> None:
        slot = self._slot.pop(key, None)
        if slot is not None:
            self._in_tree[slot] = None

    def _build(self) -> None:
        from scipy.spatial import cKDTree

        keys: list[K] = list(self._at)
        self._tree = cKDTree(np.array(list(self._at.values())))
        self._in_tree = list(keys)
        self._slot = {key: i for i, key in enumerate(keys)}
        self._loose.clear()
        self._loose_keys.clear()

    def _from_loose(
        self, here: tuple[float, float, float], k: int, keep: Callable[[K], bool] | None
    ) -> list[tuple[float, K]]:
        if not self._loose:
            return []
        apart = self._loose_xyz[: len(self._loose_keys)] - here
        chords = np.sqrt((apart**2).sum(axis=1))
        out: list[tuple[float, K]] = []
        for i in np.argsort(chords, kind="stable"):
            key = self._loose_keys[i]
            if keep is None or keep(key):
                out.append((float(chords[i]), key))
                if len(out) == k:
                    break
        return out

    def _from_tree(
        self, here: tuple[float, float, float], k: int, keep: Callable[[K], bool] | None
    ) -> list[tuple[float, K]]:
        out: list[tuple[float, K]] = []
        # With a filter some will be passed over: asking for more at once costs less than asking again.
        size, seen, ask = len(self._in_tree), 0, k if keep is None else 8 * k
        while seen < size:
            ask = min(ask, size)
            chords, slots = self._tree.query(here, k=[1] if ask == 1 else ask)
            for chord, slot in zip(chords[seen:].tolist(), slots[seen:].tolist(), strict=True):
                key = self._in_tree[slot]
                if key is not None and (keep is None or keep(key)):
                    out.append((chord, key))
                    if len(out) == k:
                        return out
            seen, ask = ask, ask * 4
        return out


def _in_space(lon: float, lat: float) -> tuple[float, float, float]:
    phi, lam = radians(lat), radians(lon)
    normal = SEMI_MAJOR_M / sqrt(1.0 - ECCENTRICITY_SQ * sin(phi) ** 2)
    flat = normal * cos(phi)
    return flat * cos(lam), flat * sin(lam), normal * (1.0 - ECCENTRICITY_SQ) * sin(phi)


def _along(chord: float) -> float:
    """Metres along the ground of a straight chord through it."""
    return 2 * SEMI_MAJOR_M * asin(min(1.0, chord / (2 * SEMI_MAJOR_M)))
