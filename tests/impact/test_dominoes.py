"""The table of dominoes: every rule speaks of kinds and natures that exist, in both languages, and finds what it should."""

from __future__ import annotations

import pytest

from command.incidents.kinds import KINDS
from command.places.words import IMPACT_ROLES
from dispatch.impact.dominoes import Thing, applying, follow, reach_m
from dispatch.impact.rules import RULES, Domino

LAT = 36.83
PER_M = 1 / 89_240
"""Degrees of longitude at that latitude."""


def thing(nature: str, east_m: float, inside: bool = False) -> Thing:
    return Thing(
        f"places/{nature}{east_m:g}", (0, 0), nature, 112.86 + east_m * PER_M, LAT, abs(east_m), inside
    )


@pytest.mark.parametrize("rule", RULES, ids=lambda one: one.code)
def test_a_rule_names_only_what_exists_and_says_why_in_both_languages(rule: Domino) -> None:
    assert rule.kinds <= KINDS.keys()
    assert rule.near | rule.beside <= IMPACT_ROLES.keys()
    assert bool(rule.kinds) is not bool(rule.beside)
    assert all((rule.zh, rule.en, rule.why_zh, rule.why_en))
    assert 0 < rule.within_m <= 50_000


def test_no_two_rules_have_one_code() -> None:
    assert len({one.code for one in RULES}) == len(RULES)


@pytest.mark.parametrize(
    ("kind", "nature", "metres", "code"),
    [("gas", "reservoir", 2900, "mine-water"), ("forest_fire", "chemical", 900, "fire-chemical"),
     ("flash_flood", "dam", 9000, "water-reservoir"),
     ("landslide", "bridge", 900, "slide-road"), ("hc_leak", "school", 2900, "chemical-people"), ("power", "mine", 19_000, "power-mine"),
     ("quake", "dam", 29_000, "quake-dam"), ("dam_risk", "tailings", 4900, "water-tailings")],
)  # fmt: skip
def test_an_incident_may_set_off_what_is_near(kind: str, nature: str, metres: float, code: str) -> None:
    rules = applying(kind)
    noise = thing("landmark", 10)
    assert code in [one.rule.code for one in follow(rules, [noise, thing(nature, metres)])]
    farther = follow(rules, [thing(nature, reach_m(rules, 0) + 1)])
    assert [one.rule.code for one in farther if one.rule.code == code] == []


def test_without_an_incident_only_pairs_inside_are_told_each_once() -> None:
    rules = applying(None)
    things = [
        thing("mine", 0, True),
        thing("reservoir", 900, True),
        thing("reservoir", 1100),
        thing("mine", 50_000),
    ]
    assert [(one.rule.code, one.thing.key) for one in follow(rules, things)] == [
        ("site-mine-water", "places/reservoir900")
    ]
    stores = [thing("chemical", 0, True), thing("chemical", 300, True), thing("chemical", 700)]
    assert [(one.first and one.first.key, one.thing.key) for one in follow(rules, stores)] == [
        ("places/chemical0", "places/chemical300"), ("places/chemical300", "places/chemical700"),
    ]  # fmt: skip


def test_a_kind_that_sets_nothing_off_has_only_pairs() -> None:
    assert all(one.beside for one in applying("foreign_related"))
