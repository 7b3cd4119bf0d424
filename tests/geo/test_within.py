"""Circles as areas, and how deep points lie inside areas: against the ellipsoid and against Shapely itself."""

from __future__ import annotations

import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod
from shapely import LineString, Point, Polygon, box

from geo.within import Areas, circle

WGS84 = Geod(ellps="WGS84")
lons, lats = st.floats(112.4, 113.3), st.floats(36.6, 37.2)
around = st.floats(0, 360)
RING = Polygon(
    [(112.80, 36.80), (112.90, 36.80), (112.90, 36.90), (112.80, 36.90)],
    [[(112.84, 36.84), (112.86, 36.84), (112.86, 36.86), (112.84, 36.86)]],
)
FAR = box(113.1, 37.0, 113.2, 37.1)


@given(lons, lats, st.floats(10, 20_000), around)
def test_nobody_within_the_radius_is_outside_the_circle(
    lon: float, lat: float, radius: float, bearing: float
) -> None:
    area = circle(lon, lat, radius)
    inside = WGS84.fwd(lon, lat, bearing, radius * 0.992)
    outside = WGS84.fwd(lon, lat, bearing, radius * 1.012)
    assert area.contains(Point(inside[:2]))
    assert not area.contains(Point(outside[:2]))
    assert area.is_valid


@given(st.lists(st.tuples(lons, lats), min_size=1, max_size=30), st.floats(0, 2000))
def test_it_finds_those_inside_or_near_and_no_other(points: list[tuple[float, float]], within: float) -> None:
    areas = Areas([RING, FAR])
    near = areas.near([x for x, _ in points], [y for _, y in points], within)
    for place, (x, y) in enumerate(points):
        for number, shape in enumerate(areas.shapes):
            flat, at = areas.plane.flat(shape), Point(*areas.plane.xy(x, y))
            metres = near.get(place, {}).get(number)
            if metres is None:
                assert flat.distance(at) >= within * 0.999
            else:
                assert abs(abs(metres) - shapely.boundary(flat).distance(at)) < 1e-6
                assert (metres <= 0) == flat.intersects(at)


def test_a_hole_is_outside_and_its_edge_is_as_near_as_the_rim() -> None:
    (metres,) = Areas([RING]).near([112.85], [36.85], 2000.0)[0].values()
    away = WGS84.inv(112.85, 36.85, 112.86, 36.85)[2]
    assert abs(metres - away) < away * 0.01
    assert Areas([RING]).near([112.85], [36.85], 30.0) == {}
    assert Areas([]).near([112.85], [36.85], 30.0) == {}


def test_a_way_meets_what_it_crosses_and_a_place_what_it_lies_in() -> None:
    areas = Areas([RING, FAR])
    assert areas.met(LineString([(112.7, 36.82), (113.15, 37.05)])) == [0, 1]
    assert areas.met(LineString([(112.845, 36.845), (112.855, 36.855)])) == []
    assert areas.met(Point(112.81, 36.81)) == [0]
    assert areas.met(Point(112.85, 36.85)) == []
