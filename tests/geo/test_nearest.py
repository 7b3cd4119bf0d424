"""The nearest of many, against the geodesic of PROJ to every one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geo import nearest as module
from geo.nearest import nearest

GEOD = Geod(ellps="WGS84")


def by_geodesic(lon, lat, lons, lats):
    here = np.full(len(lons), lon), np.full(len(lats), lat)
    return GEOD.inv(*here, lons, lats)[2]


def check(lon, lat, lons, lats, most):
    places, metres = nearest(lon, lat, lons, lats, most)
    true = by_geodesic(lon, lat, lons, lats)
    known = np.flatnonzero(~np.isnan(lons))
    assert len(places) == min(most, len(known))
    assert len(set(places.tolist())) == len(places)
    best = np.sort(true[known])[: len(places)]
    # whoever is named is as near as whoever stands there by the geodesic, but for what cannot be told apart
    told = 2e-5 if not len(best) or best[-1] < 1_000_000 else 6e-3
    assert true[places] == pytest.approx(best, rel=2 * told, abs=0.001)
    assert metres == pytest.approx(true[places], rel=told, abs=0.001)


@settings(max_examples=150)
@given(
    seed=st.integers(0, 2**32 - 1),
    lon=st.floats(-180, 180),
    lat=st.floats(-85, 85),
    spread=st.sampled_from([0.001, 0.3, 2.0, 30.0]),
    count=st.sampled_from([0, 1, 7, 600, 3000]),
    most=st.integers(1, 40),
    lost=st.booleans(),
)
def test_it_names_the_nearest_wherever_they_lie(seed, lon, lat, spread, count, most, lost):
    chance = np.random.default_rng(seed)
    lons = (lon + chance.normal(0, spread, count) + 180) % 360 - 180
    lats = np.clip(lat + chance.normal(0, spread, count), -89, 89)
    if lost:
        lons[chance.random(count) < 0.6] = np.nan
    check(lon, lat, lons, lats, most)


def test_it_is_not_misled_by_the_order_in_which_points_stand():
    """A sample by steps sees a column in which every 40th point is far away."""
    chance = np.random.default_rng(3)
    lons, lats = chance.uniform(112, 113, 10_000), chance.uniform(36, 37, 10_000)
    lons[::39] += 40
    check(112.5, 36.5, lons, lats, 5)
    lons[np.arange(10_000) % 39 != 0] += 60
    check(112.5, 36.5, lons, lats, 5)


def test_it_measures_a_countys_teams_without_measuring_all_along_the_geodesic(monkeypatch):
    def never(*given):
        raise AssertionError("all were measured")

    monkeypatch.setattr(module, "_of_all", never)
    chance = np.random.default_rng(5)
    lons, lats = chance.uniform(112.4, 113.2, 10_000), chance.uniform(36.6, 37.2, 10_000)
    for lon, lat in zip(chance.uniform(112.4, 113.2, 300), chance.uniform(36.6, 37.2, 300), strict=True):
        places, _ = nearest(lon, lat, lons, lats, 5)
        assert places.tolist() == np.argsort(by_geodesic(lon, lat, lons, lats))[:5].tolist()
