"""Ways over a road net: how long, by which roads, from everywhere to one place; with what is closed now.

A point is taken to the nearest road that the vehicle may use, and leaves it both ways. Times are seconds in free flow. `Roads`
is never changed once made, so that readers in other threads need no lock. Shortest paths are Dijkstra's, by scipy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from geo.closing import Barrier, Gap, gaps
from geo.drivable import INF, Drivable, Floats, Spot
from geo.toward import Toward

ON_FOOT_MS = 4.0 / 3.6
"""How fast the rest is walked where a closed road ends the drive."""


class Leg(NamedTuple):
    """A part of a stretch as it is travelled, in shares of its length: from begin to end, which may be the lesser."""

    stretch: int
    begin: float
    end: float


@dataclass(frozen=True)
class Route:
    """A way: seconds in all, metres on the road, its legs; `short_m`: it ends so far before the goal, where the road is closed."""

    seconds: float
    metres: float
    legs: tuple[Leg, ...]
    short_m: float = 0.0


class End(NamedTuple):
    """One of the two ways between a place and the junctions of its stretch: which junction, in how many seconds, what is driven
    of the stretch, and what must be walked because the place lies in a closed part."""

    junction: int
    seconds: float
    leg: Leg
    short_m: float = 0.0


@dataclass(frozen=True)
class Graph:
    """The directed graph in compressed rows: seconds between junctions, and by which stretch (direction by its sign)."""

    indptr: NDArray[np.int32]
    indices: NDArray[np.int32]
    seconds: Floats
    stretch: NDArray[np.int32]

    def with_start(self, ends: Sequence[End]) -> Any:
        """A sparse matrix with one junction more, the last, from which these ends are reached."""
        from scipy.sparse import csr_array

        indptr = np.append(self.indptr, self.indptr[-1] + len(ends)).astype(np.int32)
        indices = np.append(self.indices, np.array([one.junction for one in ends], dtype=np.int32))
        seconds = np.append(self.seconds, [max(one.seconds, 1e-6) for one in ends])
        return csr_array((seconds, indices, indptr), shape=(len(indptr) - 1, len(indptr) - 1))


class Roads:
    """What a vehicle can drive, with what is closed for it now."""

    def __init__(self, drivable: Drivable, barriers: Iterable[Barrier] = ()) -> None:
        self.drivable = drivable
        self.net = drivable.ground.net
        self.turns = drivable.turns
        ground, given = drivable.ground, list(barriers)
        self.gaps: dict[int, list[Gap]] = (
            gaps(given, ground.tree, ground.lines, ground.plane) if given else {}
        )

    # the graph

    @cached_property
    def out(self) -> Graph:
        """From each junction to the next."""
        return self._graph(reverse=False)

    @cached_property
    def back(self) -> Graph:
        """The same, against the traffic: what leads to a junction."""
        return self._graph(reverse=True)

    def _graph(self, *, reverse: bool) -> Graph:
        net, count = self.net, len(self.net)
        forward, backward = self.drivable.forward.copy(), self.drivable.backward.copy()
        for stretch, closed in self.gaps.items():
            if any(gap.forward for gap in closed):
                forward[stretch] = INF
            if any(gap.backward for gap in closed):
                backward[stretch] = INF
        turns = self.turns
        tail, head = np.concatenate([net.a, net.b]), np.concatenate([net.b, net.a])
        head[turns.ended] = turns.ended_at
        tail, head = np.concatenate([tail, turns.again_from]), np.concatenate([head, head[turns.again]])
        if reverse:
            tail, head = head, tail
        seconds = np.concatenate([forward, backward])
        seconds = np.concatenate([seconds, seconds[turns.again]])
        number = np.arange(1, count + 1, dtype=np.int32)
        signed = np.concatenate([number, -number])
        signed = np.concatenate([signed, signed[turns.again]])
        order = np.lexsort((seconds, head, tail))
        order = order[np.isfinite(seconds[order])]
        first = np.ones(len(order), dtype=np.bool_)  # of several between two junctions the fastest
        first[1:] = (np.diff(tail[order]) != 0) | (np.diff(head[order]) != 0)
        order = order[first]
        rows = np.bincount(tail[order], minlength=turns.nodes)
        indptr = np.concatenate([[0], np.cumsum(rows)]).astype(np.int32)
        return Graph(indptr, head[order].astype(np.int32), seconds[order], signed[order])

    # the two ends of a place's stretch

    def leaving(self, spot: Spot) -> Iterator[End]:
        """How a place reaches the junctions of its stretch. Who stands in a closed part may drive out of it."""
        e, f = spot.stretch, spot.share
        closed = self.gaps.get(e, ())
        seconds = float(self.drivable.forward[e])
        if seconds < INF and not any(gap.forward and gap.begin > f for gap in closed):
            yield End(self.turns.arrive(e, int(self.net.b[e])), (1 - f) * seconds, Leg(e, f, 1.0))
        seconds = float(self.drivable.backward[e])
        if seconds < INF and not any(gap.backward and gap.end < f for gap in closed):
            yield End(self.turns.arrive(e, int(self.net.a[e])), f * seconds, Leg(e, f, 0.0))

    def arriving(self, spot: Spot) -> Iterator[End]:
        """How a place is reached from the junctions of its stretch; a place in a closed part as far as the closure."""
        e, g = spot.stretch, spot.share
        length = float(self.net.length_m[e])
        closed = self.gaps.get(e, ())
        seconds = float(self.drivable.forward[e])
        stop = min((gap.begin for gap in closed if gap.forward and gap.begin < g), default=g)
        if seconds < INF and (stop == g or _holds(closed, g, stop, forward=True)):
            short = (g - stop) * length
            for junction in self.turns.leading_to(e, int(self.net.a[e])):
                yield End(junction, stop * seconds + short / ON_FOOT_MS, Leg(e, 0.0, stop), short)
        seconds = float(self.drivable.backward[e])
        stop = max((gap.end for gap in closed if gap.backward and gap.end > g), default=g)
        if seconds < INF and (stop == g or _holds(closed, g, stop, forward=False)):
            short = (stop - g) * length
            for junction in self.turns.leading_to(e, int(self.net.b[e])):
                yield End(junction, (1 - stop) * seconds + short / ON_FOOT_MS, Leg(e, 1.0, stop), short)

    def along(self, start: Spot, goal: Spot) -> float:
        """Seconds from one place to another on the same stretch without leaving it; inf where that cannot be."""
        e, f, g = start.stretch, start.share, goal.share
        if goal.stretch != e:
            return INF
        closed = self.gaps.get(e, ())
        if f <= g:
            free = not any(gap.forward and gap.begin < g and gap.end > f for gap in closed)
            return (
                (g - f) * float(self.drivable.forward[e]) if free and self.drivable.forward[e] < INF else INF
            )
        free = not any(gap.backward and gap.begin < f and gap.end > g for gap in closed)
        return (f - g) * float(self.drivable.backward[e]) if free and self.drivable.backward[e] < INF else INF

    # travelling

    def toward(self, goal: Spot, limit_s: float = INF) -> Toward:
        """Seconds from everywhere to one place: one walk against the traffic."""
        return Toward(self, goal, *self._walk(self.back, list(self.arriving(goal)), limit_s))

    def away(self, start: Spot, limit_s: float = INF) -> tuple[Floats, Floats]:
        """Seconds from one place until each stretch is entered at its a, and at its b; inf where it is not, or not within `limit_s`."""
        seconds = self._walk(self.out, list(self.leaving(start)), limit_s)[0] + start.off_s
        return self.turns.entering(seconds, self.net)

    def matrix(self, starts: Sequence[Spot | None], goals: Sequence[Spot | None]) -> Floats:
        """Seconds from each start to each goal; inf where there is no way, or a point is not on the net."""
        found = np.full((len(starts), len(goals)), INF)
        if len(starts) <= len(goals):
            ends = [list(self.arriving(goal)) if goal else [] for goal in goals]
            for row, start in enumerate(starts):
                if start is not None:
                    found[row] = self._to_all(start, goals, ends)
            return found
        for column, goal in enumerate(goals):
            if goal is not None:
                toward = self.toward(goal)
                found[:, column] = [toward.from_spot(start) for start in starts]
        return found

    def _to_all(
        self, start: Spot, goals: Sequence[Spot | None], ends: Sequence[Sequence[End]]
    ) -> list[float]:
        seconds = self._walk(self.out, list(self.leaving(start)), INF)[0]
        row = []
        for goal, arrivals in zip(goals, ends, strict=True):
            if goal is None:
                row.append(INF)
                continue
            best = min(
                [self.along(start, goal), *(float(seconds[one.junction]) + one.seconds for one in arrivals)]
            )
            row.append(best + start.off_s + goal.off_s)
        return row

    def route(self, start: Spot, goal: Spot) -> Route | None:
        """The fastest way, or None where there is none."""
        direct = self.along(start, goal)
        seconds, before = self._walk(self.out, leaving := list(self.leaving(start)), INF)
        arrivals = [(float(seconds[one.junction]) + one.seconds, one) for one in self.arriving(goal)]
        best = min(arrivals, key=lambda one: one[0], default=(INF, None))
        off = start.off_s + goal.off_s
        if direct <= best[0]:
            if direct == INF:
                return None
            return self._told(direct + off, [Leg(start.stretch, start.share, goal.share)])
        last = best[1]
        assert last is not None
        legs, junction = [last.leg], last.junction
        while (earlier := int(before[junction])) != self.turns.nodes:
            legs.append(self.leg(earlier, junction))
            junction = earlier
        legs.append(
            min((one for one in leaving if one.junction == junction), key=lambda one: one.seconds).leg
        )
        return self._told(best[0] + off, legs[::-1], last.short_m)

    def leg(self, earlier: int, junction: int) -> Leg:
        """The whole stretch by which one goes from one junction to the next."""
        signed = self._by(self.out, earlier, junction)
        return Leg(abs(signed) - 1, 0.0, 1.0) if signed > 0 else Leg(abs(signed) - 1, 1.0, 0.0)

    def between(self, graph: Graph, junction: int, after: int) -> int:
        """The stretch by which a graph goes from one junction to the next."""
        return abs(self._by(graph, junction, after)) - 1

    def _by(self, graph: Graph, junction: int, after: int) -> int:
        row = slice(int(graph.indptr[junction]), int(graph.indptr[junction + 1]))
        return int(graph.stretch[int(np.searchsorted(graph.indices[row], after)) + row.start])

    def _told(self, seconds: float, legs: Sequence[Leg], short_m: float = 0.0) -> Route:
        driven = tuple(leg for leg in legs if leg.begin != leg.end)
        metres = sum(abs(leg.end - leg.begin) * float(self.net.length_m[leg.stretch]) for leg in driven)
        return Route(seconds, metres, driven, short_m)

    def _walk(self, graph: Graph, ends: Sequence[End], limit_s: float) -> tuple[Floats, NDArray[np.int32]]:
        """(seconds to each junction, the junction before it) from a place with these ends."""
        from scipy.sparse.csgraph import dijkstra

        seconds, before = dijkstra(
            graph.with_start(ends), indices=len(graph.indptr) - 1, limit=limit_s, return_predecessors=True
        )
        return seconds[:-1], before[:-1]


def _holds(closed: Iterable[Gap], at: float, stop: float, *, forward: bool) -> bool:
    """Whether a place lies in the very part that stops the way to it, so that one may walk the rest."""
    for gap in closed:
        if forward and gap.forward and gap.begin == stop:
            return gap.end >= at
        if not forward and gap.backward and gap.end == stop:
            return gap.begin <= at
    return False
