"""Questions that come at once are read together: when a line comes back, hundreds of screens ask for their rights and for what they
missed, and a transaction for each would cost more than all the answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from threading import BoundedSemaphore, Event, Lock
from typing import Generic, TypeVar

from sqlalchemy.orm import Session

from command.core.store.database import Database

K = TypeVar("K")
V = TypeVar("V")
SIDE_BY_SIDE = 2
"""Readings at the same time, so that one long answer does not hold up everybody."""


class Gathering(Generic[K, V]):
    """`ask(key)` is answered by a reading that began after the question. Whoever asks while the readings are busy waits with the
    others for the next, in which every key is read once. `read(session, keys)` answers each key."""

    def __init__(
        self,
        database: Database,
        read: Callable[[Session, Iterable[K]], Mapping[K, V]],
        *,
        long: bool = False,
    ) -> None:
        """`long`: an answer may be a long one, made beside the hub (RULES 15)."""
        self._look, self._read = database.read_long if long else database.read, read
        self._lock = Lock()
        self._busy = BoundedSemaphore(SIDE_BY_SIDE)
        self._next: dict[int | None, _Round[K, V]] = {}

    def ask(self, key: K, world: int | None = None) -> V:
        """The answer for a key, read in a world (None: across all)."""
        with self._lock:
            round_ = self._next.get(world)
            first = round_ is None
            if round_ is None:
                round_ = self._next[world] = _Round()
            round_.keys[key] = None
        if first:
            self._settle(round_, world)
        else:
            round_.done.wait()
        if round_.failed:  # another's question may have been at fault: this one is asked by itself
            return self._look(lambda session: self._read(session, [key]), world=world)[key]
        return round_.answers[key]

    def _settle(self, round_: _Round[K, V], world: int | None) -> None:
        try:
            with self._busy:
                self._close(round_, world)
                round_.answers = self._look(lambda session: self._read(session, round_.keys), world=world)
                round_.failed = False
        finally:
            self._close(round_, world)
            round_.done.set()

    def _close(self, round_: _Round[K, V], world: int | None) -> None:
        """Who asks from here on asks in the next round."""
        with self._lock:
            if self._next.get(world) is round_:
                del self._next[world]


class _Round(Generic[K, V]):
    """Those who are answered together."""

    def __init__(self) -> None:
        self.keys: dict[K, None] = {}
        self.answers: Mapping[K, V] = {}
        self.failed = True
        self.done = Event()
