"""What a shift hands over of responses: those that wait to be approved, those in force, words by telephone not confirmed yet.

A consultation is written down when it is over: it has nothing to hand over."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from command.core.access import heard_by
from command.core.matters import Matters, matter
from command.core.queries import View, query
from command.plans.models import Response
from command.plans.words import LEVELS, RESPONSE_FLOW


@query("plans.matters", wish=Matters)
def matters(view: View, wish: Matters) -> list[dict[str, Any]]:
    """The responses that a party sees and that are not over, and those ended whose spoken approval nobody has signed."""
    mine = heard_by("response", Response.id, [wish.party])
    ours = sa.or_(Response.live, Response.centre == wish.centre)
    wanted = sa.select(Response).where(mine, ours, Response.state != "rejected").order_by(Response.id)
    found = []
    for row in view.session.execute(wanted).scalars():
        unsigned = (
            sum(1 for one in row.approvals if one["confirmed"] is None) if row.centre == wish.centre else 0
        )
        if row.live or unsigned:
            said = _said(row, unsigned)
            found.append(matter("response", ("response", row.id), said, row.created_at, row.expected_until))
    return found


def _said(row: Response, unsigned: int) -> tuple[str, str]:
    level = LEVELS.get(row.level or "")
    more = [(RESPONSE_FLOW.zh[row.state], RESPONSE_FLOW.en[row.state].lower())]
    if row.past_due and row.live:
        more.append(("已过预计期限", "past its term"))
    if unsigned:
        more.append((f"口头批准 {unsigned} 次待补签", f"{unsigned} spoken approvals not confirmed"))
    zh, en = (f"{level.zh}响应", f" {level.en.lower()}") if level else ("响应", "")
    return (
        f"{row.matter or row.plan_title}：{zh}（{'，'.join(one for one, _ in more)}）",
        f"{row.matter or row.plan_title}: response{en} ({', '.join(one for _, one in more)})",
    )
