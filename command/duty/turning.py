"""What the clock does with a rota: a shift comes near, its handover opens; where nobody answers it begins by itself; a handover
that nobody accepted is said calmly, once. One promise for each centre, for the next moment at which there is something to do."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.orm import Session

from command.core.actions import Tx, action
from command.core.settings import setting
from command.duty import handover
from command.duty.contract import OfCentre
from command.duty.handover_contract import HandoverGathered
from command.duty.models import Duty, Handover
from command.duty.queries import shifts_of
from command.duty.shifts import begin, come_near, end

TURN = "duty.turn:"
LEAD = setting(
    "duty.handover_lead_min", Annotated[int, Field(ge=0, le=720)], 30,
    zh="交接清单提前多久列出", en="A handover is listed before its time by", unit="min",
)  # fmt: skip
PATIENCE = setting(
    "duty.handover_patience_min", Annotated[int, Field(ge=5, le=720)], 30,
    zh="交接班未签收，多久后提醒", en="A handover nobody accepted is said after", unit="min",
)  # fmt: skip


def turn(tx: Tx, centre: str) -> None:
    """Do what is due at a centre, and promise the next look."""
    lead = timedelta(minutes=LEAD(tx.session, centre))
    shifts = shifts_of(tx.session, centre)
    for row in shifts:
        if row.state == "planned" and row.begins_at - lead <= tx.now:
            come_near(tx, row)
    on = next((one for one in shifts if one.state == "on"), None)
    taking = _taking(tx, shifts)
    if on is None and taking is not None and taking.begins_at <= tx.now:
        begin(tx, taking)  # nobody is there who could hand over
        on, taking = taking, _taking(tx, shifts)
    if _hand_over(tx, centre, on, taking):
        turn(tx, centre)
        return
    tx.call_off(TURN + centre)
    at = next_turn(tx.session, centre, tx.now)
    if at is not None:
        tx.due(at, "duty.turn", {"centre": centre}, key=TURN + centre)


def _taking(tx: Tx, shifts: list[Duty]) -> Duty | None:
    """The shift that is to take over: the last whose time has come, else the first that is near. One that was passed over has
    not come to it."""
    near = [one for one in shifts if one.state == "near"]
    come = [one for one in near if one.begins_at <= tx.now]
    for passed in come[:-1]:
        end(tx, passed, "lapsed")
    return come[-1] if come else near[0] if near else None


def _hand_over(tx: Tx, centre: str, on: Duty | None, taking: Duty | None) -> bool:
    """Open, correct or recall the handover. Returns whether a shift took over by it, without a signature: both are invented."""
    waiting = handover.open_at(tx.session, centre)
    if waiting is not None and (taking is None or on is None or waiting.to_id != taking.id):
        handover.lapse(tx, waiting)
        waiting = None
    if waiting is None and on is not None and taking is not None:
        handover.open_between(tx, on, taking)
    elif waiting is not None and taking is not None and waiting.due_at != taking.begins_at:
        waiting.due_at = taking.begins_at
        tx.touch(waiting)
        handover.say(tx, waiting, HandoverGathered)
    if waiting is None or waiting.reminded_at is not None or _late(tx.session, waiting) > tx.now:
        return False
    if on is not None and taking is not None and on.synthetic and taking.synthetic:
        handover.lapse(tx, waiting)
        end(tx, on)
        begin(tx, taking)
        return True
    handover.remind(tx, waiting)
    return False


def _late(session: Session, row: Handover) -> datetime:
    return row.due_at + timedelta(minutes=PATIENCE(session, row.centre))


def next_turn(session: Session, centre: str, now: datetime) -> datetime | None:
    """When there is something to do next at a centre."""
    lead = timedelta(minutes=LEAD(session, centre))
    shifts = shifts_of(session, centre)
    moments = [one.begins_at - lead for one in shifts if one.state == "planned"]
    moments += [one.begins_at for one in shifts if one.state == "near" and one.begins_at > now]
    waiting = handover.open_at(session, centre)
    if waiting is not None and waiting.reminded_at is None:
        moments.append(_late(session, waiting))
    return min(moments, default=None)


@action("duty.turn", wish=OfCentre, inner=True, output=None)
def look(tx: Tx, wish: OfCentre) -> None:
    """Its time has come: turn the rota on."""
    tx.session.execute(sa.select(Duty.id).where(Duty.live, Duty.centre == wish.centre).with_for_update())
    turn(tx, wish.centre)
