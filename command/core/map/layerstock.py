"""The features of layers in memory, for what must be quick: tiles, impacts. One stock for each layer, world and set of things seen;
what the journal says has changed is read again, and nothing else."""

from __future__ import annotations

import gc
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from command.core import ids
from command.core.access import Actor
from command.core.errors import TooBusy
from command.core.map.carried import Carried
from command.core.map.layerchanges import Changes, Mark
from command.core.map.layers import Feature, Layer, LayerWish, has
from command.core.node import Node
from command.core.queries import View
from command.core.records import KINDS

MOST_FEATURES = 600_000
"""Features kept in memory in all stocks together, but that one stock may always stand."""
READ_S = 60.0
MOST_NARROWED, NARROWED = 4, "narrowed"
FLEETING_S = 5.0
FREEZE_EVERY = 5000
"""Features after which the garbage collector is told to walk no more over what was read: over a hundred thousand it would stop
the process for a third of a second each time."""
LARGE = 2000
"""Features from which nobody waits for a whole reading who can do without."""
Rights = tuple[Any, ...]
M_ = TypeVar("M_")


def rights_of(actor: Actor) -> Rights:
    """All that a layer's scope may look at of an actor, but who it is."""
    return (actor.parties, actor.permissions, actor.centre, actor.team_id, actor.system)


def sight_of(layer: Layer, actor: Actor) -> Rights:
    """What decides which features an actor sees: of a layer that shows rows of a record, which rows that are, so that all who see
    the same share one stock. May it see the layer at all? That is asked at each door."""
    if layer.of is None:
        return rights_of(actor)
    asked = KINDS[layer.of].visible(actor).compile()
    return str(asked), repr(sorted(asked.params.items()))


@dataclass(frozen=True)
class Stock:
    """The features of a layer that somebody with certain rights sees in one world. `stamp` is another after each change.
    `shaped`: what others made of it and keep; `before`: what they made of a stock that this one follows, with the ids that changed
    since, so that only these are made again."""

    layer: Layer
    features: Carried[Feature]
    mark: Mark
    read_at: float
    stamp: str
    shaped: dict[str, Any] = field(default_factory=dict)
    before: dict[str, tuple[Any, frozenset[str]]] = field(default_factory=dict)

    def made(self, name: str, anew: Callable[[], M_], follow: Callable[[M_, frozenset[str]], M_]) -> M_:
        """What is made of it under a name: once, and of what was made of the stock before it where there is one."""
        if name not in self.shaped:
            earlier = self.before.get(name)
            self.shaped[name] = anew() if earlier is None else follow(*earlier)
            self.before.pop(name, None)
        found: M_ = self.shaped[name]
        return found

    def followed(self, mark: Mark, changed: frozenset[str], fresh: dict[str, Feature]) -> Stock:
        """The stock after some of its features changed, came or left."""
        features = self.features.followed(changed, fresh)
        before = {name: (made, changed | since) for name, (made, since) in list(self.before.items())}
        before |= {name: (made, changed) for name, made in list(self.shaped.items()) if name != NARROWED}
        return Stock(self.layer, features, mark, self.read_at, ids.new_id(), before=before)


def narrowed(stock: Stock, filters: Mapping[str, str]) -> Stock:
    """The part of a stock that filters leave; the last few are kept beside it."""
    if not filters:
        return stock
    name = "&".join(f"{one}={filters[one]}" for one in sorted(filters))
    parts: OrderedDict[str, Stock] = stock.shaped.setdefault(NARROWED, OrderedDict())
    found = parts.get(name)
    if found is None:
        left = {key: one for key, one in stock.features.items() if has(one, filters)}
        found = replace(stock, features=Carried(left), stamp=f"{stock.stamp}?{name}", shaped={}, before={})
        parts[name] = found
        while len(parts) > MOST_NARROWED:
            parts.popitem(last=False)
    return found


Key = tuple[str, int, Rights]
"""A layer, a world (life's for what is the same in all), and what is seen of it."""
MOST_SIGHTS = 4000


