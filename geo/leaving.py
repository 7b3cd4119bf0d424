"""What of a file of roads did not become road, by reason, so that whoever brings it in can look."""

from __future__ import annotations

SHOWN = 20


class Left:
    """Counts by reason, with the first ids of each: `kind` (no road: planned, being built, an area), `nobody` (nobody may use it),
    `cut` (fewer than two of its points are in the file), `turn` (a rule of turns that is not followed)."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.ids: dict[str, list[int]] = {}

    def out(self, why: str, osm_id: int) -> None:
        """Note one thing that was left out."""
        self.counts[why] = self.counts.get(why, 0) + 1
        shown = self.ids.setdefault(why, [])
        if len(shown) < SHOWN:
            shown.append(osm_id)
