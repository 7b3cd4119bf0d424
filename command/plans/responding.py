"""Responses: proposed with the four fields, activated by who may, another level, ended; what the plan says goes out as instructions.

A person decides each step. Activation issues the plan's actions to those who answer for them, each with its clock."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from command.core import approving, clock
from command.core.access import COUNTY, centre_party, permission, set_audience
from command.core.actions import AHEAD, Tx, action
from command.core.errors import Conflict, Forbidden, Invalid, NotFound
from command.core.numbering import next_number
from command.incidents.models import Incident
from command.incidents.queries import INCIDENTS, parties
from command.plans import ladder, lasting
from command.plans.models import Plan, Response
from command.plans.queries import PLANS, READ
from command.plans.response_contract import (
    MoveResponse,
    ProposeResponse,
    ResponseConfirmed,
    ResponseDisputed,
    ResponseEvent,
    ResponseMoved,
    ResponseOut,
    ResponseProposed,
)
from command.plans.response_queries import RESPONSES
from command.plans.words import IN_FORCE, RESPONSE_FLOW, graver

PROPOSE = permission("response.propose", "propose responses", "建议启动响应")
MARK = "XY"
FOUR = {
    "matter": ("事项", "matter"),
    "level": ("级别", "level"),
    "expected_hours": ("预计期限", "expected_hours"),
    "measures": ("处置措施", "measures"),
}


@action(
    "response.propose", wish=ProposeResponse, needs=PROPOSE, http="POST /responses", status=201, output=ResponseOut
)  # fmt: skip
def propose(tx: Tx, wish: ProposeResponse) -> ResponseOut:
    """Propose a response by a plan in force; submitted with its four fields it waits for who may approve it."""
    plan = _plan(tx, wish.plan_id)
    incident = _incident(tx, wish.incident_id)
    strange = [one for one in wish.areas if not one.startswith(plan.centre)]
    if strange:
        raise Invalid(
            f"areas: not of the plan: {', '.join(strange)}", zh=f"不在预案范围：{'、'.join(strange)}"
        )
    home = [incident.centre] if incident and len(incident.centre) == 9 else []
    given = {name: getattr(wish, name) for name in FOUR}
    row = tx.add(
        Response(
            **given, number=next_number(tx, MARK, plan.centre), plan_id=plan.id, plan_title=plan.title, plan_edition=plan.edition,
            centre=plan.centre, incident_id=incident.id if incident else None, incident_title=incident.title if incident else None,
            warning_id=wish.warning_id, areas=wish.areas or home or plan.areas, reasons=wish.reasons,
            proposed_by=tx.actor.name, approvals=[], issued={}, state="suggested", times={}, steps=[], expected_until=None,
            past_due=False, live=True,
        )
    )  # fmt: skip
    if wish.submit:
        complete(row, plan)
    _enter(tx, row, "pending_approval" if wish.submit else "suggested", tx.at)
    set_audience(tx.session, "response", row.id, audience(tx, row), fresh=True)
    tx.session.flush()
    shown = tx.show(RESPONSES, row)
    tx.say(ResponseProposed(record=shown))
    return shown


@action(
    "response.transition",
    wish=MoveResponse,
    needs=READ,
    target="response",
    http="POST /responses/{id}/transition",
    output=ResponseOut,
)
def move(tx: Tx, row: Response, wish: MoveResponse) -> ResponseOut:
    """Submit, activate, change the level or term, end, or decide against it; by the plan's ladder, or its word by telephone."""
    if wish.to not in RESPONSE_FLOW.states:
        raise Invalid(
            f"to: one of {', '.join(RESPONSE_FLOW.states)}",
            zh=f"目标状态须为 {'、'.join(RESPONSE_FLOW.states)} 之一",
        )
    plan = tx.session.get_one(Plan, row.plan_id)
    before, level = row.state, row.level
    approved = _approved(tx, row, plan, wish)
    if wish.at is not None and wish.at > tx.received_at + AHEAD:
        raise Invalid(
            "at: more than two minutes ahead of the server's clock", zh="时间超前服务器时钟两分钟以上"
        )
    _listed(before, wish.to)
    for name in FOUR:
        if (value := getattr(wish, name)) is not None:
            setattr(row, name, value)
    _asked_for(row, plan, wish)
    at = min(wish.at or tx.at, tx.received_at)
    if approved is not None:
        row.approvals = [*row.approvals, approved]
    spoken = wish.spoken.model_dump() if wish.spoken else None
    step = _enter(
        tx, row, wish.to, at, reason=wish.reason, spoken=spoken, level=row.level, level_before=level
    )
    lasting.settle(tx, row, again=wish.expected_hours is not None or before == "pending_approval")
    place = len(tx.said)
    if row.state in IN_FORCE:
        _issue(tx, row, plan)
    tx.touch(row)
    shown = tx.show(RESPONSES, row)
    tx.say(ResponseMoved(record=shown, said={"step": step, "before": before}), before=place)
    return shown


