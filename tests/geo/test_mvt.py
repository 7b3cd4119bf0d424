"""Vector tiles as a reader of somebody else's sees them, and the square that they divide."""

from __future__ import annotations

import mapbox_vector_tile
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from geo import mercator, mvt
from geo.mvt import Drawn

WEB = Transformer.from_crs(4326, 3857, always_xy=True)
HALF = 20_037_508.342_789_244
whole = st.integers(-8192, 8192)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
plain = st.one_of(texts, st.integers(-(2**62), 2**62), st.floats(allow_nan=False), st.booleans())


def points(*pairs: tuple[int, int]) -> np.ndarray:
    return np.array(pairs, np.int64)


@given(
    st.lists(
        st.tuples(st.lists(st.tuples(whole, whole), min_size=1, max_size=5), st.dictionaries(texts, plain)),
        max_size=6,
    )
)
def test_a_reader_gets_points_and_properties_back(given: list[tuple[list[tuple[int, int]], dict]]) -> None:  # type: ignore[type-arg]
    tile = mvt.encode("事件", [Drawn(mvt.POINT, [points(*at)], told) for at, told in given])
    read = mapbox_vector_tile.decode(tile, default_options={"y_coord_down": True})
    assert len(read.get("事件", {}).get("features", [])) == len(given)
    for one, (at, told) in zip(read.get("事件", {}).get("features", []), given, strict=True):
        assert one["properties"] == told
        assert [type(one["properties"][key]) for key in told] == [type(value) for value in told.values()]
        found = one["geometry"]["coordinates"]
        assert [*map(tuple, [found] if len(at) == 1 else found)] == at


def test_a_reader_gets_lines_and_rings_back() -> None:
    outer, hole = (
        points((0, 0), (4000, 0), (4000, 4000), (0, 4000)),
        points((1000, 1000), (1000, 2000), (2000, 1000)),
    )
    line = points((-64, 5), (10, 10), (4160, -3))
    tile = mvt.encode(
        "a", [Drawn(mvt.POLYGON, [outer, hole], {"n": None}), Drawn(mvt.LINE, [line, line], {})]
    )
    area, way = mapbox_vector_tile.decode(tile, default_options={"y_coord_down": True})["a"]["features"]
    assert area["properties"] == {}
    assert area["geometry"]["type"] == "Polygon"
    assert [len(ring) for ring in area["geometry"]["coordinates"]] == [5, 4]
    assert way["geometry"]["coordinates"] == [line.tolist()] * 2


def test_a_tile_of_nothing_is_no_bytes() -> None:
    assert mvt.encode("a", []) == b""


@given(st.floats(-180, 180), st.floats(-85, 85))
def test_the_square_is_that_of_web_maps(lon: float, lat: float) -> None:
    x, y = mercator.to_square(np.array([lon]), np.array([lat]))
    east, north = WEB.transform(lon, lat)
    assert x[0] == pytest.approx((east + HALF) / (2 * HALF), abs=1e-9)
    assert y[0] == pytest.approx((HALF - north) / (2 * HALF), abs=1e-9)
    back = mercator.from_square(x, y)
    assert (back[0][0], back[1][0]) == pytest.approx((lon, lat), abs=1e-9)


def test_tiles_divide_the_square() -> None:
    assert mercator.bounds(0, 0, 0) == (0, 0, 1, 1)
    assert mercator.bounds(2, 3, 0) == (0.75, 0, 1, 0.25)
    assert mercator.bounds(1, 0, 0, 0.5) == (-0.25, -0.25, 0.75, 0.75)
    assert mercator.is_tile(3, 7, 7)
    assert not any(mercator.is_tile(*one) for one in ((3, 8, 0), (3, 0, -1), (-1, 0, 0), (25, 0, 0)))
