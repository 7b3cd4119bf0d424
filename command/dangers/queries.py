"""Reading danger areas: who may see them, which are in force now, which a way or a place meets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from pydantic import Field
from shapely.geometry import shape as shaped
from sqlalchemy.orm import Session

from command.core.access import Actor, permission
from command.core.live.topics import may_hear
from command.core.queries import Nothing, View, Wish, query
from command.core.records import NOBODY, Criterion, RecordType, public, record
from command.dangers.contract import TOPIC, DangerAreaOut
from command.dangers.models import DangerArea
from geo.within import Areas

READ = permission("danger.read", "see danger areas", "查看危险区")


def _visible(actor: Actor) -> Criterion:
    """A danger is no secret of a township: whoever may come near must know it."""
    return sa.true() if actor.may(READ) else NOBODY


def _in_topic(topic: str) -> Criterion | None:
    if topic.startswith("incident:"):
        return sa.and_(DangerArea.live, DangerArea.incident_id == topic.removeprefix("incident:"))
    return DangerArea.live.is_(True) if topic == TOPIC else None


def _show(session: Session, rows: Sequence[DangerArea]) -> list[DangerAreaOut]:
    return [public(DangerAreaOut, row) for row in rows]


AREAS = record(
    RecordType(
        "danger_area",
        DangerArea,
        DangerAreaOut,
        _show,
        visible=_visible,
        in_topic=_in_topic,
        path="danger_areas",
        needs=READ,
        order=(DangerArea.id,),
        filters={
            "state": lambda v: DangerArea.state.in_(v.split(",")),
            "sort": lambda v: DangerArea.sort.in_(v.split(",")),
            "centre": lambda v: DangerArea.centre == v,
            "incident_id": lambda v: DangerArea.incident_id == v,
            "live": lambda v: DangerArea.live == (v in ("true", "1")),
        },
    )
)


@may_hear
def _dangers(session: Session, actor: Actor, topic: str) -> bool:
    return topic == TOPIC and actor.may(READ)


def in_force(session: Session) -> list[DangerArea]:
    """The danger areas in force now, in the session's world."""
    wanted = sa.select(DangerArea).where(DangerArea.live.is_(True), DangerArea.state == "in_force")
    return list(session.execute(wanted.order_by(DangerArea.id)).scalars())


class Met(Wish):
    """Ways or places as GeoJSON geometries."""

    shapes: list[dict[str, Any]] = Field(max_length=200)


@query("dangers.met", wish=Met, needs=READ)
def met(view: View, wish: Met) -> list[list[dict[str, Any]]]:
    """For each of these, the danger areas in force that it touches: id, sort, and what it is in words. For other slices."""
    rows = in_force(view.session) if wish.shapes else []
    areas = Areas([shaped(row.shape) for row in rows])
    return [[_told(rows[place]) for place in areas.met(shaped(one))] for one in wish.shapes]


@query("dangers.shapes", needs=READ)
def shapes(view: View, wish: Nothing) -> list[dict[str, Any]]:
    """Where the danger areas in force are: id, version, shape. For other slices."""
    return [{"id": row.id, "version": row.version, "shape": row.shape} for row in in_force(view.session)]


def _told(row: DangerArea) -> dict[str, Any]:
    zh, en = public(DangerAreaOut, row).says()
    return {"id": row.id, "sort": row.sort, "say": {"zh": zh, "en": en}}
