"""The layers that join an impact, as they stand in memory: fresh by the journal; read from the database around the place asked
about where a large one is not in memory yet, so that nobody waits until it is. Beside the hub only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from command.core.access import Actor
from command.core.map.joining import ROLES
from command.core.map.layers import LAYERS, Layer, LayerWish, layers_of
from command.core.map.layerstock import Stock, of_node
from command.core.node import Node
from command.core.queries import View
from dispatch.impact.held import ROLE_CODES, Held
from geo.impact import WIDER, Zone

NEAREST = 3
REACH_M = 60_000.0
WANTED = [NEAREST + 1 if word.nearest else 0 for word in ROLES.values()]
"""One more than is told: an incident is not told of itself."""
SHAPED, UNPLACED = "impact", "impact.unplaced"


def joined(actor: Actor) -> list[Layer]:
    """The layers that join, of those that the actor may see."""
    return [one for one in layers_of(actor) if one.impact is not None]


def fetch(node: Node, actor: Actor, world: int) -> dict[str, Stock]:
    """The stocks of all layers that join and are at hand, fresh by the journal."""
    return of_node(node).all_at_hand(joined(actor), world, actor)


def held(view: View, zone: Zone, least_m: float) -> list[Held]:
    """What the actor sees of the layers that join: from memory, else what a zone asks for and all within so many metres of it."""
    found: Mapping[str, Stock] = view.ahead or {}
    return [
        shaped(found[one.name]) if one.name in found else _read(view, one, zone, least_m)
        for one in joined(view.actor)
    ]


def shaped(stock: Stock) -> Held:
    """A stock as an impact looks at it."""
    features = stock.features

    def follow(old: Held, changed: frozenset[str]) -> Held:
        return old.followed(changed, features)

    return stock.made(SHAPED, lambda: Held.of(stock.layer, features.values()), follow)


def _read(view: View, layer: Layer, zone: Zone, least_m: float) -> Held:
    """Read wider and wider until there are as many of each role as are wanted."""
    assert layer.impact is not None
    roles = [ROLE_CODES[role] for role in layer.impact.all_roles]
    look = max(zone.radius_m, least_m)
    while True:
        found = Held.of(layer, layer.features(view, LayerWish(bbox=zone.box(look).bounds)))
        near = found.ground.away(zone, np.arange(len(found.features))) <= look
        have = np.bincount(found.ground.groups[near], minlength=len(WANTED))
        if look >= REACH_M or all(have[role] >= WANTED[role] for role in roles):
            return found
        look = min(look * WIDER, REACH_M)


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
    return stock.made(UNPLACED, lambda: count(view), lambda old, changed: count(view))


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
