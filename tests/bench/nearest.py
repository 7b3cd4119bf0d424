"""The nearest of 10,000 moving teams, as an impact finds who may be there in time."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod
from scipy.spatial import cKDTree

from geo.nearest import nearest
from tests.bench.measure import median, quantile
from tests.bench.report import Row

TEAMS = 10_000
K = 5
WEST, SOUTH, EAST, NORTH = 112.4, 36.6, 113.2, 37.2


def run(quick: bool) -> tuple[list[Row], dict[str, Any]]:
    """Questions while one team in ten moves between them, beside scipy's tree: made once and never moved, and made anew for each
    question, as teams that move would have it."""
    chance = np.random.default_rng(7)
    lon, lat = chance.uniform(WEST, EAST, TEAMS), chance.uniform(SOUTH, NORTH, TEAMS)
    tree = cKDTree(np.column_stack([lon, lat]))
    moving = random.Random(7)
    asked = [
        (moving.uniform(WEST, EAST), moving.uniform(SOUTH, NORTH)) for _ in range(300 if quick else 2000)
    ]

    def ours(at: tuple[float, float]) -> None:
        if moving.random() < 0.1:
            team = moving.randrange(TEAMS)
            lon[team], lat[team] = at
        nearest(*at, lon, lat, K)

    still = _times(lambda at: tree.query(at, K), asked)
    anew = _times(lambda at: cKDTree(np.column_stack([lon, lat])).query(at, K), asked[:100])
    took = _times(ours, asked)
    same = sum(_same_order(lon, lat, at) for at in asked[:200]) / len(asked[:200])
    rows = [
        Row(f"nearest {K} of {TEAMS} moving teams, p50", median(took), "µs", at_most=50, reference=median(anew), of="a tree anew",
            note=f"a tree that never moves {median(still):.0f} µs"),
        Row("the same, p99", quantile(took, 0.99), "µs"),
        Row("questions in the order of the geodesic", same, at_least=1),
    ]  # fmt: skip
    return rows, {"asked": len(asked), "ratio": median(took) / median(still)}


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


def _same_order(lon: NDArray[np.float64], lat: NDArray[np.float64], at: tuple[float, float]) -> bool:
    """Whether the answer is what measuring every team on the ellipsoid gives."""
    metres = Geod(ellps="WGS84").inv(np.full(len(lon), at[0]), np.full(len(lat), at[1]), lon, lat)[2]
    return nearest(*at, lon, lat, K)[0].tolist() == np.argsort(metres)[:K].tolist()
