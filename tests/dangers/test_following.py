"""Going into a danger area and out of it by positions alone: soon, and whatever a telephone's jitter says at its edge."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st
from shapely import Point, Polygon

from dispatch.dangers.following import AWAY_M, Follower, Seen
from dispatch.tracking.latest import Fix
from geo.plane import Plane

START = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
PLANE = Plane(112.86, 36.83)
DISC: Polygon = PLANE.round(Point(0, 0).buffer(500))


class Told(NamedTuple):
    """What was told last of a team: whether it is inside, and how often it was said to have gone in or out."""

    inside: bool | None
    turns: int


class Walk:
    """A team that goes east and west of the middle of a round area of 500 metres."""

    def __init__(self, declared: float = -3600.0) -> None:
        self.follower = Follower()
        self.inside: bool | None = None
        self.turns = 0
        self.depth = 0.0
        if declared < 0:
            self.declare(declared)

    def declare(self, seconds: float) -> None:
        """The area is declared."""
        self.follower.areas({"area": DISC}, ["area"], START + timedelta(seconds=seconds))

    def at(self, seconds: float, metres: float, accuracy: float | None = 8.0) -> Walk:
        """One fix so many metres east of the middle."""
        lon, lat = (float(one) for one in PLANE.degrees(metres, 0.0))
        now = START + timedelta(seconds=seconds)
        self.heed(self.follower.take([("team", Fix(lon, lat, now, accuracy=accuracy))], now))
        return self

    def heed(self, seen: list[Seen]) -> None:
        """Keep what is told, as the watch does."""
        for one in seen:
            self.turns += one.inside is not self.inside and (one.inside or self.inside is not None)
            self.inside, self.depth = one.inside, one.depth_m


def test_two_fixes_inside_are_an_entry_and_one_of_a_track_is_not() -> None:
    walk = Walk().at(0, 900).at(10, 800).at(20, 100)
    assert walk.inside is not True
    assert walk.at(30, 90).inside is True
    assert abs(walk.depth - 410) < 3


def test_a_wild_fix_on_a_track_outside_says_nothing() -> None:
    walk = Walk().at(0, 900).at(10, 900).at(20, 0).at(30, 900).at(40, 900).at(60, 900).at(90, 900)
    assert walk.inside is not True
    assert walk.turns <= 1


def test_the_first_fix_after_a_silence_is_enough_when_it_is_deep_inside() -> None:
    assert Walk().at(0, 100).inside is True
    assert Walk().at(0, 900).at(1200, 100).inside is True
    assert Walk().at(0, 490).inside is None
    assert Walk().at(0, 300, accuracy=400.0).inside is None
    assert Walk().at(0, 0, accuracy=400.0).inside is True


def test_an_area_drawn_over_a_team_warns_it_at_once() -> None:
    walk = Walk(declared=1.0).at(0, 100)
    walk.declare(10)
    lon, lat = (float(one) for one in PLANE.degrees(100.0, 0.0))
    fix = Fix(lon, lat, START, accuracy=8.0)
    walk.heed(walk.follower.take([("team", fix)], START + timedelta(seconds=11), again=True))
    assert walk.inside is True


def test_what_was_long_ago_warns_nobody() -> None:
    walk = Walk()
    lon, lat = (float(one) for one in PLANE.degrees(0.0, 0.0))
    old = [("team", Fix(lon, lat, START + timedelta(seconds=one))) for one in (0, 30, 60)]
    assert walk.follower.take(old, START + timedelta(hours=2)) == []
    again = [*old, ("team", Fix(*map(float, PLANE.degrees(3000.0, 0.0)), START + timedelta(hours=2)))]
    assert not [
        one for one in Walk().follower.take(again, START + timedelta(hours=2)) if one.inside
    ]  # it was inside, and is not


def test_it_is_out_when_it_stays_well_outside() -> None:
    walk = Walk().at(0, 100).at(10, 100)
    assert walk.at(20, 515).at(40, 520).at(60, 510).inside is True
    assert walk.at(70, 600).inside is True
    assert walk.at(95, 700).inside is False
    assert walk.turns == 2


@given(st.lists(st.floats(-12, 12), min_size=5, max_size=60))
def test_jitter_at_the_edge_tells_of_one_entry_at_most(shakes: list[float]) -> None:
    walk = Walk().at(0, 900).at(10, 900)
    for number, shake in enumerate(shakes):
        walk.at(20 + 10 * number, 500 + shake)
    assert walk.turns <= 2  # out at the beginning, in once
    assert AWAY_M > 12


@given(st.lists(st.tuples(st.integers(1, 400), st.floats(0, 2000), st.floats(1, 300)), max_size=60))
def test_whoever_is_said_to_be_inside_had_a_fix_there(steps: list[tuple[int, float, float]]) -> None:
    walk, now, last_in = Walk(), 0.0, False
    for seconds, metres, accuracy in steps:
        now += seconds
        before = walk.inside
        walk.at(now, metres, accuracy)
        last_in = metres < 502
        if walk.inside and before is not True:
            assert last_in
        if walk.inside is False and before is True:
            assert metres > 528
