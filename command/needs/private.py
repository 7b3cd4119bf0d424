"""Who leads a force, and their number: sealed beside it; the reading is written to the access log. It goes with the incident's
personal data, or once the force has left where it hangs on none."""

from __future__ import annotations

import os
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.orm import Session

from command.core import canonical, ids, personal, seal
from command.core.actions import Tx
from command.core.errors import Gone
from command.core.queries import View, Wish, query
from command.core.records import find
from command.needs.contract import Leader
from command.needs.models import Force, ForcePerson
from command.needs.queries import FORCES

personal.personal(
    "force.person", ForcePerson, of="force", by=ForcePerson.force_id, zh="社会力量带队人", en="leaders of social forces"
)  # fmt: skip


@personal.subject("force", "社会力量报到", "social force")
def over(session: Session, things: Collection[str]) -> dict[str, personal.Ended]:
    """Forces that hang on no incident: over when they have left and nobody of them is missing."""
    rows = personal.among(Force, session, things)
    return {
        row.id: personal.Ended(row.number, row.centre, row.updated_at)
        for row in rows
        if not row.live and row.incident_id is None
    }


def keep(tx: Tx, force_id: str, leader: Leader) -> dict[str, Any]:
    """Seal who leads it. Returns what the journal may hold."""
    value, salt = canonical.dump(leader.model_dump()), os.urandom(16)
    row = tx.add(
        ForcePerson(id=ids.new_id(), force_id=force_id, salt=salt, sealed=seal.seal(tx.secret, value))
    )
    return {"id": row.id, "commitment": seal.commitment(salt, value)}


class OfForce(Wish):
    """A force."""

    id: str = Field(max_length=36)


@query(
    "force.person", wish=OfForce, needs="personal.read", http="GET /forces/{id}/person", output=dict[str, Any]
)
def person(view: View, wish: OfForce) -> dict[str, Any]:
    """Who leads a force, by name and number; the reading is written to the access log."""
    row = find(view.session, FORCES, wish.id, view.actor)
    wanted = sa.select(ForcePerson).where(ForcePerson.force_id == row.id)
    kept = view.session.execute(wanted).scalar_one_or_none()
    if kept is None:
        raise Gone("It was erased", zh="已依法清除")
    view.log_read("force leader", row.id)
    found: dict[str, Any] = canonical.load(seal.open_(view.secret, kept.sealed))
    return found
