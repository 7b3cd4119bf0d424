"""What changed on layers, by the journal alone: each layer of each world counts its changes and remembers the last ones.

Whoever keeps something made of a layer asks `since` how far it is behind. The journal's ends are looked at with every
question, so that an answer is never older than what is committed, in whichever process it was.
"""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import canonical, journal
from command.core.map.layers import LAYERS, Layer
from command.core.node import Node

KEPT = 500
"""Changes of a layer that are remembered one by one; who is further behind begins again."""
MOST = 5000
"""Entries that are read to catch up; when more were written, every layer counts as changed whole."""
ENTRY = journal.ENTRY


@dataclass
class _Told:
    """The changes of one layer in one stream: how many there were, and the last of them (None: anything may have changed)."""

    count: int = 0
    last: deque[str | None] = field(default_factory=lambda: deque(maxlen=KEPT))

    def add(self, thing: str | None) -> None:
        self.count += 1
        self.last.append(thing)


Mark = tuple[int, int]
"""How many changes of a layer are known: of its own world's stream, and of life's, where registers are written."""


class Changes:
    """The changes of every layer on one node."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self._at: dict[int, tuple[str, int]] = {}
        self._told: dict[tuple[int, str], _Told] = {}
        self._lock = threading.Lock()

    def mark(self, layer: Layer, world: int) -> Mark:
        """How many changes the layer has had by now, as far as they concern this world."""
        if layer.refreshed_by:
            self.look(world)
        return self.known(layer, world)

    def known(self, layer: Layer, world: int) -> Mark:
        """How many changes it has had as far as somebody has looked (`look`)."""
        if not layer.refreshed_by:
            return 0, 0
        return self._of(world, layer.name).count, self._of(0, layer.name).count if world else 0

    def since(self, layer: Layer, world: int, mark: Mark) -> frozenset[str] | None:
        """The ids of what changed after a mark; None when anything may have."""
        here = self._after(world, layer.name, mark[0])
        life = self._after(0, layer.name, mark[1]) if world else frozenset()
        return None if here is None or life is None else here | life

    def _of(self, world: int, name: str) -> _Told:
        return self._told.setdefault((world, name), _Told())

    def _after(self, world: int, name: str, count: int) -> frozenset[str] | None:
        told = self._of(world, name)
        missed = told.count - count
        if missed > len(told.last):
            return None
        last = list(told.last)[len(told.last) - missed :]
        return None if None in last else frozenset(one for one in last if one is not None)

    def look(self, world: int) -> None:
        """Look at the ends of the journal, and read what was written since the last time."""
        ends = self.node.database.glance(lambda session: _ends(session, {0, world}))
        if all(self._at.get(one) == end for one, end in ends.items()):
            return
        with self._lock:
            for one, end in ends.items():
                known = self._at.get(one)
                if known == end or (known is not None and known[0] == end[0] and known[1] > end[1]):
                    continue
                self._read(one, known, end)
                self._at[one] = end

    def _read(self, world: int, known: tuple[str, int] | None, end: tuple[str, int]) -> None:
        if known is None:  # nothing that was made before: a first mark is as good as any
            return
        if known[0] != end[0] or end[1] - known[1] > MOST:
            for name in LAYERS:
                self._of(world, name).add(None)
            return
        rows = self.node.database.read(lambda s: _entries(s, world, known[1], end[1]), world=None)
        for kind, event, record in rows:
            for layer in LAYERS.values():
                if event.startswith(layer.refreshed_by):
                    thing = canonical.load(record).get("id") if kind == layer.of else None
                    self._of(world, layer.name).add(thing)


def _ends(session: Session, worlds: set[int]) -> dict[int, tuple[str, int]]:
    head = journal.HEAD
    query = sa.select(head.c.world, head.c.incarnation, head.c.seq).where(head.c.world.in_(worlds))
    return {world: (incarnation, seq) for world, incarnation, seq in session.connection().execute(query)}


def _entries(session: Session, world: int, after: int, upto: int) -> list[tuple[str, str, bytes]]:
    query = sa.select(ENTRY.c.kind, ENTRY.c.type, ENTRY.c.record).where(
        ENTRY.c.world == world, ENTRY.c.seq > after, ENTRY.c.seq <= upto
    )
    return [(kind, event, record) for kind, event, record in session.connection().execute(query)]
