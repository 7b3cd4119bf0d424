"""Reading alarms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.orm import Session

from command.alarms.contract import AlarmOut
from command.alarms.models import Alarm
from command.core.access import COUNTY, Actor, audiences, heard_by
from command.core.queries import View, Wish, query
from command.core.records import Criterion, RecordType, public, record
from command.core.sight import own_party


def show_alarms(session: Session, rows: Sequence[Alarm]) -> list[AlarmOut]:
    """Alarms as the public sees them."""
    heard = audiences(session, "alarm", [row.id for row in rows])
    return [public(AlarmOut, row, audience=heard[row.id]) for row in rows]


def alarm_visible(actor: Actor) -> Criterion:
    """SQL: the actor is in the alarm's audience."""
    return sa.true() if actor.system else heard_by("alarm", Alarm.id, actor.parties)


def _topic(topic: str) -> Any:
    if topic.startswith("incident:"):
        return sa.and_(Alarm.live, Alarm.incident_id == topic.removeprefix("incident:"))
    if topic == COUNTY or topic.startswith(("centre:", "team:")):
        return sa.and_(Alarm.live, heard_by("alarm", Alarm.id, [topic]))
    return None


ALARMS = record(
    RecordType(
        "alarm",
        Alarm,
        AlarmOut,
        show_alarms,
        visible=alarm_visible,
        in_topic=_topic,
        path="alarms",
        needs="alarm.read",
        order=(Alarm.id,),
        to_team=lambda record, parties: {"audience": own_party(record, parties)},
        filters={
            "live": lambda v: Alarm.live == (v in ("true", "1")),
            "incident_id": lambda v: Alarm.incident_id == v,
        },
    )
)


class OfCause(Wish):
    """Causes that begin alike."""

    prefix: str = Field(min_length=4, max_length=120)


@query("alarms.standing", wish=OfCause, needs="alarm.read")
def standing(view: View, wish: OfCause) -> dict[str, dict[str, Any]]:
    """The live alarms of such causes that the asker may see: cause → what it says. For who raises them, to say nothing twice."""
    begun = Alarm.cause.startswith(wish.prefix, autoescape=True)
    rows = view.session.execute(sa.select(Alarm).where(Alarm.live, begun, alarm_visible(view.actor)))
    return {row.cause: {"title": row.title, "detail": row.detail} for row in rows.scalars()}
