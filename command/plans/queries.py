"""Reading the library of plans: whoever may read plans sees what is approved, drafts only the house that writes them."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core.access import Actor, permission
from command.core.live.topics import may_hear
from command.core.records import NOBODY, Criterion, RecordType, public, record
from command.plans.contract import TOPIC, PlanOut
from command.plans.models import Plan

READ = permission("plan.read", "see plans, responses and consultations", "查看预案、响应和会商")


def show_plans(session: Session, rows: Sequence[Plan]) -> list[PlanOut]:
    """Plans as the public sees them."""
    return [public(PlanOut, row) for row in rows]


def plan_visible(actor: Actor) -> Criterion:
    """SQL: what was approved; a draft for its owner's house."""
    if actor.system:
        return sa.true()
    if not actor.may(READ) or actor.team_id is not None:
        return NOBODY
    return sa.or_(Plan.approved.is_not(None), Plan.centre == actor.centre[: 6 if actor.county else 9])


def _in_topic(topic: str) -> Criterion | None:
    if topic == TOPIC:
        return sa.and_(Plan.live, Plan.approved.is_not(None))
    if topic.startswith(f"{TOPIC}:"):
        return sa.and_(Plan.live, Plan.centre == topic.removeprefix(f"{TOPIC}:"))
    return None


PLANS = record(
    RecordType(
        "plan",
        Plan,
        PlanOut,
        show_plans,
        visible=plan_visible,
        in_topic=_in_topic,
        path="plans",
        needs=READ,
        order=(Plan.id,),
        worldly=False,
        filters={
            "state": lambda v: Plan.state.in_(v.split(",")),
            "code": lambda v: Plan.code == v,
            "centre": lambda v: Plan.centre == v,
            "live": lambda v: Plan.live == (v in ("true", "1")),
        },
    )
)


@may_hear
def _rooms(session: Session, actor: Actor, topic: str) -> bool:
    """All readers of plans hear of those approved; drafts only the house that writes them."""
    if not actor.may(READ) or actor.team_id is not None:
        return False
    return topic == TOPIC or topic == f"{TOPIC}:{actor.centre[: 6 if actor.county else 9]}"


def plans_in_force(session: Session) -> list[Plan]:
    """The plans in force, by title."""
    chosen = sa.select(Plan).where(Plan.state == "in_force").order_by(Plan.title, Plan.id)
    return list(session.execute(chosen).scalars())
