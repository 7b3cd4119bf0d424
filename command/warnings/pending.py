"""An update that waits for a person: the columns that it will change, as they stand in a record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from command.core import clock
from command.core.actions import Tx

TIMES = ("start_at", "ends_at", "issued_at")


def kept(values: dict[str, Any], tx: Tx, source: str = "hand") -> dict[str, Any]:
    """Columns as a record holds them, with who wrote them and when."""
    plain = {
        name: clock.wire(value) if name in TIMES and value is not None else value
        for name, value in values.items()
    }
    told = {"by": tx.actor.name, "by_id": tx.actor.id, "at": clock.wire(tx.at), "source": source}
    return {"changes": plain, **told, "level": plain.get("level")}


def restored(pending: dict[str, Any]) -> dict[str, Any]:
    """The columns again."""
    return {
        name: datetime.fromisoformat(value) if name in TIMES and value is not None else value
        for name, value in pending["changes"].items()
    }
