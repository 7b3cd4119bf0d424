"""What is carried on from change to change is what would be made anew: names, columns, tiles, the ground of an impact; and whoever
still looks at an earlier state sees that one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from mapbox_vector_tile import decode

from command.core.map import carried
from command.core.map.carried import Carried
from command.core.map.layers import LAYERS, Feature, Layer, Style
from command.core.map.layerstock import Stock, cut
from command.places import shaped as columns
from dispatch.impact import held
from dispatch.impact.ground import shaped
from geo import impact
from geo.grown import Grown
from geo.impact import Zone, find
from tests.layers.test_tiles import COLUMNS, tile_of

NAMES = st.sampled_from([f"{n:02d}" for n in range(12)])
STEPS = st.lists(
    st.tuples(
        st.sets(NAMES, max_size=4), st.dictionaries(NAMES, st.integers(0, 10**6), max_size=4)
    ),
    max_size=12,
)  # fmt: skip
WEST, SOUTH = 112.8, 36.8


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """What happens after thousands of changes happens after a few."""
    monkeypatch.setattr(carried, "LEAST_OVER", 6)
    monkeypatch.setattr(columns, "MOST_GONE", 8)
    monkeypatch.setattr(held, "MOST_GONE", 8)
    monkeypatch.setattr(impact, "LEAST_LOOSE", 5)


@given(STEPS)
def test_names_carried_on_are_those_of_a_dictionary(steps: list[Any]) -> None:
    now, plain = Carried[int]({"00": 1, "01": 2}), {"00": 1, "01": 2}
    states = [(now, dict(plain))]
    for gone, fresh in steps:
        now = now.followed(gone, fresh)
        plain = {name: one for name, one in plain.items() if name not in gone} | fresh
        states.append((now, dict(plain)))
    for kept, wanted in states:
        assert dict(kept.items()) == wanted
        assert (len(kept), set(kept)) == (len(wanted), set(wanted))
        assert all((name in kept) is (name in wanted) for name in (f"{n:02d}" for n in range(12)))


def test_two_may_go_on_from_one_column_and_neither_sees_the_other() -> None:
    first = Grown([1.0, 2.0], float)
    one, two = first.followed([3.0]), first.followed([4.0, 5.0])
    three = one.followed(np.arange(1000.0))
    assert (first.values.tolist(), one.values.tolist()) == ([1, 2], [1, 2, 3])
    assert two.values.tolist() == [1, 2, 4, 5]
    assert three.values.tolist() == [1, 2, 3, *range(1000)]
    assert first.followed([]).values.tolist() == [1, 2]


def feature(name: str, number: int) -> Feature:
    """One of some sort, by its number: a point, a line, an area large or too small to be seen, somewhere near."""
    x, y = WEST + number % 97 / 1000, SOUTH + number % 89 / 1000
    shapes = (
        shapely.Point(x, y),
        shapely.Point(x, y),
        shapely.LineString([(x, y), (x + 0.02, y + 0.01)]),
        shapely.box(x, y, x + 0.03, y + 0.02),
        shapely.box(x, y, x + 1e-5, y + 1e-5),
    )
    told = {
        "name": f"{name}・{number}",
        "level": ("I", "II", None)[number % 3],
        "kind": ("school", "mine", "reservoir", "none")[number % 4],
    }
    return Feature(name, shapes[number % 5], told)


def stock(layer: Layer, features: dict[str, Feature]) -> Stock:
    return Stock(layer, Carried(features), (0, 0), 0.0, "a")


def drawn(now: Stock, z: int) -> list[tuple[Any, Any]]:
    """What a tile tells, without the order in which it tells it."""
    found = decode(cut(now, *tile_of(WEST + 0.04, SOUTH + 0.04, z)), default_options={"y_coord_down": True})
    features = found["h"]["features"] if "h" in found else []
    told = [(sorted(one["properties"].items()), one["geometry"]["coordinates"]) for one in features]
    return sorted(told, key=str)


@given(STEPS)
@settings(max_examples=40)
def test_tiles_of_a_stock_carried_on_are_those_of_one_made_anew(steps: list[Any]) -> None:
    layer = Layer("h", "h", "h", "", None, "mixed", None, (), COLUMNS, Style(by="level"), lambda v, w: [])
    plain = {name: feature(name, number) for name, number in (("00", 4), ("01", 3), ("02", 7), ("03", 10))}
    now = stock(layer, dict(plain))
    before = drawn(now, 11)
    first = now
    for number, (gone, values) in enumerate(steps):
        fresh = {name: feature(name, one) for name, one in values.items()}
        plain = {name: one for name, one in plain.items() if name not in gone} | fresh
        now = now.followed((number, 0), frozenset({*gone, *fresh}), fresh)
        if number % 2:  # some changes nobody looked at between
            cut(now, 0, 0, 0)
    for z in (8, 11, 14):
        for (told, at), (wanted, there) in zip(drawn(now, z), drawn(stock(layer, plain), z), strict=True):
            assert told == wanted
            np.testing.assert_allclose(
                flat(at), flat(there), atol=1
            )  # sums in another order may round otherwise
    assert drawn(first, 11) == before


def flat(coordinates: Any) -> list[float]:
    return [
        float(one) for one in shapely.get_coordinates(shapely.MultiPoint(list(points(coordinates)))).ravel()
    ]


def points(coordinates: Any) -> Any:
    if coordinates and isinstance(coordinates[0], (int, float)):
        yield coordinates
    else:
        for one in coordinates:
            yield from points(one)


@given(STEPS)
@settings(max_examples=60)
def test_the_ground_of_an_impact_carried_on_finds_what_one_made_anew_finds(steps: list[Any]) -> None:
    layer = LAYERS["places"]
    plain = {name: feature(name, number) for name, number in (("00", 4), ("01", 3), ("02", 7))}
    now = stock(layer, dict(plain))
    zone, states = Zone(shapely.Point(WEST + 0.04, SOUTH + 0.04), 3000), []
    for number, (gone, values) in enumerate(steps):
        fresh = {name: feature(name, one) for name, one in values.items()}
        plain = {name: one for name, one in plain.items() if name not in gone} | fresh
        now = now.followed((number, 0), frozenset({*gone, *fresh}), fresh)
        if number % 2:
            states.append((shaped(now), dict(plain)))
    for kept, wanted in [*states, (shaped(now), plain)]:
        assert found(kept, zone) == found(shaped(stock(layer, wanted)), zone)


def found(one: held.Held, zone: Zone) -> list[tuple[Any, ...]]:
    """What lies in the zone and nearest beyond, each with its nature and place."""
    hits = find(one.ground, zone, [12] * len(held.ROLE_CODES), 60_000)
    near = one.near(zone, 5000, frozenset({"mine", "reservoir"}))[0].tolist()
    return [
        sorted(
            (one.key(at), one.features[at].properties["name"], one.natures[one.nature[at]], one.lon[at], one.lat[at], round(metres, 6))
            for at, metres in zip(hits.places.tolist(), hits.metres.tolist(), strict=True)
        ),
        sorted(one.key(at) for at in near),
    ]  # fmt: skip
