"""Reading evacuations: the register of zones, evacuations, their zones and destinations, statements, refusals, totals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.orm import Session

from command.core.access import COUNTY, Actor, centre_party, permission
from command.core.live.topics import may_hear
from command.core.queries import View, Wish, query
from command.core.records import NOBODY, Criterion, RecordType, public, record
from command.evacuation import figures
from command.evacuation.contract import (
    CountOut,
    DestinationOut,
    EvacuatedZoneOut,
    EvacuationOut,
    RefusalOut,
)
from command.evacuation.models import (
    Destination,
    EvacuatedZone,
    Evacuation,
    EvacuationCount,
    EvacuationZone,
    Refusal,
)
from command.evacuation.zone_contract import ROOM, ZoneOut
from command.incidents.models import Incident
from command.incidents.queries import incident_visible

READ = permission(
    "evacuation.read", "see evacuations and their zones in one's scope", "查看本辖区人员转移与转移单元"
)
TOWNSHIP = 9


def own_township(actor: Actor) -> str | None:
    """The township whose people are the actor's to see; None: of nobody."""
    code = actor.centre[:TOWNSHIP]
    return code if actor.team_id is None and code.isdigit() and len(code) == TOWNSHIP else None


def _own(model: Any) -> Callable[[Actor], Criterion]:
    """SQL: the county sees all, a township its own."""

    def visible(actor: Actor) -> Criterion:
        if actor.county:
            return sa.true()
        mine = own_township(actor)
        return NOBODY if mine is None else model.centre == mine

    return visible


def _own_topic(model: Any) -> Callable[[str], Criterion | None]:
    def in_topic(topic: str) -> Criterion | None:
        if topic == COUNTY:
            return sa.and_(model.live)
        if topic.startswith("centre:"):
            return sa.and_(model.live, model.centre == topic.removeprefix("centre:"))
        return None

    return in_topic


def _touches(code: str) -> Criterion:
    """SQL: the evacuation moves people of a township."""
    return Evacuation.id.in_(sa.select(EvacuatedZone.evacuation_id).where(EvacuatedZone.centre == code))


def evacuation_visible(actor: Actor) -> Criterion:
    """SQL: the county sees all, a township those that move its people, others those of an incident that they see: why and by whom."""
    if actor.county:
        return sa.true()
    if actor.team_id is not None:
        return NOBODY
    mine = own_township(actor)
    of_incident = Evacuation.incident_id.in_(sa.select(Incident.id).where(incident_visible(actor)))
    return of_incident if mine is None else sa.or_(_touches(mine), of_incident)


def _evacuation_topic(topic: str) -> Criterion | None:
    if topic == COUNTY:
        return sa.and_(Evacuation.live)
    if topic.startswith("incident:"):
        return sa.and_(Evacuation.live, Evacuation.incident_id == topic.removeprefix("incident:"))
    if topic.startswith("centre:"):
        return sa.and_(Evacuation.live, _touches(topic.removeprefix("centre:")))
    return None


def _zone_topic(topic: str) -> Criterion | None:
    party = topic.removeprefix(ROOM)
    if party == topic:
        return None
    return _own_topic(EvacuationZone)(party)


@may_hear
def _rooms(session: Session, actor: Actor, topic: str) -> bool:
    """Of the register's rooms the county's for the county, one's own township's for the others."""
    if not topic.startswith(ROOM) or not actor.may(READ):
        return False
    party = topic.removeprefix(ROOM)
    mine = own_township(actor)
    return actor.county if party == COUNTY else mine is not None and party == centre_party(mine)


def _shower(out: Any) -> Any:
    def show(session: Session, rows: Sequence[Any]) -> list[Any]:
        return [public(out, row) for row in rows]

    return show


def _live(model: Any) -> Callable[[str], Criterion]:
    return lambda v: model.live == (v in ("true", "1"))


