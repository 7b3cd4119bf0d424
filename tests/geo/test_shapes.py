"""The gate for geometry from outside: what it takes, what it refuses and why."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.shapes import BadShape, from_geojson, point, to_geojson

SQUARE = [[112, 36], [113, 36], [113, 37], [112, 37], [112, 36]]


def polygon(*rings):
    return {"type": "Polygon", "coordinates": list(rings)}


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_it_takes_every_point_of_the_world(lon, lat):
    assert point({"type": "Point", "coordinates": [lon, lat]}) == (lon, lat)


@pytest.mark.parametrize(
    "shape",
    [
        {"type": "Point", "coordinates": [112.8, 36.8, 940.0]},
        {"type": "MultiPoint", "coordinates": [[112, 36], [113, 37]]},
        {"type": "LineString", "coordinates": [[112, 36], [113, 37]]},
        {"type": "MultiLineString", "coordinates": [[[112, 36], [113, 37]]]},
        polygon(SQUARE, [[112.4, 36.4], [112.6, 36.4], [112.6, 36.6], [112.4, 36.4]]),
        {"type": "MultiPolygon", "coordinates": [[SQUARE]]},
    ],
)
def test_it_gives_back_what_it_took(shape):
    again = to_geojson(from_geojson(shape))
    assert again["type"] == shape["type"]
    assert from_geojson(again).equals(from_geojson(shape))
    assert not from_geojson(again).has_z


def nested(depth):
    deep = [112, 36]
    for _ in range(depth):
        deep = [deep]
    return {"type": "Polygon", "coordinates": deep}


BAD = {
    "not an object": ([112, 36], "object"),
    "no type": ({"coordinates": [112, 36]}, "type"),
    "a type that is a list": ({"type": ["Point"], "coordinates": [112, 36]}, "type"),
    "a collection": ({"type": "GeometryCollection", "geometries": []}, "type"),
    "a crs": ({"type": "Point", "coordinates": [112, 36], "crs": {}}, "unknown"),
    "no coordinates": ({"type": "Point"}, "array"),
    "an empty point": ({"type": "Point", "coordinates": []}, "position"),
    "one number": ({"type": "Point", "coordinates": [112]}, "position"),
    "four numbers": ({"type": "Point", "coordinates": [112, 36, 1, 1]}, "position"),
    "text": ({"type": "Point", "coordinates": ["112", "36"]}, "numbers"),
    "truth": ({"type": "Point", "coordinates": [True, False]}, "numbers"),
    "nothing": ({"type": "Point", "coordinates": [None, None]}, "numbers"),
    "not a number": ({"type": "Point", "coordinates": [math.nan, 36]}, "finite"),
    "infinite": ({"type": "Point", "coordinates": [112, math.inf]}, "finite"),
    "an infinite height": ({"type": "Point", "coordinates": [112, 36, math.inf]}, "finite"),
    "a huge whole number": ({"type": "Point", "coordinates": [10**400, 36]}, "longitude"),
    "east of the world": ({"type": "Point", "coordinates": [180.1, 36]}, "longitude"),
    "lat and lon exchanged": ({"type": "Point", "coordinates": [36.8, 112.8]}, "latitude"),
    "an empty polygon": (polygon(), "empty"),
    "an empty ring": (polygon([]), "empty"),
    "a short ring": (polygon([[112, 36], [113, 36], [112, 36]]), "four"),
    "an open ring": (polygon([*SQUARE[:-1], [112, 36.5]]), "end"),
    "a bow tie": (polygon([[112, 36], [113, 37], [113, 36], [112, 37], [112, 36]]), "intersection"),
    "a flat ring": (polygon([[112, 36], [113, 36], [112, 36], [112, 36]]), ""),
    "a line of one place": ({"type": "LineString", "coordinates": [[112, 36], [112, 36]]}, "different"),
    "deep nesting": (nested(500), "position"),
}


@pytest.mark.parametrize("name", BAD)
def test_it_refuses_with_a_reason_in_both_languages(name):
    shape, reason = BAD[name]
    with pytest.raises(BadShape) as refused:
        from_geojson(shape)
    assert reason in refused.value.en.lower()
    assert refused.value.zh
    assert refused.value.en


def test_it_refuses_more_vertices_than_the_cap_before_reading_them_all():
    many = {"type": "LineString", "coordinates": [[112, 36]] * 50 + [["rubbish"]]}
    with pytest.raises(BadShape, match="more than 10"):
        from_geojson(many, max_vertices=10)


def test_it_takes_only_the_kinds_asked_for():
    with pytest.raises(BadShape, match="Polygon"):
        from_geojson({"type": "Point", "coordinates": [112, 36]}, kinds=("Polygon",))


@given(st.recursive(st.none() | st.floats() | st.text(max_size=3), lambda inner: st.lists(inner, max_size=4)))
def test_rubbish_is_refused_and_never_breaks_it(rubbish):
    with pytest.raises(BadShape):
        from_geojson({"type": "Polygon", "coordinates": rubbish})
