"""Asking a leader, deciding, and the word that was spoken: it acts at once, whose it was confirms it or says that it was not so.

What was decided stays; who thinks otherwise afterwards asks anew."""

from __future__ import annotations

from datetime import timedelta

from command.centres.models import Centre
from command.core import approving, clock
from command.core.access import permission, set_audience
from command.core.actions import AHEAD, Tx, action
from command.core.approving import Dispute
from command.core.errors import Conflict, Forbidden, Invalid, NotFound
from command.core.numbering import next_number
from command.decisions.contract import (
    AskDecision,
    Decide,
    DecisionAsked,
    DecisionConfirmed,
    DecisionDisputed,
    DecisionEvent,
    DecisionLate,
    DecisionMade,
    DecisionOut,
    DecisionRetracted,
    DecisionWithdrawn,
    LeaderDecided,
    Retract,
    Withdraw,
)
from command.decisions.models import Decision
from command.decisions.queries import DECISIONS, READ, heard
from command.decisions.words import DECISION_FLOW
from command.incidents.models import Incident
from command.incidents.queries import INCIDENTS

ASK = permission("decision.ask", "ask a leader to decide, take the question back", "向领导请示、撤回请示")
DECIDE = permission(
    "decision.decide", "decide what is asked, confirm one's spoken word", "决定请示事项，确认口头决定"
)
RECORD = permission("decision.record", "record a leader's spoken decision (代录)", "代录领导口头决定")
LOOK, LATE = "decision.look", "decision_late:"
MARK = "QS"
MINUTES = 30
BACK = timedelta(minutes=MINUTES)
"""Long enough for a slip of the thumb that is noticed late; what others have acted on for an hour is asked anew."""


def said(tx: Tx, row: Decision, event: type[DecisionEvent], **more: object) -> DecisionOut:
    """Tell what became of it."""
    shown = tx.show(DECISIONS, row)
    tx.say(event(record=shown, said=more))
    return shown


@action("decision.ask", wish=AskDecision, needs=ASK, http="POST /decisions", status=201, output=DecisionOut)
def ask(tx: Tx, wish: AskDecision) -> DecisionOut:
    """Ask a leader: what, on which grounds, between what, by when."""
    own = tx.actor.centre[:9]
    if len(set(wish.options)) < len(wish.options):
        raise Invalid("options: each once", zh="备选方案不能重复")
    incident, house = _incident(tx, wish.incident_id), tx.session.get(Centre, own)
    row = tx.add(
        Decision(
            number=next_number(tx, MARK, own), centre=tx.node[:6] if wish.of == "county" else own, from_centre=own,
            from_name=house.name if house else own, incident_id=incident and incident.id,
            incident_title=incident and incident.title, question=wish.question, grounds=wish.grounds,
            options=[{"code": str(n), "text": text} for n, text in enumerate(wish.options, 1)], asked_by=tx.actor.name,
            asked_at=tx.at, due_at=tx.now + timedelta(minutes=wish.within_min) if wish.within_min else None, late=None,
            state="asked", chosen=None, reason=None, approval=None, decided_at=None, withdrawn=None, live=True,
        )
    )  # fmt: skip
    set_audience(tx.session, "decision", row.id, heard(row, tx.node), fresh=True)
    if row.due_at is not None:
        tx.due(row.due_at, LOOK, {"id": row.id}, key=f"{LOOK}:{row.id}")
    tx.session.flush()
    return said(tx, row, DecisionAsked)


def _incident(tx: Tx, incident_id: str | None) -> Incident | None:
    if incident_id is None:
        return None
    try:
        return tx.find(INCIDENTS, incident_id)
    except NotFound:
        raise Invalid("incident_id: there is no such incident", zh="没有这起事件") from None


def _open(row: Decision) -> None:
    if row.state != "asked":
        raise Conflict(
            f"It is {DECISION_FLOW.en[row.state].lower()} already: ask anew",
            zh=f"该请示{DECISION_FLOW.zh[row.state]}；如有新情况请另行请示",
        )


def _own(tx: Tx, row: Decision) -> None:
    if tx.actor.centre[:9] != row.centre:
        raise Forbidden("Another house's leader is asked", zh="请示的是其他单位的领导")


@action("decision.decide", wish=Decide, needs=READ, target="decision", http="POST /decisions/{id}/decide", output=DecisionOut)  # fmt: skip
def decide(tx: Tx, row: Decision, wish: Decide) -> DecisionOut:
    """Choose an option: the leader by own hand, or the duty officer for whose word it was. It holds at once."""
    tx.actor.need(RECORD if wish.spoken else DECIDE)
    _own(tx, row)
    _open(row)
    if wish.option not in {one["code"] for one in row.options}:
        raise Invalid("option: one of those that were asked", zh="请从备选方案中选定一项")
    if wish.at is not None and wish.at > tx.received_at + AHEAD:
        raise Invalid(
            "at: more than two minutes ahead of the server's clock", zh="时间超前服务器时钟两分钟以上"
        )
    post = wish.spoken.post if wish.spoken else tx.actor.name
    row.state, row.chosen, row.reason = "decided", wish.option, wish.reason
    row.decided_at = min(wish.at or tx.at, tx.received_at)
    row.approval = approving.approval(tx, post, wish.spoken, what=wish.option)
    row.live = approving.unconfirmed(row.approval)
    _over(tx, row)
    tx.touch(row)
    shown = said(tx, row, DecisionMade)
    _on_the_timeline(tx, row, DecisionMade(record=shown).text())
    return shown


