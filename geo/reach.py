"""How far one gets from a place in so many minutes: areas on the map, and which points lie within them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shapely import MultiPolygon, box, unary_union

from geo.drivable import INF, Floats, Spot
from geo.route import Roads

CELL_M = 200.0
"""The grain of a reachable area: about as far as one walks from a road."""
MINUTES = (15, 30, 60)


def within(seconds: Sequence[float], minutes: Sequence[int] = MINUTES) -> dict[int, list[int]]:
    """minutes → places of those that are there by then, each only in the first band it falls into, the soonest first."""
    found: dict[int, list[int]] = {one: [] for one in sorted(minutes)}
    for place in np.argsort(np.asarray(seconds), kind="stable").tolist():
        band = next((one for one in found if seconds[place] <= one * 60), None)
        if band is not None:
            found[band].append(place)
    return found


def areas(
    roads: Roads, start: Spot, minutes: Sequence[int] = MINUTES, cell_m: float = CELL_M
) -> dict[int, MultiPolygon]:
    """minutes → what of the map lies beside roads reached by then, in degrees; each band holds the lesser ones."""
    reached = _samples(roads, start, max(minutes) * 60.0, cell_m / 2)
    bands: dict[int, MultiPolygon] = {}
    for one in sorted(minutes):
        x, y, seconds = reached
        bands[one] = _around(x[seconds <= one * 60], y[seconds <= one * 60], cell_m, roads)
    return bands


def _samples(roads: Roads, start: Spot, limit_s: float, step_m: float) -> tuple[Floats, Floats, Floats]:
    """Points along the roads that are reached (metres in the plane), each with when."""
    at_a, at_b = roads.away(start, limit_s)
    drivable = roads.drivable
    x: list[Floats] = []
    y: list[Floats] = []
    when: list[Floats] = []
    near = np.isfinite(at_a) | np.isfinite(at_b)
    near[start.stretch] = True
    for stretch in np.flatnonzero(near).tolist():
        line = drivable.ground.lines[stretch]
        shares = np.linspace(0.0, 1.0, max(2, int(line.length / step_m) + 1))
        at = _when(roads, stretch, shares, (float(at_a[stretch]), float(at_b[stretch])), start)
        kept = at <= limit_s
        if kept.any():
            places = np.array(
                [line.interpolate(share, normalized=True).coords[0] for share in shares[kept].tolist()]
            )
            x.append(places[:, 0])
            y.append(places[:, 1])
            when.append(at[kept])
    if not x:
        nothing = np.empty(0)
        return nothing, nothing, nothing
    return np.concatenate(x), np.concatenate(y), np.concatenate(when)


def _when(roads: Roads, stretch: int, shares: Floats, entered: tuple[float, float], start: Spot) -> Floats:
    """Seconds at which places along a stretch are reached, from either of its ends or from the start on it."""
    drivable = roads.drivable
    at_a, at_b = entered
    forward, backward = float(drivable.forward[stretch]), float(drivable.backward[stretch])
    at: Floats = np.full(len(shares), INF)
    closed = roads.gaps.get(stretch, ())
    if forward < INF and np.isfinite(at_a):
        stop = min((gap.begin for gap in closed if gap.forward), default=1.0)
        at = np.where(shares <= stop, at_a + shares * forward, at)
    if backward < INF and np.isfinite(at_b):
        stop = max((gap.end for gap in closed if gap.backward), default=0.0)
        at = np.minimum(at, np.where(shares >= stop, at_b + (1 - shares) * backward, INF))
    if stretch == start.stretch:
        own = [roads.along(start, Spot(stretch, share, 0.0, 0.0)) + start.off_s for share in shares.tolist()]
        at = np.minimum(at, own)
    return at


def _around(x: Floats, y: Floats, cell_m: float, roads: Roads) -> MultiPolygon:
    """The cells of a grid in and beside which some point lies, joined and rounded, in degrees."""
    if not len(x):
        return MultiPolygon()
    cells = np.unique(np.column_stack([np.floor(x / cell_m), np.floor(y / cell_m)]).astype(np.int64), axis=0)
    beside = np.array([(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1) if abs(i) + abs(j) < 2])
    cells = np.unique((cells[:, None, :] + beside[None, :, :]).reshape(-1, 2), axis=0)
    joined: Any = unary_union(_rows(cells, cell_m))
    rounded = joined.buffer(cell_m / 2).buffer(-cell_m / 2).simplify(cell_m / 4)
    shape = roads.drivable.ground.plane.round(rounded)
    return shape if isinstance(shape, MultiPolygon) else MultiPolygon([shape])


def _rows(cells: NDArray[np.int64], cell_m: float) -> list[Any]:
    """Cells as boxes, neighbours in a row as one."""
    order = np.lexsort((cells[:, 0], cells[:, 1]))
    cells = cells[order]
    breaks = np.flatnonzero((np.diff(cells[:, 1]) != 0) | (np.diff(cells[:, 0]) != 1)) + 1
    boxes = []
    for run in np.split(cells, breaks):
        west, south, east = int(run[0, 0]), int(run[0, 1]), int(run[-1, 0]) + 1
        boxes.append(box(west * cell_m, south * cell_m, east * cell_m, (south + 1) * cell_m))
    return boxes
