"""Keeping the rota: planning a shift, changing and dropping it, copying a week; the gap that follows from it is said in time."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from command.centres.models import Centre
from command.centres.queries import CENTRES
from command.core import clock
from command.core.access import permission
from command.core.actions import Tx, action
from command.core.errors import Conflict, Forbidden, Invalid, NotFound
from command.core.faults import Wrong
from command.duty.contract import (
    CopyWeek,
    DutyOut,
    EditShift,
    PlanShift,
    ShiftDropped,
    ShiftEdited,
    ShiftPlanned,
    WeekOut,
    check_span,
)
from command.duty.gaps import promise_gap
from command.duty.models import Duty
from command.duty.queries import SHIFTS, shifts_of
from command.duty.shifts import add, end, say
from command.duty.turning import turn

WRITE = permission(
    "duty.write", "keep the rota of one's own centre, the county's any", "排班、调班、撤销排班"
)
OLDEST = timedelta(days=1)
FARTHEST = timedelta(days=400)
AWAY = {"planned", "near"}


def centre_of(tx: Tx, code: str | None) -> Centre:
    """The centre whose duty is written, locked so that two plans of one time cannot both pass; it must be the actor's."""
    asked = code or tx.actor.centre
    try:
        row = tx.find(CENTRES, asked)
    except NotFound:
        raise Invalid("centre: there is no such centre", zh="没有这个单位") from None
    if not (tx.actor.covers(asked) or asked == tx.actor.centre):
        raise Forbidden("Another centre's duty: it keeps its own rota", zh="属其他单位，由其自行排班")
    return row


def _overlapping(tx: Tx, centre: str, begins: datetime, ends: datetime, but: str = "") -> Duty | None:
    met = sa.select(Duty).where(
        Duty.live, Duty.centre == centre, Duty.begins_at < ends, Duty.ends_at > begins, Duty.id != but
    )
    return tx.session.execute(met.order_by(Duty.begins_at).limit(1)).scalar_one_or_none()


def _check_free(tx: Tx, centre: str, begins: datetime, ends: datetime, but: str = "") -> None:
    other = _overlapping(tx, centre, begins, ends, but)
    if other is not None:
        since, until = (clock.stamp(one)[5:16] for one in (other.begins_at, other.ends_at))
        raise Conflict(
            f"There is a shift from {since} to {until}: change that one",
            zh=f"{since} 至 {until} 已有排班，请改那一班",
        )


def _make_room(tx: Tx, centre: str, begins: datetime, ends: datetime, but: str = "") -> None:
    """The demo's invented shifts give way to people's: none answers, or waits to, beside one of theirs that has begun."""
    for row in shifts_of(tx.session, centre):
        met = row.begins_at < ends and row.ends_at > begins
        if not row.synthetic or row.id == but:
            continue
        if begins <= tx.now and row.begins_at <= tx.now and row.state == "on":
            end(tx, row)
        elif row.state in AWAY and (met or max(begins, row.begins_at) <= tx.now):
            _drop(tx, row)
        elif met:
            row.ends_at = begins
            tx.touch(row)
            say(tx, row, ShiftEdited)


@action("duty.plan", wish=PlanShift, needs=WRITE, http="POST /duty", status=201, output=DutyOut)
def plan(tx: Tx, wish: PlanShift) -> DutyOut:
    """Put a shift on a centre's rota."""
    centre = centre_of(tx, wish.centre)
    if not tx.now - OLDEST <= wish.ends_at <= tx.now + FARTHEST:
        raise Invalid("ends_at: not over, within a year", zh="班次不能早已结束，也不能超过一年以后")
    _make_room(tx, centre.id, wish.begins_at, wish.ends_at)
    _check_free(tx, centre.id, wish.begins_at, wish.ends_at)
    row = add(
        tx, centre.id, wish.begins_at, wish.ends_at, [one.model_dump() for one in wish.people], wish.note
    )
    say(tx, row, ShiftPlanned)
    turn(tx, centre.id)
    promise_gap(tx, centre.id)
    return tx.show(SHIFTS, row)


