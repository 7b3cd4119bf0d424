"""Merging two incidents that are one, and taking them apart again. Nothing is lost: what moves remembers where it came from."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from command.core.access import permission
from command.core.actions import Tx, action
from command.core.errors import Conflict, Invalid
from command.incidents import callers, figures, late
from command.incidents.actions import own
from command.incidents.contract import IncidentOut, MergeInto
from command.incidents.events import (
    FigureChanged,
    IncidentAbsorbed,
    IncidentMerged,
    IncidentReleased,
    IncidentUnmerged,
    ReportMoved,
)
from command.incidents.models import Figure, Incident, RawReport
from command.incidents.queries import INCIDENTS, parties
from command.incidents.words import CLOSED_STATES, INCIDENT_FLOW

MERGE = permission("incident.merge", "merge incidents and take them apart")


@action(
    "incident.merge",
    wish=MergeInto,
    needs=MERGE,
    target="incident",
    http="POST /incidents/{id}/merge",
    output=IncidentOut,
)
def merge(tx: Tx, row: Incident, wish: MergeInto) -> IncidentOut:
    """Merge this incident into another: its reports, figures and teams go with it, side by side with the other's."""
    if wish.into == row.id:
        raise Invalid("into: it is the same incident", zh="这是同一起事件")
    first, second = sorted((row.id, wish.into))
    tx.find(INCIDENTS, first), tx.find(INCIDENTS, second)
    into = tx.find(INCIDENTS, wish.into)
    own(tx, row)
    own(tx, into)
    if row.merged_from:
        raise Conflict("Others were merged into it: take them out first", zh="已有事件并入它：先拆出再并")
    if into.state in CLOSED_STATES:
        raise Conflict(f"The other incident is {into.state}", zh=f"对方事件已{INCIDENT_FLOW.zh[into.state]}")
    _move(tx, row.id, into.id, came_from=row.id)
    into.merged_from = [*into.merged_from, row.id]
    if into.life_risk != "people" and row.life_risk != "none":
        into.life_risk = row.life_risk
    figures.summarise(tx, into)
    tx.touch(into)
    absorbed = IncidentAbsorbed(
        record=tx.show(INCIDENTS, into), parties=parties(tx.session, into.id), said={"number": row.number}
    )
    row.merged_into, row.live = into.id, False
    figures.summarise(tx, row, told=True)
    late.promise(tx, row)
    tx.touch(row)
    shown = tx.show(INCIDENTS, row)
    tx.say(
        IncidentMerged(
            record=shown, parties=parties(tx.session, row.id), said={"number": into.number, "into": into.id}
        )
    )
    tx.say(absorbed)
    return shown


@action(
    "incident.unmerge",
    needs=MERGE,
    target="incident",
    http="POST /incidents/{id}/unmerge",
    output=IncidentOut,
)
def unmerge(tx: Tx, row: Incident, wish: object) -> IncidentOut:
    """Take a merged incident out again, with all that came with it."""
    if row.merged_into is None:
        raise Conflict("It is not merged", zh="它没有并入别的事件")
    into = tx.find(INCIDENTS, row.merged_into)
    own(tx, into)
    row.merged_into, row.live = None, row.state not in CLOSED_STATES
    _move(tx, into.id, row.id, came_from=row.id, back=True)
    into.merged_from = [one for one in into.merged_from if one != row.id]
    figures.summarise(tx, into)
    figures.summarise(tx, row, told=True)
    late.promise(tx, row)
    tx.touch(into)
    tx.touch(row)
    shown = tx.show(INCIDENTS, row)
    tx.say(IncidentUnmerged(record=shown, parties=parties(tx.session, row.id), said={"from": into.id}))
    tx.say(
        IncidentReleased(
            record=tx.show(INCIDENTS, into),
            parties=parties(tx.session, into.id),
            said={"number": row.number},
        )
    )
    return shown


def _move(tx: Tx, old: str, new: str, *, came_from: str, back: bool = False) -> None:
    heard = parties(tx.session, new)
    gone = {one for one in parties(tx.session, old) - heard if not one.startswith("team:")}
    lost = frozenset(gone | {f"incident:{old}"}) if back else frozenset(gone)
    for model, kind, event in ((Figure, "figure", FigureChanged), (RawReport, "report", ReportMoved)):
        for one in _hanging(tx, model, old, came_from if back else None):
            one.incident_id, one.came_from = new, (None if back else came_from)
            if isinstance(one, Figure):
                one.chosen = _only_statement(tx, one)
            elif one.caller is not None:
                callers.move(tx, one.caller["id"], new)
            tx.touch(one)
            tx.say(event(record=tx.show(kind, one), parties=heard, lost=lost))


def _hanging(tx: Tx, model: Any, incident_id: str, came_from: str | None) -> list[Any]:
    query = sa.select(model).where(model.incident_id == incident_id)
    if came_from is not None:
        query = query.where(model.came_from == came_from)
    return list(tx.session.execute(query.order_by(model.id)).scalars())


def _only_statement(tx: Tx, figure: Figure) -> bool:
    """Whether a moved statement may be the reporting figure: only where nobody else has said a number."""
    tx.session.flush()
    others = sa.select(Figure.id).where(
        Figure.incident_id == figure.incident_id,
        Figure.field == figure.field,
        Figure.id != figure.id,
        Figure.chosen,
    )
    return tx.session.execute(others).first() is None
