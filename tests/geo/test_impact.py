"""What lies in a zone and nearest to it, held to pyproj's geodesics and to Shapely over every thing one by one."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod, Transformer
from shapely import LineString, MultiPoint, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from geo import impact
from geo.impact import Ground, Headcount, Tally, Zone, find, tally

GEOD = Geod(ellps="WGS84")
REACH_M = 60_000.0
LON, LAT = st.floats(112.4, 113.3), st.floats(36.5, 37.2)
SPOT = st.tuples(LON, LAT)
NARROW = st.tuples(st.floats(112.8, 112.95), st.floats(36.8, 36.9))


def _thing(kind: str, spots: list[tuple[float, float]]) -> BaseGeometry:
    if kind == "line" and len(set(spots)) > 1:
        return LineString(spots)
    hull: BaseGeometry = MultiPoint(spots).convex_hull
    return hull if kind == "area" else Point(spots[0])


THING = st.builds(_thing, st.sampled_from(["point", "line", "area"]), st.lists(SPOT, min_size=3, max_size=4))
SCENE = st.builds(
    _thing, st.sampled_from(["point", "line", "area"]), st.lists(NARROW, min_size=3, max_size=6)
)
GROUPS = 3


def ground_of(things: list[BaseGeometry]) -> Ground:
    return Ground(things, [number % GROUPS for number in range(len(things))])


@given(SPOT, st.lists(SPOT, min_size=1, max_size=40), st.integers(100, 50_000))
def test_points_within_so_many_metres_are_those_of_the_geodesic(
    at: tuple[float, float], spots: list[tuple[float, float]], radius: int
) -> None:
    ground = ground_of([Point(one) for one in spots])
    found = find(ground, Zone(Point(at), radius), [0] * GROUPS, REACH_M)
    lons, lats = np.array(spots).T
    metres = GEOD.inv(np.full(len(spots), at[0]), np.full(len(spots), at[1]), lons, lats)[2]
    told = dict(zip(found.places.tolist(), found.metres.tolist(), strict=True))
    assert all(found.inside)
    for place, true in enumerate(metres.tolist()):
        if abs(true - radius) > radius * 1e-4 + 0.01:
            assert (place in told) is (true < radius)
        if place in told:
            assert told[place] == pytest.approx(true, rel=1e-4, abs=0.01)


def _exact(scene: BaseGeometry, thing: BaseGeometry) -> float:
    """Metres between two shapes: in a plane that pyproj lays at the place of the one that is nearest to the other."""
    lon, lat = shapely.shortest_line(scene, thing).coords[0]
    plane = Transformer.from_crs(4326, f"+proj=aeqd +lat_0={lat} +lon_0={lon} +ellps=WGS84", always_xy=True)

    def flat(shape: BaseGeometry) -> Any:
        return shapely.transform(shape, lambda xy: np.column_stack(plane.transform(xy[:, 0], xy[:, 1])))

    return float(flat(scene).distance(flat(thing)))


@settings(max_examples=20)
@given(SCENE, st.lists(THING, min_size=1, max_size=4), st.integers(0, 20_000))
def test_shapes_are_as_far_from_a_shape_as_shapely_finds_one_by_one(
    scene: BaseGeometry, things: list[BaseGeometry], radius: int
) -> None:
    zone, ground = Zone(scene, radius), ground_of(things)
    found = find(ground, zone, [0] * GROUPS, REACH_M)
    inside = set(found.places[found.inside].tolist())
    for place, thing in enumerate(things):
        true = _exact(scene, thing)
        if true > radius * 1.01 + 1:
            assert place not in inside
        elif true < radius * 0.99 - 1:
            assert place in inside


@given(SCENE, st.lists(THING, min_size=1, max_size=30), st.integers(0, 10_000), st.integers(0, 4))
def test_the_nearest_beyond_are_found_as_if_all_had_been_measured(
    scene: BaseGeometry, things: list[BaseGeometry], radius: int, nearest: int
) -> None:
    zone, ground = Zone(scene, radius), ground_of(things)
    found = find(ground, zone, [nearest] * GROUPS, REACH_M)
    every = zone.away(ground.shapes)
    assert all(a <= b for a, b in pairwise(found.metres.tolist()))
    for group in range(GROUPS):
        own = sorted(
            (every[place], place) for place in range(group, len(things), GROUPS) if every[place] <= REACH_M
        )
        wanted = max(nearest, sum(metres <= radius for metres, _ in own))
        mine = [p for p in found.places.tolist() if p % GROUPS == group]
        assert mine == [place for _, place in own[:wanted]]


def test_nothing_is_found_on_empty_ground_and_beyond_reach() -> None:
    nothing = find(Ground([], []), Zone(Point(112.9, 36.8), 3000), [3] * GROUPS, REACH_M)
    assert (nothing.places.tolist(), nothing.inside.tolist()) == ([], [])
    far = find(ground_of([Point(116.4, 39.9)]), Zone(Point(112.9, 36.8), 3000), [3] * GROUPS, REACH_M)
    assert far.places.tolist() == []


def test_the_inside_of_an_area_is_no_distance_away_and_a_hole_is_outside() -> None:
    ring = Polygon(
        box(112.8, 36.8, 112.9, 36.9).exterior.coords, [box(112.84, 36.84, 112.86, 36.86).exterior.coords]
    )
    found = find(
        ground_of([Point(112.81, 36.81), Point(112.85, 36.85), Point(112.92, 36.85)]),
        Zone(ring),
        [1] * GROUPS,
        REACH_M,
    )
    assert found.places.tolist() == [0, 1, 2]
    assert found.inside.tolist() == [True, False, False]
    assert found.metres[0] == 0
    assert found.metres[2] == pytest.approx(GEOD.inv(112.9, 36.85, 112.92, 36.85)[2], rel=1e-3)


def test_an_area_of_a_zone_is_that_of_the_ellipsoid() -> None:
    assert Zone(Point(112.9, 36.8), 3000).area_m2() == pytest.approx(np.pi * 3000**2, rel=1e-3)
    square = box(112.8, 36.8, 112.9, 36.9)
    assert Zone(square).area_m2() == pytest.approx(abs(GEOD.geometry_area_perimeter(square)[0]), rel=1e-3)


HEADS = st.lists(
    st.builds(
        Headcount,
        st.one_of(st.none(), st.integers(0, 5000)),
        st.sampled_from([None, "a", "b"]),
        st.booleans(),
    ),
    max_size=12,
)


@given(HEADS)
def test_people_are_added_once_and_the_uncounted_never_count_as_nobody(heads: list[Headcount]) -> None:
    found = tally(heads)
    covered = {one.of for one in heads if one.whole and one.of and one.people is not None}
    kept = [one for one in heads if one.whole or one.of not in covered]
    known = [one.people for one in kept if one.people is not None]
    assert found == Tally(sum(known) if known else None, len(known), len(kept) - len(known))


def test_a_hamlet_is_a_part_of_its_village() -> None:
    def told(*heads: Any) -> Tally:
        return tally([Headcount(*one) for one in heads])

    assert told((800, "v", True), (90, "v", False)) == Tally(800, 1, 0)
    assert told((None, "v", True), (90, "v", False)) == Tally(90, 1, 1)
    assert told((None, "v", True)) == Tally(None, 0, 1)
    assert told() == Tally(None, 0, 0)


@given(
    st.lists(THING, max_size=12),
    st.lists(st.tuples(st.lists(st.integers(0, 40), max_size=4), st.lists(THING, max_size=4)), max_size=5),
    SCENE,
    st.integers(0, 30_000),
)
def test_a_ground_carried_on_finds_what_one_made_anew_finds(
    things: list[BaseGeometry],
    steps: list[tuple[list[int], list[BaseGeometry]]],
    scene: BaseGeometry,
    radius: int,
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(impact, "LEAST_LOOSE", 5)  # so that some of them make their tree again on the way
        carried, every = ground_of(things), list(things)
        left = set(range(len(things)))
        for gone, come in steps:
            places = [place for place in gone if place < len(every)]
            more = list(range(len(every), len(every) + len(come)))
            carried = carried.followed(np.array(places, np.int64), come, [place % GROUPS for place in more])
            every += come
            left = (left - set(places)) | set(more)
    order = sorted(left)
    anew = Ground([every[place] for place in order], [place % GROUPS for place in order])
    zone = Zone(scene, radius)
    mine, true = (find(ground, zone, [2] * GROUPS, REACH_M) for ground in (carried, anew))
    assert len(carried) == len(order)
    assert mine.places.tolist() == [order[place] for place in true.places.tolist()]
    assert mine.metres.tolist() == true.metres.tolist()
    assert mine.inside.tolist() == true.inside.tolist()
