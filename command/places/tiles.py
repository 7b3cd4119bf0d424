"""How a tile is cut from a layer's features: points near each other become a count, lines and areas are clipped and
simplified to what can be seen, and no tile weighs more than a thin line carries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from command.core import clock
from command.core.map.layers import Feature, Layer
from command.core.map.layerstock import Stock, use_cutter
from command.places.shaped import Shaped, shaped_of
from geo import mercator, mvt
from geo.mvt import EXTENT, Drawn

MOST_BYTES = 500_000
BUFFER = 64
"""Units beyond the tile's edge to which lines and areas reach, so that no seam is seen."""
CELLS, CLOSE_CELLS, CLOSE_ZOOM = 8, 64, 15
"""Points in one cell become a count: cells of 1/8 of a tile, and from the close zoom only what lies on top of each other."""
NEAR = 0.8
"""Parts of a cell's side: middles of two cells that are nearer become one count."""
FINEST = 1.0
"""Tile units that a simplified line may be off; it grows until the tile is light enough."""
SEEN = 16.0
"""Tile units (two pixels) from which an area is drawn as one; a smaller one is counted as a point."""
MOST_AREAS, MOST_LINES = 1000, 3000
"""Largest first; areas beyond are counted as points."""
MOST_TEXT = 120
Floats = NDArray[np.float64]
Places = NDArray[np.int64]


@use_cutter
def cut(stock: Stock, z: int, x: int, y: int) -> bytes:
    """The bytes of a tile; coarser until it is light enough."""
    shaped = shaped_of(stock)
    for coarser in range(12):
        areas, dots = _seen(shaped, z, x, y, coarser)
        drawn = [
            *_areas(stock.layer, shaped, areas, z, x, y, coarser),
            *_points(stock.layer, shaped, dots, z, x, y, coarser),
        ]
        tile = mvt.encode(stock.layer.name, drawn)
        if len(tile) <= MOST_BYTES:
            return tile
    return b""


def _seen(shaped: Shaped, z: int, x: int, y: int, coarser: int) -> tuple[Places, Places]:
    """Which features are drawn as shapes in a tile (their places on the ground of shapes), in order, and which as points (their
    places among all): these, where the tile holds the point."""
    unit = 1.0 / (EXTENT * (1 << z))
    size, lines = shaped.size.values, shaped.lines.values
    reach = shaped.spread.within(shapely.box(*mercator.bounds(z, x, y, BUFFER / EXTENT)))
    large = size[reach] >= SEEN * unit * 2**coarser
    line = lines[reach]
    drawn = np.concatenate(
        [
            _largest(size, reach[large & ~line], MOST_AREAS >> coarser),
            _largest(size, reach[line & (size[reach] >= unit * SEEN / 4)], MOST_LINES >> coarser),
        ]
    )
    west, north, east, south = mercator.bounds(z, x, y)
    u, v = shaped.columns["x"].values, shaped.columns["y"].values
    here = (u >= west) & (u < east) & (v >= north) & (v < south) & shaped.here
    here[shaped.spread.groups[drawn]] = False
    return np.sort(drawn), np.flatnonzero(here)


def _largest(size: Floats, some: Places, most: int) -> Places:
    if len(some) <= most:
        return some
    return some[np.argpartition(-size[some], most)[:most]]


def _points(
    layer: Layer, shaped: Shaped, inside: Places, z: int, x: int, y: int, coarser: int
) -> Iterator[Drawn]:
    if not len(inside):
        return
    west, north, *_ = mercator.bounds(z, x, y)
    side = EXTENT * (1 << z)
    u = (shaped.columns["x"].values[inside] - west) * side
    v = (shaped.columns["y"].values[inside] - north) * side
    if layer.style.cluster or len(inside) > CLOSE_CELLS**2 or coarser:
        yield from _gathered(layer, shaped, inside, u, v, max(_cells(layer, z) >> coarser, 1))
        return
    for at, here_u, here_v in zip(inside.tolist(), u, v, strict=True):
        yield _one(layer, shaped.features[at], here_u, here_v)


def _cells(layer: Layer, z: int) -> int:
    return CLOSE_CELLS if z >= CLOSE_ZOOM or not layer.style.cluster else CELLS


def _gathered(
    layer: Layer, shaped: Shaped, inside: Places, u: Floats, v: Floats, cells: int
) -> Iterator[Drawn]:
    """One sign for each cell: the thing itself where it is alone, else how many, amid them, with the gravest's value."""
    across = np.minimum((u * cells / EXTENT).astype(np.int64), cells - 1)
    down = np.minimum((v * cells / EXTENT).astype(np.int64), cells - 1)
    cell = across * cells + down
    all_counts = np.bincount(cell, minlength=cells * cells)
    held = np.flatnonzero(all_counts)
    first = np.zeros(cells * cells, np.int64)
    first[cell[::-1]] = np.arange(len(cell))[::-1]
    place = np.cumsum(all_counts > 0) - 1
    first, cell, counts = first[held], place[cell], all_counts[held]
    mean_u, mean_v = np.bincount(cell, u) / counts, np.bincount(cell, v) / counts
    gravest = np.full(len(counts), np.iinfo(np.int64).max)
    np.minimum.at(gravest, cell, shaped.columns["ranks"].values[inside])
    for some in _heaps(mean_u, mean_v, counts, NEAR * EXTENT / cells):
        count = int(counts[some].sum())
        here_u, here_v = (float((of[some] * counts[some]).sum() / count) for of in (mean_u, mean_v))
        if count == 1:
            yield _one(layer, shaped.features[inside[first[some[0]]]], here_u, here_v)
        else:
            told: dict[str, mvt.Plain] = {"count": count, **_of_rank(layer, int(gravest[some].min()))}
            yield Drawn(mvt.POINT, [_whole(here_u, here_v)], told)


