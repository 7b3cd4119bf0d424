"""Vector tiles of a layer of 100,000 points: cut cold at every zoom, after one change, and how heavy the heaviest is."""

from __future__ import annotations

import random
import time
from typing import Any

import numpy as np
import shapely

import wsgi  # noqa: F401  # puts the slices together
from command.core.map.carried import Carried
from command.core.map.layers import Column, Feature, Layer, Style, Value
from command.core.map.layerstock import Stock, cut
from geo import mercator
from tests.bench.measure import median
from tests.bench.report import Row

POINTS = 100_000
LEVELS = (Value("I", "特别重大", "I"), Value("II", "重大", "II"))
COLUMNS = (Column("name", "text", "名称", "Name"), Column("level", "text", "等级", "Level", LEVELS))
HERE = (112.87, 36.84)


def run(quick: bool) -> tuple[list[Row], dict[str, Any]]:
    """The tile under the county town at each zoom, none of it kept from before."""
    stock = _stock()
    began = time.perf_counter()
    cut(stock, *_tile(8))
    first = _ms(began)
    colds = {zoom: [_timed(stock, zoom) for _ in range(2 if quick else 7)] for zoom in range(17)}
    worst = max(median([ms for ms, _ in some]) for some in colds.values())
    heaviest = max(size for some in colds.values() for _, size in some)
    one = next(iter(stock.features))
    changed = stock.followed((1, 0), frozenset({one}), {one: stock.features[one]})
    began = time.perf_counter()
    cut(changed, *_tile(8))
    rows = [
        Row(f"tile of {POINTS} points, cold, the slowest zoom's median", worst, "ms", at_most=60),
        Row("the first tile, features shaped with it", first, "ms"),
        Row("the first tile after one of them changed", _ms(began), "ms", at_most=60),
        Row("the heaviest tile", heaviest / 1000, "KB", at_most=500),
    ]
    return rows, {str(zoom): median([ms for ms, _ in some]) for zoom, some in colds.items()}


def _stock() -> Stock:
    chance = random.Random(1)
    layer = Layer("h", "h", "h", "", None, "point", None, (), COLUMNS, Style(by="level"), lambda v, w: [])
    found = {}
    for n in range(POINTS):
        at = shapely.Point(chance.uniform(112.4, 113.6), chance.uniform(36.6, 37.2))
        told = {"name": f"隐患点第{n}号", "level": chance.choice(["I", "II", None])}
        found[f"{n:08d}"] = Feature(f"{n:08d}", at, told)
    return Stock(layer, Carried(found), (0, 0), 0.0, "a")


def _tile(zoom: int) -> tuple[int, int, int]:
    x, y = mercator.to_square(np.array([HERE[0]]), np.array([HERE[1]]))
    return zoom, int(x[0] * 2**zoom), int(y[0] * 2**zoom)


def _timed(stock: Stock, zoom: int) -> tuple[float, int]:
    began = time.perf_counter()
    tile = cut(stock, *_tile(zoom))
    return _ms(began), len(tile)


def _ms(began: float) -> float:
    return (time.perf_counter() - began) * 1000
