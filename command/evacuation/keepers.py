"""Who holds the post that answers for a zone, by name and number: sealed beside the register, read through a door of its own."""

from __future__ import annotations

import os
from typing import Any

import sqlalchemy as sa
from pydantic import Field

from command.core import canonical, ids, personal, seal
from command.core.actions import Tx
from command.core.errors import Forbidden, Invalid, NotFound
from command.core.queries import View, Wish, query
from command.core.records import find
from command.evacuation.models import EvacuationZone, ZoneKeeper
from command.evacuation.queries import ZONES

personal.standing(
    ZoneKeeper,
    "转移单元责任人姓名、电话：为转移登记，换人后留前一人至再换，撤销单元时删除",
    "who answers for zones to be evacuated: the one before is kept until the next change, all go when the zone is struck off",
)
NUMBERS = "line.read"


def keep(tx: Tx, row: EvacuationZone, said: dict[str, Any] | None) -> dict[str, Any] | None:
    """Seal who answers from now on, and keep the one before, so that an import can be taken back. Returns what the record may say."""
    before = row.keeper
    if said is None:
        _only(tx, row, before)
        return None
    if said["id"] is not None:
        return _put_back(tx, row, said["id"])
    value, salt = canonical.dump({"name": said["name"], "number": said["number"]}), os.urandom(16)
    made = ZoneKeeper(id=ids.new_id(), zone_id=row.id, salt=salt, sealed=seal.seal(tx.secret, value))
    _only(tx, row, before)
    tx.session.add(made)
    return {"id": made.id, "commitment": seal.commitment(salt, value)}


def destroy(tx: Tx, row: EvacuationZone) -> None:
    """The zone is struck off: nobody answers for it any more."""
    tx.session.execute(sa.delete(ZoneKeeper).where(ZoneKeeper.zone_id == row.id))
    row.keeper = None


def _only(tx: Tx, row: EvacuationZone, kept: dict[str, Any] | None) -> None:
    others = sa.delete(ZoneKeeper).where(ZoneKeeper.zone_id == row.id)
    tx.session.execute(others.where(ZoneKeeper.id != kept["id"]) if kept else others)


def _put_back(tx: Tx, row: EvacuationZone, name: str) -> dict[str, Any]:
    one = tx.session.get(ZoneKeeper, name)
    if one is None or one.zone_id != row.id:
        raise Invalid("keeper: not of this zone", zh="不是本单元的责任人")
    value = seal.open_(tx.secret, one.sealed)
    return {"id": one.id, "commitment": seal.commitment(one.salt, value)}


class OfZone(Wish):
    """A zone of the register."""

    id: str = Field(max_length=36)


@query(
    "evacuation.keeper", wish=OfZone, needs=NUMBERS, http="GET /evacuation_zones/{id}/keeper", output=dict[str, Any]
)  # fmt: skip
def keeper(view: View, wish: OfZone) -> dict[str, Any]:
    """The name and the number of who answers for a zone; the reading is written to the access log."""
    zone = find(view.session, ZONES, wish.id, view.actor)
    if not view.actor.covers(zone.centre):
        raise Forbidden("Another township's register", zh="属其他乡镇的登记")
    one = view.session.get(ZoneKeeper, zone.keeper["id"]) if zone.keeper else None
    if one is None:
        raise NotFound()
    view.log_read("zone keeper", wish.id)
    found: dict[str, Any] = canonical.load(seal.open_(view.secret, one.sealed))
    return found
