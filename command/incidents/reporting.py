"""What is said about an incident after it was opened: figures, the choice between them, raw reports."""

from __future__ import annotations

from command.core.access import audience_of, permission
from command.core.actions import AHEAD, Tx, action
from command.core.errors import Invalid
from command.incidents import figures
from command.incidents.actions import not_ahead, own
from command.incidents.contract import AddReport, ChooseFigure, IncidentOut, ReportOut, StateCasualties
from command.incidents.events import CasualtiesStated, ReportAdded
from command.incidents.models import Incident, RawReport
from command.incidents.queries import FIGURES, INCIDENTS, REPORTS, parties

REPORT = permission("incident.report", "add raw reports")
CASUALTIES = permission("incident.casualties", "state casualty figures")
CHOOSE = permission("incident.choose", "choose the figure to report")


@action(
    "incident.casualties",
    wish=StateCasualties,
    needs=CASUALTIES,
    target="incident",
    http="POST /incidents/{id}/casualties",
    output=IncidentOut,
    urgent=lambda payload: True,
)
def state_casualties(tx: Tx, row: Incident, wish: StateCasualties) -> IncidentOut:
    """State figures; they stand beside those of other sources until somebody chooses."""
    not_ahead(tx, "as_of", wish.as_of)
    said = wish.numbers()
    for name in ("loss_wan", "area_ha", "magnitude"):
        if getattr(wish, name) is not None:
            setattr(row, name, getattr(wish, name))
    figures.state(tx, row, said, as_of=wish.as_of, source=wish.source, confirmed=wish.confirmed)
    figures.summarise(tx, row)
    tx.touch(row)
    shown = tx.show(INCIDENTS, row)
    tx.say(
        CasualtiesStated(
            record=shown, parties=parties(tx.session, row.id), said={"numbers": said, "source": wish.source}
        )
    )
    return shown


@action(
    "incident.choose_figure",
    wish=ChooseFigure,
    needs=CHOOSE,
    target="incident",
    http="POST /incidents/{id}/figures/choose",
    output=IncidentOut,
)
def choose_figure(tx: Tx, row: Incident, wish: ChooseFigure) -> IncidentOut:
    """Choose the statement that goes into reports; the others stay beside it."""
    own(tx, row)
    figure = tx.find(FIGURES, wish.figure_id)
    if figure.incident_id != row.id:
        raise Invalid("figure_id: it belongs to another incident", zh="该数字属于另一起事件")
    figures.choose(tx, figure)
    figures.summarise(tx, row)
    tx.touch(row)
    shown = tx.show(INCIDENTS, row)
    said = {"chosen": {"field": figure.field, "value": figure.value}}
    tx.say(CasualtiesStated(record=shown, parties=parties(tx.session, row.id), said=said))
    return shown


@action(
    "incident.report",
    wish=AddReport,
    needs=REPORT,
    target="incident",
    http="POST /incidents/{id}/reports",
    status=201,
    output=ReportOut,
    urgent=lambda payload: True,
)
def add_report(tx: Tx, row: Incident, wish: AddReport) -> ReportOut:
    """Hang a raw report on an incident: who said what, as it was said."""
    at = wish.at or tx.at
    if at > tx.received_at + AHEAD:
        if not tx.actor.device:
            raise Invalid(
                "at: more than two minutes ahead of the server's clock", zh="时间超前服务器时钟两分钟以上"
            )
        tx.ahead, at = True, tx.received_at
    given = wish.casualties.given() if wish.casualties else {}
    report = tx.add(
        RawReport(
            incident_id=row.id,
            came_from=None,
            text=wish.text,
            source=wish.source,
            at=at,
            received_at=tx.received_at,
            by=tx.actor.name,
            casualties=given or None,
            location=wish.location.model_dump() if wish.location else None,
            ahead=tx.ahead,
        )
    )
    heard = audience_of(tx.session, "incident", row.id)
    shown = tx.show(REPORTS, report)
    tx.say(ReportAdded(record=shown, parties=heard))
    if given:
        figures.state(tx, row, given, as_of=at, source=wish.source, confirmed=False)
        figures.summarise(tx, row)
        tx.touch(row)
        tx.say(
            CasualtiesStated(
                record=tx.show(INCIDENTS, row), parties=heard, said={"numbers": given, "source": wish.source}
            )
        )
    return shown
