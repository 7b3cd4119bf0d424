"""What a shift hands over of evacuations: those that run, with their numbers, visits that are due, arrivals that do not match."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from command.core.access import COUNTY
from command.core.matters import Matters, matter
from command.core.queries import View, query
from command.evacuation import figures
from command.evacuation.models import Destination, EvacuatedZone, Evacuation, Refusal
from command.evacuation.queries import summed


@query("evacuation.matters", wish=Matters)
def matters(view: View, wish: Matters) -> list[dict[str, Any]]:
    """The evacuations of a party that are not over, the oldest first, then what is open in them."""
    mine = None if wish.party == COUNTY else wish.party.removeprefix("centre:")
    zones = [row for row in _live(view, EvacuatedZone) if mine in (None, row.centre)]
    found = []
    for row in _live(view, Evacuation):
        own = [one for one in zones if one.evacuation_id == row.id]
        if own:
            n = summed(own)
            zh = f"{row.reason}：应转 {n['due']} 已转 {n['people_done']} 未转 {n['left']}"
            en = f"{row.reason}: {n['due']} to move, {n['people_done']} moved, {n['left']} not yet"
            found.append(matter("evacuation", ("evacuation", row.id), (zh, en), row.opened_at))
    for one in _live(view, Refusal):
        if mine in (None, one.centre):
            said = (
                f"{one.zone_name} 拒绝转移 {one.people} 人",
                f"{one.zone_name}: {one.people} people refuse",
            )
            about = ("evacuation_refusal", one.id)
            found.append(matter("evacuation", about, said, one.recorded_at, one.next_visit_at))
    return found + [_apart(one, gap) for one in _live(view, Destination) if (gap := _gap(one, zones))]


def _live(view: View, model: Any) -> list[Any]:
    return list(view.session.execute(sa.select(model).where(model.live).order_by(model.id)).scalars())


def _gap(place: Destination, zones: list[EvacuatedZone]) -> tuple[int, int] | None:
    """(gone there, arrived), where both are known and they differ."""
    gone = [figures.value(one.figures, "people_done") for one in zones if one.destination_id == place.id]
    arrived = figures.value(place.figures, "people_arrived")
    told = [one for one in gone if one is not None]
    return (sum(told), arrived) if told and arrived is not None and sum(told) != arrived else None


def _apart(place: Destination, gap: tuple[int, int]) -> dict[str, Any]:
    gone, arrived = gap
    zh = f"{place.name}：出发 {gone} 到达 {arrived} 差 {abs(gone - arrived)}"
    en = f"{place.name}: {gone} left, {arrived} arrived, {abs(gone - arrived)} apart"
    return matter("evacuation", ("evacuation_destination", place.id), (zh, en), place.updated_at)
