"""What is said about an incident after it was opened: figures, the choice between them, raw reports."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from command.core.access import permission
from command.core.actions import AHEAD, Tx, action
from command.core.errors import Conflict, Invalid
from command.incidents import callers, figures, late
from command.incidents.actions import itself, not_ahead, own
from command.incidents.contract import AddReport, ChooseFigure, IncidentOut, ReportOut, StateCasualties
from command.incidents.events import CasualtiesStated, ReportAdded
from command.incidents.models import Incident, RawReport
from command.incidents.queries import FIGURES, INCIDENTS, REPORTS, followers, parties
from command.incidents.words import SIZE_FIELDS

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
    itself(row)
    sizes = {name: getattr(wish, name) for name in SIZE_FIELDS if getattr(wish, name) is not None}
    if sizes:
        own(tx, row)
    for name, value in sizes.items():
        setattr(row, name, value)
    before = _keep_window(tx, row)
    danger = _state(tx, row, wish.numbers(), wish.as_of, wish.source, confirmed=wish.confirmed)
    tx.touch(row)
    shown = tx.show(INCIDENTS, row)
    remark = {**_remark(row, wish.as_of or tx.at, before), **danger}
    said = {"numbers": {**wish.numbers(), **sizes}, "source": wish.source, **remark}
    tx.say(CasualtiesStated(record=shown, parties=parties(tx.session, row.id), said=said))
    return shown


def _state(
    tx: Tx,
    row: Incident,
    numbers: dict[str, int],
    at: datetime | None,
    source: str | None,
    *,
    confirmed: bool = False,
) -> dict[str, Any]:
    """Write statements and what follows from them; returns what the timeline adds."""
    to_report = dict(row.casualties)
    figures.state(tx, row, numbers, as_of=at, source=source, confirmed=confirmed)
    figures.summarise(tx, row)
    return {} if late.beyond(row, at or tx.at) else figures.endanger(row, numbers, to_report)


def _keep_window(tx: Tx, row: Incident) -> dict[str, Any] | None:
    """See that it has a window; returns what was to be reported before."""
    if row.late_window is None:  # opened before incidents had one
        late.set_window(tx, row)
    before: dict[str, Any] | None = row.report_changed
    return before


def _remark(row: Incident, as_of: datetime, before: dict[str, Any] | None) -> dict[str, Any]:
    """What the timeline adds to a figure: that it came too late to count, or that a report is due for it."""
    if late.beyond(row, as_of):
        return {"beyond": True}
    now = row.report_changed
    changed = now is not None and now != before and now["due"] == "supplement"
    return {"due": "supplement"} if changed else {}


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
    if figure.beyond:
        raise Conflict("It lies beyond the time for counting", zh="超出统计时限的数字不能作报出数")
    before, to_report = _keep_window(tx, row), dict(row.casualties)
    figures.choose(tx, figure)
    figures.summarise(tx, row)
    danger = figures.endanger(row, {}, to_report)
    tx.touch(row)
    shown = tx.show(INCIDENTS, row)
    chosen = {"field": figure.field, "value": figure.value}
    said = {"chosen": chosen, **_remark(row, figure.as_of, before), **danger}
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
    itself(row)
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
            caller=None if wish.caller is None else callers.keep(tx, row.id, wish.caller),
        )
    )
    shown = tx.show(REPORTS, report)
    tx.say(ReportAdded(record=shown, parties=followers(tx.session, row.id)))
    if given:
        before = _keep_window(tx, row)
        danger = _state(tx, row, given, at, wish.source)
        tx.touch(row)
        said = {"numbers": given, "source": wish.source, **_remark(row, at, before), **danger}
        heard = parties(tx.session, row.id)
        tx.say(CasualtiesStated(record=tx.show(INCIDENTS, row), parties=heard, said=said))
    return shown
