"""Chinese coordinate systems: there and back, and known places."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod, Transformer
from shapely import MultiPoint, Polygon, box

from geo.crs import EAST, NORTH, SOUTH, WEST, Crs, from_wgs84, shape_to_wgs84, to_wgs84
from geo.distance import metres

IN_CHINA = st.tuples(st.floats(WEST + 0.1, EAST - 0.1), st.floats(SOUTH + 0.1, NORTH - 0.1))
OFFSET = st.sampled_from([Crs.GCJ02, Crs.BD09])


@given(IN_CHINA, OFFSET)
def test_a_point_in_china_comes_back_within_a_metre(at, crs):
    assert metres(*at, *to_wgs84(*from_wgs84(*at, crs), crs)) <= 1.0
    assert metres(*at, *from_wgs84(*to_wgs84(*at, crs), crs)) <= 1.0


@given(IN_CHINA)
def test_the_offset_is_some_hundred_metres(at):
    assert 20 < metres(*at, *from_wgs84(*at, Crs.GCJ02)) < 1500


def test_the_county_seat_lies_where_the_sources_say():
    lon, lat = to_wgs84(112.865300, 36.834315, Crs.GCJ02)
    assert (lon, lat) == pytest.approx((112.859055, 36.834173), abs=2e-6)


def test_a_known_place_of_the_baidu_map():
    # Published pair for Tiananmen: GCJ-02 116.404, 39.915 is BD-09 116.41036949, 39.92133699.
    lon, lat = to_wgs84(116.41036949371029, 39.92133699351021, Crs.BD09)
    assert from_wgs84(lon, lat, Crs.GCJ02) == pytest.approx((116.404, 39.915), abs=1e-6)


@pytest.mark.parametrize("at", [(2.3522, 48.8566), (-122.4, 37.8), (151.2, -33.9), (0.0, 0.0), (140.0, 36.0)])
@pytest.mark.parametrize("crs", list(Crs))
def test_outside_china_nothing_moves(at, crs):
    assert from_wgs84(*at, crs) == at
    assert to_wgs84(*at, crs) == at


@given(IN_CHINA)
def test_cgcs2000_is_taken_as_wgs84(at):
    assert to_wgs84(*at, Crs.CGCS2000) == at


def test_a_whole_shape_moves_with_its_holes():
    given_shape = Polygon(box(112, 36, 113, 37).exterior, [box(112.4, 36.4, 112.6, 36.6).exterior])
    moved = shape_to_wgs84(given_shape, Crs.GCJ02)
    assert len(moved.interiors) == 1
    assert moved.exterior.coords[0] == pytest.approx(to_wgs84(*given_shape.exterior.coords[0], Crs.GCJ02))
    assert shape_to_wgs84(given_shape, Crs.WGS84).equals(given_shape)


def test_there_and_back_is_true_to_a_thousandth_of_a_millimetre_over_the_whole_box():
    """What docs/decisions/imports.md publishes: the promise is a metre."""
    chance = np.random.default_rng(11)
    lons, lats = (
        chance.uniform(WEST + 0.1, EAST - 0.1, 20_000),
        chance.uniform(SOUTH + 0.1, NORTH - 0.1, 20_000),
    )
    points = MultiPoint(np.column_stack([lons, lats]))
    for crs in (Crs.GCJ02, Crs.BD09):
        there = [from_wgs84(lon, lat, crs) for lon, lat in zip(lons[:400], lats[:400], strict=True)]
        assert (
            max(
                metres(*a, *to_wgs84(*b, crs))
                for a, b in zip(zip(lons, lats, strict=False), there, strict=False)
            )
            < 1e-6
        )
        moved = shape_to_wgs84(points, crs)
        back = [from_wgs84(*one.coords[0], crs) for one in list(moved.geoms)[:400]]
        assert max(metres(*a, *b) for a, b in zip(zip(lons, lats, strict=False), back, strict=False)) < 1e-6


@given(IN_CHINA)
def test_cgcs2000_and_wgs84_are_one_for_proj_too(at):
    turn = Transformer.from_crs("EPSG:4490", "EPSG:4326", always_xy=True)
    assert metres(*at, *turn.transform(*at)) < 1.0


@given(IN_CHINA, st.floats(0, 360), OFFSET)
def test_near_each_other_stays_near_each_other(at, way, crs):
    """The offset bends a hundred metres by less than five: no sheet of the map is torn."""
    beside = Geod(ellps="WGS84").fwd(*at, way, 100)[:2]
    assert metres(*from_wgs84(*at, crs), *from_wgs84(*beside, crs)) == pytest.approx(100, abs=5)
