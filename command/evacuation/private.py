"""Names of those who live in a zone, and what a household that refuses said: sealed under the evacuation's own key. The journal
holds an id and a salted commitment only (RULES 8); no screen of the wall, no export and no list has them."""

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
from command.evacuation.models import Evacuation, EvacuationKey, EvacuationPerson, Refusal
from command.evacuation.queries import EVACUATED

personal.personal(
    "evacuation.person", EvacuationPerson, of="evacuation", by=EvacuationPerson.evacuation_id,
    zh="转移名单、住户陈述", en="lists of names, what households said",
)  # fmt: skip
personal.personal(
    "evacuation.key", EvacuationKey, of="evacuation", by=EvacuationKey.evacuation_id, zh="转移密钥", en="keys of evacuations"
)  # fmt: skip


@personal.subject("evacuation", "转移", "evacuation", erase="evacuation.erase_people")
def over(session: Session, things: Collection[str]) -> dict[str, personal.Ended]:
    """Those that hang on no incident: over when somebody ended them."""
    rows = personal.among(Evacuation, session, things)
    return {
        row.id: personal.Ended(row.number, row.centre, row.ended_at)
        for row in rows
        if not row.live and row.ended_at is not None
    }


MOST_NAMED = 500
"""Parts of names of one zone: a list grows by whole lists, not by letters."""


def keep(tx: Tx, evacuation_id: str, about: str, said: Any) -> dict[str, Any]:
    """Seal something about a zone or a refusal. Returns what the journal may hold."""
    value, salt = canonical.dump(said), os.urandom(16)
    sealed = seal.seal(_key(tx, evacuation_id), value)
    row = tx.add(
        EvacuationPerson(id=ids.new_id(), evacuation_id=evacuation_id, about=about, salt=salt, sealed=sealed)
    )
    return {"id": row.id, "commitment": seal.commitment(salt, value)}


def erase(tx: Tx, evacuation_id: str) -> None:
    """Destroy key, salts and sealed rows."""
    for model in (EvacuationKey, EvacuationPerson):
        tx.session.execute(sa.delete(model).where(model.evacuation_id == evacuation_id))


def _key(tx: Tx, evacuation_id: str) -> str:
    row = tx.session.get(EvacuationKey, (tx.world, evacuation_id))
    if row is None:
        fresh = os.urandom(32).hex()
        tx.add(EvacuationKey(evacuation_id=evacuation_id, sealed=seal.seal(tx.secret, fresh.encode())))
        return fresh
    return seal.open_(tx.secret, row.sealed).decode()


class OfZone(Wish):
    """A zone of an evacuation."""

    id: str = Field(max_length=36)


@query(
    "evacuation.people",
    wish=OfZone,
    needs="personal.read",
    http="GET /evacuated_zones/{id}/people",
    output=dict[str, Any],
)
def people(view: View, wish: OfZone) -> dict[str, Any]:
    """The names of a zone, and what its households said that refuse; the reading is written to the access log."""
    zone = find(view.session, EVACUATED, wish.id, view.actor)
    named = [one for part in opened(view, zone.evacuation_id, [zone.id]) for one in part]
    refusals = opened(view, zone.evacuation_id, sa.select(Refusal.id).where(Refusal.zone_id == zone.id))
    if not named and not refusals:
        raise NotFound()
    view.log_read("evacuated people", wish.id)
    return {"people": named, "refusals": refusals}


def opened(reader: View | Tx, evacuation_id: str, about: Any) -> list[Any]:
    """What is sealed about these, in the order in which it was said."""
    wanted = sa.select(EvacuationPerson).where(
        EvacuationPerson.evacuation_id == evacuation_id, EvacuationPerson.about.in_(about)
    )
    rows = reader.session.execute(wanted.order_by(EvacuationPerson.id)).scalars().all()
    if not rows:
        return []
    sealed = reader.session.get(EvacuationKey, (reader.world, evacuation_id))
    if sealed is None:
        raise Gone("It was erased", zh="已依法清除")
    key = seal.open_(reader.secret, sealed.sealed).decode()
    return [canonical.load(seal.open_(key, row.sealed)) for row in rows]
