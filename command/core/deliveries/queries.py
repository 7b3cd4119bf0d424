"""Reading deliveries: those that failed or were missed are the list that a person works through."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core.access import COUNTY, Actor, audiences, heard_by, permission
from command.core.deliveries.contract import DeliveryOut
from command.core.deliveries.models import Delivery
from command.core.records import NOBODY, Criterion, RecordType, public, record

READ = permission("delivery.read", "see what became of messages")
EVERY = permission("delivery.all", "see what became of every centre's messages, to keep the gateways")


def show_deliveries(session: Session, rows: Sequence[Delivery]) -> list[DeliveryOut]:
    """Deliveries as those concerned see them."""
    heard = audiences(session, "delivery", [row.id for row in rows])
    return [public(DeliveryOut, row, audience=heard[row.id]) for row in rows]


def _visible(actor: Actor) -> Criterion:
    if actor.system or actor.may(EVERY):
        return sa.true()
    return NOBODY if actor.team_id is not None else heard_by("delivery", Delivery.id, actor.parties)


def _topic(topic: str) -> Criterion | None:
    if topic == COUNTY or topic.startswith("centre:"):
        return sa.and_(Delivery.live, heard_by("delivery", Delivery.id, [topic]))
    return None


DELIVERIES = record(
    RecordType(
        "delivery", Delivery, DeliveryOut, show_deliveries, visible=_visible, in_topic=_topic, path="deliveries",
        needs=READ, order=(Delivery.id,),
        filters={
            "state": lambda v: Delivery.state.in_(v.split(",")),
            "live": lambda v: Delivery.live == (v in ("true", "1")),
            "centre": lambda v: Delivery.centre == v,
            "about_id": lambda v: Delivery.about_id == v,
        },
    )
)  # fmt: skip
