"""What time and people do with late changes: the window ends, the changed figures are reported above."""

from __future__ import annotations

from command.core.actions import Tx, action
from command.core.errors import Conflict
from command.incidents import late
from command.incidents.actions import own
from command.incidents.contract import IncidentOut, ToldAbove
from command.incidents.events import ChangeReported, LateWindowEnded
from command.incidents.models import Incident
from command.incidents.queries import INCIDENTS, parties
from command.incidents.reporting import CASUALTIES


@action(late.END, target="incident", inner=True, output=IncidentOut)
def end_window(tx: Tx, row: Incident, wish: object) -> IncidentOut:
    """The window for late changes of casualties has ended: said once, in the record and on the timeline."""
    if not late.waits(row) or late.until_of(row) > tx.now:
        return tx.show(INCIDENTS, row)
    tx.call_off(late.due_key(row.id))
    row.late_window = {**(row.late_window or {}), "ended": True}
    tx.touch(row)
    shown = tx.show(INCIDENTS, row)
    tx.say(LateWindowEnded(record=shown, parties=parties(tx.session, row.id)))
    return shown


@action(
    "incident.report_change",
    wish=ToldAbove,
    needs=CASUALTIES,
    target="incident",
    http="POST /incidents/{id}/report-change",
    output=IncidentOut,
)
def report_change(tx: Tx, row: Incident, wish: ToldAbove) -> IncidentOut:
    """The changed casualty figures were reported above (续报, 补报): to whom, by which channel; the mark goes."""
    own(tx, row)
    if row.report_changed is None:
        raise Conflict("No figure differs from what was reported", zh="报出数与上次报送一致，无须补报")
    said = {"to": wish.to, "channel": wish.channel, "due": row.report_changed["due"]}
    row.report_changed = None
    tx.touch(row)
    shown = tx.show(INCIDENTS, row)
    tx.say(ChangeReported(record=shown, parties=parties(tx.session, row.id), said=said))
    return shown
