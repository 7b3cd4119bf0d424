"""What was suggested for an incident last, so that an order keeps what its sender saw (rank, distance, time, reasons)."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

MOST = 512
_shown: OrderedDict[tuple[int, str], dict[str, dict[str, Any]]] = OrderedDict()


def keep(world: int, incident_id: str, items: list[dict[str, Any]]) -> None:
    """Remember a suggestion as it was shown."""
    _shown[world, incident_id] = {
        item["team"]["id"]: {
            name: item[name] for name in ("rank", "distance_m", "eta_s", "reasons", "estimate", "basis")
        }
        for item in items
    }
    _shown.move_to_end((world, incident_id))
    while len(_shown) > MOST:
        _shown.popitem(last=False)


def recall(world: int, incident_id: str, team_id: str) -> dict[str, Any] | None:
    """What was said of a team for an incident, if it was suggested."""
    return _shown.get((world, incident_id), {}).get(team_id)