ZONES = record(
    RecordType(
        "evacuation_zone",
        EvacuationZone,
        ZoneOut,
        _shower(ZoneOut),
        visible=_own(EvacuationZone),
        in_topic=_zone_topic,
        path="evacuation_zones",
        needs=READ,
        order=(EvacuationZone.id,),
        worldly=False,
        filters={
            "centre": lambda v: EvacuationZone.centre == v,
            "sort": lambda v: EvacuationZone.sort.in_(v.split(",")),
            "village_code": lambda v: EvacuationZone.village_code == v,
            "live": _live(EvacuationZone),
        },
    )
)
EVACUATIONS = record(
    RecordType(
        "evacuation",
        Evacuation,
        EvacuationOut,
        _shower(EvacuationOut),
        visible=evacuation_visible,
        in_topic=_evacuation_topic,
        path="evacuations",
        needs=READ,
        order=(Evacuation.id,),
        filters={
            "state": lambda v: Evacuation.state.in_(v.split(",")),
            "incident_id": lambda v: Evacuation.incident_id == v,
            "warning_id": lambda v: Evacuation.warning_id == v,
            "live": _live(Evacuation),
        },
    )
)


def _part(kind: str, model: Any, out: Any, path: str, topics: bool = True) -> Any:
    """A record that hangs on an evacuation and belongs to one township."""
    more = {"zone_id": lambda v: model.zone_id == v} if hasattr(model, "zone_id") else {}
    return record(
        RecordType(
            kind,
            model,
            out,
            _shower(out),
            visible=_own(model),
            in_topic=_own_topic(model) if topics else lambda topic: None,
            path=path,
            needs=READ,
            order=(model.id,),
            filters={
                "evacuation_id": lambda v: model.evacuation_id == v,
                "centre": lambda v: model.centre == v,
                "live": _live(model),
                **more,
            },
        )
    )


DESTINATIONS: RecordType[Destination, DestinationOut] = _part(
    "evacuation_destination", Destination, DestinationOut, "evacuation_destinations"
)
EVACUATED: RecordType[EvacuatedZone, EvacuatedZoneOut] = _part(
    "evacuated_zone", EvacuatedZone, EvacuatedZoneOut, "evacuated_zones"
)
COUNTS: RecordType[EvacuationCount, CountOut] = _part(
    "evacuation_count", EvacuationCount, CountOut, "evacuation_counts", topics=False
)
REFUSALS: RecordType[Refusal, RefusalOut] = _part(
    "evacuation_refusal", Refusal, RefusalOut, "evacuation_refusals"
)


class Of(Wish):
    """Of which incident or warning; none named: of all that are open."""

    incident_id: str | None = Field(None, max_length=36)
    warning_id: str | None = Field(None, max_length=36)


@query("evacuations.totals", wish=Of, needs=READ)
def totals(view: View, wish: Of) -> list[dict[str, Any]]:
    """The evacuations that are not over: why, who decided, and of the zones that the asker may see how many should go, have gone,
    refuse, were not reached, and since when that is known. For other slices."""
    wanted = sa.select(Evacuation).where(Evacuation.live, evacuation_visible(view.actor))
    for name, given in wish.model_dump().items():
        if given is not None:
            wanted = wanted.where(getattr(Evacuation, name) == given)
    rows = view.session.execute(wanted.order_by(Evacuation.id)).scalars().all()
    return [
        {"id": row.id, "number": row.number, "reason": row.reason, "decided": row.decided, "state": row.state,
         **summed(zones_of(view, row.id))}
        for row in rows
    ]  # fmt: skip


def zones_of(view: View, evacuation_id: str) -> list[EvacuatedZone]:
    """The zones of an evacuation that the asker may see, by township and name."""
    wanted = sa.select(EvacuatedZone).where(
        EvacuatedZone.evacuation_id == evacuation_id, EVACUATED.visible(view.actor)
    )
    order = (EvacuatedZone.centre, EvacuatedZone.village_code, EvacuatedZone.name, EvacuatedZone.id)
    return list(view.session.execute(wanted.order_by(*order)).scalars())


def summed(zones: Sequence[EvacuatedZone]) -> dict[str, Any]:
    """Due, done, refused, not reached, not yet gone; `as_of`: of the oldest figure that counts; `silent`: zones that said nothing."""
    told = dict.fromkeys(("people_done", "people_refused", "people_unreached"), 0)
    for row in zones:
        for name in told:
            told[name] += figures.value(row.figures, name) or 0
    times = [one["as_of"] for row in zones for name, one in row.figures.items() if name in told]
    due = sum(row.people for row in zones)
    return {
        "zones": len(zones), "due": due, **told, "left": due - told["people_done"],
        "silent": sum(1 for row in zones if "people_done" not in row.figures), "as_of": min(times, default=None),
    }  # fmt: skip
