"""The demo county's rota (示意): invented people of this week and the next, planned further as the weeks pass.

It gives way to people: a shift that somebody plans takes an invented one's place, and a rota whose last shift a person planned
is carried on by people alone. Invented shifts sign nothing: after its time the next one begins by itself, and no alarm is raised
(command/duty/turning.py)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from command.centres.models import Centre
from command.core import clock
from command.core.actions import Tx, action
from command.duty.contract import OfCentre, ShiftPlanned
from command.duty.gaps import promise_gap
from command.duty.models import Duty
from command.duty.queries import shifts_of
from command.duty.shifts import add, say
from command.duty.turning import turn

CARRY = "duty.invent:"
AHEAD = timedelta(days=7)
BEGINS = time(8)
NOTE = "【示意】演示排班，人员为虚构"
NAMES = "甲乙丙丁戊己庚辛壬癸"
"""Nobody of these is a person; the mark stands in each name, wherever it is shown."""


@action("duty.invent", wish=OfCentre, inner=True, output=None)
def carry_on(tx: Tx, wish: OfCentre) -> None:
    """Plan invented shifts of a day each until the end of next week, unless people keep this rota themselves."""
    shifts = shifts_of(tx.session, wish.centre)
    if not shifts or carried_on(shifts):
        centre = tx.session.get_one(Centre, wish.centre)
        begins = max([_morning(tx.now), *(one.ends_at for one in shifts)])
        end = _end_of_next_week(tx.now)
        while begins < end:
            until = _next_morning(begins)
            row = add(tx, wish.centre, begins, until, _people(begins, centre), NOTE, synthetic=True)
            say(tx, row, ShiftPlanned)
            begins = until
        turn(tx, wish.centre)
        promise_gap(tx, wish.centre)
    at = next_carry(tx.session, wish.centre)
    tx.call_off(CARRY + wish.centre)
    if at is not None:
        tx.due(at, "duty.invent", {"centre": wish.centre}, key=CARRY + wish.centre)


def carried_on(shifts: list[Duty]) -> bool:
    """Whether the rota ends with an invented shift: then nobody keeps it."""
    return bool(shifts) and max(shifts, key=lambda one: one.ends_at).synthetic


def next_carry(session: Session, centre: str) -> datetime | None:
    """When it is planned further: a week before its last invented shift ends."""
    shifts = shifts_of(session, centre)
    return max(one.ends_at for one in shifts) - AHEAD if carried_on(shifts) else None


def _local(now: datetime) -> datetime:
    return now.astimezone(clock.LOCAL)


def _morning(now: datetime) -> datetime:
    """When the shift of this moment began."""
    today = datetime.combine(_local(now).date(), BEGINS, clock.LOCAL)
    return today if today <= now else today - timedelta(days=1)


def _next_morning(begins: datetime) -> datetime:
    return _morning(begins) + timedelta(days=1)


def _end_of_next_week(now: datetime) -> datetime:
    today = _local(now).date()
    return datetime.combine(today - timedelta(days=today.weekday()) + timedelta(days=14), BEGINS, clock.LOCAL)


def _people(begins: datetime, centre: Centre) -> list[dict[str, Any]]:
    """Who has the day: a leader, a duty officer and who stands in for each, by turns; with the numbers of the office."""
    turn_of = 2 * _local(begins).toordinal() + int(centre.id[-3:])
    office = {one["label"]: one["number"] for one in centre.phones}
    room = office.get("值班室")
    lines = (("leader", 0, 1, office.get("带班领导", room)), ("officer", 4, 5, room))

    def name(place: int) -> str:
        return f"示意{NAMES[(turn_of + place) % len(NAMES)]}"

    return [
        {"role": role, "name": name(first), "number": number, "deputy": name(second), "deputy_number": number}
        for role, first, second, number in lines
    ]
