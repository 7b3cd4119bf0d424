"""What is kept of a way: 25 m or 30 s apart, the first and the last of a stop."""

from __future__ import annotations

from dispatch.tracking.thinning import Way

METRE = 1 / 111_195  # degrees of latitude


def kept(places: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The places (seconds, metres north) of a way that are kept."""
    way, found = Way(), []
    seen = places[0]
    for place in places:
        before, this = way.take((int(place[0] * 1000), 112.8, 36.8 + place[1] * METRE))
        found += [seen] * before + [place] * this
        seen = place
    return found


def test_a_moving_team_keeps_a_point_every_25_metres() -> None:
    way = kept([(second, second * 10.0) for second in range(20)])
    assert [metres for _, metres in way] == [0, 30, 60, 90, 120, 150, 180]


def test_a_slow_team_keeps_a_point_every_30_seconds() -> None:
    assert kept([(second, second * 0.1) for second in range(95)]) == [(0, 0), (30, 3.0), (60, 6.0), (90, 9.0)]


def test_the_last_moment_of_a_stop_is_kept_when_the_team_drives_on() -> None:
    stop = [(float(second), 0.0) for second in range(0, 51, 5)]
    assert kept([*stop, (51.0, 40.0), (52.0, 80.0)]) == [(0, 0), (30, 0), (50, 0), (51, 40), (52, 80)]


def test_a_short_pause_at_a_crossing_is_no_stop() -> None:
    assert kept([(0, 0), (4, 1), (8, 2), (9, 30)]) == [(0, 0), (9, 30)]


def test_what_a_phone_had_queued_is_kept_where_it_says_something_new() -> None:
    assert kept([(600, 0), (300, 900), (590, 2)]) == [(600, 0), (300, 900)]