@action(
    "duty.edit",
    wish=EditShift,
    needs=WRITE,
    target="duty",
    http="PATCH /duty/{id}",
    output=DutyOut,
    version="required",
)
def edit(tx: Tx, row: Duty, wish: EditShift) -> DutyOut:
    """Change a shift: who, or when while it has not begun."""
    centre_of(tx, row.centre)
    if not row.live:
        raise Conflict("This shift is over", zh="这一班已结束")
    begins, ends = wish.begins_at or row.begins_at, wish.ends_at or row.ends_at
    if row.state == "on" and begins != row.begins_at:
        raise Conflict("It has begun: change its people or its end", zh="已接班，只能改人员和下班时间")
    _span(begins, ends)
    _make_room(tx, row.centre, begins, ends, row.id)
    _check_free(tx, row.centre, begins, ends, row.id)
    row.begins_at, row.ends_at, row.synthetic = begins, ends, False
    if wish.people is not None:
        row.people = [one.model_dump() for one in wish.people]
    if wish.note is not None:
        row.note = wish.note or None
    tx.touch(row)
    say(tx, row, ShiftEdited)
    turn(tx, row.centre)
    promise_gap(tx, row.centre)
    return tx.show(SHIFTS, row)


def _span(begins: datetime, ends: datetime) -> None:
    try:
        check_span(begins, ends)
    except Wrong as wrong:
        raise Invalid(str(wrong), zh=wrong.zh) from None


@action("duty.drop", needs=WRITE, target="duty", http="POST /duty/{id}/drop", output=DutyOut)
def drop(tx: Tx, row: Duty, wish: object) -> DutyOut:
    """Take a shift off the rota before it has begun."""
    centre_of(tx, row.centre)
    if row.state not in AWAY:
        raise Conflict("It has begun: it ends by its handover", zh="已接班，由交接班结束")
    _drop(tx, row)
    turn(tx, row.centre)
    promise_gap(tx, row.centre)
    return tx.show(SHIFTS, row)


def _drop(tx: Tx, row: Duty) -> None:
    row.state, row.live = "dropped", False
    tx.touch(row)
    say(tx, row, ShiftDropped)


@action("duty.copy_week", wish=CopyWeek, needs=WRITE, http="POST /duty/copy-week", status=201, output=WeekOut)
def copy_week(tx: Tx, wish: CopyWeek) -> WeekOut:
    """Plan a week as another was planned, at the same hours of the same weekdays."""
    centre = centre_of(tx, wish.centre)
    since, until = (_local_midnight(wish.week, days) for days in (0, 7))
    moved = _local_midnight(wish.to, 0) - since
    if _local_midnight(wish.to, 7) > tx.now + FARTHEST:
        raise Invalid("to: within a year", zh="只能排一年以内的班")
    of_week = sa.select(Duty).where(
        Duty.centre == centre.id, Duty.state != "dropped", Duty.begins_at >= since, Duty.begins_at < until
    )
    made: list[Duty] = []
    left = 0
    for old in list(tx.session.execute(of_week.order_by(Duty.begins_at, Duty.id)).scalars()):
        begins, ends = old.begins_at + moved, old.ends_at + moved
        if ends <= tx.now or _overlapping(tx, centre.id, begins, ends) is not None:
            left += 1
            continue
        row = add(tx, centre.id, begins, ends, list(old.people), old.note, synthetic=old.synthetic)
        say(tx, row, ShiftPlanned)
        made.append(row)
    turn(tx, centre.id)
    promise_gap(tx, centre.id)
    return WeekOut(items=[tx.show(SHIFTS, one) for one in made], left=left)


def _local_midnight(day: Any, days: int) -> datetime:
    return datetime.combine(day + timedelta(days=days), time(), clock.LOCAL)
