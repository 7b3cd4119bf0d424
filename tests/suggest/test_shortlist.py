"""The first look over thousands of teams: it finds the very same first ones, for the very same reasons, as weighing all of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dispatch.suggest.columns import Columns, Row, columns_of
from dispatch.suggest.ranking import Candidate, Need, rank, shortfalls
from dispatch.suggest.shortlist import Shortlist, Work, pick
from dispatch.teams.words import ORDER_MODES, READINESS

NOW = datetime(2026, 7, 21, 18, 14, tzinfo=UTC)
TOWN, OTHER = "140429103", "140429101"
SKILLS = ("water", "medical", "usar", "power", "evac")
FLOOD = Need(113.0, 36.8, False, TOWN, ("water", "medical", "usar"), "people", None)

# Few different places, so that many teams are alike to the second and the order of their names decides.
degrees = st.sampled_from([0.0, 0.01, 0.0100001, 0.2, 0.21, 0.6]) | st.floats(0, 0.7)
candidates = st.builds(
    Candidate,
    st.uuids().map(str),
    st.just("队"),
    st.sampled_from([TOWN, OTHER, "140429"]),
    st.frozensets(st.sampled_from(SKILLS), max_size=3),
    st.sampled_from(sorted(READINESS)),
    st.sampled_from(sorted(ORDER_MODES)),
    st.booleans(),
    busy=st.sampled_from([None, None, "塌方"]),
    spare=st.booleans(),
    here=st.sampled_from([False, False, False, True]),
    lon=st.none() | degrees.map(lambda east: 113.0 + east),
    lat=st.just(36.8),
    at=st.none() | st.integers(0, 100).map(lambda minutes: NOW - timedelta(minutes=minutes)),
)
many = st.lists(candidates, max_size=60, unique_by=lambda one: one.id)
needs = st.builds(
    Need,
    st.floats(112.9, 113.1),
    st.just(36.8),
    st.booleans(),
    st.sampled_from([TOWN, None]),
    st.lists(st.sampled_from(SKILLS), max_size=3, unique=True).map(tuple),
    st.sampled_from(["people", "possible", "none"]),
    st.none(),
)


def columns(known: list[Candidate]) -> Columns:
    """Teams at their bases; who told a place of its own has none here."""
    return columns_of(_row(one) for one in known)


def _row(one: Candidate) -> Row:
    lon, lat = (one.lon, one.lat) if one.at is None and one.lon is not None else (None, None)
    return Row(one.id, one.centre, sorted(one.skills), one.mode, one.readiness, one.on_duty, lon, lat)


def look(need: Need, known: list[Candidate], most: int, within: set[str] | None = None) -> Shortlist:
    """The first look over these teams."""
    work = {one.id: Work(bool(one.busy), one.spare, one.here) for one in known}
    told = {one.id: one for one in known if one.at is not None and one.lon is not None}
    return pick(need, columns(known), work, told.get, within=within, most=most, examples=10)


@given(needs, many, st.integers(1, 12))
def test_it_finds_the_same_first_ones_in_the_same_order_as_weighing_all(
    need: Need, known: list[Candidate], most: int
) -> None:
    picked = look(need, known, most)
    short = rank(need, [one for one in known if one.id in picked.first], NOW)
    whole = rank(need, known, NOW)
    assert [one.candidate.id for one in short.ranked[:most]] == [
        one.candidate.id for one in whole.ranked[:most]
    ]
    assert [one.reasons for one in short.ranked[:most]] == [one.reasons for one in whole.ranked[:most]]


@given(needs, many, st.integers(1, 12))
def test_it_counts_the_same_reasons_as_weighing_all(need: Need, known: list[Candidate], most: int) -> None:
    picked = look(need, known, most)
    whole = rank(need, known, NOW)
    wanted = Counter(one.code for one in whole.left_out)
    wanted["after"] = max(0, len(whole.ranked) - most)
    assert {code: count for code, (count, _) in picked.left.items()} == dict(+wanted)
    assert shortfalls(need, picked.able) == whole.shortfalls


@given(needs, many)
def test_it_gives_examples_of_every_reason_and_no_more_than_there_is_room_for(
    need: Need, known: list[Candidate]
) -> None:
    picked = look(need, known, 3)
    codes = {one.candidate.id: one.code for one in rank(need, known, NOW).left_out}
    for code, (count, some) in picked.left.items():
        assert 1 <= len(some) <= count
        assert {codes.get(one, "after") for one in some} == {code}
    assert sum(len(some) for _, some in picked.left.values()) <= 10


@given(many, st.data())
def test_it_never_meets_a_team_outside_ones_scope(known: list[Candidate], data: st.DataObject) -> None:
    within = {one.id for one in known if data.draw(st.booleans())}
    picked = look(FLOOD, known, 3, within)
    named = [*picked.first, *(one for _, some in picked.left.values() for one in some)]
    assert set(named) <= within
    own = [one for one in known if one.id in within]
    assert shortfalls(FLOOD, picked.able) == rank(FLOOD, own, NOW).shortfalls


@given(many, many)
def test_it_is_brought_up_to_date_as_if_it_was_made_anew(
    before: list[Candidate], after: list[Candidate]
) -> None:
    changed = [replace(one, on_duty=not one.on_duty, lon=113.3, at=None) for one in before[::2]]
    followed = columns(before).with_rows([_row(one) for one in (*changed, *after)])
    now = {one.id: one for one in (*before, *changed, *after)}
    anew = columns([now[one] for one in followed.ids])
    assert followed.ids == anew.ids
    for name in ("centre", "skills", "turnout_s", "on_duty", "by_id"):
        assert (getattr(followed, name) == getattr(anew, name)).all()
    assert str(followed.lon.tolist()) == str(anew.lon.tolist())
