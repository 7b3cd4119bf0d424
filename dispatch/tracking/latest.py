"""The last known position of each team in this process: what suggestions and team records read."""

from __future__ import annotations

from collections.abc import Iterator
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


_last: dict[tuple[int, str], Fix] = {}


def put(world: int, team_id: str, fix: Fix) -> bool:
    """Keep a position if it is newer than the last. Returns whether it was."""
    old = _last.get((world, team_id))
    if old is not None and old.at >= fix.at:
        return False
    _last[world, team_id] = fix
    return True


def get(world: int, team_id: str) -> Fix | None:
    """The last known position of a team."""
    return _last.get((world, team_id))


def of_world(world: int) -> Iterator[tuple[str, Fix]]:
    """(team, position) of every team that ever told one in this world."""
    return ((team_id, fix) for (of, team_id), fix in list(_last.items()) if of == world)


def forget() -> None:
    """Forget all: another database is opened in this process."""
    _last.clear()
