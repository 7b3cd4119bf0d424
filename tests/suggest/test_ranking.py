"""Ranking: who is proposed first and why, who is left out and why, what nobody can do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dispatch.suggest.ranking import Candidate, Need, Outcome, rank

NOW = datetime(2026, 7, 21, 18, 14, tzinfo=UTC)
FLOOD = Need(113.0, 36.8, False, "140429103", ("water", "medical", "usar"), "people", None)


def team(name: str, *skills: str, lon: float = 113.05, **more: Any) -> Candidate:
    """A free team on duty, some kilometres east of the place."""
    known = Candidate(name, name, "140429", frozenset(skills), "L2", "direct", True, lon=lon, lat=36.8)
    return replace(known, **more)


def names(outcome: Outcome) -> list[str]:
    """Those proposed, in order."""
    return [one.candidate.id for one in outcome.ranked]


def why_not(outcome: Outcome) -> dict[str, str]:
    """Those left out, each with why."""
    return {one.candidate.id: one.say["en"] for one in outcome.left_out}


def test_it_proposes_the_nearer_of_two_alike() -> None:
    assert names(rank(FLOOD, [team("far", "water", lon=113.3), team("near", "water")], NOW)) == [
        "near",
        "far",
    ]


def test_it_puts_the_most_useful_skill_before_a_little_nearness() -> None:
    water, medic = team("water", "water", lon=113.08), team("medic", "medical", lon=113.05)
    assert names(rank(FLOOD, [medic, water], NOW)) == ["water", "medic"]


def test_it_leaves_out_who_is_off_duty_cannot_or_is_already_there() -> None:
    off = team("off", "water", on_duty=False)
    there = team("there", "water", here=True)
    outcome = rank(FLOOD, [off, there, team("power", "power")], NOW)
    assert names(outcome) == []
    assert why_not(outcome) == {
        "off": "off duty", "there": "already sent here", "power": "lacks the skills needed"
    }  # fmt: skip


def test_it_offers_a_busy_team_only_where_a_life_is_at_risk_and_none_where_it_works() -> None:
    spare = team("spare", "water", busy="内涝", spare=True)
    bound = team("bound", "water", busy="塌方", spare=False)
    outcome = rank(FLOOD, [spare, bound, team("free", "water", lon=113.4)], NOW)
    assert names(outcome) == ["free", "spare"]
    assert why_not(outcome) == {"bound": "busy with 塌方"}
    assert names(rank(replace(FLOOD, life_risk="none"), [spare], NOW)) == []


def test_it_says_over_an_hour_is_too_far_unless_a_life_is_at_risk() -> None:
    far = team("far", "water", lon=113.6)
    assert names(rank(FLOOD, [far], NOW)) == ["far"]
    calm = rank(replace(FLOOD, life_risk="none"), [far], NOW)
    assert names(calm) == []
    assert "over 60" in why_not(calm)["far"]


def test_it_ranks_the_villages_own_township_first_where_the_place_is_schematic() -> None:
    own = team("own", "medical", lon=113.2, centre="140429103")
    other = team("other", "water")
    assert names(rank(FLOOD, [other, own], NOW)) == ["other", "own"]
    schematic = rank(replace(FLOOD, schematic=True), [other, own], NOW)
    assert names(schematic) == ["own", "other"]
    assert all(any("schematic" in say["en"] for say in one.reasons) for one in schematic.ranked)


def test_it_says_how_old_a_position_is() -> None:
    old = team("old", "water", at=NOW - timedelta(minutes=47))
    live = team("live", "water", at=NOW - timedelta(seconds=20))
    base = team("base", "water")
    said = {
        one.candidate.id: {say["en"] for say in one.reasons}
        for one in rank(FLOOD, [old, live, base], NOW).ranked
    }
    assert "position 47 min old" in said["old"]
    assert "from its live position" in said["live"]
    assert "from its base" in said["base"]


def test_it_names_what_is_lacking() -> None:
    outcome = rank(FLOOD, [team("wet", "water", busy="内涝"), team("medic", "medical")], NOW)
    assert [say["en"] for say in outcome.shortfalls] == [
        "Water rescue: all 1 busy", "Collapsed-structure rescue: none, ask the level above"
    ]  # fmt: skip


teams = st.lists(
    st.builds(
        team,
        st.uuids().map(str),
        st.sampled_from(["water", "medical", "power"]),
        lon=st.floats(112.5, 113.4),
        on_duty=st.booleans(),
        busy=st.sampled_from([None, "塌方"]),
        spare=st.booleans(),
        here=st.booleans(),
    ),
    max_size=12,
    unique_by=lambda one: one.id,
)


@given(teams)
def test_it_answers_for_every_team_once_with_words_in_both_languages(known: list[Candidate]) -> None:
    outcome = rank(FLOOD, known, NOW)
    answered = [*names(outcome), *why_not(outcome)]
    assert sorted(answered) == sorted(one.id for one in known)
    said = [say for one in outcome.ranked for say in one.reasons] + [one.say for one in outcome.left_out]
    assert all(say["zh"] and say["en"] for say in said)
    assert all(one.reasons for one in outcome.ranked)


@given(teams, st.randoms())
def test_it_does_not_depend_on_the_order_of_the_list(known: list[Candidate], random: Random) -> None:
    shuffled = list(known)
    random.shuffle(shuffled)
    assert names(rank(FLOOD, known, NOW)) == names(rank(FLOOD, shuffled, NOW))