class Stocks:
    """All stocks of a process."""

    def __init__(self, node: Node) -> None:
        self.node, self.changes = node, Changes(node)
        self._kept: OrderedDict[Key, Stock] = OrderedDict()
        self._locks: dict[Key, threading.Lock] = {}
        self._sights: OrderedDict[tuple[str, Rights], Rights] = OrderedDict()
        self._awaited: set[Key] = set()

    def of(self, layer: Layer, world: int, actor: Actor) -> Stock:
        """The features as they are now."""
        return self._of(layer, self._key(layer, world, actor), actor)

    def all_at_hand(self, layers: Iterable[Layer], world: int, actor: Actor) -> dict[str, Stock]:
        """Of several layers those that are at hand, by name, all as they are at one look at the journal."""
        self.changes.look(world)
        found = {one.name: self.at_hand(one, world, actor, looked=True) for one in layers}
        return {name: stock for name, stock in found.items() if stock is not None}

    def at_hand(self, layer: Layer, world: int, actor: Actor, *, looked: bool = False) -> Stock | None:
        """The features as they are now if they need not be read whole; else None, and they are read for those who ask later.
        `looked`: the journal was looked at for this question."""
        key = self._key(layer, world, actor)
        found = self._kept.get(key)
        if found is not None and (len(found.features) < LARGE or self._follows(found, key[1], looked)):
            return self._of(layer, key, actor, looked=looked)
        if key not in self._awaited:
            self._awaited.add(key)
            self.node.later(self._await, layer, key, actor)
        return self._kept.get(key) if key not in self._awaited else None

    def _await(self, layer: Layer, key: Key, actor: Actor) -> None:
        try:
            self._of(layer, key, actor)
        finally:
            self._awaited.discard(key)

    def _follows(self, stock: Stock, world: int, looked: bool) -> bool:
        """Whether only some features have to be read to bring it up to date."""
        if not looked:
            self.changes.look(world)
        return self.changes.since(stock.layer, world, stock.mark) is not None

    def _key(self, layer: Layer, world: int, actor: Actor) -> Key:
        asked = layer.name, rights_of(actor)
        sight = self._sights.get(asked)
        if sight is None:
            sight = self._sights[asked] = sight_of(layer, actor)
            while len(self._sights) > MOST_SIGHTS:
                self._sights.popitem(last=False)
        return layer.name, 0 if layer.register else world, sight

    def _of(self, layer: Layer, key: Key, actor: Actor, *, looked: bool = False) -> Stock:
        mark = (self.changes.known if looked else self.changes.mark)(layer, key[1])
        found = self._kept.get(key)
        if found is not None and _fresh(found, mark):
            self._kept.move_to_end(key)
            return found
        with self._locks.setdefault(key, threading.Lock()):  # who waits finds what the first has made
            mark = self.changes.mark(layer, key[1])
            found = self._kept.get(key)
            if found is None or not _fresh(found, mark):
                found = self._made(layer, key[1], actor, mark, found)
                self._keep(key, found)
        return found

    def _made(self, layer: Layer, world: int, actor: Actor, mark: Mark, old: Stock | None) -> Stock:
        changed = self.changes.since(layer, world, old.mark) if old is not None else None
        if old is None or changed is None or layer.fleeting:
            features = self._read(layer, world, actor, LayerWish())
            return Stock(layer, Carried(features), mark, time.monotonic(), ids.new_id())
        if not changed:
            return replace(old, mark=mark)
        return old.followed(mark, changed, self._read(layer, world, actor, LayerWish(ids=changed)))

    def _read(self, layer: Layer, world: int, actor: Actor, wish: LayerWish) -> dict[str, Feature]:
        until = time.monotonic() + READ_S

        def job(view: View) -> dict[str, Feature]:
            return {one.id: one for one in _in_time(layer.features(view, wish), until)}

        return self.node.look(job, actor, world, long=wish.ids is None)

    def _keep(self, key: Key, stock: Stock) -> None:
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
    for number, one in enumerate(features, 1):
        if time.monotonic() > until:
            raise TooBusy()
        if not number % FREEZE_EVERY:
            gc.freeze()
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
