"""Kilometres as points: on a post, between two, past the last one, and along a road's own line."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import LineString

from geo.kilometres import Post, along, place

GEOD = Geod(ellps="WGS84")
WEST, LAT = 112.80, 36.83
EAST = GEOD.fwd(WEST, LAT, 90, 10_000)[0]
POSTS = [Post(10, WEST, LAT, 50), Post(20, EAST, LAT, 50)]


def test_a_post_is_where_it_stands() -> None:
    found = place(POSTS, 10)
    assert found is not None
    assert (found.lon, found.lat, found.within_m, found.how) == (WEST, LAT, 50, "post")


@given(st.floats(10.01, 19.99))
def test_between_two_posts_it_lies_on_the_way_and_says_how_sure_it_is(km: float) -> None:
    found = place(POSTS, km)
    assert found is not None
    metres = GEOD.inv(WEST, LAT, found.lon, found.lat)[2]
    assert abs(metres - (km - 10) * 1000) < 60
    near = min(km - 10, 20 - km) * 1000
    assert found.how == "between"
    assert 50 + 0.09 * near <= found.within_m <= 1000  # a straight road leaves little room


def test_a_road_that_winds_is_less_sure_than_one_that_does_not() -> None:
    winding = [Post(10, WEST, LAT, 50), Post(30, EAST, LAT, 50)]  # 20 km of road between posts 10 km apart
    straight, wound = place(POSTS, 15), place(winding, 20)
    assert straight is not None
    assert wound is not None
    assert wound.within_m > straight.within_m + 2000


@pytest.mark.parametrize(("km", "within"), [(21.5, 1550), (9, 1050), (22.9, 2950), (23.1, None), (6.9, None)])
def test_past_the_last_post_it_is_that_post_for_three_kilometres(km: float, within: int | None) -> None:
    found = place(POSTS, km)
    assert (found.within_m if found else None) == within
    assert found is None or found.how == "beyond"


def test_posts_too_far_apart_say_nothing_of_the_middle() -> None:
    assert place([POSTS[0], Post(90, EAST, LAT, 50)], 50) is None
    assert place([], 5) is None


def test_along_a_bent_road_the_kilometres_lie_on_it() -> None:
    corner = GEOD.fwd(WEST, LAT, 90, 6000)[:2]
    end = GEOD.fwd(*corner, 0, 4000)[:2]
    road = [
        LineString([(WEST, LAT), corner]),
        LineString([end, corner]),
    ]  # in two pieces, one of them backwards
    elsewhere = LineString([(WEST, LAT + 0.2), (EAST, LAT + 0.2)])
    made = along([elsewhere, *road], [Post(100, WEST, LAT, 50), Post(110, end[0], end[1], 50)])
    assert [one.km for one in made] == [float(km) for km in range(101, 110)]
    for one in made:
        walked = (
            GEOD.inv(WEST, LAT, one.lon, one.lat)[2]
            if one.km <= 106
            else 6000 + GEOD.inv(*corner, one.lon, one.lat)[2]
        )
        assert abs(walked - (one.km - 100) * 1000) < 60, one
        assert one.within_m > 50
    assert max(made, key=lambda one: one.within_m).km == 105
    straight = place([Post(100, WEST, LAT, 50), Post(110, end[0], end[1], 50)], 106)
    assert straight is not None
    assert (
        GEOD.inv(straight.lon, straight.lat, *corner)[2] < straight.within_m
    )  # the truth lies within what it says


def test_nothing_is_reckoned_along_a_line_that_is_not_that_road() -> None:
    road = LineString([(WEST, LAT), (EAST, LAT)])
    assert (
        along([road], [Post(0, WEST, LAT, 50), Post(30, EAST, LAT, 50)]) == []
    )  # 10 km of line for 30 of posts
    assert along([road], [Post(0, WEST, LAT + 0.1, 50), Post(10, EAST, LAT + 0.1, 50)]) == []
    assert along([], POSTS) == [] == along([road], POSTS[:1])
    assert not any(math.isnan(one.lon) for one in along([road], POSTS))
