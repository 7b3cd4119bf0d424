"""Declaring danger areas, changing and lifting them. Time never lifts one: past its end it warns on, and its centre is asked."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from shapely.geometry import shape as shaped

from command.centres.models import Centre
from command.core.access import COUNTY, centre_party, permission
from command.core.actions import AHEAD, Tx, action
from command.core.errors import Conflict, Forbidden, Invalid, NotFound
from command.core.events import on
from command.dangers.contract import (
    ChangeArea,
    DangerAreaBegun,
    DangerAreaChanged,
    DangerAreaDeclared,
    DangerAreaEvent,
    DangerAreaLifted,
    DangerAreaOut,
    DeclareArea,
    Ground,
    LiftArea,
)
from command.dangers.models import DangerArea
from command.dangers.queries import AREAS
from command.incidents.events import IncidentMoved
from command.incidents.models import Incident
from command.incidents.queries import INCIDENTS
from command.incidents.words import CLOSED_STATES
from command.places import areas
from geo.shapes import from_geojson, to_geojson
from geo.within import circle

WRITE = permission("danger.write", "declare danger areas, change and lift them", "划定、调整、解除危险区")
BEGIN, ASK = "danger_area.begin:", "danger_area.ask:"
DUE = "danger_due:"
MOST_LIVE = 300


def _urgent(payload: dict[str, Any]) -> bool:
    return True  # it warns of danger to life: taken also when the disk is nearly full


@action(
    "danger_area.declare",
    wish=DeclareArea,
    needs=WRITE,
    http="POST /danger_areas",
    status=201,
    output=DangerAreaOut,
    urgent=_urgent,
)
def declare(tx: Tx, wish: DeclareArea) -> DangerAreaOut:
    """Declare a danger area: whoever enters is warned, whoever is sent there is told before."""
    incident = _incident(tx, wish.incident_id)
    begins = wish.begins_at or tx.at
    if wish.ends_at is not None and wish.ends_at <= tx.now:
        raise Invalid("ends_at: in the future", zh="预计解除时间须在此刻之后")
    count = sa.select(sa.func.count()).select_from(DangerArea).where(DangerArea.live.is_(True))
    if tx.session.execute(count).scalar_one() >= MOST_LIVE:
        raise Conflict(
            f"There are {MOST_LIVE} danger areas: lift some", zh=f"危险区已有 {MOST_LIVE} 个，请先解除"
        )
    ground = _ground(wish)
    planned = begins > tx.now + AHEAD
    row = tx.add(
        DangerArea(
            sort=wish.sort, reason=wish.reason, advice=wish.advice, **ground, incident_id=wish.incident_id,
            centre=_home(tx, wish, ground["shape"], incident), begins_at=begins, ends_at=wish.ends_at,
            state="planned" if planned else "in_force", declared_by=tx.actor.name, declared_at=tx.at, changed_by=None,
            lifted_by=None, lifted_at=None, lifted_reason=None, live=True,
        )
    )  # fmt: skip
    promise(tx, row)
    return _say(tx, row, DangerAreaDeclared)


def promise(tx: Tx, row: DangerArea) -> None:
    """What time itself will do with an area: begin it, and ask whether it still stands."""
    if row.state == "planned":
        tx.due(row.begins_at, "danger_area.begin", {"id": row.id}, key=BEGIN + row.id)
    if row.ends_at is not None:
        tx.due(row.ends_at, "danger_area.ask", {"id": row.id}, key=ASK + row.id)


def _incident(tx: Tx, incident_id: str | None) -> Incident | None:
    """The incident that the area belongs to, which the actor must see."""
    if incident_id is None:
        return None
    try:
        row = tx.find(INCIDENTS, incident_id)
    except NotFound:
        raise Invalid("incident_id: there is no such incident", zh="没有这起事件") from None
    if not row.live:
        raise Conflict("The incident is over: declare it for a centre", zh="事件已结束：请以单位名义划定")
    return row


def _ground(wish: Ground) -> dict[str, Any]:
    """Shape, point and radius as they are kept."""
    if wish.point is not None and wish.radius_m is not None:
        lon, lat = wish.point.coordinates
        drawn = to_geojson(circle(lon, lat, wish.radius_m))
        return {"shape": drawn, "point": wish.point.model_dump(), "radius_m": wish.radius_m}
    return {"shape": to_geojson(from_geojson(wish.shape)), "point": None, "radius_m": None}


def _home(tx: Tx, wish: DeclareArea, drawn: dict[str, Any], incident: Incident | None) -> str:
    """Whose area it is: its incident's, else the township's in whose official area it lies, else of the one who declares."""
    inside = shaped(drawn).representative_point()
    owner = areas.official_at(tx.session, inside.x, inside.y)
    mine = tx.actor.centre
    if wish.centre is not None:
        centre = wish.centre
    elif incident is not None:
        centre = incident.centre if tx.actor.covers(incident.centre) else mine
    else:
        centre = owner if owner and tx.actor.county else mine
    if tx.session.get(Centre, centre) is None:
        raise Invalid("centre: there is no such centre", zh="没有这个单位")
    foreign = owner is not None and not tx.actor.covers(owner) and incident is None
    if foreign or not (tx.actor.covers(centre) or centre == mine):
        raise Forbidden(
            "Another centre's ground: ask it, or the county", zh="属其他单位辖区：请其划定或报县里"
        )
    return centre


def _own(tx: Tx, row: DangerArea) -> None:
    if not (tx.actor.covers(row.centre) or tx.actor.centre == row.centre):
        raise Forbidden(
            "Another centre declared it: ask it, or the county", zh="由其他单位划定：请其处理或报县里"
        )
    if not row.live:
        raise Conflict(f"{row.lifted_by} lifted it already", zh=f"{row.lifted_by} 已解除")


@action(
    "danger_area.change",
    wish=ChangeArea,
    needs=WRITE,
    target="danger_area",
    http="PATCH /danger_areas/{id}",
    output=DangerAreaOut,
    version="required",
    urgent=_urgent,
)
def change(tx: Tx, row: DangerArea, wish: ChangeArea) -> DangerAreaOut:
    """Draw a danger area otherwise, or say another sort, reason, advice or end of it."""
    _own(tx, row)
    if wish.shape is not None or wish.point is not None:
        for name, value in _ground(wish).items():
            setattr(row, name, value)
    for name in ("sort", "reason", "advice"):
        if (value := getattr(wish, name)) is not None:
            setattr(row, name, value)
    if wish.ends_at is not None:
        if wish.ends_at <= max(tx.now, row.begins_at):
            raise Invalid("ends_at: in the future", zh="预计解除时间须在此刻之后")
        row.ends_at = wish.ends_at
        tx.call_off(ASK + row.id)
        tx.due(row.ends_at, "danger_area.ask", {"id": row.id}, key=ASK + row.id)
        tx.act("alarm.clear", {"cause": DUE + row.id}, as_system=True)
    row.changed_by = tx.actor.name
    tx.touch(row)
    return _say(tx, row, DangerAreaChanged)


@action(
    "danger_area.lift",
    wish=LiftArea,
    needs=WRITE,
    target="danger_area",
    http="POST /danger_areas/{id}/lift",
    output=DangerAreaOut,
)
def lift(tx: Tx, row: DangerArea, wish: LiftArea) -> DangerAreaOut:
    """Say by name that a danger area is safe again."""
    _own(tx, row)
    tx.call_off(BEGIN + row.id, ASK + row.id)
    row.state, row.live = "lifted", False
    row.lifted_by, row.lifted_at, row.lifted_reason = tx.actor.name, tx.at, wish.reason
    tx.touch(row)
    tx.act("alarm.clear", {"cause": DUE + row.id}, as_system=True)
    return _say(tx, row, DangerAreaLifted)


@action("danger_area.begin", target="danger_area", inner=True, output=DangerAreaOut)
def begin(tx: Tx, row: DangerArea, wish: object) -> DangerAreaOut:
    """Its time has come."""
    if row.state != "planned":
        return tx.show(AREAS, row)
    tx.call_off(BEGIN + row.id)
    row.state = "in_force"
    tx.touch(row)
    return _say(tx, row, DangerAreaBegun)


@action("danger_area.ask", target="danger_area", inner=True, output=DangerAreaOut)
def ask(tx: Tx, row: DangerArea, wish: object) -> DangerAreaOut:
    """Its time is over: it still warns, and its centre is asked to lift it or to say how long it lasts."""
    if row.live:
        _ask(tx, row, ("危险区已到预计时间", "A danger area is past its time"))
    return tx.show(AREAS, row)


@on(IncidentMoved)
def incident_ended(tx: Tx, event: IncidentMoved) -> None:
    """The incident is over, its danger areas are not: somebody looks, and lifts them by name."""
    if event.record.state not in (*CLOSED_STATES, "response_ended"):
        return
    left = sa.select(DangerArea).where(DangerArea.live, DangerArea.incident_id == event.record.id)
    for row in tx.session.execute(left.order_by(DangerArea.id)).scalars():
        _ask(tx, row, ("事件已结束，危险区仍在", "The incident is over, its danger area stands"))


def _ask(tx: Tx, row: DangerArea, title: tuple[str, str]) -> None:
    zh, en = tx.show(AREAS, row).says()
    tx.act(
        "alarm.raise",
        {
            "cause": DUE + row.id,
            "rank": 2,
            "title": {"zh": title[0], "en": title[1]},
            "detail": {"zh": f"{zh}・请解除或延长", "en": f"{en}: lift it or say how long it lasts"},
            "incident_id": row.incident_id,
            "centre": row.centre,
            "parties": sorted({COUNTY, centre_party(row.centre)}),
        },
        as_system=True,
    )


def _say(tx: Tx, row: DangerArea, event: type[DangerAreaEvent]) -> DangerAreaOut:
    shown = tx.show(AREAS, row)
    tx.say(event(record=shown))
    return shown
