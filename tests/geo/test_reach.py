"""How far one gets in so many minutes, held against looking at each place by itself."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point, box

from geo import reach
from geo.closing import Barrier
from geo.drivable import Spot
from geo.route import Roads
from tests.geo.roads import SOUTH, STEP, WEST, grid, road, roads_of

CROSS = [road(10, 11, 12, 13, 14, speed=30.0), road(2, 7, 12, 17, 22, speed=30.0, one_way=True)]


@settings(max_examples=25, deadline=None)
@given(
    st.floats(0, 1),
    st.lists(st.tuples(st.integers(0, 3), st.floats(0, 1)), min_size=1, max_size=8),
    st.booleans(),
)
def test_each_place_lies_in_the_area_of_the_minutes_it_takes(
    share: float, places: list[tuple[int, float]], shut: bool
) -> None:
    drivable = roads_of(grid(CROSS, 5)).drivable
    closed = (
        [Barrier("a", box(WEST + 2.4 * STEP, SOUTH + 1.9 * STEP, WEST + 2.6 * STEP, SOUTH + 2.1 * STEP))]
        if shut
        else []
    )
    roads = Roads(drivable, closed)
    start = Spot(0, share, 0.0, 0.0)
    bands = reach.areas(roads, start, (1, 2, 5))
    for stretch, at in places:
        seconds = roads.matrix([start], [Spot(stretch, at, 0.0, 0.0)])[0, 0]
        stands = any(gap.begin < at < gap.end for gap in roads.gaps.get(stretch, ()))
        line = drivable.ground.lines[stretch]
        here = drivable.ground.plane.round(line.interpolate(at, normalized=True))
        for minutes, area in bands.items():
            if seconds <= minutes * 60 and not stands:
                assert area.covers(here)
    assert bands[1].area <= bands[2].area <= bands[5].area
    assert all(area.is_valid for area in bands.values())


def test_it_reaches_nothing_through_a_closed_road() -> None:
    drivable = roads_of(grid([road(0, 1, 2, 3, 4)], 5)).drivable
    start = drivable.spot(WEST + 0.5 * STEP, SOUTH)
    open_, shut = Roads(drivable), Roads(drivable, [Barrier("a", Point(WEST + 2 * STEP, SOUTH))])
    beyond = Point(WEST + 3.5 * STEP, SOUTH)
    assert reach.areas(open_, start, (15,))[15].covers(beyond)
    assert not reach.areas(shut, start, (15,))[15].covers(beyond)
    assert reach.areas(shut, start, (15,))[15].covers(Point(WEST + 1.5 * STEP, SOUTH))


def test_it_puts_each_into_the_first_band_that_holds_it() -> None:
    assert reach.within([1000.0, 100.0, 899.0, math.inf, 900.0, 3600.1]) == {15: [1, 2, 4], 30: [0], 60: []}
    assert reach.within([], (5,)) == {5: []}
    with pytest.raises(ValueError, match="max"):
        reach.areas(roads_of(grid(CROSS, 5)), Spot(0, 0.5, 0, 0), ())
