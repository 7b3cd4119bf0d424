"""Turns that are not allowed and what stands on a road, held against a slow search over stretches and directions."""

from __future__ import annotations

import heapq
import itertools
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import osm, roadnet
from geo.barring import Barred
from geo.drivable import INF, Spot
from geo.reach import areas
from geo.roadnet import FOOT, MOTOR, TRUCK, RoadNet, Way, build
from geo.route import Roads
from tests.geo.roads import BOTH, STEP, WEST, roads_of

SIDE = 4
SOUTH = 36.8


def block(rules: list[Barred] | None = None, stopped: dict[int, int] | None = None) -> RoadNet:
    """A grid of streets, each between two crossings, with rules for turns."""
    import numpy as np

    number = np.arange(SIDE * SIDE)
    return build(
        STREETS, WEST + STEP * (number % SIDE), SOUTH + STEP * (number // SIDE), rules or [], stopped
    )


def _streets() -> list[Way]:
    across = [(SIDE * y + x, SIDE * y + x + 1) for y in range(SIDE) for x in range(SIDE - 1)]
    up = [(SIDE * y + x, SIDE * (y + 1) + x) for y in range(SIDE - 1) for x in range(SIDE)]
    speeds = itertools.cycle((30.0, 50.0, 70.0, 35.0, 45.0))
    return [Way(pair, "tertiary", next(speeds), BOTH, BOTH) for pair in (*across, *up)]


STREETS = _streets()


@st.composite
def rules(draw: st.DrawFn) -> list[Barred]:
    """Some turns that are forbidden, and some crossings at which one way alone is allowed."""
    meeting = [
        (a, node, b) for a, b in itertools.product(range(len(STREETS)), repeat=2)
        for node in STREETS[a].nodes if node in STREETS[b].nodes
    ]  # fmt: skip
    picked = draw(st.lists(st.sampled_from(meeting), max_size=40, unique=True))
    return [
        Barred(a, node, b, only=a != b and draw(st.integers(0, 5)) == 0, kinds=MOTOR) for a, node, b in picked
    ]


def slow(roads: Roads, start: Spot, goal: Spot) -> float:
    """Seconds from one place to another: a search over (stretch, direction), each turn looked up in the net's rows."""
    net, costs = roads.net, roads.drivable
    kind = costs.vehicle.kind
    rows = zip(net.turn_from, net.turn_at, net.turn_to, net.turn_kinds, strict=True)
    barred = {(int(a), int(at), int(b)) for a, at, b, kinds in rows if kinds & kind}
    ends = {(e, way): int(net.b[e] if way else net.a[e]) for e in range(len(net)) for way in (True, False)}
    best = roads.along(start, goal) + start.off_s + goal.off_s
    heap = []
    for way in (True, False):
        whole = float(costs.forward[start.stretch] if way else costs.backward[start.stretch])
        heap.append((whole * (1 - start.share if way else start.share), start.stretch, way))
    seen: set[tuple[int, bool]] = set()
    heapq.heapify(heap)
    while heap:
        seconds, e, way = heapq.heappop(heap)
        if seconds == INF or (e, way) in seen:
            continue
        seen.add((e, way))
        here = ends[e, way]
        for other in range(len(net)):
            for onward in (True, False):
                if ends[other, not onward] != here or (e, here, other) in barred:
                    continue
                whole = float(costs.forward[other] if onward else costs.backward[other])
                if other == goal.stretch:
                    best = min(
                        best,
                        seconds
                        + whole * (goal.share if onward else 1 - goal.share)
                        + start.off_s
                        + goal.off_s,
                    )
                heapq.heappush(heap, (seconds + whole, other, onward))
    return best


SPOTS = st.builds(
    lambda e, share: Spot(e, share, 0.0, 0.0), st.integers(0, len(STREETS) - 1), st.floats(0.05, 0.95)
)


@settings(max_examples=60)
@given(rules(), st.lists(SPOTS, min_size=2, max_size=4))
def test_it_finds_what_a_slow_search_finds_with_turns_barred(
    given_rules: list[Barred], spots: list[Spot]
) -> None:
    roads = roads_of(block(given_rules))
    found = roads.matrix(spots, spots[:-1])
    for (i, start), (j, goal) in itertools.product(enumerate(spots), enumerate(spots[:-1])):
        expected = slow(roads, start, goal)
        assert found[i][j] == pytest.approx(expected, abs=1e-4)
        toward = roads.toward(goal)
        assert toward.from_spot(start) == pytest.approx(expected, abs=1e-4)
        way = roads.route(start, goal)
        assert (way is None) == (expected == INF)
        if way is not None:
            assert way.seconds == pytest.approx(expected, abs=1e-4)
            assert toward.trip(start)[1] == pytest.approx(way.metres, rel=0.5)
            _allowed(roads.net, way.legs)


def _allowed(net: RoadNet, legs: Any) -> None:
    """Each turn of a way is one that the rows do not bar."""
    barred = {
        (int(a), int(at), int(b)) for a, at, b in zip(net.turn_from, net.turn_at, net.turn_to, strict=True)
    }
    for one, other in itertools.pairwise(legs):
        node = int(net.b[one.stretch] if one.end > one.begin else net.a[one.stretch])
        assert (one.stretch, node, other.stretch) not in barred


def test_a_rule_is_for_some_vehicles_and_those_on_foot_go_as_they_like() -> None:
    left = [Barred(0, 1, 13, only=False, kinds=TRUCK)]
    net = block(left)
    start, goal = Spot(0, 0.5, 0.0, 0.0), Spot(13, 0.5, 0.0, 0.0)
    free = {kind: roads_of(block(), kind).matrix([start], [goal])[0, 0] for kind in ("car", "truck", "foot")}
    told = {kind: roads_of(net, kind).matrix([start], [goal])[0, 0] for kind in ("car", "truck", "foot")}
    assert told["car"] == free["car"]
    assert told["foot"] == free["foot"]
    assert told["truck"] > free["truck"] + 10


def test_what_stands_on_a_road_is_reached_from_both_sides_and_not_passed() -> None:
    ways = [Way((0, 1, 2), "tertiary", 40.0, BOTH, BOTH)]
    lon, lat = [WEST, WEST + STEP, WEST + 2 * STEP], [SOUTH] * 3
    import numpy as np

    net = build(ways, np.array(lon), np.array(lat), [], {1: MOTOR})
    assert len(net) == 2
    roads = roads_of(net)
    west, east = roads.drivable.spot(WEST + 0.9 * STEP, SOUTH), roads.drivable.spot(WEST + 1.1 * STEP, SOUTH)
    assert west is not None
    assert east is not None
    assert roads.route(west, east) is None
    assert roads_of(net, "foot").route(west, east) is not None
    assert (
        areas(roads, west, (15,))[15].bounds[2] < WEST + 1.5 * STEP
    )  # the cells beside the road reach some 400 m


def test_a_net_with_turns_is_written_and_read_and_one_without_keeps_its_name(tmp_path: Path) -> None:
    net = block([Barred(0, 1, 13, only=False, kinds=MOTOR)])
    roadnet.write(net, tmp_path / "net.npz")
    again = roadnet.read(tmp_path / "net.npz", net.digest)
    assert again.turn_kinds.tolist() == [MOTOR]
    assert block().digest != net.digest
    assert len(block().turn_at) == 0


OWN = (
    (1, {"highway": "primary", "ref": "S222"}, (1, 2)),
    (2, {"highway": "primary", "ref": "S222"}, (2, 3)),
    (3, {"highway": "tertiary"}, (2, 4)),
    (4, {"highway": "residential"}, (3, 5)),
    (5, {"highway": "residential"}, (5, 4)),
    (6, {"highway": "service"}, (1, 6, 7)),
)
PLACES = {
    1: (112.80, 36.80), 2: (112.81, 36.80), 3: (112.82, 36.80), 4: (112.81, 36.81), 5: (112.82, 36.81), 6: (112.79, 36.80),
    7: (112.78, 36.80),
}  # fmt: skip


def written(
    path: Path, relations: list[tuple[dict[str, str], list[tuple[str, int, str]]]], **barrier: str
) -> RoadNet:
    """The roads of a small file of our own."""
    import osmium

    with osmium.SimpleWriter(str(path)) as out:
        for number, at in PLACES.items():
            tags = barrier if number == 6 else {}
            out.add_node(osmium.osm.mutable.Node(id=number, version=1, location=at, tags=tags))
        for number, tags, nodes in OWN:
            out.add_way(osmium.osm.mutable.Way(id=number, version=1, tags=tags, nodes=list(nodes)))
        for number, (tags, members) in enumerate(relations, 1):
            out.add_relation(osmium.osm.mutable.Relation(id=number, version=1, tags=tags, members=members))
    return osm.roads(path)


LEFT = [("w", 1, "from"), ("n", 2, "via"), ("w", 3, "to")]


@pytest.mark.parametrize(
    ("tags", "members", "rows"),
    [
        ({"restriction": "no_left_turn"}, LEFT, 1), ({"restriction": "only_straight_on"}, [*LEFT[:2], ("w", 2, "to")], 2),
        ({"restriction:hgv": "no_left_turn"}, LEFT, 1), ({"restriction": "no_left_turn", "except": "psv;emergency"}, LEFT, 0),
        ({"restriction": "no_left_turn"}, [LEFT[0], ("w", 2, "via"), LEFT[2]], 0), ({"restriction": "no_left_turn"}, LEFT[:2], 0),
        ({"restriction": "no_left_turn"}, [("w", 99, "from"), *LEFT[1:]], 0),
        ({"restriction:conditional": "no_left_turn @ (07:00-09:00)"}, LEFT, 0),
        ({"restriction": "no_u_turn"}, [LEFT[0], LEFT[1], ("w", 1, "to")], 1),
    ],
)  # fmt: skip
def test_it_reads_the_turns_of_a_map(tags: dict[str, str], members: Any, rows: int, tmp_path: Path) -> None:
    net = written(tmp_path / "own.osm.pbf", [({"type": "restriction", **tags}, members)])
    assert len(net.turn_at) == rows
    assert set(net.turn_kinds.tolist()) <= {TRUCK if "restriction:hgv" in tags else MOTOR}


def test_a_forbidden_turn_of_a_file_makes_the_way_longer(tmp_path: Path) -> None:
    rule = [({"type": "restriction", "restriction": "no_left_turn"}, LEFT)]
    found = []
    for relations in ([], rule):
        roads = roads_of(written(tmp_path / f"own{len(relations)}.osm.pbf", relations))
        start, goal = roads.drivable.spot(112.805, 36.80), roads.drivable.spot(112.81, 36.805)
        assert start is not None
        assert goal is not None
        way = roads.route(start, goal)
        assert way is not None
        found.append(way.metres)
    assert found[1] > 2.5 * found[0]  # round the block


@pytest.mark.parametrize(
    ("tags", "kinds"),
    [
        ({"barrier": "bollard"}, MOTOR), ({"barrier": "gate"}, 0), ({"barrier": "gate", "locked": "yes"}, MOTOR),
        ({"barrier": "lift_gate", "access": "no"}, MOTOR), ({"barrier": "block", "emergency": "yes"}, 0), ({"barrier": "cattle_grid"}, 0),
        ({"barrier": "height_restrictor", "maxheight": "2.5"}, TRUCK), ({"barrier": "toll_booth"}, 0),
    ],
)  # fmt: skip
def test_it_reads_what_stands_on_a_road(tags: dict[str, str], kinds: int, tmp_path: Path) -> None:
    net = written(tmp_path / "own.osm.pbf", [], **tags)
    assert set(net.turn_kinds.tolist()) == ({kinds} if kinds else set())
    assert not any(kind & FOOT for kind in net.turn_kinds.tolist())
