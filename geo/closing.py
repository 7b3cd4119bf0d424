"""Where a road is closed: a point, line or area on the map as the parts of stretches that cannot be driven, and which way.

A point closes the roads at it. An area closes what lies in it. A line closes what it crosses, and what it runs along for some
way; side roads at its ends stay open, however inexactly it was drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from shapely import LineString, Point, STRtree
from shapely.geometry.base import BaseGeometry

from geo.plane import Plane

AT_POINT_M = 15.0
"""Half of what a point closes, or a line that crosses."""
NEAREST_M = 200.0
"""How far from a road a point may be set and still mean it."""
BESIDE_M = 25.0
"""How far beside a road a line that runs along it may be drawn."""
ALONG_M = 40.0
"""A line runs along a road when it does so for so many metres, or for most of a short stretch: more than a crossing takes."""
MOST_OF = 0.8


@dataclass(frozen=True)
class Barrier:
    """One closure, named by its key: its shape (WGS-84), and whether a line's own direction stays open (`one_way`)."""

    key: str
    shape: BaseGeometry
    one_way: bool = False


class Gap(NamedTuple):
    """A part of a stretch that cannot be driven, in shares of its length from a; which directions; whose closure."""

    begin: float
    end: float
    forward: bool
    backward: bool
    key: str


Part = tuple[int, float, float]


def gaps(
    barriers: Iterable[Barrier], tree: STRtree, lines: Sequence[LineString], plane: Plane
) -> dict[int, list[Gap]]:
    """Stretch → what is closed of it, from a on. `tree` and `lines` are in metres of the plane."""
    found: dict[int, list[Gap]] = {}
    for one in barriers:
        shape = plane.flat(one.shape)
        one_way = one.one_way and isinstance(shape, LineString)
        for stretch, begin, end in _parts(shape, tree, lines, crossing=not one_way):
            line = lines[stretch]
            with_it = one_way and _runs_with(line, shape, begin, end)
            gap = Gap(
                begin / line.length,
                end / line.length,
                not (one_way and with_it),
                not one_way or with_it,
                one.key,
            )
            found.setdefault(stretch, []).append(gap)
    return {stretch: sorted(some) for stretch, some in found.items()}


def _parts(
    shape: BaseGeometry, tree: STRtree, lines: Sequence[LineString], *, crossing: bool
) -> Iterator[Part]:
    """(stretch, metres from, metres to) of what is closed."""
    if isinstance(shape, Point):
        near: Any = tree.query(shape, predicate="dwithin", distance=AT_POINT_M)
        if not len(near):
            near = tree.query_nearest(shape, max_distance=NEAREST_M, all_matches=True)
        for stretch in near.tolist():
            yield _around(stretch, lines[stretch], shape)
    elif isinstance(shape, LineString):
        beside = shape.buffer(BESIDE_M)
        for stretch in tree.query(beside, predicate="intersects").tolist():
            line = lines[stretch]
            along = [
                one
                for one in _inside(stretch, line, beside)
                if one[2] - one[1] >= min(ALONG_M, MOST_OF * line.length)
            ]
            yield from along
            if crossing and not along and line.crosses(shape):
                for at in _points(line.intersection(shape)):
                    yield _around(stretch, line, at)
    else:
        for stretch in tree.query(shape, predicate="intersects").tolist():
            yield from _inside(stretch, lines[stretch], shape)


def _around(stretch: int, line: LineString, at: Point) -> Part:
    place = line.project(at)
    return stretch, max(0.0, place - AT_POINT_M), min(line.length, place + AT_POINT_M)


def _inside(stretch: int, line: LineString, area: BaseGeometry) -> Iterator[Part]:
    shared = line.intersection(area)
    for piece in getattr(shared, "geoms", [shared]):
        if isinstance(piece, LineString) and piece.length > 0:
            ends = sorted((line.project(Point(piece.coords[0])), line.project(Point(piece.coords[-1]))))
            yield stretch, ends[0], ends[1]


def _points(shared: BaseGeometry) -> Iterator[Point]:
    for piece in getattr(shared, "geoms", [shared]):
        yield piece if isinstance(piece, Point) else Point(piece.coords[0])


def _runs_with(line: LineString, drawn: LineString, begin: float, end: float) -> bool:
    """Whether a stretch, from a to b, runs in the direction in which the line was drawn."""
    return bool(drawn.project(line.interpolate(begin)) < drawn.project(line.interpolate(end)))
