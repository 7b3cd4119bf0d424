"""Distances and bearings, against the ellipsoid of PROJ."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.distance import bearing, metres, metres_to_many
from tests.geo.ellipsoid import geodesic

LON = st.floats(-180, 180)
LAT = st.floats(-89, 89)


def test_it_knows_the_length_of_a_degree_of_latitude():
    assert metres(112.0, 36.0, 112.0, 37.0) == pytest.approx(111_195, abs=1)
    assert geodesic(112.0, 36.0, 112.0, 37.0) == pytest.approx(110_977, abs=15)


@given(LON, LAT, LON, LAT)
def test_it_stays_within_six_thousandths_of_the_ellipsoid(lon1, lat1, lon2, lat2):
    true = geodesic(lon1, lat1, lon2, lat2)
    assert metres(lon1, lat1, lon2, lat2) == pytest.approx(true, rel=0.006, abs=0.01)


@given(LON, LAT, LON, LAT)
def test_it_measures_the_same_both_ways(lon1, lat1, lon2, lat2):
    assert metres(lon1, lat1, lon2, lat2) == pytest.approx(metres(lon2, lat2, lon1, lat1), abs=1e-6)


@given(LON, LAT, st.lists(st.tuples(LON, LAT), max_size=20))
def test_it_measures_many_as_it_measures_one(lon, lat, others):
    lons, lats = np.array([p[0] for p in others]), np.array([p[1] for p in others])
    many = metres_to_many(lon, lat, lons, lats)
    # Near the antipode the sine of the half arc is flat, so centimetres are what doubles can give.
    assert many.tolist() == pytest.approx([metres(lon, lat, *p) for p in others], rel=1e-7, abs=0.5)


@pytest.mark.parametrize(
    ("to", "degrees"), [((113, 36), 90), ((111, 36), 270), ((112, 37), 0), ((112, 35), 180)]
)
def test_it_points_the_way(to, degrees):
    assert bearing(112, 36, *to) == pytest.approx(degrees, abs=0.5)


@given(LON, LAT, LON, LAT)
def test_a_bearing_is_never_a_full_turn(lon1, lat1, lon2, lat2):
    assert 0 <= bearing(lon1, lat1, lon2, lat2) < 360
