"""Callers, of an incident and of the reports that hang on it: sealed under the incident's own key; the journal holds an id and
a salted commitment only (RULES 8). They go with all other personal data of the response (command/destruction)."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.orm import Session

from command.core import canonical, clock, ids, personal, seal
from command.core.access import audience_of, permission
from command.core.actions import Tx, action
from command.core.errors import Conflict, Gone, NotFound
from command.core.queries import View, Wish, query
from command.core.records import find
from command.incidents.contract import IncidentOut
from command.incidents.events import PrivateErased
from command.incidents.models import Caller, Incident, IncidentKey, RawReport
from command.incidents.parts import CallerIn
from command.incidents.queries import INCIDENTS, REPORTS

ENDED = frozenset({"dismissed", "response_ended", "recovery", "review", "archived"})
PERSONAL = permission("personal.read", "read callers' names and numbers (each reading is logged)")

personal.personal("incident.caller", Caller, of="incident", by=Caller.incident_id, zh="来电人", en="callers")
personal.personal(
    "incident.key", IncidentKey, of="incident", by=IncidentKey.incident_id, zh="事件密钥", en="keys"
)


@personal.subject("incident", "事件", "incident", erase="incident.erase_private")
def over(session: Session, things: Collection[str]) -> dict[str, personal.Ended]:
    """Those whose response has ended, and since when."""
    found = {}
    for row in personal.among(Incident, session, things):
        said = row.times.get("dismissed" if row.state == "dismissed" else "response_ended")
        if row.state in ENDED and said is not None:
            found[row.id] = personal.Ended(row.number, row.centre, datetime.fromisoformat(said))
    return found


@personal.leads("incident")
def onward(session: Session, things: Collection[str]) -> dict[str, personal.Ref]:
    """One that was merged goes with the incident in which it goes on."""
    rows = personal.among(Incident, session, things)
    return {row.id: ("incident", row.merged_into) for row in rows if row.merged_into is not None}


def keep(tx: Tx, incident_id: str, caller: CallerIn | str) -> dict[str, Any]:
    """Seal who called. Returns what the journal may hold."""
    said = {"name": caller} if isinstance(caller, str) else caller.model_dump()
    value, salt = canonical.dump(said), os.urandom(16)
    row = tx.add(
        Caller(
            id=ids.new_id(),
            incident_id=incident_id,
            salt=salt,
            sealed=seal.seal(_key(tx, incident_id), value),
        )
    )
    return {"id": row.id, "commitment": seal.commitment(salt, value)}


def _key(tx: Tx, incident_id: str) -> str:
    row = tx.session.get(IncidentKey, (tx.world, incident_id))
    if row is None:
        fresh = os.urandom(32).hex()
        tx.add(IncidentKey(incident_id=incident_id, sealed=seal.seal(tx.secret, fresh.encode())))
        return fresh
    return seal.open_(tx.secret, row.sealed).decode()


def move(tx: Tx, caller_id: str, incident_id: str) -> None:
    """Seal a report's caller under the key of the incident to which the report went, so that it is erased with that one.

    What was said and its salt stay as they are: the commitment in the journal holds. One that was erased stays erased.
    """
    row = tx.session.execute(sa.select(Caller).where(Caller.id == caller_id)).scalar_one_or_none()
    if row is not None:
        value = seal.open_(_key(tx, row.incident_id), row.sealed)
        row.incident_id, row.sealed = incident_id, seal.seal(_key(tx, incident_id), value)


class OfIncident(Wish):
    """An incident."""

    id: str = Field(max_length=36)


@query(
    "incident.caller",
    wish=OfIncident,
    needs=PERSONAL,
    http="GET /incidents/{id}/caller",
    output=dict[str, Any],
)
def caller(view: View, wish: OfIncident) -> dict[str, Any]:
    """Who called about an incident, and under `others` who called in its reports; the reading is written to the access log."""
    incident = find(view.session, INCIDENTS, wish.id, view.actor)
    said = _said(view, wish.id)
    own: dict[str, Any] = said.get((incident.caller or {}).get("id", ""), {})
    others = [
        {**said[one.caller["id"]], "report_id": one.id, "at": clock.wire(one.at), "source": one.source}
        for one in _reports(view, wish.id)
        if one.caller is not None and one.caller["id"] in said
    ]
    if not own and not others:
        raise NotFound()
    view.log_read("caller", wish.id)
    return {**own, "others": others} if others else own


def _said(view: View, incident_id: str) -> dict[str, dict[str, Any]]:
    """What every caller of an incident said of himself, by the caller's id."""
    rows = view.session.execute(sa.select(Caller).where(Caller.incident_id == incident_id)).scalars().all()
    if not rows:
        return {}
    sealed = view.session.get(IncidentKey, (view.world, incident_id))
    if sealed is None:
        raise Gone("It was erased", zh="已依法清除")
    key = seal.open_(view.secret, sealed.sealed).decode()
    return {row.id: canonical.load(seal.open_(key, row.sealed)) for row in rows}


def _reports(view: View, incident_id: str) -> Sequence[RawReport]:
    """The reports of an incident that the actor may see, as they came."""
    query = sa.select(RawReport).where(RawReport.incident_id == incident_id, REPORTS.visible(view.actor))
    return view.session.execute(query.order_by(RawReport.at, RawReport.id)).scalars().all()


@action("incident.erase_private", target="incident", inner=True, output=IncidentOut)
def erase_private(tx: Tx, row: Incident, wish: object) -> IncidentOut:
    """Destroy all personal data that was gathered for an incident (突发事件应对法 art.85); the commitments in the journal stay."""
    if row.state not in ENDED:
        raise Conflict("Its response has not ended", zh="应急响应结束后才能清除")
    personal.erase(tx.session, ("incident", row.id))
    tx.touch(row)
    shown = tx.show(INCIDENTS, row)
    tx.say(PrivateErased(record=shown, parties=audience_of(tx.session, "incident", row.id)))
    return shown
