"""Reading road nets and closures."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core.access import Actor, permission
from command.core.live.topics import may_hear
from command.core.records import NOBODY, Criterion, RecordType, public, record
from command.roads.contract import TOPIC, ClosureOut, RoadNetOut
from command.roads.models import Closure, RoadNet

READ = permission("road.read", "see roads, what is closed, and ways over them")


def _visible(actor: Actor) -> Criterion:
    """A closed road is no secret of a township: who drives must know it."""
    return sa.true() if actor.may(READ) else NOBODY


def _show_nets(session: Session, rows: Sequence[RoadNet]) -> list[RoadNetOut]:
    return [public(RoadNetOut, row) for row in rows]


def _show_closures(session: Session, rows: Sequence[Closure]) -> list[ClosureOut]:
    return [public(ClosureOut, row) for row in rows]


NETS = record(
    RecordType(
        "road_net",
        RoadNet,
        RoadNetOut,
        _show_nets,
        visible=_visible,
        in_topic=lambda topic: RoadNet.live.is_(True) if topic == TOPIC else None,
        path="road_nets",
        needs=READ,
        order=(RoadNet.id.desc(),),
        worldly=False,
        filters={"live": lambda v: RoadNet.live == (v == "true")},
    )
)
CLOSURES = record(
    RecordType(
        "closure",
        Closure,
        ClosureOut,
        _show_closures,
        visible=_visible,
        in_topic=lambda topic: Closure.live.is_(True) if topic == TOPIC else None,
        path="closures",
        needs=READ,
        order=(Closure.id,),
        filters={
            "state": lambda v: Closure.state.in_(v.split(",")),
            "cause": lambda v: Closure.cause.in_(v.split(",")),
            "centre": lambda v: Closure.centre == v,
            "live": lambda v: Closure.live == (v == "true"),
        },
    )
)


@may_hear
def _roads(session: Session, actor: Actor, topic: str) -> bool:
    return topic == TOPIC and actor.may(READ)


def net_in_force(session: Session) -> RoadNet | None:
    """The road net that ways are found on now."""
    return session.execute(sa.select(RoadNet).where(RoadNet.live.is_(True))).scalars().first()


def closed_now(session: Session) -> list[Closure]:
    """What is closed now, in the session's world."""
    query = sa.select(Closure).where(Closure.live.is_(True), Closure.state == "closed").order_by(Closure.id)
    return list(session.execute(query).scalars())
