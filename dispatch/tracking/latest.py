"""The last known position of each team in this process: what suggestions and team records read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Fix:
    """A position: degrees WGS-84, when by the device's clock, m/s, degrees from north, metres.

    `ahead`: the device's clock ran ahead, so that `at` is when it was received.
    """

    lon: float
    lat: float
    at: datetime
    speed: float | None = None
    heading: float | None = None
    accuracy: float | None = None
    ahead: bool = False


_last: dict[int, dict[str, Fix]] = {}
Hearer = Callable[[int, str, Fix], None]
hearers: list[Hearer] = []
"""Who follows every fix that this process takes in or is told of, in the order in which they come; they must be quick."""


def heard(world: int, team_id: str, fix: Fix) -> None:
    """Let those who follow every fix have one, also if it is older than the last."""
    for hear in hearers:
        hear(world, team_id, fix)


def put(world: int, team_id: str, fix: Fix) -> bool:
    """Keep a position if it is newer than the last. Returns whether it was."""
    known = _last.setdefault(world, {})
    old = known.get(team_id)
    if old is not None and old.at >= fix.at:
        return False
    known[team_id] = fix
    return True


def get(world: int, team_id: str) -> Fix | None:
    """The last known position of a team."""
    return _last.get(world, {}).get(team_id)


def of_world(world: int) -> dict[str, Fix]:
    """The last position of every team that ever told one in this world, as of now."""
    return dict(_last.get(world, {}))


def forget() -> None:
    """Forget all: another database is opened in this process."""
    _last.clear()
    hearers.clear()
