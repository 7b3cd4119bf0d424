"""The features of layers in memory, for what must be quick: tiles. One stock for each layer, world and set of rights; what
the journal says has changed is read again, and nothing else."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from command.core import ids
from command.core.access import Actor
from command.core.errors import TooBusy
from command.core.layerchanges import Changes, Mark
from command.core.layers import Feature, Layer, LayerWish, has
from command.core.node import Node
from command.core.queries import View

MOST_FEATURES = 600_000
"""Features kept in memory in all stocks together, but that one stock may always stand."""
READ_S = 60.0
MOST_NARROWED = 4
FLEETING_S = 5.0
Rights = tuple[Any, ...]


def rights_of(actor: Actor) -> Rights:
    """What decides which features an actor sees: all that a layer's scope may look at, but who it is."""
    return (actor.parties, actor.permissions, actor.centre, actor.team_id, actor.system)


@dataclass(frozen=True)
class Stock:
    """The features of a layer that somebody with certain rights sees in one world. `stamp` is another after each change.
    `shaped`: what a maker of tiles keeps of it, made once; `before`: what it kept of the stock that this one follows, from which
    only what `changed` is to be made again."""

    layer: Layer
    features: dict[str, Feature]
    mark: Mark
    read_at: float
    stamp: str
    shaped: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    changed: frozenset[str] = frozenset()


def narrowed(stock: Stock, filters: Mapping[str, str]) -> Stock:
    """The part of a stock that filters leave; the last few are kept beside it."""
    if not filters:
        return stock
    name = "&".join(f"{one}={filters[one]}" for one in sorted(filters))
    parts: OrderedDict[str, Stock] = stock.shaped.setdefault("narrowed", OrderedDict())
    found = parts.get(name)
    if found is None:
        left = {key: one for key, one in stock.features.items() if has(one, filters)}
        found = replace(
            stock, features=left, stamp=f"{stock.stamp}?{name}", shaped={}, before={}, changed=frozenset()
        )
        parts[name] = found
        while len(parts) > MOST_NARROWED:
            parts.popitem(last=False)
    return found


class Stocks:
    """All stocks of a process."""

    def __init__(self, node: Node) -> None:
        self.node, self.changes = node, Changes(node)
        self._kept: OrderedDict[tuple[str, int, Rights], Stock] = OrderedDict()
        self._locks: dict[tuple[str, int, Rights], threading.Lock] = {}

    def of(self, layer: Layer, world: int, actor: Actor) -> Stock:
        """The features as they are now."""
        key = (layer.name, world, rights_of(actor))
        mark = self.changes.mark(layer, world)
        found = self._kept.get(key)
        if found is not None and _fresh(found, mark):
            self._kept.move_to_end(key)
            return found
        with self._locks.setdefault(key, threading.Lock()):  # who waits finds what the first has made
            mark = self.changes.mark(layer, world)
            found = self._kept.get(key)
            if found is None or not _fresh(found, mark):
                found = self._made(layer, world, actor, mark, found)
                self._keep(key, found)
        return found

    def _made(self, layer: Layer, world: int, actor: Actor, mark: Mark, old: Stock | None) -> Stock:
        changed = self.changes.since(layer, world, old.mark) if old is not None else None
        if old is None or changed is None or layer.fleeting:
            features = self._read(layer, world, actor, LayerWish())
            return Stock(layer, features, mark, time.monotonic(), ids.new_id())
        if not changed:
            return replace(old, mark=mark)
        fresh = self._read(layer, world, actor, LayerWish(ids=changed))
        kept = {one: feature for one, feature in old.features.items() if one not in changed}
        return Stock(
            layer, kept | fresh, mark, old.read_at, ids.new_id(), before=dict(old.shaped), changed=changed
        )

    def _read(self, layer: Layer, world: int, actor: Actor, wish: LayerWish) -> dict[str, Feature]:
        until = time.monotonic() + READ_S

        def job(view: View) -> dict[str, Feature]:
            return {one.id: one for one in _in_time(layer.features(view, wish), until)}

        return self.node.look(job, actor, world)

    def _keep(self, key: tuple[str, int, Rights], stock: Stock) -> None:
        self._kept[key] = stock
        self._kept.move_to_end(key)
        while len(self._kept) > 1 and sum(len(one.features) for one in self._kept.values()) > MOST_FEATURES:
            gone, _ = self._kept.popitem(last=False)
            self._locks.pop(gone, None)


def of_node(node: Node) -> Stocks:
    """The stocks of a node's process."""
    if node.stocks is None:
        node.stocks = Stocks(node)
    found: Stocks = node.stocks
    return found


def _fresh(stock: Stock, mark: Mark) -> bool:
    if stock.layer.fleeting and time.monotonic() - stock.read_at > FLEETING_S:
        return False
    return stock.mark == mark


def _in_time(features: Iterator[Feature], until: float) -> Iterator[Feature]:
    """The features, as long as it does not take too long."""
    for one in features:
        if time.monotonic() > until:
            raise TooBusy()
        yield one


Cut = Callable[[Stock, int, int, int], bytes]
_cut: list[Cut] = []


def use_cutter(cut: Cut) -> Cut:
    """Let `places` say how a tile is cut from a stock; core knows no projection."""
    _cut[:] = [cut]
    return cut


def cut(stock: Stock, z: int, x: int, y: int) -> bytes:
    """A tile's bytes."""
    return _cut[0](stock, z, x, y)
