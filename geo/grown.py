"""A column of very many values at whose end some come now and then: the next state shares the cells of the one before it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

ROOM, LEAST_ROOM = 4, 256
"""When the cells are full, new ones are taken: for this part more than there are, at least so many."""


class Grown:
    """Values that are never changed: readers in other threads keep theirs while others go on. What is added stands in cells beyond
    what they see, as long as nobody else has gone on from the same state; who comes second takes cells of its own."""

    __slots__ = ("_cells", "_taken", "values")

    def __init__(self, values: ArrayLike, dtype: Any) -> None:
        own: NDArray[Any] = np.asarray(values, dtype)
        self._move(own, own[:0])

    def _move(self, begin: NDArray[Any], more: NDArray[Any]) -> None:
        """Into new cells, with room for what may come."""
        end = len(begin) + len(more)
        self._cells = np.empty(end + max(LEAST_ROOM, end // ROOM), begin.dtype)
        self._cells[: len(begin)] = begin
        self._cells[len(begin) : end] = more
        self._taken: dict[int, object] = {}
        self.values = self._cells[:end]

    def followed(self, more: ArrayLike) -> Grown:
        """These values and some more at their end."""
        begin = len(self.values)
        added: NDArray[Any] = np.asarray(more, self._cells.dtype)
        end, mine = begin + len(added), object()
        found = Grown.__new__(Grown)
        # setdefault is one step for all threads: whose own it answers with may write there
        if end > len(self._cells) or (end > begin and self._taken.setdefault(begin, mine) is not mine):
            found._move(self.values, added)
            return found
        self._cells[begin:end] = added
        found._cells, found._taken, found.values = self._cells, self._taken, self._cells[:end]
        return found
