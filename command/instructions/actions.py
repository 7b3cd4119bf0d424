"""Issuing instructions, giving more time, pressing a receiver (督办)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from command.centres.queries import centre as centre_of
from command.core import clock
from command.core.access import COUNTY, audience_of, centre_party, permission, set_audience
from command.core.actions import Tx, action
from command.core.errors import Conflict, Forbidden, Invalid, NotFound
from command.core.events import on
from command.core.numbering import next_number
from command.incidents.events import AudienceChanged
from command.incidents.models import Incident
from command.incidents.queries import INCIDENTS, parties
from command.instructions import clocks
from command.instructions.contract import (
    Extend,
    InstructionDrafted,
    InstructionExtended,
    InstructionIssued,
    InstructionOut,
    InstructionPassed,
    InstructionSupervised,
    IssueInstruction,
    Supervise,
)
from command.instructions.models import Instruction
from command.instructions.queries import INSTRUCTIONS
from command.instructions.words import OWED

ISSUE = permission(
    "instruction.issue", "issue instructions, verify them, take them back", "下达、核验、收回指令事项"
)
ANSWER = permission(
    "instruction.answer", "accept instructions and feed back on them", "签收、反馈、办结指令事项"
)
SUPERVISE = permission(
    "instruction.supervise", "press those who owe an instruction (督办): leaders", "督办指令事项（领导）"
)
MARK = "ZL"


def always(payload: dict[str, Any]) -> bool:
    """An order is always taken, also when the disk is nearly full."""
    return True


@action(
    "instruction.issue",
    wish=IssueInstruction,
    needs=ISSUE,
    http="POST /instructions",
    status=201,
    output=InstructionOut,
    urgent=always,
)
def issue(tx: Tx, wish: IssueInstruction) -> InstructionOut:
    """Tell a department, a township or one of its villages to do something; as a draft only the sender's house has it."""
    to = centre_of(tx.session, wish.to)
    if to is None:
        raise Invalid("to: there is no such centre", zh="没有这个单位")
    _may_instruct(tx, to.id)
    incident = _incident(tx, wish.incident_id)
    sender = centre_of(tx.session, tx.actor.centre)
    at = min(tx.at, tx.received_at)
    if wish.due_at is not None and wish.due_at <= tx.now:
        raise Invalid("due_at: in the future", zh="完成时限须在此刻之后")
    row = tx.add(
        Instruction(
            number=next_number(tx, MARK, tx.actor.centre), text=wish.text, urgency=wish.urgency,
            from_centre=tx.actor.centre, from_name=sender.name if sender else tx.actor.centre, to_centre=to.id, to_name=to.name,
            post=wish.post, incident_id=incident.id if incident else None, incident_title=incident.title if incident else None,
            response_id=wish.response_id, warning_id=wish.warning_id, action=wish.action,
            checklist=[{"text": one, "done": False, "by": None, "at": None} for one in wish.checklist],
            needs_proof=wish.needs_proof, issued_by=tx.actor.name, issued_at=None, accept_due_at=None,
            due_at=wish.due_at or (tx.now + timedelta(minutes=wish.within_min) if wish.within_min else None),
            late={"accept": None, "done": None, "accept_min": wish.accept_within_min}, supervised=[], extended=[], feedback=[],
            state="draft", times={}, steps=[], live=True,
        )
    )  # fmt: skip
    step = enter(tx, row, "draft" if wish.draft else "issued", at)
    if not wish.draft:
        start(tx, row)
    set_audience(tx.session, "instruction", row.id, audience(tx, row), fresh=True)
    tx.session.flush()
    shown = tx.show(INSTRUCTIONS, row)
    tx.say((InstructionDrafted if wish.draft else InstructionIssued)(record=shown, said={"step": step}))
    if not wish.draft:
        clocks.fresh(tx, row)
    return shown


def enter(tx: Tx, row: Instruction, state: str, at: datetime, **more: Any) -> dict[str, Any]:
    """Write a step as it is kept: by the actor's clock and as it was received. Returns it."""
    step = {
        "state": state, "at": clock.wire(at), "received_at": clock.wire(tx.received_at), "by": tx.actor.name,
        "centre": tx.actor.centre, "by_proxy": None, "reason": None, **more,
    }  # fmt: skip
    row.state = state
    row.steps = [*row.steps, step]
    row.times = {**row.times, state: clock.wire(at)}
    row.live = state not in ("verified", "cancelled")
    return step


def start(tx: Tx, row: Instruction) -> None:
    """Its clocks begin to run, anew where it goes out a second time."""
    minutes = row.late.get("accept_min") or clocks.ACCEPT_MIN[row.urgency](tx.session, row.to_centre[:9])
    row.issued_at, row.issued_by = tx.now, tx.actor.name
    row.accept_due_at = tx.now + timedelta(minutes=minutes)
    row.late = {**row.late, "accept": None}
    clocks.promise(tx.session, row)


