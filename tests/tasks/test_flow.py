"""The flow of a task: what one message may do, what it passes over, and what it never implies."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from command.core.flow import Flow
from dispatch.tasks.flow import (
    DECISIONS,
    ENDED_STATES,
    ENGAGED_STATES,
    MAIN_LINE,
    TASK_FLOW,
    needs_release,
    next_states,
    passed_over,
    path,
    reachable,
)

STATES = st.sampled_from(TASK_FLOW.states)


def test_the_main_line_is_a_listed_way():
    for a, b in itertools.pairwise(MAIN_LINE):
        assert TASK_FLOW.can(a, b)


def test_an_order_may_be_followed_by_arrival_at_once():
    assert path("ordered", "on_scene") == ("on_scene",)
    assert passed_over("ordered", "on_scene", {"ordered"}) == ("accepted", "assembling", "enroute")


def test_steps_passed_over_are_the_unrecorded_ones_of_the_main_line():
    assert passed_over("ordered", "working", {"ordered"}) == ("accepted", "assembling", "enroute", "on_scene")
    assert passed_over("enroute", "working", {"ordered", "accepted", "enroute"}) == ("on_scene",)
    assert passed_over("accepted", "assembling", {"ordered", "accepted"}) == ()
    assert passed_over("reserved", "accepted", {"reserved"}) == ("ordered",)


def test_a_recall_passes_over_nothing():
    assert passed_over("enroute", "recalled", {"ordered", "enroute"}) == ()


def test_a_later_state_never_implies_a_decision_of_somebody():
    assert path("ordered", "returned") == ("on_scene", "withdrawn", "returned")
    assert path("evacuated", "returned") == ("withdrawn", "returned")


@given(STATES, STATES)
def test_no_walk_passes_through_a_decision(a, b):
    steps = path(a, b)
    if steps is not None:
        assert not set(steps[:-1]) & DECISIONS
        assert steps[-1] == b
        assert all(TASK_FLOW.can(x, y) for x, y in zip((a, *steps), steps, strict=False))


@given(STATES, st.sets(STATES))
def test_what_may_be_named_is_next_or_new_and_can_be_walked(state, recorded):
    for to in reachable(state, recorded):
        assert path(state, to)
        assert to in next_states(state) or to not in recorded


@given(STATES, STATES, st.sets(STATES))
def test_nothing_recorded_is_passed_over_again(a, b, recorded):
    skipped = passed_over(a, b, recorded)
    assert not set(skipped) & (recorded | DECISIONS)
    assert b not in skipped


def test_a_skipped_step_does_not_pull_the_task_back():
    recorded = {"ordered", "accepted", "assembling", "enroute", "on_scene"}
    assert "accepted" not in reachable("on_scene", recorded)
    assert "ordered" not in reachable("on_scene", recorded)


def test_a_refused_task_may_be_ordered_again():
    assert "ordered" in reachable("refused", {"ordered", "refused"})


def test_work_after_an_evacuation_goes_on_though_it_was_recorded():
    recorded = {"ordered", "on_scene", "working", "evacuated"}
    assert {"working", "on_scene", "withdrawn"} <= reachable("evacuated", recorded)
    assert needs_release("evacuated", "working")
    assert needs_release("evacuated", "on_scene")
    assert not needs_release("evacuated", "withdrawn")
    assert not needs_release("on_scene", "working")


@pytest.mark.parametrize("state", ["returned", "cancelled"])
def test_from_an_end_nothing_follows(state):
    assert next_states(state) == ()
    assert reachable(state, {state}) == frozenset()


def test_a_team_may_be_recalled_from_everywhere_between_order_and_withdrawal():
    """Design rule 13: rescuers are withdrawn by command, from wherever they are (生产安全事故应急条例 art. 22)."""
    for state in ("ordered", "accepted", "assembling", "enroute", "on_scene", "working", "evacuated"):
        assert "recalled" in next_states(state)


def test_every_state_is_waiting_engaged_or_ended():
    assert ENDED_STATES | ENGAGED_STATES | {"reserved"} == set(TASK_FLOW.states)
    assert not ENDED_STATES & ENGAGED_STATES


LOOP = Flow(
    name="loop",
    zh={"a": "甲", "b": "乙", "c": "丙", "d": "丁"},
    en={"a": "A", "b": "B", "c": "C", "d": "D"},
    transitions=(("a", "b"), ("b", "a"), ("b", "c"), ("a", "c"), ("c", "d")),
    initial=("a",),
)


def test_a_flow_finds_the_shortest_walk_and_avoids_what_it_is_told():
    assert LOOP.path("a", "d") == ("c", "d")
    assert LOOP.path("a", "d", avoid=("c",)) is None
    assert LOOP.path("a", "c", avoid=("c",)) == ("c",)
    assert LOOP.path("d", "a") is None
    assert LOOP.path("a", "a") is None
    assert LOOP.onward("b") == ("a", "c")
    assert not LOOP.can("a", "d")