def _heaps(u: Floats, v: Floats, counts: Places, near: float) -> list[Places]:
    """Cells whose signs would cover each other become one, the fullest first; among many cells (close zooms) none do."""
    if len(u) > CELLS * CELLS:
        return [np.array([at]) for at in range(len(u))]
    left = np.ones(len(u), bool)
    found = []
    for at in np.argsort(-counts, kind="stable"):
        if left[at]:
            some = np.flatnonzero(left & (np.hypot(u - u[at], v - v[at]) < near))
            left[some] = False
            found.append(some)
    return found


def _of_rank(layer: Layer, rank: int) -> dict[str, str]:
    column = layer.column(layer.style.by) if layer.style.by else None
    return {column.name: column.values[rank].code} if column and rank < len(column.values) else {}


def _one(layer: Layer, one: Feature, u: float, v: float) -> Drawn:
    return Drawn(mvt.POINT, [_whole(u, v)], _told(layer, one))


def _whole(u: float, v: float) -> NDArray[np.int64]:
    return np.array([[round(u), round(v)]], np.int64)


def _told(layer: Layer, one: Feature) -> dict[str, mvt.Plain]:
    told: dict[str, mvt.Plain] = {"id": one.id}
    for column in layer.columns:
        value = one.properties.get(column.name) if column.in_tiles else None
        if isinstance(value, datetime):
            value = clock.wire(value)
        told[column.name] = value[:MOST_TEXT] if isinstance(value, str) else value
    return told


def _areas(
    layer: Layer, shaped: Shaped, found: Places, z: int, x: int, y: int, coarser: int
) -> Iterator[Drawn]:
    """Lines and areas, clipped to the tile with its buffer and simplified."""
    if not len(found):
        return
    unit = 1.0 / (EXTENT * (1 << z))
    off = FINEST * 2**coarser
    west, north, *_ = mercator.bounds(z, x, y)
    clipped = shapely.clip_by_rect(shaped.spread.shapes[found], *mercator.bounds(z, x, y, BUFFER / EXTENT))
    drawn = shapely.transform(
        shapely.simplify(clipped, off * unit, preserve_topology=False),
        lambda xy: np.round((xy - (west, north)) / unit),
    )
    for at, (sort, parts) in _drawn(drawn, off):
        yield Drawn(sort, parts, _told(layer, shaped.features[shaped.spread.groups[found[at]]]))


Part = tuple[int, list[Places]]


def _drawn(shapes: NDArray[Any], off: float) -> Iterator[tuple[int, Part]]:
    """What is left of each shape in whole units, one sort at a time; all at once, for one by one takes ten times as long."""
    singles, owners = shapely.get_parts(shapes, return_index=True)
    singles, inner = shapely.get_parts(singles, return_index=True)  # what clipping leaves may be a collection
    owners = owners[inner]
    kinds = shapely.get_type_id(singles)
    rings, ring_of = shapely.get_rings(singles, return_index=True)
    found: dict[tuple[int, int], list[Places]] = {}
    whole: dict[int, bool] = {}
    for owner, way in zip(ring_of.tolist(), _ways(rings), strict=True):
        outer = owner not in whole
        ring = _ring(way, outer, off if outer else 0)
        if outer:
            whole[owner] = ring is not None
        if ring is not None and whole[owner]:
            found.setdefault((int(owners[owner]), mvt.POLYGON), []).append(ring)
    for kind, sort, least in ((1, mvt.LINE, 2), (0, mvt.POINT, 1)):
        these = np.flatnonzero(kinds == kind)
        for at, way in zip(these.tolist(), _ways(singles[these]), strict=True):
            if len(way) >= least:
                found.setdefault((int(owners[at]), sort), []).append(way)
    for (owner, sort), parts in sorted(found.items(), key=lambda one: one[0]):
        yield owner, (sort, parts)


def _ways(lines: NDArray[Any]) -> list[Places]:
    """The positions of each line in whole units, none twice in a row."""
    if not len(lines):
        return []
    xy, line_of = shapely.get_coordinates(lines, return_index=True)
    way = xy.astype(np.int64)
    kept = np.ones(len(way), bool)
    kept[1:] = (way[1:] != way[:-1]).any(axis=1) | (line_of[1:] != line_of[:-1])
    way, line_of = way[kept], line_of[kept]
    return np.split(way, np.searchsorted(line_of, np.arange(1, len(lines))))


def _ring(way: Places, outer: bool, off: float) -> Places | None:
    """A ring as the format wants it: not closed, with the clock on a screen, a hole against it; None for less than a dot."""
    if len(way) > 1 and (way[0] == way[-1]).all():
        way = way[:-1]
    if len(way) < 3:
        return None
    double = _double_area(way)
    if abs(double) <= 2 * off * off:
        return None
    return way if (double > 0) is outer else way[::-1]


def _double_area(ring: Places) -> int:
    x, y = ring[:, 0], ring[:, 1]
    return int(x[:-1] @ y[1:] - x[1:] @ y[:-1] + x[-1] * y[0] - x[0] * y[-1])
