"""Who may activate which level: the ladder of approvers that the plan names (突发事件应对法 art. 71, 72).

Whoever may approve a graver level may approve a lesser one. A leader approves by their own account, when they hold the post in the
contact tree; where nobody is on record in the post, the role that the plan names beside it. A word spoken by telephone is entered
by the duty officer under the name of who gave it, acts at once, and is confirmed later by the leader."""

from __future__ import annotations

from typing import Any

from command.centres.models import Centre
from command.core import approving
from command.core.access import permission
from command.core.actions import Tx
from command.core.approving import Spoken
from command.core.errors import Forbidden, Invalid
from command.core.queries import View
from command.plans.models import Plan
from command.plans.words import GRAVEST_FIRST, LEVELS

APPROVE = permission(
    "response.approve", "activate, change and end responses by the plan's ladder", "按预案权限批准响应"
)
RECORD = permission("response.record", "record a leader's spoken approval (代录)", "代录领导口头批准")


def rungs(plan: Plan, level: str) -> list[dict[str, Any]]:
    """The posts that may approve a level: its own first, then those of graver levels."""
    graver = GRAVEST_FIRST[GRAVEST_FIRST.index(level) :: -1]
    ladder = {one["level"]: one["approvers"] for one in plan.levels}
    return [rung for one in graver for rung in ladder.get(one, ())]


def approval(tx: Tx, plan: Plan, level: str, what: str, spoken: Spoken | None) -> dict[str, Any]:
    """Who approves this: the leader who acts, or the one whose word is recorded; refused where the ladder names others."""
    allowed = rungs(plan, level)
    if spoken is not None:
        tx.actor.need(RECORD)
        _within(tx, plan)
        if spoken.post not in {one["post"] for one in allowed}:
            raise Invalid(
                f"spoken.post: {LEVELS[level].en} is approved by {_names(allowed)}",
                zh=f"{LEVELS[level].zh}响应由 {_names(allowed)} 批准",
            )
        return approving.approval(tx, spoken.post, spoken, what=what, level=level)
    tx.actor.need(APPROVE)
    _within(tx, plan)
    post = held(tx, plan, allowed)
    if post is None:
        raise Forbidden(
            f"{LEVELS[level].en} is approved by {_names(allowed)}",
            zh=f"{LEVELS[level].zh}响应由 {_names(allowed)} 批准",
        )
    return approving.approval(tx, post, None, what=what, level=level)


def held(view: View, plan: Plan, allowed: list[dict[str, Any]]) -> str | None:
    """The post by which the actor may approve: held in the contact tree, else of the role beside a post that nobody holds."""
    centre = view.session.get(Centre, plan.centre)
    holders = {one["title"]: one.get("holder_id") for one in (centre.posts if centre else [])}
    for rung in allowed:
        holder = holders.get(rung["post"])
        if holder == view.actor.id or (holder is None and rung["role"] == view.actor.role):
            return str(rung["post"])
    return None


def _within(tx: Tx, plan: Plan) -> None:
    if tx.actor.centre[:9] != plan.centre:
        raise Forbidden(
            "Another house's plan: ask it, or the county", zh="属其他单位的预案：请其启动或报县里"
        )


def _names(allowed: list[dict[str, Any]]) -> str:
    return "、".join(dict.fromkeys(one["post"] for one in allowed))
