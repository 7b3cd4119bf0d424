"""归档 waits until whatever was requisitioned is returned or lost, and settled with its owner (突发事件应对法 art. 12)."""

from __future__ import annotations

from typing import Any

from command.core.gates import Gates, gate
from command.core.queries import View, query
from command.requisitions.queries import of_incident
from command.requisitions.words import OVER


@query("requisitions.gates", wish=Gates)
def gates(view: View, wish: Gates) -> list[dict[str, Any]]:
    """One gate where something was requisitioned."""
    rows = of_incident(view.session, wish.incident_id) if wish.to == "archived" else []
    if not rows:
        return []
    left = [row.number for row in rows if row.state not in OVER]
    if not left:
        says = ("征用均已结清", "All that was requisitioned is settled")
    else:
        named = left[:5] + ["…"] * (len(left) > 5)
        says = (
            f"征用 {len(left)} 项未结清（{'、'.join(named)}）：返还并补偿，或由权利人书面放弃",
            f"{len(left)} requisitions not settled ({', '.join(named)}): return and compensate, or have it waived in writing",
        )
    return [gate("requisitions", open_=not left, name=("征用返还与补偿", "Requisitions"), says=says)]
