"""Road nets for tests: towns on a grid with what a map says of them, and the slow sure way to find the shortest path."""

from __future__ import annotations

import heapq
from collections.abc import Sequence

import numpy as np

from geo.drivable import VEHICLES, Drivable, Ground
from geo.roadnet import FOOT, MOTOR, RoadNet, Way, build
from geo.route import Roads

WEST, SOUTH, STEP = 112.8, 36.8, 0.01
BOTH = MOTOR | FOOT


def grid(ways: Sequence[Way], side: int) -> RoadNet:
    """Ways over `side` × `side` nodes, 0.01° apart, numbered row by row from the south-west."""
    number = np.arange(side * side)
    return build(ways, WEST + STEP * (number % side), SOUTH + STEP * (number // side))


def road(
    *nodes: int, road_class: str = "tertiary", speed: float = 40.0, one_way: bool = False, name: str = ""
) -> Way:
    """A road for everybody."""
    return Way(nodes, road_class, speed, BOTH, FOOT if one_way else BOTH, name)


def roads_of(net: RoadNet, vehicle: str = "car") -> Roads:
    """A net as a vehicle has it."""
    return Roads(Drivable(Ground(net), VEHICLES[vehicle]))


def slow_dijkstra(roads: Roads, start: int) -> list[float]:
    """Seconds from a junction to each, by a heap over the columns themselves."""
    net, costs = roads.net, roads.drivable
    onward: dict[int, list[tuple[int, float]]] = {}
    for e in range(len(net)):
        closed = roads.gaps.get(e, [])
        if np.isfinite(costs.forward[e]) and not any(one.forward for one in closed):
            onward.setdefault(int(net.a[e]), []).append((int(net.b[e]), float(costs.forward[e])))
        if np.isfinite(costs.backward[e]) and not any(one.backward for one in closed):
            onward.setdefault(int(net.b[e]), []).append((int(net.a[e]), float(costs.backward[e])))
    best = [float("inf")] * net.junctions
    heap = [(0.0, start)]
    while heap:
        cost, at = heapq.heappop(heap)
        if cost >= best[at]:
            continue
        best[at] = cost
        for to, more in onward.get(at, []):
            heapq.heappush(heap, (cost + more, to))
    return best
