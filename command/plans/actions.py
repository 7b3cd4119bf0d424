"""The library of plans: drafts, editions, approval, putting in force."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from command.centres.queries import centre as centre_of
from command.core import clock
from command.core.access import permission
from command.core.actions import Tx, action
from command.core.errors import Conflict, Forbidden, Invalid
from command.plans.contract import (
    DraftPlan,
    EditPlan,
    MovePlan,
    PlanBody,
    PlanDrafted,
    PlanEdited,
    PlanEvent,
    PlanMoved,
    PlanOut,
    Revise,
)
from command.plans.models import Plan
from command.plans.queries import PLANS, READ
from command.plans.words import PLAN_FLOW

WRITE = permission(
    "plan.write", "write plans: drafts, new editions, putting in force", "编制、修订、施行预案"
)
APPROVE = permission("plan.approve", "approve plans", "审批预案")
PARTS = ("title", "basis", "kinds", "areas", "model", "levels", "groups", "actions")


@action("plan.draft", wish=DraftPlan, needs=WRITE, http="POST /plans", status=201, output=PlanOut)
def draft(tx: Tx, wish: DraftPlan) -> PlanOut:
    """Begin a plan as a draft; a whole plan from a file comes in by the same door."""
    centre = wish.centre or tx.actor.centre[:9]
    _keep(tx, centre)
    same = sa.select(sa.func.count()).select_from(Plan).where(Plan.centre == centre, Plan.code == wish.code)
    if tx.session.execute(same).scalar_one():
        raise Conflict(
            "There is a plan of this code: begin a new edition", zh="已有此编号的预案：请修订出新版"
        )
    row = Plan(
        code=wish.code, edition=1, centre=centre, model="county_internal", basis=None, areas=[], groups=[], actions=[],
        title=wish.title, kinds=[], levels=[], state="draft", reason=None, drafted_by=tx.actor.name, approved=None,
        in_force_at=None, ended_at=None, synthetic=wish.synthetic, live=True,
    )  # fmt: skip
    _write(tx, row, wish)
    return _say(tx, tx.add(row), PlanDrafted)


@action(
    "plan.edit", wish=EditPlan, needs=WRITE, target="plan", http="PATCH /plans/{id}", output=PlanOut, version="required"
)  # fmt: skip
def edit(tx: Tx, row: Plan, wish: EditPlan) -> PlanOut:
    """Write on a draft."""
    _keep(tx, row.centre)
    if row.state != "draft":
        raise Conflict("It is approved: begin a new edition", zh="已审批的预案不能改：请修订出新版")
    _write(tx, row, wish)
    tx.touch(row)
    return _say(tx, row, PlanEdited)


@action(
    "plan.revise", wish=Revise, needs=WRITE, target="plan", http="POST /plans/{id}/revise", status=201, output=PlanOut
)  # fmt: skip
def revise(tx: Tx, row: Plan, wish: Revise) -> PlanOut:
    """Begin a new edition as a draft with all that stands in this one."""
    _keep(tx, row.centre)
    others = sa.select(Plan).where(Plan.centre == row.centre, Plan.code == row.code).order_by(Plan.edition)
    editions = list(tx.session.execute(others).scalars())
    if any(one.state in ("draft", "approved") for one in editions):
        raise Conflict("A new edition is being written already", zh="已有一版在修订")
    made = Plan(
        **{name: getattr(row, name) for name in PARTS},
        code=row.code, edition=editions[-1].edition + 1, centre=row.centre, state="draft", reason=wish.reason,
        drafted_by=tx.actor.name, approved=None, in_force_at=None, ended_at=None, synthetic=row.synthetic, live=True,
    )  # fmt: skip
    return _say(tx, tx.add(made), PlanDrafted)


@action(
    "plan.transition", wish=MovePlan, needs=READ, target="plan", http="POST /plans/{id}/transition", output=PlanOut
)  # fmt: skip
def move(tx: Tx, row: Plan, wish: MovePlan) -> PlanOut:
    """Approve a draft by name, put an approved one in force (it replaces the edition before), or withdraw one."""
    if wish.to not in PLAN_FLOW.states:
        raise Invalid(
            f"to: one of {', '.join(PLAN_FLOW.states)}", zh=f"目标状态须为 {'、'.join(PLAN_FLOW.states)} 之一"
        )
    tx.actor.need(APPROVE if wish.to == "approved" else WRITE)
    _keep(tx, row.centre)
    if not PLAN_FLOW.can(row.state, wish.to) or wish.to == "replaced":
        onward = [one for one in PLAN_FLOW.onward(row.state) if one != "replaced"]
        raise Conflict(
            f"{row.state} may go to {', '.join(onward) or 'nothing'}",
            zh=f"{PLAN_FLOW.zh[row.state]} 之后只能是：{'、'.join(PLAN_FLOW.zh[one] for one in onward) or '无'}",
            allowed=onward,
        )
    STEPS[wish.to](tx, row, wish)
    row.state = wish.to
    tx.touch(row)
    return _say(tx, row, PlanMoved)


def _approve(tx: Tx, row: Plan, wish: MovePlan) -> None:
    if wish.name is None or wish.post is None:
        raise Invalid("name and post: who approves it", zh="须写明审批人姓名和职务")
    _check(tx, row)
    signed = {"name": wish.name, "post": wish.post, "document": wish.document, "by": tx.actor.name}
    row.approved = {**signed, "at": clock.wire(tx.at)}


def _put_in_force(tx: Tx, row: Plan, wish: MovePlan) -> None:
    before = sa.select(Plan).where(
        Plan.centre == row.centre, Plan.code == row.code, Plan.state == "in_force", Plan.id != row.id
    )
    for old in tx.session.execute(before).scalars():
        old.state, old.live, old.ended_at = "replaced", False, tx.at
        tx.touch(old)
        _say(tx, old, PlanMoved)
    row.in_force_at = tx.at


def _withdraw(tx: Tx, row: Plan, wish: MovePlan) -> None:
    if wish.reason is None:
        raise Invalid("reason: why it is withdrawn", zh="须写明撤销理由")
    row.live, row.ended_at, row.reason = False, tx.at, wish.reason


STEPS: dict[str, Any] = {"approved": _approve, "in_force": _put_in_force, "withdrawn": _withdraw}


def _write(tx: Tx, row: Plan, wish: PlanBody) -> None:
    given = wish.model_dump()
    for name in PARTS:
        if name in wish.model_fields_set:
            if given[name] is None and name != "basis":
                raise Invalid(f"{name}: cannot be taken away", zh=f"{name} 不能清空")
            setattr(row, name, given[name])
    row.levels = sorted(row.levels, key=lambda one: str(one["level"]))
    _check(tx, row)


def _check(tx: Tx, row: Plan) -> None:
    """Levels, groups and houses that it names are there: what is wrong is found at the desk, not in the night."""
    levels, groups = {one["level"] for one in row.levels}, {one["code"] for one in row.groups}
    for one in row.actions:
        if strange := sorted(set(one["levels"]) - levels):
            raise Invalid(
                f"actions.{one['code']}: no level {', '.join(strange)}",
                zh=f"行动 {one['code']} 的级别不在预案中",
            )
        if one["group"] is not None and one["group"] not in groups:
            raise Invalid(
                f"actions.{one['code']}: no group {one['group']}", zh=f"行动 {one['code']} 的工作组不在预案中"
            )
    members = [member for one in row.groups for member in (one["lead"], *one["members"])]
    named = {one["centre"] for one in members if one["centre"]} | set(row.areas)
    named |= {one["to"] for one in row.actions if one["to"] not in ("home", "areas")}
    for code in sorted(named):
        if centre_of(tx.session, code) is None:
            raise Invalid(f"there is no centre {code}", zh=f"没有单位 {code}")


def _keep(tx: Tx, centre: str) -> None:
    if tx.world:
        raise Conflict("Registers are read-only in a drill", zh="演练中登记资料只读")
    if not tx.actor.system and tx.actor.centre[: len(centre)] != centre:
        raise Forbidden("Another house's plan", zh="属其他单位的预案")


def _say(tx: Tx, row: Plan, event: type[PlanEvent]) -> PlanOut:
    tx.session.flush()
    shown = tx.show(PLANS, row)
    tx.say(event(record=shown))
    return shown
