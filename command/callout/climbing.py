"""Climbing: who did not answer in time, or so many times, goes to the superior and then to the door. By a promise for each list at
the time when its next person is due; never by looking at a screen. Then the list is counted anew and its alarm follows."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.callout.contract import CalloutListOut
from command.callout.events import CalloutClimbed, ListCounted, ListEvent, PersonClimbed
from command.callout.folding import standing
from command.callout.models import CalloutList, CalloutPerson
from command.callout.queries import LISTS, PEOPLE, counted, tally
from command.callout.rules import ANSWER_MIN, SUPERIOR_MIN, TRIES
from command.core import due
from command.core.access import COUNTY, centre_party
from command.core.actions import Tx, action

CLIMB, FILL = "callout.climb", "callout.fill"
ALARM = "callout:"
UNREACHED = ("pending", "calling", "missed")


def stand(row: CalloutPerson) -> list[str]:
    """Let a person stand where the attempts put them. Nothing climbs by it."""
    now = standing(row.attempts, escalated=row.escalated_at is not None, door=row.door_at is not None)
    row.state, row.tries, row.acts, row.answered_at = now
    return []


def come_down(tx: Tx, row: CalloutPerson) -> None:
    """After a correction: who climbed by tries that were none, and still has time to answer, has not climbed."""
    until = row.listed_at + timedelta(minutes=ANSWER_MIN(tx.session, row.centre))
    if until > tx.now and standing(row.attempts).tries < TRIES(tx.session, row.centre):
        row.escalated_at = row.door_at = None


def settle(tx: Tx, row: CalloutPerson) -> list[str]:
    """Let a person stand where the attempts and the time put them, and say when they climb next. Returns how far they climbed
    just now: `superior`, `door`."""
    climbed: list[str] = []
    while True:
        stand(row)
        row.due_at, over = _due(tx, row)
        if row.due_at is None or not over:
            return climbed
        if row.state in UNREACHED and row.superior is not None:
            row.escalated_at = tx.now
            climbed.append("superior")
        else:  # nobody above, or the superior did not reach them either
            row.escalated_at, row.door_at = row.escalated_at or tx.now, tx.now
            climbed.append("door")


def _due(tx: Tx, row: CalloutPerson) -> tuple[datetime | None, bool]:
    """When a person climbs next, and whether that is now."""
    if row.state in UNREACHED:
        at = row.listed_at + timedelta(minutes=ANSWER_MIN(tx.session, row.centre))
        return at, at <= tx.now or row.tries >= TRIES(tx.session, row.centre)
    if row.state == "escalated" and row.escalated_at is not None:
        at = row.escalated_at + timedelta(minutes=SUPERIOR_MIN(tx.session, row.centre))
        return at, at <= tx.now
    return None, False


def promise(session: Session, row: CalloutList) -> None:
    """One promise for each list whose people may climb, one for each that is not filled; none for the others."""
    if row.live and row.todo:
        due.promise(
            session, row.world, row.updated_at, FILL, {"id": row.id}, f"{FILL}:{row.id}:{len(row.todo)}"
        )
    coming = session.execute(_first(row)).scalar_one_or_none() if row.live else None
    if coming is None:
        due.call_off(session, row.world, f"{CLIMB}:{row.id}")
    else:
        due.promise(session, row.world, coming, CLIMB, {"id": row.id}, f"{CLIMB}:{row.id}")


@action(CLIMB, target="callout_list", inner=True, output=CalloutListOut)
def climb(tx: Tx, row: CalloutList, wish: object) -> CalloutListOut:
    """Let those climb whose time came first; those who were listed later come with the next promise."""
    first = (
        sa.select(sa.func.min(CalloutPerson.due_at)).where(CalloutPerson.list_id == row.id).scalar_subquery()
    )
    late = (
        sa.select(CalloutPerson)
        .where(CalloutPerson.list_id == row.id, CalloutPerson.due_at <= tx.now, CalloutPerson.due_at == first)
        .order_by(CalloutPerson.id)
        .with_for_update(skip_locked=True)  # who is being worked just now climbs with what came of it
    )
    steps: list[str] = []
    for one in tx.session.execute(late).scalars().all() if row.live else ():
        if gone := settle(tx, one):
            steps += gone
            tx.touch(one)
            tx.say(PersonClimbed(record=tx.show(PEOPLE, one)))
    if not steps:
        promise(tx.session, row)
        return tx.show(LISTS, row)
    return recount(tx, row, steps)


class Before(NamedTuple):
    """Where a person stood before an entry: among whom they were counted, when they climbed next."""

    tally: list[str]
    due_at: datetime | None


def before(row: CalloutPerson) -> Before:
    """Where a person stands now."""
    return Before(tally(row.state, row.differs, row.acts), row.due_at)


def moved(tx: Tx, row: CalloutList, one: CalloutPerson, was: Before, climbed: list[str]) -> CalloutListOut:
    """One person of a list, which is locked, stands elsewhere: its figures change by that one, and nobody else is counted."""
    counts = dict(row.counts)
    for name in was.tally:
        counts[name] -= 1
    for name in tally(one.state, one.differs, one.acts):
        counts[name] += 1
    told = _say(tx, row, counts, climbed, ListCounted, {})
    if row.live and row.todo:
        promise(tx.session, row)
    elif row.live and one.due_at != was.due_at:
        _promise_sooner(tx.session, row, one.due_at, was.due_at)
    return told


def _promise_sooner(session: Session, row: CalloutList, now: datetime | None, was: datetime | None) -> None:
    """The promise of a list stands at the time of its next person: it moves only when it was this one's, or becomes this one's."""
    first = session.execute(_first(row)).scalar_one_or_none()
    if first is None or first == now or was is None or was < first:
        promise(session, row)


def _first(row: CalloutList) -> sa.Select[Any]:
    return sa.select(sa.func.min(CalloutPerson.due_at)).where(CalloutPerson.list_id == row.id)


def recount(
    tx: Tx, row: CalloutList, climbed: list[str], event: type[ListEvent] = ListCounted, **said: Any
) -> CalloutListOut:
    """Count a list anew and say it; its alarm stands while somebody must be fetched by the superior or at the door."""
    tx.session.flush()
    told = _say(tx, row, counted(tx.session, row.id), climbed, event, said)
    promise(tx.session, row)
    return told


def _say(
    tx: Tx, row: CalloutList, counts: dict[str, int], climbed: list[str], event: type[ListEvent], said: Any
) -> CalloutListOut:
    fetched = row.counts["escalated"] + row.counts["door"]
    row.counts = counts
    tx.touch(row)
    shown = tx.show(LISTS, row)
    if climbed:
        said = {"superior": climbed.count("superior"), "door": climbed.count("door")}
        event = CalloutClimbed
    tx.say(event(record=shown, said=said))
    if climbed:
        _alarm(tx, row)
    elif fetched and not counts["escalated"] + counts["door"]:
        quiet(tx, row)
    return shown


def hang_up(tx: Tx, row: CalloutList) -> None:
    """The call-out is over: what the machine has not dialled yet is not dialled any more."""
    rung = sa.select(CalloutPerson).where(CalloutPerson.list_id == row.id, CalloutPerson.wave.is_not(None))
    for one in tx.session.execute(rung.order_by(CalloutPerson.id)).scalars():
        if one.robo is not None and one.robo["state"] == "waiting":
            tx.act("delivery.call_off", {"about_kind": "callout_person", "about_id": one.id}, as_system=True)


def quiet(tx: Tx, row: CalloutList) -> None:
    """Nobody of a list must be fetched any more."""
    tx.act("alarm.clear", {"cause": ALARM + row.id}, as_system=True)


def _alarm(tx: Tx, row: CalloutList) -> None:
    up, door = row.counts["escalated"], row.counts["door"]
    zh = "・".join([f"升级 {up} 人"] * bool(up) + [f"须上门 {door} 人"] * bool(door))
    en = ", ".join([f"{up} to the superior"] * bool(up) + [f"{door} to the door"] * bool(door))
    heard = {COUNTY} if len(row.centre) == 6 else {COUNTY, centre_party(row.centre)}
    tx.act(
        "alarm.raise",
        {
            "cause": ALARM + row.id, "rank": 2,
            "title": {"zh": f"叫应无人应答・{row.name}", "en": f"Call-out, no answer: {row.name}"},
            "detail": {"zh": zh, "en": en}, "centre": row.centre, "parties": sorted(heard),
        },
        as_system=True,
    )  # fmt: skip
