"""A drawn road net for a demo: the townships' schematic anchors joined as a county's roads might join them. 示意: it carries no
fact, and every road in it says so by its name. Always the same, from the anchors alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from math import cos, hypot, pi, radians, sin

import numpy as np
from shapely import LineString, Point

from command.places import register
from geo.roadnet import FOOT, MOTOR, RoadNet, Way, build

SOURCE = "示意路网（本系统自绘，非实际道路）"
LICENCE = "MIT"
MARK = "示意路"
POINTS = 24
"""Points of a road between two townships."""
BEND = 0.09
"""How far a road bends from the straight line, as a part of its length."""
SPOKES, RING_KM, END_KM = 7, 2.2, 5.0
BOTH = MOTOR | FOOT
At = tuple[float, float]


class _Board:
    """Points and ways as they are drawn."""

    def __init__(self) -> None:
        self.points: list[At] = []
        self.ways: list[Way] = []

    def point(self, at: At) -> int:
        self.points.append((round(at[0], 6), round(at[1], 6)))
        return len(self.points) - 1

    def road(self, nodes: Sequence[int], road_class: str, speed: float, name: str) -> None:
        self.ways.append(Way(nodes, road_class, speed, BOTH, BOTH, f"{MARK}·{name}"))


def draw() -> RoadNet:
    """The net: a tree of county roads over the anchors, some shorter ways between neighbours, and lanes around each."""
    board, cells = _Board(), register.cells()
    middle = [board.point(cell.anchor) for cell in cells]
    tree = _tree([cell.anchor for cell in cells])
    for one, other in tree + _shortcuts([cell.anchor for cell in cells], tree):
        names = f"{_short(cells[one])}—{_short(cells[other])}"
        main = (one, other) in tree
        bends = [board.point(at) for at in _bent(cells[one].anchor, cells[other].anchor, names)]
        board.road(
            [middle[one], *bends, middle[other]],
            *(("secondary", 50.0) if main else ("tertiary", 38.0)),
            names,
        )
    for number, cell in enumerate(cells):
        _lanes(board, middle[number], cell)
    lon, lat = np.array(board.points).T
    return build(board.ways, lon, lat)


def _short(cell: register.Cell) -> str:
    place = register.township(cell.code)
    return place.short if place else cell.name


def _away(one: At, other: At) -> float:
    return hypot((one[0] - other[0]) * cos(radians(one[1])), one[1] - other[1])


def _tree(at: Sequence[At]) -> list[tuple[int, int]]:
    """The shortest set of pairs that joins all: to those joined, always the nearest."""
    joined, pairs = {0}, []
    while len(joined) < len(at):
        best = min((_away(at[i], at[j]), i, j) for i in joined for j in range(len(at)) if j not in joined)
        joined.add(best[2])
        pairs.append((min(best[1:]), max(best[1:])))
    return pairs


def _shortcuts(at: Sequence[At], tree: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """To each its nearest neighbours that the tree does not join to it."""
    found: dict[tuple[int, int], None] = {}
    for i in range(len(at)):
        near = sorted((j for j in range(len(at)) if j != i), key=lambda j: _away(at[i], at[j]))[:3]
        for j in near:
            if (pair := (min(i, j), max(i, j))) not in tree:
                found[pair] = None
    return list(found)


def _chance(key: str, many: int) -> list[float]:
    """Numbers from -1 to 1 that belong to a name, the same on every machine."""
    drawn = blake2b(key.encode(), digest_size=2 * many).digest()
    return [int.from_bytes(drawn[2 * n : 2 * n + 2], "big") / 32767.5 - 1 for n in range(many)]


def _bent(start: At, goal: At, key: str) -> Iterator[At]:
    """The inner points of a road that winds between two places; straight where it would leave the county."""
    outline = register.outline()
    for share in (1.0, 0.5, 0.0):
        points = list(_wave(start, goal, key, BEND * share))
        if share == 0.0 or outline.covers(LineString([start, *points, goal])):
            yield from points
            return


def _wave(start: At, goal: At, key: str, bend: float) -> Iterator[At]:
    east, north = goal[0] - start[0], goal[1] - start[1]
    one, two, three = _chance(key, 3)
    for n in range(1, POINTS):
        t = n / POINTS
        aside = bend * (one * sin(pi * t) + two * sin(2 * pi * t) / 2 + three * sin(5 * pi * t) / 4)
        yield start[0] + east * t - north * aside, start[1] + north * t + east * aside


def _lanes(board: _Board, middle: int, cell: register.Cell) -> None:
    """Village lanes out of a township's anchor, and one around it, as far as its own cell goes."""
    lon, lat = cell.anchor
    east = 1 / (111.2 * cos(radians(lat)))
    turn = _chance(cell.code, 1)[0]
    ring = []
    for n in range(SPOKES):
        angle = 2 * pi * (n + turn / 3) / SPOKES
        ends = [(lon + cos(angle) * km * east, lat + sin(angle) * km / 111.2) for km in (RING_KM, END_KM)]
        inside = [board.point(at) for at in ends if cell.area.covers(Point(at))]
        if inside:
            board.road([middle, *inside], "unclassified", 30.0, f"{_short(cell)}村道{n + 1}")
            ring.append(inside[0])
    for one, other in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        if one != other:
            board.road([one, other], "unclassified", 28.0, f"{_short(cell)}环道")
