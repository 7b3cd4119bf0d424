"""The way back and the end. That it is safe is decided by a person who is named; so is that people stay away for good."""

from __future__ import annotations

import sqlalchemy as sa

from command.core.actions import Tx, action
from command.core.errors import Conflict
from command.evacuation import figures, private, visits
from command.evacuation.actions import DECIDE, decision, own, running, say
from command.evacuation.contract import AllowReturn, EndEvacuation, EvacuationOut
from command.evacuation.counting import FRESH
from command.evacuation.events import (
    DestinationChanged,
    EvacuationEnded,
    EvacuationPeopleErased,
    ReturnAllowed,
    ZoneChanged,
)
from command.evacuation.models import Destination, EvacuatedZone, Evacuation
from command.evacuation.queries import DESTINATIONS, EVACUATED


@action(
    "evacuation.allow_return",
    wish=AllowReturn,
    needs=DECIDE,
    target="evacuation",
    http="POST /evacuations/{id}/allow-return",
    output=EvacuationOut,
)
def allow_return(tx: Tx, row: Evacuation, wish: AllowReturn) -> EvacuationOut:
    """Somebody by name found it safe: the zones' people may go back."""
    running(row)
    found = [one for one in _inside(tx, row) if tx.actor.covers(one.centre) and one.state == "open"]
    if wish.zones is not None:
        wanted = set(wish.zones)
        found = [one for one in found if one.id in wanted]
        if len(found) != len(wanted):
            raise Conflict(
                "A zone is not of this evacuation, not yours, or may return already",
                zh="所选单元不在本次转移中、不属本单位，或已允许返回",
            )
    if not found:
        raise Conflict("No zone is left to decide on", zh="没有待决定的单元")
    safe = decision(tx, wish.decided_by, wish.decided_at, zones=len(found)) | {"reason": wish.reason}
    for zone in found:
        zone.state, zone.safe = "returning", safe
        tx.touch(zone)
        tx.say(ZoneChanged(record=tx.show(EVACUATED, zone)))
    row.safe = [*row.safe, safe]
    if all(one.state == "returning" for one in _inside(tx, row)):
        row.state = "returning"
    tx.touch(row)
    return say(tx, row, ReturnAllowed)


@action(
    "evacuation.end",
    wish=EndEvacuation,
    needs=DECIDE,
    target="evacuation",
    http="POST /evacuations/{id}/end",
    output=EvacuationOut,
)
def end_evacuation(tx: Tx, row: Evacuation, wish: EndEvacuation) -> EvacuationOut:
    """It is over. Where people have left and nobody found it safe, it must be said that they stay away."""
    running(row)
    own(tx, row)
    zones = _inside(tx, row)
    if not wish.kept_away and any(
        one.state == "open" and figures.value(one.figures, "people_done") for one in zones
    ):
        raise Conflict(
            "People have left and nobody found it safe: enter who allows the return, or say that they stay away (kept_away)",
            zh="仍有已转移群众未允许返回：请先登记谁决定可以返回，或注明不返回",
        )
    row.state, row.live, row.kept_away = "ended", False, wish.kept_away
    row.ended_by, row.ended_at, row.ended_reason = tx.actor.name, tx.at, wish.reason
    tx.touch(row)
    for zone in zones:
        zone.state, zone.live = "ended", False
        tx.touch(zone)
        tx.say(ZoneChanged(record=tx.show(EVACUATED, zone)))
    for place in _places(tx, row.id):
        place.live = False
        tx.touch(place)
        tx.say(DestinationChanged(record=tx.show(DESTINATIONS, place)))
    visits.close(tx, row.id)
    for centre in row.townships:
        tx.act("alarm.clear", {"cause": f"{FRESH}{row.id}:{centre}"}, as_system=True)
    return say(tx, row, EvacuationEnded)


@action("evacuation.erase_people", target="evacuation", inner=True, output=EvacuationOut)
def erase_people(tx: Tx, row: Evacuation, wish: object) -> EvacuationOut:
    """Destroy key and sealed rows of all names of an evacuation that is over (突发事件应对法 art.85); commitments stay."""
    if row.live:
        raise Conflict("It is not over", zh="转移结束后才能清除")
    private.erase(tx, row.id)
    tx.touch(row)
    return say(tx, row, EvacuationPeopleErased)


def _inside(tx: Tx, row: Evacuation) -> list[EvacuatedZone]:
    wanted = sa.select(EvacuatedZone).where(EvacuatedZone.evacuation_id == row.id)
    return list(tx.session.execute(wanted.order_by(EvacuatedZone.id)).scalars())


def _places(tx: Tx, evacuation_id: str) -> list[Destination]:
    wanted = sa.select(Destination).where(Destination.evacuation_id == evacuation_id)
    return list(tx.session.execute(wanted.order_by(Destination.id)).scalars())
