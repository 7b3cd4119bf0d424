"""What of a road net a vehicle can use, how fast, and where a point meets it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from shapely import STRtree, line_locate_point, linestrings, points

from geo.plane import Plane
from geo.roadnet import CAR, FOOT, OFFROAD, TRUCK, RoadNet
from geo.turns import Turns

Floats = NDArray[np.float64]
INF = float("inf")
FARTHEST_M = 3000.0
"""Farther than this from any road a point is not on the net."""
LEAST_S = 0.001
ISLAND = 0.02
"""A piece of the net with less than this part of the junctions of its largest is an island: no place to start from."""


class Vehicle(NamedTuple):
    """How a team travels: the bit of its kind, its height and weight, its share of the usual speed, its greatest speed, and how
    fast it gets from a point to the road."""

    kind: int
    height_m: float
    weight_t: float
    share: float
    most_kmh: float
    off_road_kmh: float


VEHICLES = {
    "car": Vehicle(CAR, 2.2, 2.5, 1.0, 100.0, 10.0),
    "truck": Vehicle(TRUCK, 3.6, 16.0, 0.85, 80.0, 8.0),
    "offroad": Vehicle(OFFROAD, 2.4, 3.5, 1.0, 90.0, 12.0),
    "foot": Vehicle(FOOT, 0.0, 0.0, 0.9, 4.5, 3.5),
}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the net: a share of a stretch; `off_m`: how far from the point that was asked, in how many seconds."""

    stretch: int
    share: float
    off_m: float
    off_s: float


class Ground:
    """The lines of a net in the plane, with a tree to find them by; the same for every vehicle."""

    def __init__(self, net: RoadNet) -> None:
        west, south, east, north = net.bounds
        self.net = net
        self.plane = Plane((west + east) / 2, (south + north) / 2)
        flat = np.column_stack(self.plane.xy(net.lon, net.lat))
        self.lines: Any = linestrings(flat, indices=np.repeat(np.arange(len(net)), np.diff(net.first)))

    @cached_property
    def tree(self) -> STRtree:
        """All stretches."""
        return STRtree(self.lines)


class Drivable:
    """A net for one vehicle. `forward`, `backward`: seconds of each stretch, inf where it may not go that way."""

    def __init__(self, ground: Ground, vehicle: Vehicle) -> None:
        self.ground, self.vehicle = ground, vehicle
        net = ground.net
        speed = np.minimum(net.speed_kmh.astype(np.float64) * vehicle.share, vehicle.most_kmh)
        if vehicle.kind == FOOT:
            speed = np.full(len(net), vehicle.most_kmh)
        seconds = np.maximum(net.length_m.astype(np.float64) / (speed / 3.6), LEAST_S)
        fits = ~(net.height_m < vehicle.height_m) & ~(net.weight_t < vehicle.weight_t)  # nan: nothing is said
        self.forward: Floats = np.where(fits & (net.forward & vehicle.kind != 0), seconds, INF)
        self.backward: Floats = np.where(fits & (net.backward & vehicle.kind != 0), seconds, INF)
        self.usable = np.flatnonzero(self._on_mainland())
        self._near = STRtree(ground.lines[self.usable])

    @cached_property
    def turns(self) -> Turns:
        """The turns that are barred to it."""
        return Turns(self.ground.net, self.vehicle.kind)

    def _on_mainland(self) -> NDArray[np.bool_]:
        """Stretches that it may use, without those of islands."""
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import connected_components

        net = self.ground.net
        usable: NDArray[np.bool_] = np.isfinite(self.forward) | np.isfinite(self.backward)
        if not usable.any():
            return usable
        a, b = net.a[usable], net.b[usable]
        graph = coo_array((np.ones(len(a)), (a, b)), shape=(net.junctions, net.junctions)).tocsr()
        _, piece = connected_components(graph, directed=False)
        sizes = np.bincount(piece)
        large = sizes >= max(ISLAND * sizes.max(), min(sizes.max(), 4))
        kept: NDArray[np.bool_] = usable & large[piece[net.a]]
        return kept

    def spots(self, lon: ArrayLike, lat: ArrayLike, within_m: float = FARTHEST_M) -> list[Spot | None]:
        """Where points meet the net; None for those that lie farther than `within_m` from any road."""
        x, y = self.ground.plane.xy(lon, lat)
        at = np.asarray(points(np.column_stack([np.atleast_1d(x), np.atleast_1d(y)])))
        found: list[Spot | None] = [None] * len(at)
        if not len(self.usable):
            return found
        pairs, off = self._near.query_nearest(
            at, max_distance=within_m, return_distance=True, all_matches=False
        )
        stretches = self.usable[pairs[1]]
        shares = line_locate_point(self.ground.lines[stretches], at[pairs[0]], normalized=True)
        pace = self.vehicle.off_road_kmh / 3.6
        for place, stretch, share, metres in zip(
            pairs[0].tolist(), stretches.tolist(), shares.tolist(), off.tolist(), strict=True
        ):
            found[place] = Spot(stretch, share, metres, metres / pace)
        return found

    def spot(self, lon: float, lat: float) -> Spot | None:
        """Where one point meets the net."""
        return self.spots([lon], [lat])[0]
