"""Who is inside which danger area, by positions alone: pure, with the jitter of telephones in valleys.

Going in is believed sooner than a step of a task: two fixes inside over five seconds. One is enough only where nothing speaks against
it: the first of a team after a silence, or of an area that is new, and deeper inside than the fix is inexact. Being out takes two
fixes well outside over twenty seconds. Between the edge and thirty metres beyond it nothing changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf
from typing import NamedTuple

from shapely.geometry.base import BaseGeometry

from dispatch.tracking.dwelling import SILENT, Rule, Stay, seen
from dispatch.tracking.latest import Fix
from geo.within import Areas

AWAY_M = 30.0
LEAST_EXACT_M = 150.0
SURE_M = 25.0
IN = Rule(0.0, AWAY_M, 2, timedelta(seconds=5), inf)
OUT = Rule(0.0, AWAY_M, 2, timedelta(seconds=20), inf)
FRESH = timedelta(minutes=15)
"""Nobody is warned of where he stood longer ago."""


class Seen(NamedTuple):
    """A team that is inside an area now (`inside`), or out of it: since when, and how deep it is."""

    team: str
    area: str
    inside: bool
    since: datetime
    depth_m: float


@dataclass(frozen=True)
class _Stay:
    stay: Stay
    certain: bool
    metres: float


class Follower:
    """The teams of one world and the danger areas in force there."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._areas = Areas(())
        self._known_since: dict[str, datetime | None] = {}
        self._stays: dict[str, dict[str, _Stay]] = {}
        self._inside: dict[str, set[str]] = {}
        self._last: dict[str, datetime] = {}

    def areas(self, shapes: Mapping[str, BaseGeometry], anew: Iterable[str], now: datetime) -> None:
        """The areas in force from now on; of those drawn anew nothing is known that was known before."""
        fresh = set(anew)
        self._ids, self._areas = list(shapes), Areas(list(shapes.values()))
        self._known_since = {
            area: now if area in fresh else self._known_since.get(area) for area in self._ids
        }
        for team, stays in list(self._stays.items()):
            self._stays[team] = {
                area: one for area, one in stays.items() if area in shapes and area not in fresh
            }

    def inside(self, pairs: Iterable[tuple[str, str]]) -> None:
        """The teams that were told to be in an area, and not yet to be out: they are followed however far they are."""
        self._inside = {}
        for team, area in pairs:
            self._inside.setdefault(team, set()).add(area)

    def take(self, fixes: Sequence[tuple[str, Fix]], now: datetime, *, again: bool = False) -> list[Seen]:
        """More fixes in the order in which they came; what is certain of the teams that they are of. `again`: they were taken
        before, and are weighed against areas drawn since."""
        if not self._ids:
            self._last.update((team, fix.at) for team, fix in fixes)
            return []
        near = self._areas.near([fix.lon for _, fix in fixes], [fix.lat for _, fix in fixes], AWAY_M)
        touched: dict[tuple[str, str], datetime] = {}
        for place, (team, fix) in enumerate(fixes):
            metres = {self._ids[one]: far for one, far in near.get(place, {}).items()}
            for area in metres.keys() | self._followed(team):
                self._follow((team, area), metres.get(area, inf), fix)
                touched[team, area] = fix.at
            if not again:
                self._last[team] = max(fix.at, self._last.get(team, fix.at))
        return [one for key, at in touched.items() if now - at <= FRESH for one in self._certain(key)]

    def _followed(self, team: str) -> set[str]:
        known = self._stays.get(team, {}).keys() | self._inside.get(team, set())
        return {area for area in known if area in self._known_since}

    def _follow(self, key: tuple[str, str], metres: float, fix: Fix) -> None:
        inexact = fix.accuracy or 0.0
        if inexact > LEAST_EXACT_M and abs(metres) < inexact:
            return
        team, area = key
        before = self._stays.get(team, {}).get(area) or _Stay(Stay(), False, metres)
        stay = seen(before.stay, metres, fix.at, None, IN)
        if stay is before.stay:
            return
        begun = stay.fixes == 1 and stay.since == fix.at
        certain = before.certain and not begun
        if begun and self._alone(key, before.stay, fix.at):
            certain = metres >= max(inexact, AWAY_M) or -metres >= max(inexact, SURE_M)
        self._stays.setdefault(team, {})[area] = _Stay(stay, certain, metres)

    def _alone(self, key: tuple[str, str], before: Stay, at: datetime) -> bool:
        """Whether nothing that was heard shortly before speaks of this team and this area."""
        if before.last is not None and at - before.last <= SILENT:
            return False
        last, since = self._last.get(key[0]), self._known_since[key[1]]
        return last is None or at - last > SILENT or (since is not None and last <= since)

    def _certain(self, key: tuple[str, str]) -> Iterator[Seen]:
        one = self._stays.get(key[0], {}).get(key[1])
        if one is None or one.stay.since is None:
            return
        if one.stay.near and (one.certain or one.stay.held(IN)):
            yield Seen(*key, True, one.stay.since, max(0.0, -one.metres))
        elif one.stay.near is False and (one.certain or one.stay.held(OUT)):
            yield Seen(*key, False, one.stay.since, 0.0)

    def forget(self, team: str, area: str) -> None:
        """It is out, and that was told: it need not be followed until it comes near again."""
        self._stays.get(team, {}).pop(area, None)
