"""Suggested levels: the thresholds of the law at their edges, and what counts for which suggestion."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from command.incidents.kinds import KINDS, kind
from command.incidents.levels import Figure, dangerous, suggest
from command.incidents.thresholds import TABLES
from command.incidents.words import CASUALTY_FIELDS, LEVEL_RANK, SIZE_FIELDS


def sure(**numbers):
    return {f: Figure(v, confirmed=True) for f, v in numbers.items()}


def said(**numbers):
    return {f: Figure(v, confirmed=False) for f, v in numbers.items()}


EDGES = [
    ("gas", "dead", [(0, "IV"), (2, "IV"), (3, "III"), (9, "III"), (10, "II"), (29, "II"), (30, "I")]),
    ("gas", "serious", [(9, "IV"), (10, "III"), (49, "III"), (50, "II"), (99, "II"), (100, "I")]),
    ("gas", "poisoned", [(9, "IV"), (10, "III"), (50, "II"), (100, "I")]),
    ("gas", "loss_wan", [(999.9, "IV"), (1000, "III"), (4999, "III"), (5000, "II"), (10000, "I")]),
    ("forest_fire", "area_ha", [(0.5, "IV"), (1, "III"), (99.9, "III"), (100, "II"), (1000, "I")]),
    ("forest_fire", "dead", [(0, None), (1, "IV"), (3, "III"), (10, "II"), (30, "I")]),
    ("forest_fire", "serious", [(0, None), (1, "IV"), (10, "III"), (50, "II"), (100, "I")]),
    ("forest_fire", "poisoned", [(100, None)]),
    ("landslide", "dead", [(2, "IV"), (3, "III"), (10, "II"), (30, "I")]),
    ("landslide", "loss_wan", [(99, "IV"), (100, "III"), (500, "II"), (1000, "I")]),
    ("landslide", "serious", [(100, None)]),
    ("quake", "magnitude", [(3.9, None), (4.0, "IV"), (5.0, "III"), (6.0, "II"), (6.9, "II"), (7.0, "I")]),
    ("quake", "dead", [(9, "IV"), (10, "III"), (50, "II"), (300, "I")]),
    ("water_pollution", "evacuated", [(4999, "IV"), (5000, "III"), (10000, "II"), (50000, "I")]),
    ("water_pollution", "poisoned", [(9, "IV"), (10, "III"), (50, "II"), (100, "I")]),
    ("water_pollution", "loss_wan", [(499, "IV"), (500, "III"), (2000, "II"), (10000, "I")]),
]
EACH = [(code, field, value, level) for code, field, steps in EDGES for value, level in steps]


@pytest.mark.parametrize(("code", "field", "value", "level"), EACH)
def test_the_floor_of_a_level_is_included_and_its_ceiling_is_not(code, field, value, level):
    """Design rule 10: thresholds are half-open, 以上 includes the number itself."""
    found = suggest(kind(code), sure(**{field: value}))
    assert (found.confirmed, found.possible) == (level, level)


def test_the_gravest_column_decides():
    found = suggest(kind("gas"), sure(dead=1, serious=60, loss_wan=1200))
    assert found.confirmed == "II"
    assert "重伤" in found.because[0].zh


def test_the_acutely_poisoned_are_counted_with_the_seriously_injured_in_accidents():
    assert suggest(kind("hc_leak"), sure(serious=6, poisoned=4)).confirmed == "III"
    assert suggest(kind("landslide"), sure(serious=60, poisoned=60)).confirmed is None


def test_missing_and_trapped_count_as_dead_only_for_the_possible_level():
    """Design rule 11: the missing count into the casualties (国务院令493号 art. 12); for a level they are possible, not confirmed."""
    found = suggest(kind("gas"), sure(dead=1, missing=1, trapped=8))
    assert (found.confirmed, found.possible) == ("IV", "II")
    assert "失联和被困合计 10 人" in found.because[1].zh
    assert "10" in found.because[1].en


def test_unconfirmed_figures_speak_only_for_the_possible_level():
    found = suggest(kind("gas"), said(dead=3))
    assert (found.confirmed, found.possible) == (None, "III")


def test_what_was_not_reported_is_not_zero():
    assert suggest(kind("gas"), {}).possible is None
    assert suggest(kind("gas"), {}).because[0].zh == "尚无可定级的数字"
    assert suggest(kind("gas"), said(light=5)).possible is None


def test_the_same_reason_is_said_once():
    assert len(suggest(kind("gas"), sure(dead=3)).because) == 1


def test_a_competing_larger_statement_speaks_for_the_possible_level():
    found = suggest(kind("gas"), sure(dead=1), worst=said(dead=12))
    assert (found.confirmed, found.possible) == ("IV", "II")
    assert [why.zh[:3] for why in found.because] == ["已核实", "可能："]


@pytest.mark.parametrize("code", ["wage_dispute", "terrorism", "campus"])
def test_social_security_events_get_no_level_whatever_the_figures(code):
    """Design rule 2: social-security events have no statutory grade (突发事件应对法 art. 3)."""
    found = suggest(kind(code), sure(dead=50))
    assert (found.confirmed, found.possible) == (None, None)
    assert "不分级" in found.because[0].zh


@pytest.mark.parametrize("code", ["flash_flood", "rainstorm", "infectious", "co_poisoning"])
def test_a_kind_without_a_table_stays_ungraded(code):
    found = suggest(kind(code), sure(dead=50, loss_wan=100_000))
    assert (found.confirmed, found.possible) == (None, None)
    assert found.because


@pytest.mark.parametrize(
    ("field", "below", "enough"),
    [("trapped", 2, 3), ("missing", 2, 3), ("poisoned", 2, 3), ("evacuated", 499, 500)],
)
def test_a_dangerous_incident_is_recognised_though_nobody_died(field, below, enough):
    assert dangerous(said(**{field: below})) == ()
    assert len(dangerous(said(**{field: enough}))) == 1
    assert dangerous(sure(dead=40)) == ()


NUMBERS = st.dictionaries(
    st.sampled_from([*CASUALTY_FIELDS, *SIZE_FIELDS]),
    st.builds(Figure, st.integers(0, 60_000).map(float) | st.floats(0, 60_000), st.booleans()),
)


def rank(level):
    return LEVEL_RANK.get(level, 5)


@given(st.sampled_from(sorted(KINDS)), NUMBERS)
def test_the_possible_level_is_never_milder_than_the_confirmed(code, figures):
    found = suggest(kind(code), figures)
    assert rank(found.possible) <= rank(found.confirmed)
    assert found.because
    assert all(why.zh and why.en for why in found.because)


@given(
    st.sampled_from(sorted(KINDS)),
    NUMBERS,
    st.sampled_from([*CASUALTY_FIELDS, *SIZE_FIELDS]),
    st.floats(0, 1000),
)
def test_a_larger_figure_never_makes_it_milder(code, figures, field, more):
    if field in figures:
        worse = figures | {field: Figure(figures[field].value + more, figures[field].confirmed)}
        assert rank(suggest(kind(code), worse).possible) <= rank(suggest(kind(code), figures).possible)
        assert rank(suggest(kind(code), worse).confirmed) <= rank(suggest(kind(code), figures).confirmed)


@given(st.sampled_from(sorted(KINDS)), NUMBERS)
def test_confirming_a_figure_changes_only_the_confirmed_level(code, figures):
    everything = {f: Figure(x.value, True) for f, x in figures.items()}
    assert suggest(kind(code), everything).possible == suggest(kind(code), figures).possible


def test_every_table_runs_from_the_gravest_level_down():
    for columns in TABLES.values():
        for column in columns:
            assert [level for level, _ in column.floors] == ["I", "II", "III", "IV"]
            floors = [floor for _, floor in column.floors]
            assert floors == sorted(floors, reverse=True)
