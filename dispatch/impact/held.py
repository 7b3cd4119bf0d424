"""A layer's features as an impact looks at them: side by side in columns, in a tree, carried on when some of them change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from command.core.map.joining import ROLES, Part
from command.core.map.layers import Feature, Layer
from geo.impact import Ground, Zone

ROLE_CODES = {role: number for number, role in enumerate(ROLES)}
MOST_GONE = 20_000
"""Places that nothing is at any more; when there are more of them than of the others, all is made anew."""
Codes = NDArray[np.int64]
Objects = NDArray[np.object_]


@dataclass(frozen=True)
class Held:
    """A layer's features that join, each at its place: with a point that stands for it, what it is by nature (a number of
    `natures`). Never changed: readers in other threads need no lock."""

    layer: Layer
    part: Part
    features: Objects
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    nature: Codes
    ground: Ground
    natures: tuple[str, ...]
    place: Mapping[str, int]

    @classmethod
    def of(cls, layer: Layer, features: Iterable[Feature]) -> Held:
        """Some features of a layer, those that join."""
        part = layer.impact
        assert part is not None
        none, lon, lat, nature = _columns(layer, [], {})
        nothing = cls(layer, part, none, lon, lat, nature, Ground([], []), (), {})
        return nothing._with(list(features), [])

    def followed(self, changed: Iterable[str], now: Mapping[str, Feature]) -> Held:
        """These features after some changed, came or left; `now`: all that there are by now."""
        ids = list(changed)
        gone = [self.place[one] for one in ids if one in self.place]
        if len(self.features) - len(self.ground) + len(gone) > max(MOST_GONE, len(self.ground)):
            return Held.of(self.layer, now.values())
        return self._with([now[one] for one in ids if one in now], gone)

    def _with(self, features: Sequence[Feature], gone: Sequence[int]) -> Held:
        roles = [self.part.of(one.properties) for one in features]
        some = [one for one, role in zip(features, roles, strict=True) if role is not None]
        groups = [ROLE_CODES[role] for role in roles if role is not None]
        numbers = {one: number for number, one in enumerate(self.natures)}
        more = _columns(self.layer, some, numbers)
        joined: dict[str, Any] = {
            name: np.concatenate([getattr(self, name), new])
            for name, new in zip(("features", "lon", "lat", "nature"), more, strict=True)
        }
        place = dict(self.place)
        for one in gone:
            place.pop(self.features[one].id, None)
        first = len(self.features)
        place.update((one.id, first + number) for number, one in enumerate(some))
        ground = self.ground.followed(np.array(gone, np.int64), [one.geometry for one in some], groups)
        return replace(self, **joined, natures=tuple(numbers), place=place, ground=ground)

    def key(self, place: int) -> str:
        """What tells a thing from all others."""
        return f"{self.layer.name}/{self.features[place].id}"

    def near(self, zone: Zone, metres: float, natures: frozenset[str]) -> tuple[Codes, NDArray[np.float64]]:
        """The places of all of these natures no farther from the zone's shape, with how far."""
        meant = [number for number, one in enumerate(self.natures) if one in natures]
        places = self.ground.within(zone.box(metres)) if meant else np.empty(0, np.int64)
        places = places[np.isin(self.nature[places], meant)]
        away = self.ground.away(zone, places)
        close = away <= metres
        return places[close], away[close]


def _columns(layer: Layer, features: Sequence[Feature], numbers: dict[str, int]) -> tuple[Any, ...]:
    """Features, the points that stand for them, what each is by nature: a number; a new nature gets the next."""
    own, spots = np.empty(len(features), object), np.empty(len(features), object)
    own[:], spots[:] = features, [one.geometry for one in features]
    spread = shapely.get_type_id(spots) != 0
    spots[spread] = shapely.point_on_surface(spots[spread])
    by = layer.impact.by if layer.impact else None
    named = [str(one.properties.get(by)) if by else layer.name for one in features]
    nature = np.array([numbers.setdefault(one, len(numbers)) for one in named], np.int64)
    return own, shapely.get_x(spots), shapely.get_y(spots), nature
