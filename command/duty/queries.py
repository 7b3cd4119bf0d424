"""Reading the rota: who may see it, in which rooms it stands, who is on now in each centre, and until when it is covered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.centres.models import Centre
from command.core import clock
from command.core.access import COUNTY, TOWNSHIP_DIGITS, Actor, permission
from command.core.errors import Invalid
from command.core.live.topics import may_hear
from command.core.queries import Nothing, View, query
from command.core.records import NOBODY, Criterion, RecordType, public, record
from command.duty.contract import NOW_TOPIC, ROOM, DutyOut
from command.duty.models import Duty
from command.duty.words import ANSWERING

READ = permission("duty.read", "see the rota and who is on duty", "查看值班表和在岗人员")
OF_NOW = ("near", "on")
SLIP = timedelta(minutes=1)
"""Between two shifts less than this is no hole."""


def own_centres(column: Any, actor: Actor) -> Criterion:
    """SQL: a centre's duty is the actor's to see: the county all, a township its own and its villages'."""
    if actor.county:
        return sa.true()
    named = [one.removeprefix("centre:") for one in actor.parties if one.startswith("centre:")]
    mine = column.in_(named)
    if actor.team_id is None and len(actor.centre) >= TOWNSHIP_DIGITS and "-" not in actor.centre:
        return sa.or_(mine, column.startswith(actor.centre))
    return sa.and_(mine)


def of_party(column: Any, party: str) -> Criterion | None:
    """SQL: what of a centre's duty a party's topic or room holds."""
    if party == COUNTY:
        return sa.true()
    code = party.removeprefix("centre:")
    if code == party:
        return None
    villages = len(code) == TOWNSHIP_DIGITS
    return sa.or_(column == code, column.startswith(code)) if villages else sa.and_(column == code)


def _visible(actor: Actor) -> Criterion:
    if not actor.may(READ):
        return NOBODY
    return sa.or_(own_centres(Duty.centre, actor), sa.func.length(Duty.centre) == 6)


def _in_topic(topic: str) -> Criterion | None:
    if topic == NOW_TOPIC:
        return sa.and_(Duty.live, Duty.state.in_(OF_NOW), sa.func.length(Duty.centre) == 6)
    mine = of_party(Duty.centre, topic.removeprefix(ROOM))
    if mine is None:
        return None
    here = sa.and_(Duty.live, mine)
    return here if topic.startswith(ROOM) else sa.and_(here, Duty.state.in_(OF_NOW))


def _show(session: Session, rows: Sequence[Duty]) -> list[DutyOut]:
    return [public(DutyOut, row) for row in rows]


def moment(name: str, text: str) -> datetime:
    """A time in a filter, with its zone."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise Invalid(f"{name}: a time with its zone", zh=f"{name} 须为带时区的时间")
    return at


SHIFTS = record(
    RecordType(
        "duty", Duty, DutyOut, _show, visible=_visible, in_topic=_in_topic, path="duty", needs=READ,
        order=(Duty.begins_at, Duty.id),
        filters={
            "centre": lambda v: Duty.centre == v,
            "state": lambda v: Duty.state.in_(v.split(",")),
            "live": lambda v: Duty.live == (v in ("true", "1")),
            "since": lambda v: Duty.ends_at > moment("since", v),
            "until": lambda v: Duty.begins_at < moment("until", v),
        },
    )
)  # fmt: skip


@may_hear
def _rooms(session: Session, actor: Actor, topic: str) -> bool:
    """The rooms of one's own parties, and who answers at the county."""
    mine = topic.startswith(ROOM) and topic.removeprefix(ROOM) in actor.parties
    return actor.may(READ) and actor.team_id is None and (mine or topic == NOW_TOPIC)


def manned(shift: Duty) -> bool:
    """Whether somebody is named who answers."""
    return any(one["role"] in ANSWERING for one in shift.people)


def shifts_of(session: Session, centre: str) -> list[Duty]:
    """The live shifts of a centre in order."""
    wanted = sa.select(Duty).where(Duty.live, Duty.centre == centre).order_by(Duty.begins_at, Duty.id)
    return list(session.execute(wanted).scalars())


def covered_until(shifts: Iterable[Duty], now: datetime) -> datetime | None:
    """Until when one manned shift follows the other without a hole; None when nobody is meant to be there now.

    A shift that answers longer than it was meant to covers nothing: it waits for somebody who is not on the rota."""
    end: datetime | None = None
    for one in shifts:
        if manned(one) and one.ends_at > now and one.begins_at <= (end or now) + SLIP:
            end = max(end or one.ends_at, one.ends_at)
    return end


@query("duty.now", needs=READ, http="GET /duty/now", output=dict[str, Any])
def on_now(view: View, wish: Nothing) -> dict[str, Any]:
    """Each centre with its shift that answers now, the next one, and from when nobody is on the rota: the county, one's own, and
    of the county all townships and those departments that keep a rota."""
    session, actor = view.session, view.actor
    wanted = sa.select(Duty).where(Duty.live, _visible(actor)).order_by(Duty.begins_at, Duty.id)
    held: dict[str, list[Duty]] = {}
    for row in session.execute(wanted).scalars():
        held.setdefault(row.centre, []).append(row)
    listed = sa.or_(
        Centre.kind.in_(("county", "township")), Centre.id == actor.centre, Centre.id.in_(list(held))
    )
    seen = sa.or_(own_centres(Centre.id, actor), Centre.kind == "county")
    centres = session.execute(sa.select(Centre).where(listed, seen).order_by(Centre.id)).scalars()
    return {
        "items": [_of(one, held.get(one.id, []), view.now) for one in centres],
        "at": clock.wire(view.now),
    }


def _of(centre: Centre, shifts: list[Duty], now: datetime) -> dict[str, Any]:
    on = next((one for one in shifts if one.state == "on"), None)
    later = (one for one in shifts if one is not on and one.ends_at > now)
    until = covered_until(shifts, now)
    return {
        "centre": centre.id,
        "name": centre.name,
        "on": on and public(DutyOut, on).model_dump(),
        "next": next((public(DutyOut, one).model_dump() for one in later), None),
        "kept": bool(shifts),
        "covered_until": until and clock.wire(until),
        "phones": centre.phones,
    }
