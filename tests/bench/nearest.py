"""The nearest 5 of 10,000 moving teams: time of a question, and whether the order is the geodesic's."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from pyproj import Geod
from scipy.spatial import cKDTree

from geo.nearest import MovingPoints
from tests.bench.measure import median, quantile
from tests.bench.report import Row

TEAMS = 10_000
K = 5
WEST, SOUTH, EAST, NORTH = 112.4, 36.6, 113.2, 37.2


def run(quick: bool) -> tuple[list[Row], dict[str, Any]]:
    """Questions while one team in ten moves between them, beside scipy's bare tree that never moves."""
    chance = random.Random(7)
    points = [_point(chance) for _ in range(TEAMS)]
    teams: MovingPoints[int] = MovingPoints()
    for key, (lon, lat) in enumerate(points):
        teams.put(key, lon, lat)
    tree = cKDTree(np.array(points))
    asked = [_point(chance) for _ in range(500 if quick else 5000)]
    teams.nearest(*asked[0], K)

    def ours(at: tuple[float, float]) -> None:
        if chance.random() < 0.1:
            key = chance.randrange(TEAMS)
            points[key] = _point(chance)
            teams.put(key, *points[key])
        teams.nearest(*at, K)

    bare = _times(lambda at: tree.query(at, K), asked)
    took = _times(ours, asked)
    same = sum(_same_order(teams, points, at) for at in asked[:200]) / len(asked[:200])
    rows = [
        Row(f"nearest {K} of {TEAMS} moving teams, p50", median(took), "µs", at_most=50),
        Row("the same, p99", quantile(took, 0.99), "µs", note=f"scipy's bare tree {median(bare):.0f} µs p50"),
        Row("questions in the order of the geodesic", same, at_least=1.0),
    ]
    return rows, {"asked": len(asked), "ratio": median(took) / median(bare)}


def _point(chance: random.Random) -> tuple[float, float]:
    return chance.uniform(WEST, EAST), chance.uniform(SOUTH, NORTH)


def _times(
    question: Callable[[tuple[float, float]], object], asked: list[tuple[float, float]]
) -> list[float]:
    """Microseconds of each question."""
    took = []
    for at in asked:
        began = time.perf_counter_ns()
        question(at)
        took.append((time.perf_counter_ns() - began) / 1000)
    return took


def _same_order(teams: MovingPoints[int], points: list[tuple[float, float]], at: tuple[float, float]) -> bool:
    """Whether the answer is what measuring every team on the ellipsoid gives."""
    lons, lats = np.array(points).T
    metres = Geod(ellps="WGS84").inv(np.full(len(lons), at[0]), np.full(len(lats), at[1]), lons, lats)[2]
    return [key for key, _ in teams.nearest(*at, K)] == np.argsort(metres)[:K].tolist()
