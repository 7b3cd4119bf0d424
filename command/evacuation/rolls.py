"""Rolls by daylight: who arrived at a place, by name and sealed, held against who left. Counts of the comparison are everybody's who
sees the place; who it is, only theirs who may read names."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from pydantic import Field

from command.core import clock
from command.core.actions import Tx, action
from command.core.errors import Conflict, NotFound
from command.core.queries import View, Wish, query
from command.core.records import find
from command.evacuation import matching, private
from command.evacuation.contract import DestinationOut, EvacuatedZoneOut, NameArrived, NamePeople
from command.evacuation.events import DestinationChanged, ZoneChanged
from command.evacuation.matching import Someone
from command.evacuation.models import Destination, EvacuatedZone, EvacuationPerson
from command.evacuation.queries import DESTINATIONS, EVACUATED, EVACUATIONS

Side = tuple[list[Any], list[Someone]]


@action(
    "evacuation.name_people",
    wish=NamePeople,
    needs="personal.read",
    target="evacuated_zone",
    http="POST /evacuated_zones/{id}/people",
    output=EvacuatedZoneOut,
)
def name_people(tx: Tx, row: EvacuatedZone, wish: NamePeople) -> EvacuatedZoneOut:
    """Add names to a zone's counts; who reads the list is noted."""
    if not row.live:
        raise Conflict("The evacuation is over", zh="转移已结束")
    if len(row.named) >= private.MOST_NAMED:
        raise Conflict("The list is full", zh="名单已满")
    kept = private.keep(tx, row.evacuation_id, row.id, [one.model_dump() for one in wish.people])
    told = {**kept, "count": len(wish.people), "by": tx.actor.name, "at": clock.wire(tx.at)}
    row.named = [*row.named, told]
    tx.session.flush()
    tx.touch(row)
    shown: EvacuatedZoneOut = tx.show(EVACUATED, row)
    tx.say(ZoneChanged(record=shown))
    compare(tx, row.evacuation_id, row.centre)
    return shown


@action(
    "evacuation.name_arrived",
    wish=NameArrived,
    needs="personal.read",
    target="evacuation_destination",
    http="POST /evacuation_destinations/{id}/people",
    output=DestinationOut,
)
def name_arrived(tx: Tx, row: Destination, wish: NameArrived) -> DestinationOut:
    """Add names to the roll of a place; who reads it is noted."""
    if not row.live:
        raise Conflict("The evacuation is over", zh="转移已结束")
    if len(row.named) >= private.MOST_NAMED:
        raise Conflict("The list is full", zh="名单已满")
    kept = private.keep(tx, row.evacuation_id, row.id, [one.model_dump() for one in wish.people])
    row.named = [
        *row.named,
        {**kept, "count": len(wish.people), "by": tx.actor.name, "at": clock.wire(tx.at)},
    ]
    tx.session.flush()
    compare(tx, row.evacuation_id, row.centre, besides=row.id)
    return _say(tx, row)


def compare(tx: Tx, evacuation_id: str, centre: str, besides: str | None = None) -> None:
    """Hold the names of a township's zones against those of its places; each place whose counts are others now is told."""
    zones, places = _rows(tx.session, evacuation_id, [centre])
    listed, arrived = _side(tx, evacuation_id, zones), _side(tx, evacuation_id, places)
    for place, counts in _counted(zones, places, listed, arrived).items():
        told = {**counts, "at": clock.wire(tx.at)} if listed and arrived else None
        if _without_time(place.matched) != (None if told is None else counts):
            place.matched = told
            if place.id != besides:
                _say(tx, place)


def _without_time(told: dict[str, Any] | None) -> dict[str, Any] | None:
    return None if told is None else {name: value for name, value in told.items() if name != "at"}


def _say(tx: Tx, row: Destination) -> DestinationOut:
    tx.touch(row)
    shown: DestinationOut = tx.show(DESTINATIONS, row)
    tx.say(DestinationChanged(record=shown))
    return shown


