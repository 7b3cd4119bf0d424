"""Ways over a real OpenStreetMap extract: a matrix of 10 × 200, one way, all ways to one place, how long a closure takes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from shapely import Point

from geo import osm
from geo.closing import Barrier
from geo.drivable import VEHICLES, Drivable, Ground
from geo.route import Roads
from tests.bench.measure import median, quantile
from tests.bench.report import Row

REAL = Path(__file__).resolve().parents[1] / "data" / "rural_finland.osm.pbf"
STARTS, GOALS = 10, 200


def run(quick: bool) -> tuple[list[Row], dict[str, Any]]:
    """The largest extract that `OSM_EXTRACTS` names, else the small one of the tests."""
    found = sorted(
        Path(os.environ.get("OSM_EXTRACTS", "/nowhere")).glob("*.osm.pbf"), key=lambda one: one.stat().st_size
    )
    path = found[-1] if found else REAL
    read, net = _timed(lambda: osm.roads(path))
    made, roads = _timed(lambda: Roads(Drivable(Ground(net), VEHICLES["car"])))
    chance = np.random.default_rng(7)
    chosen = chance.choice(roads.drivable.usable, STARTS + GOALS)
    ends = np.array([net.line(int(one))[0] for one in chosen])
    spots = roads.drivable.spots(ends[:, 0], ends[:, 1])
    roads.matrix(spots[:1], spots[-1:])
    rounds = 5 if quick else 30
    matrix = [_timed(lambda: roads.matrix(spots[:STARTS], spots[STARTS:]))[0] for _ in range(rounds)]
    toward = [_timed(lambda: roads.toward(spots[0]))[0] for _ in range(rounds)]
    ways = [_timed(lambda at=at: roads.route(spots[at], spots[0]))[0] for at in range(1, STARTS)]
    shut = [
        _timed(lambda at=at: Roads(roads.drivable, [Barrier("a", Point(*ends[at]))]).toward(spots[0]))[0]
        for at in range(rounds)
    ]
    what = f"{path.name}: {len(net)} stretches, {net.junctions} junctions"
    return [
        Row(f"travel times {STARTS} × {GOALS}, p50", median(matrix), "ms", at_most=82, note=what),
        Row("the same, p99", quantile(matrix, 0.99), "ms"),
        Row("all ways to one place, p50", median(toward), "ms"),
        Row("one way with its roads, p50", median(ways), "ms"),
        Row("after a closure, all ways to one place, p50", median(shut), "ms"),
        Row("the extract read and its net made", read + made, "ms"),
    ], {"matrix_ms": matrix, "toward_ms": toward, "ways_ms": ways, "shut_ms": shut}


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    done = work()
    return (time.perf_counter() - began) * 1000, done
