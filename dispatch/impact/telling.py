"""How an impact is told: the things of each role with how far they are and on what that rests, counts before lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from command.core.features import plain
from command.core.joining import ROLES, Role
from command.core.layers import Column, in_words
from command.roads.ways import Ways, straight_trip, trips
from dispatch.impact.ground import ROLE_CODES, Held
from geo.distance import bearing
from geo.impact import Headcount, Zone, find, tally

NEAREST = 3
REACH_M = 60_000.0
LISTED = 30
ROLE_OF = {number: role for role, number in ROLE_CODES.items()}
WANTED = [NEAREST + 1 if ROLES[ROLE_OF[number]].nearest else 0 for number in range(len(ROLES))]
"""One more than is told: an incident is not told of itself."""
NO_WAY = frozenset({"closure", "incident"})
"""Nobody drives from these to the scene."""


class One(NamedTuple):
    """One thing of a layer, as far as the zone is concerned."""

    held: Held
    place: int
    metres: float
    inside: bool

    @property
    def key(self) -> str:
        """What tells it from all others."""
        return f"{self.held.layer.name}/{self.held.features[self.place].id}"

    @property
    def told(self) -> Any:
        """Its properties."""
        return self.held.features[self.place].properties


@dataclass
class Group:
    """The things of one role: those inside, nearest first, and the nearest beyond."""

    inside: list[One] = field(default_factory=list)
    beyond: list[One] = field(default_factory=list)

    def listed(self, role: Role) -> list[One]:
        """Those that are told one by one."""
        more = max(0, NEAREST - len(self.inside)) if role.nearest else 0
        return [*self.inside[:LISTED], *self.beyond[:more]]


def gather(zone: Zone, every: Sequence[Held], itself: str | None) -> dict[str, Group]:
    """What lies inside a zone and next to it, by role; `itself`: the key of what is not told of."""
    groups = {role: Group() for role in ROLES}
    for held in every:
        found = find(held.ground, zone, WANTED, REACH_M)
        for place, metres, inside in zip(*(one.tolist() for one in found), strict=True):
            one = One(held, place, metres, inside)
            if one.key == itself:
                continue
            group = groups[ROLE_OF[int(held.ground.groups[place])]]
            (group.inside if inside else group.beyond).append(one)
    for group in groups.values():
        for some in (group.inside, group.beyond):
            some.sort(key=lambda one: (one.metres, one.key))
    return groups


def tell(zone: Zone, role: str, group: Group, roads: Ways | None) -> dict[str, Any]:
    """One role: how many, of what sorts, how many people, then the things themselves."""
    word = ROLES[role]
    listed = group.listed(word)
    drives = [None] * len(listed) if role in NO_WAY else _drives(zone, listed, roads)
    told: dict[str, Any] = {
        "role": role, "zh": word.zh, "en": word.en, "inside": len(group.inside), "kinds": _kinds(group.inside),
        "sums": _sums(group.inside), "items": [_item(zone, one, drive) for one, drive in zip(listed, drives, strict=True)],
    }  # fmt: skip
    if role == "people":
        told["people"] = _people(group.inside)
    return told


def _drives(zone: Zone, some: Sequence[One], roads: Ways | None) -> list[dict[str, Any] | None]:
    """From each of these to the scene in a car: it begins where the thing is."""
    points = [(float(one.held.lon[one.place]), float(one.held.lat[one.place])) for one in some]
    if roads is None:
        found = [straight_trip(point, zone.middle) for point in points]
    else:
        found = trips(roads, points, ["car"] * len(points), zone.middle)
    return [
        {
            "seconds": None if one.seconds is None else round(one.seconds),
            "metres": None if one.metres is None else round(one.metres),
            "basis": one.basis,
        }
        for one in found
    ]


def _item(zone: Zone, one: One, drive: dict[str, Any] | None) -> dict[str, Any]:
    held, told = one.held, one.told
    lon, lat = float(held.lon[one.place]), float(held.lat[one.place])
    return {
        "id": held.features[one.place].id, "layer": held.layer.name, "name": told.get(held.part.name), "kind": _kind(one),
        "inside": one.inside, "distance_m": round(one.metres), "bearing": round(bearing(*zone.middle, lon, lat)),
        "location": {"type": "Point", "coordinates": [round(lon, 6), round(lat, 6)]}, "drive": drive,
        "people": _headcount(one), "facts": [_fact(held.layer.column(name), told.get(name)) for name in held.part.facts],
    }  # fmt: skip


def _kind(one: One) -> dict[str, str] | None:
    """What it is, as people say it."""
    column = one.held.layer.column(one.held.part.by) if one.held.part.by else None
    return None if column is None else _valued(column, one.told.get(column.name))


def _valued(column: Column, value: Any) -> dict[str, str]:
    said = in_words(value)
    found = next((each for each in column.values if each.code == said), None)
    return {"code": said, "zh": found.zh if found else said, "en": found.en if found else said}


def _fact(column: Column | None, value: Any) -> dict[str, Any]:
    assert column is not None  # a part names only columns of its layer
    label = {"name": column.name, "zh": column.zh, "en": column.en}
    return {
        **label,
        "value": plain(value),
        "said": _valued(column, value) if column.values and value is not None else None,
    }


def _headcount(one: One) -> dict[str, Any] | None:
    """How many live there, who counted them and when; None where nobody did."""
    if one.held.part.people is None:
        return None
    count, on, source = (one.told.get(name) for name in one.held.part.people)
    return None if count is None else {"count": count, "on": on, "source": source}


def _people(inside: Sequence[One]) -> dict[str, Any]:
    """People inside as counts of places: null where no place has one; of how many places nobody said."""
    heads, days, sources = [], set(), set()
    for one in inside:
        part, told = one.held.part, _headcount(one)
        whole = part.by is None or in_words(one.told.get(part.by)) in part.whole
        within = one.told.get(part.within) if part.within else None
        heads.append(Headcount(told["count"] if told else None, within, whole))
        if told:
            days.add(told["on"])
            sources.add(told["source"])
    found = tally(heads)
    return {
        "count": found.people, "known": found.known, "unknown": found.unknown,
        "oldest": min((one for one in days if one), default=None), "undated": None in days, "sources": sorted(filter(None, sources)),
    }  # fmt: skip


def _kinds(inside: Sequence[One]) -> list[dict[str, Any]]:
    counts = Counter((one.held.layer.name, one.held.natures[one.place]) for one in inside)
    first = {(one.held.layer.name, one.held.natures[one.place]): one for one in reversed(inside)}
    told = [(count, _kind(first[key])) for key, count in counts.items()]
    some = [{**kind, "count": count} for count, kind in told if kind is not None]
    return sorted(some, key=lambda one: (-one["count"], one["code"]))


def _sums(inside: Sequence[One]) -> list[dict[str, Any]]:
    """Columns added up over those inside that say something; how many say nothing."""
    found: dict[str, dict[str, Any]] = {}
    for one in inside:
        for name in one.held.part.sums:
            column = one.held.layer.column(name)
            assert column is not None
            sum_ = found.setdefault(
                name, {"name": name, "zh": column.zh, "en": column.en, "sum": None, "unknown": 0}
            )
            value = one.told.get(name)
            if value is None:
                sum_["unknown"] += 1
            else:
                sum_["sum"] = (sum_["sum"] or 0) + value
    return list(found.values())
