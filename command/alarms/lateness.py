"""The alarm of casualty figures that changed after the response had ended: a supplementary report is due (补报)."""

from __future__ import annotations

from typing import Any

from command.core.access import COUNTY, centre_party
from command.core.actions import Tx
from command.core.events import on
from command.incidents.contract import IncidentOut
from command.incidents.events import CasualtiesStated, ChangeReported, IncidentEdited, IncidentMoved
from command.incidents.words import CASUALTY_FIELDS


@on(CasualtiesStated, ChangeReported, IncidentEdited, IncidentMoved)
def follow_figures(tx: Tx, event: Any) -> None:
    """It stands while the report is due: until it was given, the figures are again as reported, or the incident goes on."""
    incident: IncidentOut = event.record
    due = incident.report_changed or {}
    cause = f"supplement:{incident.id}"
    if due.get("due") != "supplement":
        tx.act("alarm.clear", {"cause": cause}, as_system=True)
    elif event.said.get("due") == "supplement" and isinstance(event, CasualtiesStated):
        tx.act("alarm.raise", _alarm(incident, cause, due["changes"]), as_system=True)


def _alarm(incident: IncidentOut, cause: str, changes: dict[str, dict[str, int | None]]) -> dict[str, Any]:
    zh = "，".join(f"{CASUALTY_FIELDS[name].zh} {_from(one)}{one['to']}" for name, one in changes.items())
    en = ", ".join(f"{CASUALTY_FIELDS[name].en} {_from(one)}{one['to']}" for name, one in changes.items())
    return {
        "cause": cause,
        "rank": 2,
        "title": {
            "zh": f"伤亡变化须补报・{incident.title}",
            "en": f"Casualties changed, report due: {incident.title}",
        },
        "detail": {"zh": zh, "en": en},
        "incident_id": incident.id,
        "centre": incident.centre,
        "parties": sorted({COUNTY, centre_party(incident.centre)}),
    }


def _from(change: dict[str, int | None]) -> str:
    """The number that was reported; one never reported is no number, not 0."""
    return f"{change['from'] if change['from'] is not None else '—'} → "
