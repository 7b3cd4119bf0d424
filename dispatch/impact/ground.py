"""The layers that join an impact, as they stand in memory: each one's features in a tree, made once for a stock and again when
the journal has changed it. Beside the hub only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from command.core.access import Actor
from command.core.joining import ROLES, Part
from command.core.layers import LAYERS, Feature, Layer, LayerWish, layers_of
from command.core.layerstock import Stock, of_node
from command.core.node import Node
from command.core.queries import View
from geo.impact import Ground, Zone

ROLE_CODES = {role: number for number, role in enumerate(ROLES)}
SHAPED, UNPLACED = "impact", "impact.unplaced"


@dataclass(frozen=True)
class Held:
    """A layer's features that join: with a point that stands for each, and what each is by nature."""

    layer: Layer
    part: Part
    features: list[Feature]
    ground: Ground
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    natures: NDArray[np.object_]

    def near(self, zone: Zone, metres: float, natures: frozenset[str]) -> Iterator[tuple[int, float]]:
        """(place, metres) of all of these natures no farther from the zone's shape."""
        places = self.ground.within(zone.box(metres))
        places = places[[one in natures for one in self.natures[places]]]
        away = zone.away(self.ground.shapes[places])
        close = away <= metres
        yield from zip(places[close].tolist(), away[close].tolist(), strict=True)


def joined(actor: Actor) -> list[Layer]:
    """The layers that join, of those that the actor may see."""
    return [one for one in layers_of(actor) if one.impact is not None]


def fetch(node: Node, actor: Actor, world: int) -> dict[str, Stock]:
    """The stocks of all layers that join, fresh by the journal."""
    stocks = of_node(node)
    return {one.name: stocks.of(one, world, actor) for one in joined(actor)}


def held(view: View) -> list[Held]:
    """What the actor sees of the layers that join: from memory, or read now where nobody has fetched it."""
    found: Mapping[str, Stock] = view.ahead or {}
    return [_held(view, one, found.get(one.name)) for one in joined(view.actor)]


def _held(view: View, layer: Layer, stock: Stock | None) -> Held:
    if stock is None:
        return _made(layer, list(layer.features(view, LayerWish())))
    known = stock.shaped.get(SHAPED)
    if known is None:
        known = stock.shaped[SHAPED] = _made(layer, list(stock.features.values()))
    found: Held = known
    return found


def _made(layer: Layer, features: list[Feature]) -> Held:
    part = layer.impact
    assert part is not None
    roles = [part.of(one.properties) for one in features]
    kept = [(one, role) for one, role in zip(features, roles, strict=True) if role is not None]
    some = [one for one, _ in kept]
    ground = Ground([one.geometry for one in some], [ROLE_CODES[role] for _, role in kept])
    spots = ground.shapes.copy()
    spread = shapely.get_type_id(spots) != 0
    spots[spread] = shapely.point_on_surface(spots[spread])
    natures = np.empty(len(some), object)
    natures[:] = [str(one.properties.get(part.by)) if part.by else layer.name for one in some]
    return Held(layer, part, some, ground, shapely.get_x(spots), shapely.get_y(spots), natures)


def absent(actor: Actor) -> list[dict[str, str]]:
    """Roles of which nothing can be told: no layer has them yet (`none`), or this actor may not see it (`right`)."""
    every = {role for one in LAYERS.values() if one.impact for role in one.impact.all_roles}
    seen = {role for one in joined(actor) if one.impact for role in one.impact.all_roles}
    return [
        {"role": role, "zh": word.zh, "en": word.en, "why": "right" if role in every else "none"}
        for role, word in ROLES.items()
        if role not in seen
    ]


def _bare(view: View, layer: Layer, count: Callable[[View], Mapping[str, int]]) -> Mapping[str, int]:
    """Counted once for a stock: what changes the count also makes another stock."""
    stock: Stock | None = (view.ahead or {}).get(layer.name)
    if stock is None:
        return count(view)
    if UNPLACED not in stock.shaped:
        stock.shaped[UNPLACED] = count(view)
    found: Mapping[str, int] = stock.shaped[UNPLACED]
    return found


def unplaced(view: View) -> list[dict[str, Any]]:
    """How many things of each role are on record without a point: nothing can be said of where they are."""
    counts: dict[str, int] = {}
    for layer in joined(view.actor):
        if layer.impact and layer.impact.unplaced:
            for role, count in _bare(view, layer, layer.impact.unplaced).items():
                counts[role] = counts.get(role, 0) + count
    return [
        {"role": role, "zh": word.zh, "en": word.en, "count": counts[role]}
        for role, word in ROLES.items()
        if counts.get(role)
    ]