def audience(tx: Tx, row: Instruction) -> set[str]:
    """Who may see it: the county, who gave it, and once it is out who got it and who sees its incident; never a team."""
    heard = {COUNTY, centre_party(row.from_centre)}
    if row.state != "draft":
        heard.add(centre_party(row.to_centre))
        if row.incident_id is not None:
            heard |= {one for one in parties(tx.session, row.incident_id) if not one.startswith("team:")}
    return heard - {centre_party(tx.node[:6])}


def own(tx: Tx, row: Instruction) -> None:
    """Refuse unless the actor's house gave it, or the county."""
    if not (tx.actor.covers(row.from_centre) or tx.actor.centre == row.from_centre):
        raise Forbidden("Only who gave it, or the county, may do this", zh="只有下达单位和县里可以这样做")


def _may_instruct(tx: Tx, to: str) -> None:
    """The county instructs all; a township itself and its villages; a superior is asked, not instructed."""
    mine = tx.actor.centre
    if tx.actor.county or to == mine or (len(mine) == 9 and to.startswith(mine)):
        return
    raise Forbidden(
        "You may instruct your own house and those below it: ask the county",
        zh="只能向本单位及下级下达：请报县里",
    )


def _incident(tx: Tx, incident_id: str | None) -> Incident | None:
    if incident_id is None:
        return None
    try:
        return tx.find(INCIDENTS, incident_id)
    except NotFound:
        raise Invalid("incident_id: there is no such incident", zh="没有这起事件") from None


@action(
    "instruction.extend",
    wish=Extend,
    needs=ISSUE,
    target="instruction",
    http="POST /instructions/{id}/extend",
    output=InstructionOut,
)
def extend(tx: Tx, row: Instruction, wish: Extend) -> InstructionOut:
    """Give more time, with a reason. A mark that it was late stays: more time afterwards is no time kept."""
    own(tx, row)
    if row.state not in OWED:
        raise Conflict("It is no longer owed", zh="该指令已不在办理中")
    if wish.due_at <= tx.now:
        raise Invalid("due_at: in the future", zh="完成时限须在此刻之后")
    given = {
        "from": clock.wire(row.due_at) if row.due_at else None, "to": clock.wire(wish.due_at), "reason": wish.reason,
        "by": tx.actor.name, "at": clock.wire(tx.at),
    }  # fmt: skip
    row.extended, row.due_at = [*row.extended, given], wish.due_at
    clocks.clear(tx, row, clocks.OVERDUE)
    clocks.promise(tx.session, row)
    return told(tx, row, InstructionExtended, hm=clock.hm(wish.due_at))


@action(
    "instruction.supervise",
    wish=Supervise,
    needs=SUPERVISE,
    target="instruction",
    http="POST /instructions/{id}/supervise",
    output=InstructionOut,
)
def supervise(tx: Tx, row: Instruction, wish: Supervise) -> InstructionOut:
    """督办: a leader presses who owes it; it sounds at the receiver's desk until they answer."""
    own(tx, row)
    if row.state not in OWED:
        raise Conflict("It is no longer owed", zh="该指令已不在办理中")
    pressed = {"text": wish.text, "by": tx.actor.name, "at": clock.wire(tx.at), "answered_at": None}
    row.supervised = [*row.supervised, pressed]
    shown = told(tx, row, InstructionSupervised)
    title = {"zh": f"领导督办・{tx.actor.name}", "en": f"Pressed by {tx.actor.name}"}
    clocks.raise_(tx, row, clocks.PRESSED, 2, title, both=False, text=f"{wish.text}：{row.text}")
    return shown


def told(tx: Tx, row: Instruction, event: Any, **said: Any) -> InstructionOut:
    """Count a change and say it."""
    tx.touch(row)
    shown = tx.show(INSTRUCTIONS, row)
    tx.say(event(record=shown, said=said))
    return shown


@on(AudienceChanged)
def follow_incident(tx: Tx, event: AudienceChanged) -> None:
    """What was ordered on an incident is seen by those who see that; who gave and who got it see it anyway."""
    gained = {one for one in event.gained if not one.startswith("team:")}
    if not gained and not event.lost:
        return
    live = sa.select(Instruction).where(Instruction.live, Instruction.incident_id == event.record.id)
    for row in tx.session.execute(live.order_by(Instruction.id)).scalars():
        if row.state == "draft":
            continue
        before = audience_of(tx.session, "instruction", row.id)
        keeps = {COUNTY, centre_party(row.from_centre), centre_party(row.to_centre)} & before
        more, less = set_audience(tx.session, "instruction", row.id, (before - event.lost) | gained | keeps)
        if more or less:
            tx.touch(row)
            tx.say(InstructionPassed(record=tx.show(INSTRUCTIONS, row), gained=more, lost=less))