def _listed(before: str, to: str) -> None:
    if not RESPONSE_FLOW.can(before, to):
        onward = RESPONSE_FLOW.onward(before)
        raise Conflict(
            f"{before} may go to {', '.join(onward) or 'nothing'}",
            zh=f"{RESPONSE_FLOW.zh[before]} 之后只能是：{'、'.join(RESPONSE_FLOW.zh[one] for one in onward) or '无'}",
            allowed=list(onward),
        )


def _approved(tx: Tx, row: Response, plan: Plan, wish: MoveResponse) -> dict[str, Any] | None:
    """What the ladder says to this step. Lowering a level or ending it is for who may approve the level that stands."""
    if wish.to in ("suggested", "pending_approval") or row.state == "suggested":
        tx.actor.need(PROPOSE)
        if not (tx.actor.covers(row.centre) or tx.actor.centre == row.centre):
            raise Forbidden("Another house's response", zh="属其他单位的响应")
        return None
    level = wish.level or row.level
    if level is None or level not in {one["level"] for one in plan.levels}:
        raise Invalid("level: one of the plan's", zh="级别须为预案中的一级")
    standing = graver(level, row.level or level)
    return ladder.approval(tx, plan, standing, wish.to, wish.spoken)


def _asked_for(row: Response, plan: Plan, wish: MoveResponse) -> None:
    if wish.to in ("pending_approval", "active", "adjusted"):
        complete(row, plan)
    if wish.to in ("ended", "rejected") and wish.reason is None:
        raise Invalid(
            "reason: say why, and what stays in force against what may follow",
            zh="须写明理由及后续防范次生衍生灾害的措施",
        )


def complete(row: Response, plan: Plan) -> None:
    """Refuse while one of the four fields is missing (突发事件应对法 art. 72), and say which."""
    missing = [name for name in FOUR if getattr(row, name) is None]
    if missing:
        zh = "、".join(FOUR[one][0] for one in missing)
        raise Invalid(
            f"Of the four there is no {', '.join(missing)}",
            zh=f"启动响应须写明四项，缺：{zh}",
            missing=missing,
        )
    if row.level not in {one["level"] for one in plan.levels}:
        raise Invalid("level: one of the plan's", zh="级别须为预案中的一级")


def _enter(tx: Tx, row: Response, state: str, at: datetime, **more: Any) -> dict[str, Any]:
    step = {
        "state": state, "at": clock.wire(at), "received_at": clock.wire(tx.received_at), "by": tx.actor.name,
        "reason": None, "spoken": None, "level": row.level, "level_before": None, **more,
    }  # fmt: skip
    row.state, row.steps, row.times = state, [*row.steps, step], {**row.times, state: clock.wire(at)}
    row.live = state not in ("ended", "rejected")
    return step


def _issue(tx: Tx, row: Response, plan: Plan) -> None:
    """The plan's actions of this level that are not out yet go out as instructions, each to those who answer for it."""
    issued = dict(row.issued)
    for one in plan.actions:
        if row.level in one["levels"] and one["code"] not in issued:
            issued[one["code"]] = [_instruct(tx, row, one, to) for to in _recipients(row, one["to"])]
    row.issued = issued


