"""How an impact is told: the things of each role with how far they are and on what that rests, counts before lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from command.core.map.features import plain
from command.core.map.joining import ROLES, Role
from command.core.map.layers import Column, in_words
from command.roads.ways import Ways, straight_trip, trips
from dispatch.impact.ground import NEAREST, REACH_M, WANTED
from dispatch.impact.held import ROLE_CODES, Held
from geo.distance import bearing
from geo.impact import Headcount, Zone, farthest, find, tally

LISTED = 30
ROLE_OF = {number: role for role, number in ROLE_CODES.items()}
NO_WAY = frozenset({"closure", "incident", "warned"})
"""Nobody drives from these to the scene."""


class One(NamedTuple):
    """One thing of a layer, as far as the zone is concerned."""

    held: Held
    place: int
    metres: float
    inside: bool

    @property
    def told(self) -> Any:
        """Its properties."""
        return self.held.features[self.place].properties


class Some(NamedTuple):
    """Things of one role in one layer, nearest first."""

    held: Held
    places: NDArray[np.int64]
    metres: NDArray[np.float64]

    def ones(self, within: float, inside: bool) -> list[One]:
        """Those no farther than so many metres, one by one."""
        close = int(np.searchsorted(self.metres, within, side="right"))
        found = zip(self.places[:close].tolist(), self.metres[:close].tolist(), strict=True)
        return [One(self.held, place, metres, inside) for place, metres in found]


@dataclass
class Group:
    """The things of one role: those inside, and the nearest beyond."""

    inside: list[Some] = field(default_factory=list)
    beyond: list[Some] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many lie inside."""
        return sum(len(some.places) for some in self.inside)

    @property
    def known(self) -> bool:
        """Whether there is any, inside or as far as is looked."""
        return any(len(some.places) for some in (*self.inside, *self.beyond))

    def listed(self, role: Role) -> list[One]:
        """Those that are told one by one."""
        more = max(0, NEAREST - self.count) if role.nearest else 0
        return [*_nearest(self.inside, LISTED, True), *_nearest(self.beyond, more, False)]


def _nearest(every: Sequence[Some], most: int, inside: bool) -> list[One]:
    """The nearest of several layers' things; of those as far as each other, by their names."""
    within = farthest([some.metres for some in every], most)
    found = [one for some in every for one in some.ones(within, inside)]
    return sorted(found, key=lambda one: (one.metres, one.held.key(one.place)))[:most]


def gather(zone: Zone, every: Sequence[Held], itself: str | None) -> dict[str, Group]:
    """What lies inside a zone and next to it, by role; `itself`: the incident that is not told of."""
    groups = {role: Group() for role in ROLES}
    for held in every:
        found = find(held.ground, zone, WANTED, REACH_M)
        own = held.place.get(itself, -1) if itself and held.layer.name == "incidents" else -1
        codes = held.ground.groups[found.places]
        for code in np.unique(codes).tolist():
            group = groups[ROLE_OF[code]]
            chosen = (codes == code) & (found.places != own)
            for side, these in (
                (group.inside, chosen & found.inside),
                (group.beyond, chosen & ~found.inside),
            ):
                side.append(Some(held, found.places[these], found.metres[these]))
    return groups


def tell(zone: Zone, role: str, group: Group, roads: Ways | None, bare: bool) -> dict[str, Any]:
    """One role: how many, of what sorts, how many people, then the things themselves. `registered`: whether anything of it is on
    record at all (`bare`: without a point), so that nobody reads an empty register as "there is none"; None where the role is no
    register: what is closed, dangerous or happening now is known, and none is none."""
    word = ROLES[role]
    listed = group.listed(word)
    drives = [None] * len(listed) if role in NO_WAY else _drives(zone, listed, roads)
    told: dict[str, Any] = {
        "role": role, "zh": word.zh, "en": word.en, "registered": group.known or bare if word.nearest else None,
        "inside": group.count, "kinds": _kinds(group.inside),
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


def _people(inside: Sequence[Some]) -> dict[str, Any]:
    """People inside as counts of places: null where no place has one; of how many places nobody said."""
    heads, days, sources = [], set(), set()
    for some in inside:
        part = some.held.part
        for feature in some.held.features[some.places].tolist():
            told = feature.properties
            count, on, source = (told.get(name) for name in part.people or (None, None, None))
            whole = part.by is None or in_words(told.get(part.by)) in part.whole
            heads.append(Headcount(count, told.get(part.within) if part.within else None, whole))
            if count is not None:
                days.add(on)
                sources.add(source)
    found = tally(heads)
    return {
        "count": found.people, "known": found.known, "unknown": found.unknown,
        "oldest": min((one for one in days if one), default=None), "undated": None in days, "sources": sorted(filter(None, sources)),
    }  # fmt: skip


def _kinds(inside: Sequence[Some]) -> list[dict[str, Any]]:
    """How many of each sort; of sorts as many as each other and of one name, the nearer first."""
    told = []
    for some in inside:
        _, first, counts = np.unique(some.held.nature[some.places], return_index=True, return_counts=True)
        for at, count in zip(first.tolist(), counts.tolist(), strict=True):
            one = One(some.held, int(some.places[at]), float(some.metres[at]), True)
            kind = _kind(one)
            if kind is not None:
                told.append((one.metres, {**kind, "count": count}))
    return [kind for _, kind in sorted(told, key=lambda one: (-one[1]["count"], one[1]["code"], one[0]))]


def _sums(inside: Sequence[Some]) -> list[dict[str, Any]]:
    """Columns added up over those inside that say something; how many say nothing."""
    found: dict[str, dict[str, Any]] = {}
    for some in inside:
        for name in some.held.part.sums if len(some.places) else ():
            column = some.held.layer.column(name)
            assert column is not None
            sum_ = found.setdefault(
                name, {"name": name, "zh": column.zh, "en": column.en, "sum": None, "unknown": 0}
            )
            values = [one.properties.get(name) for one in some.held.features[some.places].tolist()]
            known = [value for value in values if value is not None]
            sum_["unknown"] += len(values) - len(known)
            if known:
                sum_["sum"] = sum(known, sum_["sum"] or 0)
    return list(found.values())
