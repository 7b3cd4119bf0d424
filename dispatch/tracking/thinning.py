"""Which positions of a way are worth keeping: 25 m or 30 s apart, and the first and the last of a stop."""

from __future__ import annotations

from geo.distance import metres

APART_M, APART_MS = 25.0, 30_000
STOOD_M, STOOD_MS = 10.0, 10_000

Place = tuple[int, float, float]
"""Milliseconds since 1970, lon, lat in degrees."""


class Way:
    """The end of one team's way, as far as it was kept."""

    __slots__ = ("_kept", "_seen")

    def __init__(self) -> None:
        self._kept: Place | None = None
        self._seen: Place | None = None

    def take(self, place: Place) -> tuple[bool, bool]:
        """A new place: (keep the one seen before it after all, keep this one)."""
        kept, seen = self._kept, self._seen
        if kept is not None and place[0] <= kept[0]:
            return self._late(place, kept)
        self._seen = place
        if kept is None:
            self._kept = place
            return False, True
        moved = metres(kept[1], kept[2], place[1], place[2]) >= APART_M
        if not moved and place[0] - kept[0] < APART_MS:
            return False, False
        self._kept = place
        return moved and _ended_a_stop(kept, seen), True

    def _late(self, place: Place, kept: Place) -> tuple[bool, bool]:
        """A place from before what is kept, e.g. out of a phone's queue: kept unless it says nothing new."""
        near = metres(kept[1], kept[2], place[1], place[2]) < APART_M and kept[0] - place[0] < APART_MS
        return False, not near


def _ended_a_stop(kept: Place, seen: Place | None) -> bool:
    return (
        seen is not None
        and seen[0] - kept[0] >= STOOD_MS
        and metres(kept[1], kept[2], seen[1], seen[2]) < STOOD_M
    )
