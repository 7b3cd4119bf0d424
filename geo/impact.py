"""What lies in the way: which of many things lie within a zone or nearest beyond it, how far away; and how many people live
there, as counts that are added only once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from math import cos, radians
from typing import Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely import Point, STRtree
from shapely.geometry.base import BaseGeometry

from geo.grown import Grown

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
Shapes = Sequence[BaseGeometry] | NDArray[Any]
SEMI_MAJOR_M = 6_378_137.0
ECCENTRICITY_SQ = 0.006_694_379_990_141_317
SLACK = 1.01
"""A box is asked a little wider than the distance that decides."""
LEAST_DEGREE_M = 110_500.0
"""No degree of latitude is shorter on the ellipsoid, nor one of longitude on the equator."""
FIRST_M, WIDER = 500.0, 4.0
"""How far is looked at first, and how many times as far next where too few were found."""
LEAST_LOOSE = 500
"""Things beside the tree that are looked through one by one before it is made again; more where there are many."""


@dataclass(frozen=True)
class Around:
    """Metres east and north of a middle, on the ellipsoid: distances from the middle are true within 1 in 10,000 up to 60 km;
    those between two places that far from it, within 1 %."""

    lon: float
    lat: float

    def xy(self, lon: ArrayLike, lat: ArrayLike) -> tuple[Floats, Floats]:
        """Degrees as metres."""
        lons, lats = np.asarray(lon, float), np.asarray(lat, float)
        middle = np.radians((lats + self.lat) / 2)
        bent = 1 - ECCENTRICITY_SQ * np.sin(middle) ** 2
        east = SEMI_MAJOR_M / np.sqrt(bent) * np.cos(middle)
        north = SEMI_MAJOR_M * (1 - ECCENTRICITY_SQ) / bent**1.5
        turn = (lons - self.lon + 180) % 360 - 180
        return radians(1) * turn * east, radians(1) * (lats - self.lat) * north

    def flat(self, shapes: Any) -> Any:
        """Shapes in degrees as shapes in metres."""
        return shapely.transform(shapes, lambda at: np.column_stack(self.xy(at[:, 0], at[:, 1])))


@dataclass(frozen=True)
class Zone:
    """All that lies within `radius_m` of a shape (degrees, WGS-84); an area's own inside with a radius of 0."""

    shape: BaseGeometry
    radius_m: float = 0.0

    @cached_property
    def middle(self) -> tuple[float, float]:
        """A place on the shape from which bearings and ways are told."""
        at = self.shape.representative_point()
        return at.x, at.y

    @cached_property
    def _around(self) -> Around:
        west, south, east, north = self.shape.bounds
        return Around((west + east) / 2, (south + north) / 2)

    @cached_property
    def _flat(self) -> BaseGeometry:
        found: BaseGeometry = self._around.flat(self.shape)
        return found

    def away(self, shapes: NDArray[Any]) -> Floats:
        """Metres from the zone's shape to each of these; 0 for what meets it, inf for what has no place."""
        shapely.prepare(self._flat)
        flat = self._around.flat(shapes)
        metres: Floats = shapely.distance(self._flat, flat)
        return np.where(np.isnan(metres), np.inf, metres)

    def away_from(self, lon: Floats, lat: Floats) -> Floats:
        """Metres from the zone's shape to points; nan for what is no point."""
        x, y = self._around.xy(lon, lat)
        if isinstance(self._flat, Point):
            return np.sqrt((x - self._flat.x) ** 2 + (y - self._flat.y) ** 2)
        shapely.prepare(self._flat)
        points = np.flatnonzero(~np.isnan(x))
        found = np.full(len(x), np.nan)
        found[points] = shapely.distance(self._flat, shapely.points(x[points], y[points]))
        return found

    def box(self, metres: float) -> BaseGeometry:
        """A box in degrees that holds all within so many metres."""
        west, south, east, north = self.shape.bounds
        up = metres * SLACK / LEAST_DEGREE_M
        farthest = min(max(abs(south - up), abs(north + up)), 89.0)
        aside = metres * SLACK / (LEAST_DEGREE_M * cos(radians(farthest)))
        found: BaseGeometry = shapely.box(west - aside, south - up, east + aside, north + up)
        return found

    def area_m2(self) -> float:
        """How large it is."""
        return float(self._flat.buffer(self.radius_m, quad_segs=64).area)


