"""Who reported a hazard, and who watches a danger point: sealed under the hazard's own key; the journal holds an id and a salted
commitment only (RULES 8)."""

from __future__ import annotations

import os
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.orm import Session

from command.core import canonical, ids, personal, seal
from command.core.actions import Tx
from command.core.errors import Gone, NotFound
from command.core.queries import View, Wish, query
from command.core.records import find
from command.hazards.contract import PersonIn
from command.hazards.models import Hazard, HazardKey, HazardPerson
from command.hazards.queries import HAZARDS

personal.personal(
    "hazard.person",
    HazardPerson,
    of="hazard",
    by=HazardPerson.hazard_id,
    zh="隐患报告人、监测人",
    en="who reported or watched a hazard",
)
personal.personal("hazard.key", HazardKey, of="hazard", by=HazardKey.hazard_id, zh="隐患密钥", en="keys")


@personal.subject("hazard", "隐患", "hazard", erase="hazard.erase_people")
def over(session: Session, things: Collection[str]) -> dict[str, personal.Ended]:
    """Those that are closed (销号)."""
    rows = personal.among(Hazard, session, things)
    return {
        row.id: personal.Ended(row.number, row.centre, row.closed_at)
        for row in rows
        if row.state == "closed" and row.closed_at is not None
    }


def keep(tx: Tx, hazard_id: str, part: str, person: PersonIn) -> dict[str, Any]:
    """Seal a person in one part (`reporter`, `watcher`). Returns what the journal may hold."""
    value, salt = canonical.dump(person.model_dump()), os.urandom(16)
    sealed = seal.seal(_key(tx, hazard_id), value)
    row = tx.add(HazardPerson(id=ids.new_id(), hazard_id=hazard_id, part=part, salt=salt, sealed=sealed))
    return {"id": row.id, "commitment": seal.commitment(salt, value)}


def forget(tx: Tx, hazard_id: str, part: str) -> None:
    """Destroy what was kept of a part: somebody else has it now."""
    gone = sa.delete(HazardPerson).where(HazardPerson.hazard_id == hazard_id, HazardPerson.part == part)
    tx.session.execute(gone)


def _key(tx: Tx, hazard_id: str) -> str:
    row = tx.session.get(HazardKey, (tx.world, hazard_id))
    if row is None:
        fresh = os.urandom(32).hex()
        tx.add(HazardKey(hazard_id=hazard_id, sealed=seal.seal(tx.secret, fresh.encode())))
        return fresh
    return seal.open_(tx.secret, row.sealed).decode()


class OfHazard(Wish):
    """A hazard."""

    id: str = Field(max_length=36)


@query(
    "hazard.people",
    wish=OfHazard,
    needs="personal.read",
    http="GET /hazards/{id}/people",
    output=dict[str, Any],
)
def people(view: View, wish: OfHazard) -> dict[str, Any]:
    """Who reported a hazard and who watches it, by name and number; the reading is written to the access log."""
    find(view.session, HAZARDS, wish.id, view.actor)
    rows = (
        view.session.execute(sa.select(HazardPerson).where(HazardPerson.hazard_id == wish.id)).scalars().all()
    )
    if not rows:
        raise NotFound()
    sealed = view.session.get(HazardKey, (view.world, wish.id))
    if sealed is None:
        raise Gone("It was erased", zh="已依法清除")
    view.log_read("hazard people", wish.id)
    key = seal.open_(view.secret, sealed.sealed).decode()
    return {row.part: canonical.load(seal.open_(key, row.sealed)) for row in rows}
