"""Whether a team has come to a place, or has left it, by its positions alone: pure, with the jitter of telephones in valleys.

A single fix says nothing. It has come when it was near for a while, and has left when it was well away for a while; between the
two distances nothing changes, so that a fix that jumps to and fro says nothing either. A fix that is less exact than the place is
wide is not looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

NEAR_M = 200.0
AWAY_M = 400.0
"""Twice as far: who stands at the edge neither comes nor goes."""
LONG_ENOUGH = timedelta(seconds=60)
FIXES = 3
LEAST_EXACT_M = 150.0
SILENT = timedelta(minutes=5)
"""After so long without a fix what came before is of another time."""


@dataclass(frozen=True)
class Rule:
    """Up to how many metres it is near, from how many on away; with how many fixes over how long that is sure; how inexact a
    fix may be."""

    near_m: float
    away_m: float
    fixes: int
    long_enough: timedelta
    least_exact_m: float


PLACE = Rule(NEAR_M, AWAY_M, FIXES, LONG_ENOUGH, LEAST_EXACT_M)
"""Of a scene, a base: a step is suggested to people, who have time to look."""


@dataclass(frozen=True)
class Stay:
    """What is known of one team and one place: on which side of it the team is, since when and with how many fixes."""

    near: bool | None = None
    since: datetime | None = None
    fixes: int = 0
    last: datetime | None = None

    @property
    def sure(self) -> bool:
        """Whether it has been there, or away, for long enough."""
        return self.held(PLACE)

    def held(self, rule: Rule) -> bool:
        """Whether it has been there, or away, for as long as a rule asks for."""
        return (
            self.since is not None
            and self.last is not None
            and self.fixes >= rule.fixes
            and self.last - self.since >= rule.long_enough
        )


def seen(stay: Stay, metres: float, at: datetime, accuracy: float | None, rule: Rule = PLACE) -> Stay:
    """What is known after one more fix, so far from the place. Fixes that are older than the last say nothing."""
    if (accuracy or 0.0) > rule.least_exact_m or (stay.last is not None and at <= stay.last):
        return stay
    near = True if metres <= rule.near_m else False if metres >= rule.away_m else None
    if near is None:
        return stay if stay.near is None else Stay(stay.near, stay.since, stay.fixes, at)
    if near != stay.near or stay.last is None or at - stay.last > SILENT:
        return Stay(near, at, 1, at)
    return Stay(near, stay.since, stay.fixes + 1, at)
