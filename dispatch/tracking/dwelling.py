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
class Stay:
    """What is known of one team and one place: on which side of it the team is, since when and with how many fixes."""

    near: bool | None = None
    since: datetime | None = None
    fixes: int = 0
    last: datetime | None = None

    @property
    def sure(self) -> bool:
        """Whether it has been there, or away, for long enough."""
        return (
            self.since is not None
            and self.last is not None
            and self.fixes >= FIXES
            and self.last - self.since >= LONG_ENOUGH
        )


def seen(stay: Stay, metres: float, at: datetime, accuracy: float | None) -> Stay:
    """What is known after one more fix, so far from the place. Fixes that are older than the last say nothing."""
    if (accuracy or 0.0) > LEAST_EXACT_M or (stay.last is not None and at <= stay.last):
        return stay
    near = True if metres <= NEAR_M else False if metres >= AWAY_M else None
    if near is None:
        return stay if stay.near is None else Stay(stay.near, stay.since, stay.fixes, at)
    if near != stay.near or stay.last is None or at - stay.last > SILENT:
        return Stay(near, at, 1, at)
    return Stay(near, stay.since, stay.fixes + 1, at)