def _recipients(row: Response, to: str) -> list[str]:
    if to == "areas":
        return [one for one in row.areas if len(one) >= 6]
    return row.areas[:1] if to == "home" else [to]


def _instruct(tx: Tx, row: Response, one: dict[str, Any], to: str) -> str:
    wish = {
        "to": to, "response_id": row.id, "incident_id": row.incident_id, "warning_id": row.warning_id, "action": one["code"],
        **{name: one[name] for name in ("text", "post", "urgency", "within_min", "checklist", "needs_proof")},
    }  # fmt: skip
    made = tx.act("instruction.issue", wish)
    return str(made.id)


@action(
    "response.confirm", needs=ladder.APPROVE, target="response", http="POST /responses/{id}/confirm", output=ResponseOut
)  # fmt: skip
def confirm(tx: Tx, row: Response, wish: object) -> ResponseOut:
    """补签: a leader confirms what was approved by word, as far as the ladder lets them."""
    mine = _words_of(tx, row)
    row.approvals = [approving.confirmed(tx, one) if one in mine else one for one in row.approvals]
    approving.settled(tx, ("response", row.id))
    return _heard(tx, row, ResponseConfirmed)


@action(
    "response.dispute", wish=approving.Dispute, needs=ladder.APPROVE, target="response",
    http="POST /responses/{id}/dispute", output=ResponseOut,
)  # fmt: skip
def dispute(tx: Tx, row: Response, wish: approving.Dispute) -> ResponseOut:
    """有出入: whose word it was says that it was not so. The response goes on; the duty office is called."""
    mine = _words_of(tx, row)
    row.approvals = [approving.disputed(tx, one, wish) if one in mine else one for one in row.approvals]
    what = (f"{row.matter}", f"{row.matter}")
    approving.call_office(tx, ("response", row.id), row.centre, what, wish.text)
    return _heard(tx, row, ResponseDisputed)


def _words_of(tx: Tx, row: Response) -> list[dict[str, Any]]:
    """The spoken approvals that wait for the actor."""
    plan = tx.session.get_one(Plan, row.plan_id)
    waiting = [one for one in row.approvals if approving.unconfirmed(one)]
    if not waiting:
        raise Conflict("Nothing waits for it", zh="没有待补签的口头批准")
    mine = [one for one in waiting if ladder.held(tx, plan, ladder.rungs(plan, one["level"])) is not None]
    if not mine:
        raise Forbidden("The plan's ladder names others", zh="须由预案规定的批准人补签")
    return mine


def _heard(tx: Tx, row: Response, event: type[ResponseEvent]) -> ResponseOut:
    tx.touch(row)
    shown = tx.show(RESPONSES, row)
    tx.say(event(record=shown, said={"by": tx.actor.name}))
    return shown


def audience(tx: Tx, row: Response) -> set[str]:
    """Who may see it: the county, whose plan it is, the townships concerned, who sees its incident; never a team."""
    heard = {COUNTY, centre_party(row.centre), *(centre_party(one) for one in row.areas)}
    if row.incident_id is not None:
        heard |= {one for one in parties(tx.session, row.incident_id) if not one.startswith("team:")}
    return heard - {centre_party(tx.node[:6])}


def _plan(tx: Tx, plan_id: str) -> Plan:
    try:
        plan = tx.find(PLANS, plan_id)
    except NotFound:
        raise Invalid("plan_id: there is no such plan", zh="没有这个预案") from None
    if plan.state != "in_force":
        raise Conflict("The plan is not in force", zh="该预案未施行")
    if not (tx.actor.centre[:9] == plan.centre or (tx.actor.county and plan.centre == tx.actor.centre[:6])):
        raise Forbidden(
            "Another house's plan: ask it, or the county", zh="属其他单位的预案：请其启动或报县里"
        )
    return plan


def _incident(tx: Tx, incident_id: str | None) -> Incident | None:
    if incident_id is None:
        return None
    try:
        return tx.find(INCIDENTS, incident_id)
    except NotFound:
        raise Invalid("incident_id: there is no such incident", zh="没有这起事件") from None
