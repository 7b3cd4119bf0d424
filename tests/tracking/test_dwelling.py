"""Coming and going by positions: only who stays is there, whatever a telephone's jitter says in between."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dispatch.tracking.dwelling import AWAY_M, FIXES, LONG_ENOUGH, NEAR_M, Stay, seen

START = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


def after(*fixes: tuple[float, float], accuracy: float | None = 10.0) -> Stay:
    """What is known after fixes of (seconds, metres from the place)."""
    stay = Stay()
    for seconds, metres in fixes:
        stay = seen(stay, metres, START + timedelta(seconds=seconds), accuracy)
    return stay


def test_it_has_come_when_it_stayed_for_a_minute() -> None:
    assert not after((0, 50)).sure
    assert not after((0, 50), (20, 60), (40, 40)).sure
    stay = after((0, 50), (30, 60), (61, 40))
    assert (stay.sure, stay.near) == (True, True)
    assert stay.since == START


def test_it_has_not_come_when_it_only_drives_by() -> None:
    assert not after((0, 900), (10, 150), (20, 30), (30, 180), (40, 700), (100, 2000)).near


def test_a_jump_to_the_edge_and_back_does_not_begin_again() -> None:
    stay = after((0, 50), (20, 300), (40, 60), (65, 50))
    assert (stay.sure, stay.near, stay.since) == (True, True, START)


def test_what_came_before_a_long_silence_is_of_another_time() -> None:
    assert not after((0, 50), (30, 50), (1000, 50)).sure


def test_a_fix_that_is_not_exact_says_nothing() -> None:
    assert after((0, 50), (30, 50), (90, 50), accuracy=400.0) == Stay()


@given(st.lists(st.tuples(st.integers(1, 600), st.floats(0, 5000)), min_size=1, max_size=40))
def test_it_is_sure_only_of_one_side_held_long_enough(steps: list[tuple[int, float]]) -> None:
    stay, now, told = Stay(), START, []
    for seconds, metres in steps:
        now += timedelta(seconds=seconds)
        stay = seen(stay, metres, now, 5.0)
        told.append((now, metres))
        if stay.sure:
            assert stay.since is not None
            held = [one for at, one in told if at >= stay.since]
            assert len(held) >= FIXES
            assert now - stay.since >= LONG_ENOUGH
            other = AWAY_M if stay.near else NEAR_M
            assert all(one < other if stay.near else one > other for one in held)
