"""Opening an evacuation, adding zones, letting people back, ending it. Each is a decision of a person who is named: what the
machine has it asks for, and it decides nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from command.core import clock
from command.core.access import centre_party, permission
from command.core.actions import AHEAD, Tx, action
from command.core.errors import Conflict, Forbidden, Invalid, NotFound
from command.core.numbering import next_number
from command.evacuation.contract import (
    AddZones,
    Decider,
    EditEvacuation,
    EvacuationOut,
    OpenEvacuation,
)
from command.evacuation.counting import FRESH, always
from command.evacuation.destinations import destination
from command.evacuation.events import (
    EvacuationEdited,
    EvacuationEvent,
    EvacuationGrew,
    EvacuationOpened,
    ZoneEvacuated,
)
from command.evacuation.models import EvacuatedZone, Evacuation, EvacuationZone
from command.evacuation.queries import EVACUATED, EVACUATIONS, ZONES
from command.incidents.queries import INCIDENTS

DECIDE = permission(
    "evacuation.open",
    "enter evacuations that somebody decided, their end and the way back",
    "登记转移决定、返回决定，结束转移",
)
MARK = "ZY"


@action(
    "evacuation.open",
    wish=OpenEvacuation,
    needs=DECIDE,
    http="POST /evacuations",
    status=201,
    output=EvacuationOut,
    urgent=always,
)
def open_evacuation(tx: Tx, wish: OpenEvacuation) -> EvacuationOut:
    """Enter that people are to leave: why, which zones, and who decided it when."""
    decided = decision(tx, wish.decided_by, wish.decided_at, zones=len(set(wish.zones)))
    zones = _zones(tx, wish.zones)
    if wish.incident_id is not None:
        _incident(tx, wish.incident_id)
    if wish.warning_id is not None:
        _warning(tx, wish.warning_id)
    row = tx.add(
        Evacuation(
            number=next_number(tx, MARK, tx.actor.centre), reason=wish.reason, centre=tx.actor.centre,
            warning_id=wish.warning_id, incident_id=wish.incident_id, townships=sorted({one.centre for one in zones}),
            zones=len(zones), decided=[decided], opened_by=tx.actor.name, opened_at=tx.at, state="open", safe=[],
            ended_by=None, ended_at=None, ended_reason=None, kept_away=False,
            synthetic=all(one.synthetic for one in zones), live=True,
        )
    )  # fmt: skip
    shown = say(tx, row, EvacuationOpened)
    _enter(tx, row, zones)
    return shown


@action(
    "evacuation.add_zones",
    wish=AddZones,
    needs=DECIDE,
    target="evacuation",
    http="POST /evacuations/{id}/zones",
    output=EvacuationOut,
    urgent=always,
)
def add_zones(tx: Tx, row: Evacuation, wish: AddZones) -> EvacuationOut:
    """More zones leave, by a decision of their own."""
    running(row)
    zones = _zones(tx, wish.zones)
    row.decided = [*row.decided, decision(tx, wish.decided_by, wish.decided_at, zones=len(zones))]
    row.zones += len(zones)
    row.townships = sorted({*row.townships, *(one.centre for one in zones)})
    row.state = "open"
    tx.touch(row)
    shown = say(tx, row, EvacuationGrew)
    _enter(tx, row, zones)
    return shown


@action(
    "evacuation.edit",
    wish=EditEvacuation,
    needs=DECIDE,
    target="evacuation",
    http="PATCH /evacuations/{id}",
    output=EvacuationOut,
    version="required",
)
def edit_evacuation(tx: Tx, row: Evacuation, wish: EditEvacuation) -> EvacuationOut:
    """Say in other words why, or hang it on its incident."""
    running(row)
    own(tx, row)
    if wish.reason is not None:
        row.reason = wish.reason
    if wish.incident_id is not None and wish.incident_id != row.incident_id:
        if row.incident_id is not None:
            raise Conflict("It belongs to another incident already", zh="已挂在另一起事件上")
        _incident(tx, wish.incident_id)
        row.incident_id = wish.incident_id
    tx.touch(row)
    return say(tx, row, EvacuationEdited)


def decision(tx: Tx, by: Decider, at: datetime, **more: Any) -> dict[str, Any]:
    """A decision as it is kept: whose, when it was taken, who entered it when."""
    if at > tx.now + AHEAD:
        raise Invalid("decided_at: not in the future", zh="决定时间不能晚于此刻")
    return {**by.model_dump(), "at": clock.wire(at), "entered_by": tx.actor.name, "entered_at": clock.wire(tx.at), **more}  # fmt: skip


def running(row: Evacuation) -> None:
    """Refuse what comes after the end."""
    if not row.live:
        raise Conflict(f"It is over: {row.ended_reason}", zh=f"转移已结束：{row.ended_reason}")


def own(tx: Tx, row: Evacuation) -> None:
    """The whole is the county's, or the township's where all its zones lie."""
    if not (tx.actor.county or all(tx.actor.covers(code) for code in row.townships)):
        raise Forbidden("It moves people of other townships too: ask the county", zh="涉及其他乡镇：请报县里")


def _zones(tx: Tx, wanted: list[str]) -> list[EvacuationZone]:
    """The zones of the register that the actor may move, each in no other evacuation now."""
    found = []
    for zone_id in dict.fromkeys(wanted):
        try:
            row = tx.find(ZONES, zone_id)
        except NotFound:
            raise Invalid(f"zones: there is no zone {zone_id[:36]}", zh="没有这个转移单元") from None
        if not row.live:
            raise Conflict(f"{row.name} is struck off the register", zh=f"{row.name} 已从登记中撤销")
        if not tx.actor.covers(row.centre):
            raise Forbidden("Another township's people: ask the county", zh="属其他乡镇：请报县里")
        found.append(row)
    inside = sa.select(EvacuatedZone.name).where(
        EvacuatedZone.live, EvacuatedZone.zone_id.in_([one.id for one in found])
    )
    if (busy := tx.session.execute(inside.limit(1)).scalar_one_or_none()) is not None:
        raise Conflict(f"{busy} is being evacuated already", zh=f"{busy} 已在转移中")
    return found


def _enter(tx: Tx, row: Evacuation, zones: list[EvacuationZone]) -> None:
    """Each zone begins, with its destination; the desk of each township that did not enter this itself hears it."""
    for zone in zones:
        place = destination(tx, row.id, zone.centre, zone.destination)
        entered = tx.add(
            EvacuatedZone(
                evacuation_id=row.id, zone_id=zone.id, name=zone.name, sort=zone.sort, centre=zone.centre,
                village_code=zone.village_code, village=zone.village, households=zone.households, people=zone.people,
                vulnerable=zone.vulnerable, responsible=zone.responsible, route=zone.route, destination_id=place.id,
                destination=place.name, state="open", safe=None, figures={}, chosen={}, named=[],
                synthetic=zone.synthetic, live=True,
            )
        )  # fmt: skip
        tx.say(ZoneEvacuated(record=tx.show(EVACUATED, entered)))
    for centre in sorted({one.centre for one in zones} - {tx.actor.centre}):
        own = [one for one in zones if one.centre == centre]
        _tell(tx, row, centre, len(own), sum(one.people for one in own))


def _tell(tx: Tx, row: Evacuation, centre: str, zones: int, people: int) -> None:
    by = row.decided[-1]
    tx.act(
        "alarm.raise",
        {
            "cause": f"{FRESH}{row.id}:{centre}", "rank": 1, "centre": centre, "parties": [centre_party(centre)],
            "title": {"zh": f"组织转移・{zones} 个单元 {people} 人", "en": f"Move people: {zones} zones, {people} people"},
            "detail": {"zh": f"{row.reason}（{by['post']} {by['name']} 决定）",
                       "en": f"{row.reason} (decided by {by['post']} {by['name']})"},
        },
        as_system=True,
    )  # fmt: skip


def _incident(tx: Tx, incident_id: str) -> None:
    try:
        row = tx.find(INCIDENTS, incident_id)
    except NotFound:
        raise Invalid("incident_id: there is no such incident", zh="没有这起事件") from None
    if not row.live:
        raise Conflict("The incident is over", zh="事件已结束")


def _warning(tx: Tx, warning_id: str) -> None:
    try:
        tx.find("warning", warning_id)
    except NotFound:
        raise Invalid("warning_id: there is no such warning", zh="没有这条预警") from None


def say(tx: Tx, row: Evacuation, event: type[EvacuationEvent]) -> EvacuationOut:
    shown: EvacuationOut = tx.show(EVACUATIONS, row)
    tx.say(event(record=shown))
    return shown