def _on_the_timeline(tx: Tx, row: Decision, words: dict[str, str]) -> None:
    """The incident's own timeline says what was decided of it; a merged one's goes on where it went."""
    if row.incident_id is None:
        return
    incident = tx.session.get(Incident, (tx.world, row.incident_id))
    if incident is not None:
        tx.say(
            LeaderDecided(record=tx.show(INCIDENTS, incident), said={"zh": words["zh"], "en": words["en"]})
        )


@action(
    "decision.retract", wish=Retract, needs=DECIDE, target="decision", http="POST /decisions/{id}/retract", output=DecisionOut
)  # fmt: skip
def retract(tx: Tx, row: Decision, wish: Retract) -> DecisionOut:
    """撤回: who decided by own hand takes it back soon after, with a reason; the question waits again. What was done of it stays done."""
    _own(tx, row)
    given = row.approval
    if row.state != "decided" or given is None or given["spoken"] or given["by"] != tx.actor.name:
        raise Conflict("Nothing that you decided by your own hand", zh="没有本人决定、可撤回的事项")
    if row.decided_at is None or tx.now > row.decided_at + BACK:
        raise Conflict(
            f"Only within {MINUTES} minutes: ask anew", zh=f"超过 {MINUTES} 分钟不能撤回：请另行请示"
        )
    choice = next(one["text"] for one in row.options if one["code"] == row.chosen)
    row.state, row.chosen, row.reason, row.approval, row.decided_at, row.live = (
        "asked",
        None,
        None,
        None,
        None,
        True,
    )
    if row.due_at is not None and row.due_at > tx.now and row.late is None:
        tx.due(row.due_at, LOOK, {"id": row.id}, key=f"{LOOK}:{row.id}")
    tx.touch(row)
    shown = said(tx, row, DecisionRetracted, choice=choice, reason=wish.reason)
    words = DecisionRetracted(record=shown, said={"choice": choice, "reason": wish.reason}).text()
    _on_the_timeline(tx, row, words)
    return shown


def _over(tx: Tx, row: Decision) -> None:
    tx.call_off(f"{LOOK}:{row.id}")
    tx.act("alarm.clear", {"cause": LATE + row.id}, as_system=True)


@action("decision.confirm", needs=DECIDE, target="decision", http="POST /decisions/{id}/confirm", output=DecisionOut)  # fmt: skip
def confirm(tx: Tx, row: Decision, wish: object) -> DecisionOut:
    """是我说的: the leader confirms what was recorded; it changes nothing of what holds."""
    _waits(tx, row)
    row.approval, row.live = approving.confirmed(tx, row.approval or {}), False
    approving.settled(tx, ("decision", row.id))
    tx.touch(row)
    return said(tx, row, DecisionConfirmed, by=tx.actor.name)


@action(
    "decision.dispute", wish=Dispute, needs=DECIDE, target="decision", http="POST /decisions/{id}/dispute", output=DecisionOut
)  # fmt: skip
def dispute(tx: Tx, row: Decision, wish: Dispute) -> DecisionOut:
    """有出入: the leader says that it was not so; the duty office is called, what was done stays until somebody changes it."""
    _waits(tx, row)
    row.approval = approving.disputed(tx, row.approval or {}, wish)
    approving.call_office(tx, ("decision", row.id), row.centre, (row.question, row.question), wish.text)
    tx.touch(row)
    return said(tx, row, DecisionDisputed, by=tx.actor.name)


def _waits(tx: Tx, row: Decision) -> None:
    _own(tx, row)
    if not approving.unconfirmed(row.approval):
        raise Conflict("No spoken word waits here", zh="没有待确认的口头决定")


@action(
    "decision.withdraw", wish=Withdraw, needs=ASK, target="decision", http="POST /decisions/{id}/withdraw", output=DecisionOut
)  # fmt: skip
def withdraw(tx: Tx, row: Decision, wish: Withdraw) -> DecisionOut:
    """The question is no longer asked."""
    if tx.actor.centre[:9] != row.from_centre:
        raise Forbidden("Who asked takes it back", zh="由请示单位撤回")
    _open(row)
    row.state, row.live = "withdrawn", False
    row.withdrawn = {"by": tx.actor.name, "at": clock.wire(tx.at), "reason": wish.reason}
    _over(tx, row)
    tx.touch(row)
    return said(tx, row, DecisionWithdrawn)


@action(LOOK, target="decision", inner=True, output=DecisionOut)
def look(tx: Tx, row: Decision, wish: object) -> DecisionOut:
    """It was needed by now: once, who asked and whose leader was asked are told. Time decides nothing."""
    if row.state != "asked" or row.due_at is None or row.due_at > tx.now or row.late is not None:
        return tx.show(DECISIONS, row)
    row.late = row.due_at
    tx.touch(row)
    shown = said(tx, row, DecisionLate)
    tx.act(
        "alarm.raise",
        {
            "cause": LATE + row.id, "rank": 2, "centre": row.centre,
            "title": {"zh": f"请示超时未决：{row.question}", "en": f"Not decided in time: {row.question}"},
            "detail": {"zh": f"{row.from_name} {row.asked_by} 请示・请电话催办", "en": f"asked by {row.from_name}: ring the leader"},
            "parties": sorted(heard(row, tx.node) if row.centre == tx.node[:6] else heard(row, tx.node) - {"county"}),
        },
        as_system=True,
    )  # fmt: skip
    return shown