class Ground:
    """Things on the map, each of one group, at places that keep their numbers: most in a tree, what came since it was made beside
    it. Never changed: `followed` makes the next one, which shares what stayed, and a tree only when enough has come."""

    def __init__(self, shapes: Shapes, groups: ArrayLike) -> None:
        row = _row(shapes)
        self._shapes, self._groups = Grown(row, object), Grown(groups, np.int64)
        self._lon, self._lat = Grown(shapely.get_x(row), float), Grown(shapely.get_y(row), float)
        self.here = np.ones(len(row), np.bool_)
        self._grow()

    @property
    def shapes(self) -> NDArray[Any]:
        """The thing at each place, also at one that it has left."""
        return self._shapes.values

    @property
    def groups(self) -> Places:
        """The group of each."""
        return self._groups.values

    def _grow(self) -> None:
        growing = self.shapes.copy()
        growing[~self.here] = None  # is in no tree
        self._tree = STRtree(growing)
        self._loose = np.empty((0, 4))

    def followed(self, gone: Places, shapes: Shapes, groups: ArrayLike) -> Ground:
        """The ground after the things at some places left and others came, whose places follow all that were there."""
        more, found = _row(shapes), copy(self)
        found._shapes, found._groups = self._shapes.followed(more), self._groups.followed(groups)
        found._lon = self._lon.followed(shapely.get_x(more))
        found._lat = self._lat.followed(shapely.get_y(more))
        found.here = np.concatenate([self.here, np.ones(len(more), np.bool_)])
        found.here[gone] = False
        found._loose = np.concatenate([self._loose, shapely.bounds(more).reshape(-1, 4)])
        if len(found._loose) > max(LEAST_LOOSE, len(found) // 50):
            found._grow()
        return found

    def __len__(self) -> int:
        return int(self.here.sum())

    def within(self, box: BaseGeometry) -> Places:
        """The places of those whose own box meets a box."""
        west, south, east, north = box.bounds
        own = self._loose
        beside = (own[:, 0] <= east) & (own[:, 2] >= west) & (own[:, 1] <= north) & (own[:, 3] >= south)
        first = len(self.shapes) - len(own)
        found = np.concatenate([self._tree.query(box), first + np.flatnonzero(beside)])
        return np.sort(found[self.here[found]])

    def away(self, zone: Zone, places: Places) -> Floats:
        """Metres from a zone's shape to the things at some places."""
        metres = zone.away_from(self._lon.values[places], self._lat.values[places])
        spread = np.isnan(metres)
        if spread.any():
            metres[spread] = zone.away(self.shapes[places[spread]])
        return metres


def _row(shapes: Shapes) -> NDArray[Any]:
    found = np.empty(len(shapes), object)
    found[:] = shapes
    return found


class Found(NamedTuple):
    """The places of things (in the order of the ground), nearest first, with how far away they are."""

    places: Places
    metres: Floats
    inside: NDArray[np.bool_]


def find(ground: Ground, zone: Zone, nearest: Sequence[int], reach_m: float) -> Found:
    """All that lies inside the zone; and, of each group with fewer than `nearest[group]` inside, the nearest beyond it, so that
    there are as many: no farther than `reach_m`. Groups that have enough are not looked for any farther."""
    least = np.asarray(nearest, np.int64)
    wanted = np.minimum(np.bincount(ground.groups[ground.here], minlength=len(least)), least)
    left = np.ones(len(least), np.bool_)
    look = max(zone.radius_m, FIRST_M)
    places: list[Places] = []
    metres: list[Floats] = []
    while left.any():
        some = ground.within(zone.box(look))
        some = some[left[ground.groups[some]]]
        away = ground.away(zone, some)
        sure = away <= look  # of what is farther, something outside the box could be nearer
        have = np.bincount(ground.groups[some[sure]], minlength=len(least))
        done = left & ((have >= wanted) | (look >= reach_m))
        kept = sure & done[ground.groups[some]]
        places.append(some[kept])
        metres.append(away[kept])
        left &= ~done
        look = min(look * WIDER, max(reach_m, look))
    return _chosen(ground, zone, np.concatenate(places), np.concatenate(metres), least)


def _chosen(ground: Ground, zone: Zone, places: Places, metres: Floats, least: Places) -> Found:
    order = np.lexsort((places, metres))
    places, metres = places[order], metres[order]
    inside = metres <= zone.radius_m
    groups = ground.groups[places]
    kept = inside.copy()
    for group in np.unique(groups).tolist():
        kept[np.flatnonzero(groups == group)[: least[group]]] = True
    return Found(places[kept], metres[kept], inside[kept])


def farthest(metres: Sequence[Floats], most: int) -> float:
    """A distance within which the nearest so many of several lists lie, with all that are as far as the last of them."""
    every = np.concatenate([*metres, np.empty(0)])
    if most <= 0:
        return -1.0
    return float(np.partition(every, most - 1)[most - 1]) if len(every) > most else float("inf")


class Headcount(NamedTuple):
    """How many live in a place, None where nobody said; `of`: the larger place that it belongs to; `whole`: it is that."""

    people: int | None
    of: Hashable = None
    whole: bool = True


class Tally(NamedTuple):
    """People, None where no count is known at all; how many places have one, how many have none."""

    people: int | None
    known: int
    unknown: int


def tally(heads: Iterable[Headcount]) -> Tally:
    """The people of places, each once: what belongs to a village that has a count of its own is not added to it."""
    rows = list(heads)
    counted = {one.of for one in rows if one.of is not None and one.whole and one.people is not None}
    told = [one for one in rows if one.whole or one.of is None or one.of not in counted]
    counts = [one.people for one in told if one.people is not None]
    return Tally(sum(counts) if counts else None, len(counts), len(told) - len(counts))
