"""查岗: whether a post is manned. Who acted in the last half hour is there; who works on an incident is not asked; at night nobody
is woken unless a warning is in force. Else one calm question stands on the desk, and one key answers it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.orm import Session

from command.centres.models import Centre, User
from command.core import clock
from command.core.access import Actor, heard_by, permission
from command.core.actions import Tx, action
from command.core.errors import Conflict, Forbidden, Invalid
from command.core.journal import Entry
from command.core.queries import QUERIES, View
from command.core.records import NOBODY, Criterion, RecordType, public, record
from command.core.settings import setting
from command.duty.checks_contract import (
    AskCheck,
    CheckAsked,
    CheckEvent,
    CheckMissed,
    CheckOut,
    CheckPresent,
    CheckSpared,
)
from command.duty.contract import parties_of
from command.duty.journal import since_seq
from command.duty.matters import party_of
from command.duty.models import DutyCheck
from command.duty.queries import READ, moment, of_party, own_centres
from command.duty.shifts import name_of
from command.incidents.models import Incident
from command.incidents.words import CLOSED_STATES

CHECK = permission("duty.check", "check that a post is manned", "查岗")
ANSWER = permission("duty.present", "answer that one's post is manned", "查岗应答")
END = "duty_check.end:"
CALM = frozenset({*CLOSED_STATES, "response_ended", "recovery", "review"})
WARNINGS = "warnings.in_force"
Hour = Annotated[int, Field(ge=0, le=23)]
PROOF = setting(
    "duty.proof_min", Annotated[int, Field(ge=5, le=240)], 30,
    zh="多久以内的操作视为在岗", en="An act within this proves presence", unit="min",
)  # fmt: skip
WAIT = setting(
    "duty.check_answer_min", Annotated[int, Field(ge=3, le=240)], 15,
    zh="查岗应答时限", en="A roll-call is to be answered within", unit="min",
)  # fmt: skip
NIGHT_FROM = setting(
    "duty.night_from", Hour, 22, zh="夜间不查岗：起", en="No roll-call at night: from", unit="h"
)
NIGHT_TO = setting("duty.night_to", Hour, 7, zh="夜间不查岗：止", en="No roll-call at night: until", unit="h")


def _visible(actor: Actor) -> Criterion:
    return own_centres(DutyCheck.centre, actor) if actor.may(READ) and actor.team_id is None else NOBODY


def _in_topic(topic: str) -> Criterion | None:
    mine = of_party(DutyCheck.centre, topic)
    return None if mine is None else sa.and_(DutyCheck.live, mine)


def _show(session: Session, rows: Sequence[DutyCheck]) -> list[CheckOut]:
    return [public(CheckOut, row) for row in rows]


CHECKS = record(
    RecordType(
        "duty_check", DutyCheck, CheckOut, _show, visible=_visible, in_topic=_in_topic, path="duty_checks", needs=READ,
        order=(DutyCheck.asked_at.desc(), DutyCheck.id),
        filters={
            "centre": lambda v: DutyCheck.centre == v,
            "state": lambda v: DutyCheck.state.in_(v.split(",")),
            "live": lambda v: DutyCheck.live == (v in ("true", "1")),
            "since": lambda v: DutyCheck.asked_at >= moment("since", v),
        },
    )
)  # fmt: skip


def _say(tx: Tx, row: DutyCheck, event: type[CheckEvent]) -> CheckOut:
    shown = tx.show(CHECKS, row)
    tx.say(event(record=shown, said={"name": name_of(tx, row.centre)}))
    return shown


@action("duty.check", wish=AskCheck, needs=CHECK, http="POST /duty_checks", status=201, output=CheckOut)
def ask(tx: Tx, wish: AskCheck) -> CheckOut:
    """Check that a centre's post is manned: by what it did, or by one question."""
    if tx.session.get(Centre, wish.centre) is None:
        raise Invalid("centre: there is no such centre", zh="没有这个单位")
    if not tx.actor.county:
        raise Forbidden("The county checks", zh="由县里查岗")
    held = sa.select(DutyCheck.id).where(DutyCheck.live, DutyCheck.centre == wish.centre)
    if tx.session.execute(held).first() is not None:
        raise Conflict("It is being asked already", zh="正在查岗，等待应答")
    row = tx.add(
        DutyCheck(
            centre=wish.centre, asked_by=tx.actor.name, on_behalf=wish.on_behalf, asked_at=tx.now,
            answer_by=tx.now + timedelta(minutes=WAIT(tx.session, wish.centre)), state="asked", how=None,
            answered_by=None, answered_at=None, reason={}, live=True,
        )
    )  # fmt: skip
    spared = _spared(tx, wish.centre)
    if spared is not None:
        row.state, row.reason, row.live = "spared", {"zh": spared[0], "en": spared[1]}, False
        tx.session.flush()
        return _say(tx, row, CheckSpared)
    if _by_act(tx, row, tx.now - timedelta(minutes=PROOF(tx.session, wish.centre))):
        return _say(tx, row, CheckPresent)
    tx.due(row.answer_by, "duty_check.end", {"id": row.id}, key=END + row.id)
    return _say(tx, row, CheckAsked)


