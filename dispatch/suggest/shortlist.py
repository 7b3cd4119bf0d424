"""The first look over all teams, pure: whom the ranking has to weigh, and how many are left out for which reason.

It asks in numbers what `ranking` asks in words. Who it picks is weighed again there, so that a rounding here says nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from dispatch.suggest.columns import BIT, Columns, mask
from dispatch.suggest.ranking import FAR_S, LEFT_OUT, SKILL_STEP_S, UNKNOWN_S, Need
from geo.distance import metres_to_many
from geo.straight import ROAD_FACTOR, SPEED_MS


class Place(Protocol):
    """Where a team said it is, in degrees."""

    @property
    def lon(self) -> float: ...
    @property
    def lat(self) -> float: ...


Where = Callable[[str], Place | None]
Flags = NDArray[np.bool_]
Places = NDArray[np.intp]
ALIKE_S = 1.5
MOST_ALIKE = 64
"""Besides those asked for, so many that are as good as the last of them but for a rounding."""


@dataclass(frozen=True)
class Work:
    """What a team has on its hands: `bound` by a task, which it may leave (`spare`), or already sent `here`."""

    bound: bool
    spare: bool
    here: bool


@dataclass(frozen=True)
class Shortlist:
    """`first`: who may be among the first, not in order. `left`: reason → (how many, some of them, the soonest first).
    `able`: skill → (teams on duty that have it, free ones). `fit`: how many may be sent at all."""

    first: list[str]
    left: dict[str, tuple[int, list[str]]]
    able: dict[str, tuple[int, int]]
    fit: int = 0


def pick(
    need: Need,
    teams: Columns,
    work: Mapping[str, Work],
    where: Where,
    *,
    within: Set[str] | None,
    most: int,
    examples: int,
    far_s: float = FAR_S,
) -> Shortlist:
    """Those among whom the `most` best are. `where`: a team's own position; `within`: only of these teams; `far_s`: who takes
    longer is left out."""
    seen = _of(teams, within) if within is not None else np.ones(len(teams), dtype=np.bool_)
    bound, spare, here = _work(teams, work)
    eta = _eta(need, teams, where)
    skilled = np.ones(len(teams), dtype=np.bool_) if not need.skills else _has(teams, mask(need.skills))
    people = need.life_risk == "people"
    refused = {
        "here": here,
        "off_duty": ~teams.on_duty,
        "unskilled": ~skilled,
        "busy": bound & ~spare if people else bound,
        "far": np.zeros_like(seen) if people else eta > far_s,
    }
    left: dict[str, Places] = {}
    rest = seen.copy()
    for code, flags in refused.items():
        left[code] = np.flatnonzero(rest & flags)
        rest &= ~flags
    order, score = _order(need, teams, np.flatnonzero(rest), eta, bound)
    last = _with_those_alike(order, score, most)
    left["after"] = order[most:]
    soonest = np.where(np.isnan(eta), UNKNOWN_S, eta)
    return Shortlist(
        [teams.ids[place] for place in order[:last]],
        _told(teams, left, soonest, examples),
        {skill: _able(teams, seen, bound, skill) for skill in need.skills},
        len(order),
    )


def _of(teams: Columns, ids: Set[str]) -> Flags:
    flags = np.zeros(len(teams), dtype=np.bool_)
    flags[[teams.place[one] for one in ids if one in teams.place]] = True
    return flags


def _work(teams: Columns, work: Mapping[str, Work]) -> tuple[Flags, Flags, Flags]:
    """(bound, spare, here): a flag a team."""
    flags = np.zeros((3, len(teams)), dtype=np.bool_)
    for team_id, one in work.items():
        place = teams.place.get(team_id)
        if place is not None:
            flags[:, place] = one.bound, one.spare, one.here
    return flags[0], flags[1], flags[2]


def _has(teams: Columns, skills: int) -> Flags:
    flags: Flags = (teams.skills & np.uint32(skills)) != 0
    return flags


def _eta(need: Need, teams: Columns, where: Where) -> NDArray[np.float64]:
    """Seconds until each team is there, from its own position or else its base; nan where neither is known."""
    lon, lat = teams.lon.copy(), teams.lat.copy()
    told = list(map(where, teams.ids))
    places = [place for place, at in enumerate(told) if at is not None]
    lon[places] = [at.lon for at in told if at is not None]
    lat[places] = [at.lat for at in told if at is not None]
    away = metres_to_many(need.lon, need.lat, lon, lat) * ROAD_FACTOR
    seconds: NDArray[np.float64] = np.rint(away / SPEED_MS + teams.turnout_s)
    return seconds


def _order(
    need: Need, teams: Columns, places: Places, eta: NDArray[np.float64], bound: Flags
) -> tuple[Places, NDArray[Any]]:
    """(places of teams, best first; the key of each: busy, of another township, seconds)."""
    best = np.full(len(places), len(need.skills))
    for rank in range(len(need.skills) - 1, -1, -1):
        best[(teams.skills[places] & BIT[need.skills[rank]]) != 0] = rank
    seconds = np.where(np.isnan(eta[places]), UNKNOWN_S, eta[places]) + SKILL_STEP_S * best
    foreign = (teams.centre[places] != need.township) if need.schematic else np.zeros(len(places))
    key = np.column_stack([bound[places], foreign.astype(float), seconds])
    sorted_ = np.lexsort((teams.by_id[places], key[:, 2], key[:, 1], key[:, 0]))
    return places[sorted_], key[sorted_]


def _with_those_alike(order: Places, key: NDArray[Any], most: int) -> int:
    """How many of the order to weigh: `most`, and those whom only a rounding holds behind the last of them."""
    last = min(most, len(order))
    while last and last < min(len(order), most + MOST_ALIKE):
        end, one = key[min(most, len(order)) - 1], key[last]
        if one[0] != end[0] or one[1] != end[1] or one[2] - end[2] > ALIKE_S:
            break
        last += 1
    return last


def _told(
    teams: Columns, left: Mapping[str, Places], soonest: NDArray[np.float64], examples: int
) -> dict[str, tuple[int, list[str]]]:
    """Counts by reason; the room for examples is shared out, rare reasons first, so that none crowds out another."""
    told: dict[str, tuple[int, list[str]]] = {}
    waiting = sorted((code for code in LEFT_OUT if len(left[code])), key=lambda code: len(left[code]))
    room = examples
    for number, code in enumerate(waiting):
        places = left[code]
        share = min(len(places), room // (len(waiting) - number))
        room -= share
        nearest = places[:share] if code == "after" else _first(places, soonest, share)
        told[code] = len(places), [teams.ids[place] for place in nearest]
    return {code: told[code] for code in LEFT_OUT if code in told}


def _first(places: Places, soonest: NDArray[np.float64], count: int) -> Places:
    if count < len(places):
        places = places[np.argpartition(soonest[places], count)[:count]]
    return places[np.argsort(soonest[places], kind="stable")]


def _able(teams: Columns, seen: Flags, bound: Flags, skill: str) -> tuple[int, int]:
    having = seen & teams.on_duty & _has(teams, int(BIT[skill]))
    return int(having.sum()), int((having & ~bound).sum())