def _rows(session: Any, evacuation_id: str, centres: list[str]) -> tuple[list[Any], list[Any]]:
    found = []
    for model in (EvacuatedZone, Destination):
        wanted = sa.select(model).where(model.evacuation_id == evacuation_id, model.centre.in_(centres))
        found.append(list(session.execute(wanted.order_by(model.id)).scalars()))
    return found[0], found[1]


def _side(reader: Tx | View, evacuation_id: str, rows: list[Any]) -> list[Someone]:
    """The people of these zones or places, each once."""
    lists = []
    for row in rows:
        for part in private.opened(reader, evacuation_id, [row.id]):
            told = part if isinstance(part, list) else []
            lists.append([
                Someone(one["name"], one.get("number"), one.get("age"), one.get("help"), one.get("state"), row.id) for one in told
            ])  # fmt: skip
    return matching.known(lists)


def _counted(
    zones: list[Any], places: list[Any], listed: list[Someone], arrived: list[Someone]
) -> dict[Any, dict[str, int]]:
    return {
        place: {name: len(who) for name, who in _sorted(place, zones, listed, arrived).items()}
        for place in places
    }


def _sorted(
    place: Any, zones: list[Any], listed: list[Someone], arrived: list[Someone]
) -> dict[str, list[Any]]:
    """Of one place: who left for it, who is on its roll, who of the former is somewhere, is not, is perhaps; who stands on no list."""
    met = matching.match(listed, arrived)
    bound_by = {zone.id for zone in zones if zone.destination_id == place.id}
    bound = [i for i, one in enumerate(listed) if one.of in bound_by]
    came = [j for j, one in enumerate(arrived) if one.of == place.id]
    to = dict(met.pairs)
    perhaps = {i for mine, _ in met.unclear for i in mine}
    maybe = {j for _, theirs in met.unclear for j in theirs}
    taken = set(to.values())
    return {
        "gone": [i for i in bound if listed[i].state == "done"],
        "arrived": came,
        "both": [i for i in bound if i in to],
        "elsewhere": [i for i in bound if i in to and arrived[to[i]].of != place.id],
        "missing": [i for i in bound if i not in to and i not in perhaps and listed[i].state == "done"],
        "unclear": [i for i in bound if i in perhaps],
        "strangers": [j for j in came if j not in taken and j not in maybe],
    }


class OfEvacuation(Wish):
    """An evacuation."""

    id: str = Field(max_length=36)


@query(
    "evacuation.matched", wish=OfEvacuation, needs="personal.read", http="GET /evacuations/{id}/people", output=dict[str, Any]
)  # fmt: skip
def matched(view: View, wish: OfEvacuation) -> dict[str, Any]:
    """By name, place by place: who left and is not on any roll, who is on a roll and on no list, of whom it is not clear; of the
    townships that the reader answers for. The reading is written to the access log."""
    row = find(view.session, EVACUATIONS, wish.id, view.actor)
    centres = [code for code in row.townships if view.actor.county or view.actor.covers(code)]
    kept = sa.select(EvacuationPerson.id).where(EvacuationPerson.evacuation_id == row.id)
    if not centres or view.session.execute(kept.limit(1)).first() is None:
        raise NotFound()
    view.log_read("evacuated people", wish.id)
    items = []
    for centre in centres:
        zones, places = _rows(view.session, row.id, [centre])
        listed, arrived = _side(view, row.id, zones), _side(view, row.id, places)
        names = {one.id: one.name for one in (*zones, *places)}
        for place in places:
            who = _sorted(place, zones, listed, arrived)
            items.append({
                "id": place.id, "name": place.name, "centre": centre,
                **{sort: [_told(listed[i], names) for i in who[sort]] for sort in ("missing", "unclear", "elsewhere")},
                "strangers": [_told(arrived[j], names) for j in who["strangers"]],
            })  # fmt: skip
    return {"items": items}


def _told(one: Someone, names: dict[str, str]) -> dict[str, Any]:
    return {**one._asdict(), "of": names[one.of]}
