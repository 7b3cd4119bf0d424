"""A layer's features as tiles are cut from them: side by side in the unit square of web maps, carried on when some of them change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from command.core.map.carried import Carried
from command.core.map.layers import Feature, Layer
from command.core.map.layerstock import Stock
from geo import mercator
from geo.grown import Grown
from geo.impact import Ground

MOST_GONE = 20_000
"""Places that nothing is at any more; when there are more of them than of the others, all is shaped anew."""
Floats = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Shaped:
    """A stock as the cutter keeps it, each feature at its place, in columns and in the unit square of web maps: a point that stands
    for it (none for a line), how grave it is; and on a ground of its own all that is no point, each of the group of its place,
    with how large it is. The next one shares what stayed."""

    columns: Mapping[str, Grown]
    place: Carried[int]
    here: NDArray[np.bool_]
    spread: Ground
    size: Grown
    lines: Grown

    @property
    def features(self) -> NDArray[Any]:
        """The feature at each place, also at one that it has left."""
        return self.columns["features"].values


def shaped_of(stock: Stock) -> Shaped:
    """A stock's features in the unit square, shaped once for it."""
    shaped: Shaped = stock.made("tiles", partial(_anew, stock), partial(_followed, stock))
    return shaped


def _anew(stock: Stock) -> Shaped:
    features = list(stock.features.values())
    dots, spread = _columns(stock.layer, features)
    columns = {name: Grown(one, one.dtype) for name, one in dots.items()}
    place = Carried({one.id: number for number, one in enumerate(features)})
    ground = Ground(spread["shapes"], spread["at"])
    size, lines = Grown(spread["size"], float), Grown(spread["lines"], np.bool_)
    return Shaped(columns, place, np.ones(len(features), np.bool_), ground, size, lines)


def _followed(stock: Stock, old: Shaped, ids: frozenset[str]) -> Shaped:
    """A stock's features in the unit square: of what was shaped before, only what changed is shaped anew."""
    gone = [old.place[one] for one in ids if one in old.place]
    first = len(old.here)
    if first - len(old.place) + len(gone) > max(MOST_GONE, len(old.place)):
        return _anew(stock)
    changed = [stock.features[one] for one in sorted(ids) if one in stock.features]
    dots, spread = _columns(stock.layer, changed)
    here = np.concatenate([old.here, np.ones(len(changed), np.bool_)])
    here[gone] = False
    left = np.flatnonzero(np.isin(old.spread.groups, gone))
    place = old.place.followed(ids, {one.id: first + number for number, one in enumerate(changed)})
    return Shaped(
        {name: old.columns[name].followed(more) for name, more in dots.items()},
        place,
        here,
        old.spread.followed(left, spread["shapes"], spread["at"] + first),
        old.size.followed(spread["size"]),
        old.lines.followed(spread["lines"]),
    )


def _columns(layer: Layer, features: Sequence[Feature]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is kept of each feature, and of those that are no points, `at` being their number among these."""
    own, found = np.empty(len(features), object), np.empty(len(features), object)
    own[:], found[:] = features, [one.geometry for one in features]
    kinds = shapely.get_type_id(found)
    at = np.flatnonzero(kinds != 0)
    shapes = shapely.transform(shapely.force_2d(found[at]), _to_square)
    broken = ~shapely.is_valid(shapes)
    shapes[broken] = shapely.make_valid(shapes[broken])
    x, y = mercator.to_square(shapely.get_x(found), shapely.get_y(found))
    lines = np.isin(kinds[at], (1, 2, 5))
    inside = shapely.point_on_surface(shapes)
    x[at] = np.where(lines, np.nan, shapely.get_x(inside))
    y[at] = np.where(lines, np.nan, shapely.get_y(inside))
    west, north, east, south = shapely.bounds(shapes).reshape(-1, 4).T
    dots = {"features": own, "x": x, "y": y, "ranks": _ranks(layer, features)}
    return dots, {"at": at, "shapes": shapes, "size": np.maximum(east - west, south - north), "lines": lines}


def _to_square(xy: Floats) -> Floats:
    return np.column_stack(mercator.to_square(xy[:, 0], xy[:, 1]))


def _ranks(layer: Layer, features: Sequence[Feature]) -> Places:
    """How early each one's value stands in the list of the column that tells signs apart: the gravest first."""
    column = layer.column(layer.style.by) if layer.style.by else None
    if column is None or not column.values:
        return np.zeros(len(features), np.int64)
    places: dict[Any, int] = {value.code: at for at, value in enumerate(column.values)}
    last = len(places)
    return np.array([places.get(one.properties.get(column.name), last) for one in features], np.int64)
