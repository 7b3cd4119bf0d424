"""What may follow from what: a pure search among things by the table of rules."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from command.incidents.kinds import KINDS
from dispatch.impact.rules import RULES, Domino
from geo.distance import metres_to_many


class Thing(NamedTuple):
    """A thing that a rule may speak of: what it is by nature, how far from the zone, whether inside; `at`: where whoever asks
    finds it again."""

    key: str
    at: tuple[int, int]
    nature: str
    lon: float
    lat: float
    metres: float
    inside: bool


class Link(NamedTuple):
    """What one rule found: the thing that may fall, how far away; `first`: the thing inside that it would fall from, None for the
    incident itself."""

    rule: Domino
    thing: Thing
    metres: float
    first: Thing | None = None


def applying(kind: str | None) -> list[Domino]:
    """The rules for an incident of this kind, or of one that it belongs to; None: only those that need no incident."""
    named = {kind, KINDS[kind].parent} if kind is not None else set()
    return [one for one in RULES if one.beside or one.kinds & named]


def natures(rules: Collection[Domino]) -> frozenset[str]:
    """The natures that some rules speak of."""
    return frozenset().union(*(one.near | one.beside for one in rules))


def reach_m(rules: Collection[Domino], radius_m: float) -> float:
    """How far from the zone's shape somebody has to look for them."""
    return max((one.within_m + (radius_m if one.beside else 0) for one in rules), default=0.0)


def follow(rules: Sequence[Domino], things: Sequence[Thing]) -> list[Link]:
    """What the rules find among things: what an incident may set off first, then the pairs; the nearest first."""
    links = [link for rule in rules for link in (_pairs if rule.beside else _from_incident)(rule, things)]
    return sorted(links, key=lambda one: (one.first is not None, one.metres, one.rule.code, one.thing.key))


def _from_incident(rule: Domino, things: Sequence[Thing]) -> Iterator[Link]:
    for one in things:
        if one.nature in rule.near and one.metres <= rule.within_m:
            yield Link(rule, one, one.metres)


def _pairs(rule: Domino, things: Sequence[Thing]) -> Iterator[Link]:
    others = [one for one in things if one.nature in rule.near]
    lons, lats = (np.array([getattr(one, name) for one in others]) for name in ("lon", "lat"))
    for first in things:
        if not first.inside or first.nature not in rule.beside:
            continue
        away = metres_to_many(first.lon, first.lat, lons, lats)
        for place in np.flatnonzero(away <= rule.within_m).tolist():
            other = others[place]
            twice = other.key == first.key or (
                other.inside and other.nature in rule.beside and other.key < first.key
            )
            if not twice:
                yield Link(rule, other, float(away[place]), first)
