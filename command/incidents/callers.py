"""Callers: sealed under the incident's own key; the journal holds an id and a salted commitment only (RULES 8)."""

from __future__ import annotations

import os
from typing import Any

import sqlalchemy as sa
from pydantic import Field

from command.core import canonical, ids, seal
from command.core.access import audience_of, permission
from command.core.actions import Tx, action
from command.core.errors import Conflict, Gone, NotFound
from command.core.queries import View, Wish, query
from command.core.records import find
from command.incidents.contract import IncidentOut
from command.incidents.events import PrivateErased
from command.incidents.models import Caller, Incident, IncidentKey
from command.incidents.parts import CallerIn
from command.incidents.queries import INCIDENTS

ENDED = frozenset({"dismissed", "response_ended", "recovery", "review", "archived"})
ERASE = permission("personal.erase", "destroy callers' names and numbers for good")
PERSONAL = permission("personal.read", "read callers' names and numbers (each reading is logged)")


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
    """Who called about an incident; the reading is written to the access log."""
    find(view.session, INCIDENTS, wish.id, view.actor)
    row = (
        view.session.execute(sa.select(Caller).where(Caller.incident_id == wish.id).order_by(Caller.id))
        .scalars()
        .first()
    )
    if row is None:
        raise NotFound()
    key = view.session.get(IncidentKey, (view.world, wish.id))
    if key is None:
        raise Gone("It was erased", zh="已依法清除")
    said: dict[str, Any] = canonical.load(
        seal.open_(seal.open_(view.secret, key.sealed).decode(), row.sealed)
    )
    view.log_read("caller", wish.id)
    return said


@action(
    "incident.erase_private",
    needs=ERASE,
    target="incident",
    http="POST /incidents/{id}/erase-private",
    output=IncidentOut,
)
def erase_private(tx: Tx, row: Incident, wish: object) -> IncidentOut:
    """Destroy key, salt and sealed rows of an incident's callers (突发事件应对法 art.85); the commitment in the journal stays."""
    if row.state not in ENDED:
        raise Conflict("Its response has not ended", zh="应急响应结束后才能清除")
    tx.session.execute(sa.delete(IncidentKey).where(IncidentKey.incident_id == row.id))
    tx.session.execute(sa.delete(Caller).where(Caller.incident_id == row.id))
    tx.touch(row)
    shown = tx.show(INCIDENTS, row)
    tx.say(PrivateErased(record=shown, parties=audience_of(tx.session, "incident", row.id)))
    return shown