def _spared(tx: Tx, centre: str) -> tuple[str, str] | None:
    """Why nobody is asked: an open incident of theirs, or the night without a warning in force."""
    theirs = heard_by("incident", Incident.id, [party_of(centre)])
    open_ = sa.select(Incident.title).where(Incident.live, Incident.state.notin_(CALM), theirs)
    found = tx.session.execute(open_.order_by(Incident.received_at).limit(1)).scalar_one_or_none()
    if found is not None:
        return f"正在处置 {found}", f"at work on {found}"
    if _night(tx, centre) and not warned(tx, centre):
        return "夜间且无在效预警，不打扰", "night, and no warning in force: nobody is woken"
    return None


def _night(tx: Tx, centre: str) -> bool:
    hour = tx.now.astimezone(clock.LOCAL).hour
    begins, ends = NIGHT_FROM(tx.session, centre), NIGHT_TO(tx.session, centre)
    return bool(begins <= hour < ends if begins <= ends else hour >= begins or hour < ends)


def warned(view: View, centre: str) -> bool:
    """Whether a warning in force strikes a centre, of the county's desk any; where warnings are not kept, none is known."""
    found = view.ask(WARNINGS) if WARNINGS in QUERIES else []
    return any(len(centre) == 6 or centre[:9] in one["struck"] for one in found)


def _by_act(tx: Tx, row: DutyCheck, since: datetime) -> bool:
    """Whether somebody of the centre has done something since: that is an answer, and nobody need be asked."""
    people = sa.select(User.id).where(User.centre == row.centre, User.role != "wall")
    acts = sa.select(Entry.actor_name, Entry.received_at).where(
        Entry.seq > since_seq(tx.session, since), Entry.received_at >= since, Entry.actor.in_(people)
    )
    if len(row.centre) == 6:  # who asks is at the county's own desk: that proves nothing of the others
        acts = acts.where(Entry.actor != tx.actor.id)
    last = tx.session.execute(acts.order_by(Entry.seq.desc()).limit(1)).first()
    if last is None:
        return False
    _present(row, "act", last.actor_name, last.received_at)
    tx.session.flush()
    return True


def _present(row: DutyCheck, how: str, who: str, at: datetime) -> None:
    row.state, row.how, row.answered_by, row.answered_at, row.live = "present", how, who, at, False


@action(
    "duty.present", needs=ANSWER, target="duty_check", http="POST /duty_checks/{id}/present", output=CheckOut
)
def answer(tx: Tx, row: DutyCheck, wish: object) -> CheckOut:
    """Answer that one's post is manned."""
    if not (row.centre == tx.actor.centre or tx.actor.county):
        raise Forbidden("Another centre's post", zh="属其他单位")
    if row.state not in ("asked", "missed"):
        raise Conflict("It is answered already", zh="已应答")
    _present(row, "key", tx.actor.name, tx.at)
    tx.touch(row)
    tx.call_off(END + row.id)
    tx.act("alarm.clear", {"cause": END + row.id}, as_system=True)
    return _say(tx, row, CheckPresent)


@action("duty_check.end", target="duty_check", inner=True, output=CheckOut)
def ended(tx: Tx, row: DutyCheck, wish: object) -> CheckOut:
    """The time to answer is over: whoever acted meanwhile was there; else the county is told to telephone."""
    if row.state != "asked":
        return tx.show(CHECKS, row)
    tx.call_off(END + row.id)
    if _by_act(tx, row, row.asked_at):
        tx.touch(row)
        return _say(tx, row, CheckPresent)
    row.state, row.live = "missed", False
    tx.touch(row)
    shown = _say(tx, row, CheckMissed)
    _tell(tx, row)
    return shown


def _tell(tx: Tx, row: DutyCheck) -> None:
    zh, en = name_of(tx, row.centre)
    said: dict[str, Any] = {
        "cause": END + row.id,
        "rank": 3,
        "title": {"zh": f"{zh}查岗未应答", "en": f"{en}: no answer to the roll-call"},
        "detail": {"zh": "请打电话核实", "en": "ring them"},
        "centre": row.centre,
        "parties": sorted(parties_of(row.centre)),
    }
    tx.act("alarm.raise", said, as_system=True)
