"""A great many things by their names, of which a few change now and then: the next state shares all that stayed with the one before
it, and costs what changed. Never changed itself: readers in other threads need no lock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, TypeVar

V = TypeVar("V")
LEAST_OVER, PART_OVER = 500, 50
"""Changes that lie over what was there at first before both become one again: so many, or this part of all."""


class Carried(Mapping[str, V], Generic[V]):
    """Names with their values: those there at first, and over them what came, changed (a value) or left (None) since."""

    __slots__ = ("_base", "_length", "_over")

    def __init__(self, base: dict[str, V]) -> None:
        self._base: dict[str, V] = base
        self._over: dict[str, V | None] = {}
        self._length = len(base)

    def followed(self, gone: Iterable[str], fresh: Mapping[str, V]) -> Carried[V]:
        """The next state: without some names, then with some values."""
        found = Carried(self._base)
        over: dict[str, V | None] = {**self._over, **dict.fromkeys(gone), **fresh}
        if len(over) > max(LEAST_OVER, len(self._base) // PART_OVER):
            whole: dict[str, V | None] = {**self._base, **over}
            return Carried({name: value for name, value in whole.items() if value is not None})
        found._over = over
        found._length += sum(value is not None for value in over.values())
        found._length -= sum(name in self._base for name in over)
        return found

    def __getitem__(self, name: str) -> V:
        found = self._over[name] if name in self._over else self._base[name]
        if found is None:
            raise KeyError(name)
        return found

    def __contains__(self, name: object) -> bool:
        return self._over[name] is not None if name in self._over else name in self._base

    def __iter__(self) -> Iterator[str]:
        yield from (name for name in self._base if name not in self._over)
        yield from (name for name, value in self._over.items() if value is not None)

    def __len__(self) -> int:
        return self._length
