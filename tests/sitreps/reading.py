"""Reading records in tests as the journal's last word."""

from __future__ import annotations

from typing import Any

from command.core import canonical
from tests.county import County


def rows(cast: County, kind: str, world: int = 0) -> list[dict[str, Any]]:
    """The last state of each record of a kind, as the journal told it."""
    found: dict[str, dict[str, Any]] = {}
    for entry in cast.entries(world=world):
        if entry.kind == kind:
            record = canonical.load(entry.record)
            found[record["id"]] = record
    return list(found.values())
