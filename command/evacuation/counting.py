"""Counts as somebody states them: of a zone's progress, of arrivals. The same source corrects itself, another stands beside until
a person chooses; a later statement leaves what it does not name as it was said before."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from command.core.access import permission
from command.core.actions import AHEAD, Tx, action
from command.core.errors import Conflict, Invalid
from command.evacuation import figures
from command.evacuation.contract import (
    ChooseCount,
    CountArrivals,
    CountOut,
    CountZone,
    DestinationOut,
    EvacuatedZoneOut,
    Redirect,
    Stated,
)
from command.evacuation.destinations import destination
from command.evacuation.events import Counted, DestinationChanged, ZoneChanged
from command.evacuation.models import Destination, EvacuatedZone, EvacuationCount
from command.evacuation.queries import COUNTS, DESTINATIONS, EVACUATED

COUNT = permission(
    "evacuation.count",
    "enter counts, refusals and arrivals of an evacuation",
    "登记转移数字、拒转与到达",
)
FRESH = "evacuation_new:"


def always(payload: dict[str, Any]) -> bool:
    """Who is still inside must be known, also when the disk is nearly full."""
    return True


@action(
    "evacuation.count",
    wish=CountZone,
    needs=COUNT,
    target="evacuated_zone",
    http="POST /evacuated_zones/{id}/counts",
    output=EvacuatedZoneOut,
    urgent=always,
)
def count(tx: Tx, row: EvacuatedZone, wish: CountZone) -> EvacuatedZoneOut:
    """State how far a zone is: the whole number by then, not what was added."""
    _running(row)
    if row.state != "returning" and any(name.endswith("_returned") for name in wish.numbers()):
        raise Conflict(
            "Nobody has found it safe: enter who allows the return first",
            zh="还没有人决定可以返回：请先登记返回决定",
        )
    _state(tx, row, wish, zone_id=row.id)
    _weigh(tx, row)
    tx.act("alarm.clear", {"cause": f"{FRESH}{row.evacuation_id}:{row.centre}"}, as_system=True)
    return _zone(tx, row)


@action(
    "evacuation.arrive",
    wish=CountArrivals,
    needs=COUNT,
    target="evacuation_destination",
    http="POST /evacuation_destinations/{id}/counts",
    output=DestinationOut,
    urgent=always,
)
def arrive(tx: Tx, row: Destination, wish: CountArrivals) -> DestinationOut:
    """State how many have arrived at a place, in all."""
    _running(row)
    _state(tx, row, wish, destination_id=row.id)
    _weigh(tx, row)
    return _place(tx, row)


@action(
    "evacuation.choose",
    wish=ChooseCount,
    needs=COUNT,
    target="evacuation_count",
    http="POST /evacuation_counts/{id}/choose",
    output=CountOut,
)
def choose(tx: Tx, row: EvacuationCount, wish: ChooseCount) -> CountOut:
    """Let one source's number count from now on, where several differ."""
    if wish.field not in row.numbers:
        raise Invalid("field: the statement does not give it", zh="这条数字里没有该项")
    if row.zone_id is not None:
        zone = tx.find(EVACUATED, row.zone_id)
        _running(zone)
        zone.chosen = {**zone.chosen, wish.field: row.source}
        _weigh(tx, zone)
        _zone(tx, zone)
    else:
        place = tx.find(DESTINATIONS, str(row.destination_id))
        _running(place)
        place.chosen = {**place.chosen, wish.field: row.source}
        _weigh(tx, place)
        _place(tx, place)
    shown: CountOut = tx.show(COUNTS, row)
    return shown


@action(
    "evacuation.redirect",
    wish=Redirect,
    needs=COUNT,
    target="evacuated_zone",
    http="POST /evacuated_zones/{id}/redirect",
    output=EvacuatedZoneOut,
)
def redirect(tx: Tx, row: EvacuatedZone, wish: Redirect) -> EvacuatedZoneOut:
    """Send a zone's people to another place."""
    _running(row)
    if wish.destination is not None:
        place = destination(tx, row.evacuation_id, row.centre, wish.destination.model_dump())
    else:
        place = tx.find(DESTINATIONS, str(wish.destination_id))
        if (place.evacuation_id, place.centre) != (row.evacuation_id, row.centre):
            raise Invalid("destination_id: of another evacuation or township", zh="属其他转移或乡镇的去处")
    row.destination_id, row.destination = place.id, place.name
    return _zone(tx, row)


def _running(row: EvacuatedZone | Destination) -> None:
    if not row.live:
        raise Conflict("The evacuation is over", zh="转移已结束")


def _state(tx: Tx, row: EvacuatedZone | Destination, wish: Stated, **about: str) -> None:
    """Write a statement; it stays as it was said."""
    as_of = wish.as_of or tx.at
    if as_of > tx.now + AHEAD and not tx.ahead:
        raise Invalid("as_of: not in the future", zh="数字的时间不能晚于此刻")
    stated = tx.add(
        EvacuationCount(
            evacuation_id=row.evacuation_id, centre=row.centre, numbers=wish.numbers(), as_of=as_of, source=wish.source,
            by_proxy=wish.by_proxy.model_dump() if wish.by_proxy else None, by=tx.actor.name, at=tx.at, live=True,
            **{"zone_id": None, "destination_id": None, **about},
        )
    )  # fmt: skip
    tx.say(Counted(record=tx.show(COUNTS, stated), said={"name": row.name}))


def _weigh(tx: Tx, row: EvacuatedZone | Destination) -> None:
    of_zone = isinstance(row, EvacuatedZone)
    column = EvacuationCount.zone_id if of_zone else EvacuationCount.destination_id
    rows = tx.session.execute(
        sa.select(EvacuationCount).where(column == row.id).order_by(EvacuationCount.id)
    ).scalars()
    said = [figures.Said(one.id, one.source, one.by, one.as_of, one.by_proxy, one.numbers) for one in rows]
    row.figures = figures.weigh(said, row.chosen)


def _zone(tx: Tx, row: EvacuatedZone) -> EvacuatedZoneOut:
    tx.touch(row)
    shown: EvacuatedZoneOut = tx.show(EVACUATED, row)
    tx.say(ZoneChanged(record=shown))
    return shown


def _place(tx: Tx, row: Destination) -> DestinationOut:
    tx.touch(row)
    shown: DestinationOut = tx.show(DESTINATIONS, row)
    tx.say(DestinationChanged(record=shown))
    return shown
