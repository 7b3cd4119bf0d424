"""Ways over a road net, held against a slow sure search, and what closures do to them."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Point, box

from geo.closing import Barrier
from geo.drivable import VEHICLES, Drivable, Ground, Spot
from geo.roadnet import CAR, FOOT, MOTOR, BadNet, RoadNet, Way, read, write
from geo.route import Roads
from geo.steps import line_of, steps_of
from tests.geo.ellipsoid import geodesic
from tests.geo.roads import BOTH, SOUTH, STEP, WEST, grid, road, roads_of, slow_dijkstra

SIDE = 5


@st.composite
def nets(draw: st.DrawFn) -> RoadNet:
    """Between 3 and 25 roads of two to five nodes over a grid: crossing, doubled, one-way, circles too."""
    ways = []
    for _ in range(draw(st.integers(3, 25))):
        at = draw(st.integers(0, SIDE * SIDE - 1))
        nodes = [at]
        for _ in range(draw(st.integers(1, 4))):
            x, y = at % SIDE, at // SIDE
            near = [
                (x + i, y + j)
                for i in (-1, 0, 1)
                for j in (-1, 0, 1)
                if (i or j) and 0 <= x + i < SIDE and 0 <= y + j < SIDE
            ]
            x, y = draw(st.sampled_from(near))
            at = y * SIDE + x
            nodes.append(at)
        ways.append(
            road(*nodes, speed=draw(st.sampled_from((5.0, 25.0, 40.0, 90.0))), one_way=draw(st.booleans()))
        )
    try:
        return grid(ways, SIDE)
    except ValueError:  # only walks to and fro on one spot were drawn
        return grid([road(0, 1)], SIDE)


@settings(max_examples=120, deadline=None)
@given(nets(), st.data())
def test_it_finds_what_a_slow_search_finds(net: RoadNet, data: st.DataObject) -> None:
    roads = roads_of(net)
    usable = roads.drivable.usable.tolist()
    e, g = data.draw(st.sampled_from(usable)), data.draw(st.sampled_from(usable))
    share = st.floats(0, 1)
    start, goal = Spot(e, data.draw(share), 10.0, 4.0), Spot(g, data.draw(share), 0.0, 2.0)
    slow = math.inf
    for way in roads.leaving(start):
        onward = slow_dijkstra(roads, way.junction)
        for end in roads.arriving(goal):
            slow = min(slow, way.seconds + onward[end.junction] + end.seconds)
    slow = min(slow, roads.along(start, goal)) + 6.0
    assert roads.matrix([start], [goal, goal])[0, 1] == pytest.approx(slow, abs=0.01)
    assert roads.matrix([start, start], [goal])[1, 0] == pytest.approx(slow, abs=0.01)
    assert roads.toward(goal).from_spot(start) == pytest.approx(slow, abs=0.01)
    found = roads.route(start, goal)
    assert (found is None) == (slow == math.inf)
    if found is not None:
        assert found.seconds == pytest.approx(slow, abs=0.01)
        _hangs_together(roads, start, goal, found.legs, found.seconds - 6.0)
        told = roads.toward(goal).trip(start)[1]
        assert told >= 0
        if len({round(float(one), 3) for one in net.speed_kmh}) == 1 and not roads.gaps:
            assert told == pytest.approx(found.metres, abs=0.5)  # one speed: the fastest is the shortest


def _hangs_together(roads: Roads, start: Spot, goal: Spot, legs: tuple, seconds: float) -> None:
    """Each leg begins where the last ended, none goes against the traffic, and together they take the time."""
    costs, took = roads.drivable, 0.0
    for leg in legs:
        way = costs.forward if leg.begin < leg.end else costs.backward
        assert np.isfinite(way[leg.stretch])
        took += abs(leg.end - leg.begin) * float(way[leg.stretch])
    assert took == pytest.approx(seconds, abs=0.01)
    if legs:
        assert (legs[0].stretch, legs[0].begin) == (start.stretch, start.share) or start.share in (0.0, 1.0)
        line = line_of(roads, legs)
        ends = [line_of(roads, [leg]) for leg in legs]
        for one, after in itertools.pairwise(ends):
            assert one[-1] == pytest.approx(after[0], abs=2e-6)
        total = sum(geodesic(*a, *b) for a, b in itertools.pairwise(line))
        metres = sum(abs(leg.end - leg.begin) * float(roads.net.length_m[leg.stretch]) for leg in legs)
        assert total == pytest.approx(metres, rel=0.01, abs=1.0)


@settings(max_examples=60, deadline=None)
@given(nets())
def test_it_measures_its_roads_as_the_ellipsoid_does(net: RoadNet) -> None:
    for stretch in range(len(net)):
        line = net.line(stretch)
        true = sum(geodesic(*a, *b) for a, b in itertools.pairwise(line))
        assert float(net.length_m[stretch]) == pytest.approx(true, rel=0.006)


@settings(max_examples=30, deadline=None)
@given(net=nets())
def test_it_is_written_and_read_as_it_was(net: RoadNet, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("net") / "a.npz"
    write(net, path)
    again = read(path, net.digest)
    assert again.digest == net.digest
    assert again.labels == net.labels
    assert (again.lon == net.lon).all()


def test_it_refuses_a_file_that_is_not_what_its_name_says(tmp_path) -> None:
    one, other = grid([road(0, 1, 2)], SIDE), grid([road(0, 1)], SIDE)
    path = tmp_path / "a.npz"
    write(one, path)
    with pytest.raises(BadNet):
        read(path, other.digest)
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(BadNet):
        read(path)
    path.write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(BadNet):
        read(path)


def at(x: float, y: float) -> tuple[float, float]:
    """A place on the grid, in its steps."""
    return WEST + STEP * x, SOUTH + STEP * y


# A straight road along the south with a way round over the north: 0-1-2-3-4 and 0-5-9-4 by rows of the grid.
AROUND = [road(0, 1, 2, 3, 4, name="南路"), road(0, 5, 6, 7, 8, 9, 4, name="北路")]


def test_it_goes_round_what_is_closed_and_names_the_roads() -> None:
    net = grid(AROUND, SIDE)
    roads = roads_of(net)
    start, goal = roads.drivable.spots(*zip(at(0.1, 0), at(3.9, 0), strict=True))
    free = roads.route(start, goal)
    assert [step.name for step in steps_of(roads, free.legs)] == ["南路"]
    shut = Roads(roads.drivable, [Barrier("a", Point(*at(2, 0)))])
    round_ = shut.route(start, goal)
    assert round_.seconds > free.seconds
    assert [step.name for step in steps_of(shut, round_.legs)] == ["南路", "北路", "南路"]
    assert sum(step.seconds for step in steps_of(shut, round_.legs)) == pytest.approx(
        round_.seconds - start.off_s - goal.off_s
    )
    assert Roads(roads.drivable).route(start, goal).seconds == free.seconds


def test_it_drives_up_to_a_closure_from_both_sides_and_out_of_it() -> None:
    roads = roads_of(grid([road(0, 4)], SIDE))
    west, inside, east = roads.drivable.spots(*zip(at(0.5, 0), at(2, 0), at(3.5, 0), strict=True))
    shut = Roads(roads.drivable, [Barrier("a", box(*at(1.5, -1), *at(2.5, 1)))])
    assert shut.route(west, east) is None
    for side in (west, east):
        found = shut.route(side, inside)
        assert found.short_m == pytest.approx(geodesic(*at(2, 0), *at(2.5, 0)), rel=0.01)
        assert math.isfinite(shut.toward(inside).from_spot(side))
        assert shut.route(inside, side).short_m == 0.0
    assert math.isfinite(shut.matrix([west], [roads.drivable.spot(*at(1.2, 0))])[0, 0])


def test_it_closes_the_road_a_line_runs_along_and_not_the_side_roads_at_its_ends() -> None:
    ways = [road(0, 1, 2, 3, 4), road(1, 6, 11, 12, 13, 8, 3)]
    roads = roads_of(grid(ways, SIDE))
    drawn = LineString([at(1, 0.001), at(2, -0.001), at(3, 0.001)])
    shut = Roads(roads.drivable, [Barrier("a", drawn)])
    west, east = roads.drivable.spots(*zip(at(0.2, 0), at(3.8, 0), strict=True))
    assert shut.route(west, east).metres > roads.route(west, east).metres * 1.5


def test_it_lets_traffic_pass_in_the_direction_in_which_the_line_was_drawn() -> None:
    roads = roads_of(grid([road(0, 1, 2, 3, 4)], SIDE))
    west, east = roads.drivable.spots(*zip(at(0.2, 0), at(3.8, 0), strict=True))
    eastward = Roads(roads.drivable, [Barrier("a", LineString([at(1, 0), at(3, 0)]), one_way=True)])
    assert eastward.route(west, east) is not None
    assert eastward.route(east, west) is None
    westward = Roads(roads.drivable, [Barrier("a", LineString([at(3, 0), at(1, 0)]), one_way=True)])
    assert westward.route(west, east) is None
    assert westward.route(east, west) is not None


def test_it_takes_only_roads_that_the_vehicle_fits() -> None:
    low = Way((0, 1, 2), "tertiary", 40.0, BOTH, BOTH, "低桥", height_m=3.0)
    weak = Way((0, 5, 6, 7, 2), "tertiary", 40.0, BOTH, BOTH, "危桥", weight_t=10.0)
    path = Way((2, 3), "path", 5.0, FOOT, FOOT, "小路")
    net = grid([low, weak, path], SIDE)
    ends = at(0.3, 0), at(1.7, 0)
    car, truck, foot = (roads_of(net, one) for one in ("car", "truck", "foot"))
    assert [
        one.name for one in steps_of(car, car.route(*car.drivable.spots(*zip(*ends, strict=True))).legs)
    ] == ["低桥"]
    assert not len(truck.drivable.usable)
    assert truck.drivable.spot(*ends[0]) is None
    spots = foot.drivable.spots(*zip(at(0.3, 0), at(2.9, 0), strict=True))
    assert foot.route(*spots).metres == pytest.approx(geodesic(*at(0.3, 0), *at(2.9, 0)), rel=0.01)
    assert car.drivable.spot(*at(2.9, 0)).off_m > 500


def test_it_does_not_start_from_an_island_of_the_data_nor_from_nowhere() -> None:
    mainland = [road(*range(row * 10, row * 10 + 10)) for row in range(10)]
    mainland += [road(*range(column, 100, 10)) for column in range(10)]
    number = np.arange(102)
    lon = np.append(WEST + STEP * (number[:100] % 10), [WEST + 0.0051, WEST + 0.0052])
    lat = np.append(SOUTH + STEP * (number[:100] // 10), [SOUTH + 0.005, SOUTH + 0.005])
    from geo.roadnet import build

    drivable = Drivable(Ground(build([*mainland, road(100, 101)], lon, lat)), VEHICLES["car"])
    spot = drivable.spot(WEST + 0.0051, SOUTH + 0.005)
    assert spot is not None
    assert spot.off_m > 400
    assert drivable.spot(WEST - 1, SOUTH) is None


def test_it_takes_the_faster_of_two_roads_between_the_same_junctions() -> None:
    slow, fast = road(0, 1, 2, speed=10.0, name="慢"), Way((0, 6, 2), "primary", 90.0, MOTOR, MOTOR, "快")
    roads = roads_of(grid([slow, fast, road(2, 3, speed=20.0), road(0, 5, speed=20.0)], SIDE))
    found = roads.route(*roads.drivable.spots(*zip(at(0, 0.5), at(2.5, 0), strict=True)))
    assert "快" in [one.name for one in steps_of(roads, found.legs)]
    assert not [one for one in steps_of(roads, found.legs) if one.name == "慢"]


def test_a_car_alone_is_no_lorry() -> None:
    only = Way((0, 1, 2), "track", 15.0, CAR, CAR)
    net = grid([only], SIDE)
    assert len(roads_of(net, "car").drivable.usable) == 1
    assert not len(roads_of(net, "offroad").drivable.usable)
