"""The legal level: always set by a person; a lower one than before needs a reason."""

from __future__ import annotations

from command.core.actions import Tx, action
from command.core.errors import Invalid
from command.incidents.actions import GRADE, own
from command.incidents.contract import Grade, IncidentOut
from command.incidents.events import IncidentGraded
from command.incidents.kinds import KINDS
from command.incidents.models import Incident
from command.incidents.queries import INCIDENTS, parties
from command.incidents.words import LEVEL_RANK


def set_level(tx: Tx, row: Incident, level: str | None, reason: str | None) -> None:
    """Set the level, if the actor may, the kind has levels, and a lowering says why."""
    tx.actor.need(GRADE)
    if level is not None and not KINDS[row.kind].graded:
        raise Invalid("level: social-security kinds have no statutory level", zh="社会安全事件不分级")
    lower = row.level is not None and (level is None or LEVEL_RANK[level] > LEVEL_RANK[row.level])
    if lower and KINDS[row.kind].graded and not reason:
        raise Invalid("reason: say why the level goes down", zh="降级须说明理由")
    row.level = level


@action(
    "incident.grade",
    wish=Grade,
    needs=GRADE,
    target="incident",
    http="POST /incidents/{id}/grade",
    output=IncidentOut,
)
def grade_incident(tx: Tx, row: Incident, wish: Grade) -> IncidentOut:
    """Set the legal level: always by a person; a lower one than before needs a reason."""
    own(tx, row)
    set_level(tx, row, wish.level, wish.reason)
    tx.touch(row)
    shown = tx.show(INCIDENTS, row)
    tx.say(IncidentGraded(record=shown, parties=parties(tx.session, row.id), said={"reason": wish.reason}))
    return shown
