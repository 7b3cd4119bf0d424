"""A layer's features as an impact looks at them: side by side in columns, in a tree, carried on when some of them change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from command.core.map.carried import Carried
from command.core.map.joining import ROLES, Part
from command.core.map.layers import Feature, Layer
from geo.grown import Grown
from geo.impact import Ground, Zone

ROLE_CODES = {role: number for number, role in enumerate(ROLES)}
MOST_GONE = 20_000
"""Places that nothing is at any more; when there are more of them than of the others, all is made anew."""
Codes = NDArray[np.int64]
Objects = NDArray[np.object_]
COLUMNS = ("features", "lon", "lat", "nature")


@dataclass(frozen=True)
class Held:
    """A layer's features that join, each at its place: with a point that stands for it, what it is by nature (a number of
    `natures`). Never changed: readers in other threads need no lock; the next one shares what stayed."""

    layer: Layer
    part: Part
    columns: Mapping[str, Grown]
    ground: Ground
    natures: tuple[str, ...]
    place: Carried[int]

    @classmethod
    def of(cls, layer: Layer, features: Iterable[Feature]) -> Held:
        """Some features of a layer, those that join."""
        part = layer.impact
        assert part is not None
        some = list(features)
        roles = [part.of(one.properties) for one in some]
        joining = [one for one, role in zip(some, roles, strict=True) if role is not None]
        groups = [ROLE_CODES[role] for role in roles if role is not None]
        numbers: dict[str, int] = {}
        columns = {
            name: Grown(new, new.dtype)
            for name, new in zip(COLUMNS, _columns(layer, joining, numbers), strict=True)
        }
        place = Carried({one.id: number for number, one in enumerate(joining)})
        return cls(
            layer, part, columns, Ground([one.geometry for one in joining], groups), tuple(numbers), place
        )

    @property
    def features(self) -> Objects:
        """The feature at each place, also at one that it has left."""
        return self.columns["features"].values

    @property
    def lon(self) -> NDArray[np.float64]:
        """Of the point that stands for each."""
        return self.columns["lon"].values

    @property
    def lat(self) -> NDArray[np.float64]:
        """Of the point that stands for each."""
        return self.columns["lat"].values

    @property
    def nature(self) -> Codes:
        """What each is by nature."""
        return self.columns["nature"].values

    def followed(self, changed: Iterable[str], now: Mapping[str, Feature]) -> Held:
        """These features after some changed, came or left; `now`: all that there are by now."""
        ids = list(changed)
        gone = [self.place[one] for one in ids if one in self.place]
        if len(self.features) - len(self.place) + len(gone) > max(MOST_GONE, len(self.place)):
            return Held.of(self.layer, now.values())
        return self._with([now[one] for one in ids if one in now], gone)

    def _with(self, features: Sequence[Feature], gone: Sequence[int]) -> Held:
        roles = [self.part.of(one.properties) for one in features]
        some = [one for one, role in zip(features, roles, strict=True) if role is not None]
        groups = [ROLE_CODES[role] for role in roles if role is not None]
        numbers = {one: number for number, one in enumerate(self.natures)}
        more = zip(COLUMNS, _columns(self.layer, some, numbers), strict=True)
        first = len(self.features)
        place = self.place.followed(
            (self.features[one].id for one in gone),
            {one.id: first + number for number, one in enumerate(some)},
        )
        ground = self.ground.followed(np.array(gone, np.int64), [one.geometry for one in some], groups)
        columns = {name: self.columns[name].followed(new) for name, new in more}
        return replace(self, columns=columns, natures=tuple(numbers), place=place, ground=ground)

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
