"""What plans ask of a leader: responses that wait for approval, and approvals by word that wait for their confirmation."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from command.core import approving, deciding
from command.core.deciding import Deciding, fact, option, waiting
from command.core.queries import View, query
from command.plans import ladder
from command.plans.models import Plan, Response
from command.plans.queries import READ
from command.plans.response_queries import RESPONSES
from command.plans.words import IN_FORCE, LEVELS

MATTER, LEVEL, TERM, MEASURES = ("事项", "Matter"), ("级别", "Level"), ("期限", "Term"), ("措施", "Measures")
PLAN, APPROVES = ("预案", "Plan"), ("批准", "Approves")
OWN = ("预案自定级，非事件级别", "the plan's own, not the incident's")
deciding.refreshed_by("response.", "plan.")


@query("plans.decisions", wish=Deciding)
def decisions(view: View, wish: Deciding) -> list[dict[str, Any]]:
    """Responses of a house's own plans that wait for its leader."""
    if not view.actor.may(READ):
        return []
    wanted = sa.select(Response).where(
        Response.live, Response.centre == wish.centre, Response.state.in_(("pending_approval", *IN_FORCE)),
        RESPONSES.visible(view.actor),
    )  # fmt: skip
    found = []
    for row in view.session.execute(wanted.order_by(Response.id)).scalars():
        plan = view.session.get_one(Plan, row.plan_id)
        if row.state == "pending_approval":
            found.append(_asked(view, row, plan))
        elif words := [one for one in row.approvals if approving.unconfirmed(one)]:
            found.append(_spoken(view, row, plan, words))
    return found


def _title(row: Response, zh: str, en: str) -> tuple[str, str]:
    word = LEVELS[row.level or "R4"]
    return f"{zh}{word.zh}应急响应", f"{en} {word.en} response"


def _facts(row: Response) -> list[dict[str, Any]]:
    """The four fields of 突发事件应对法 art. 72, and by which plan."""
    word, hours = LEVELS[row.level or "R4"], row.expected_hours
    return [
        fact(MATTER, row.matter or ""),
        fact(LEVEL, (f"{word.zh}（{OWN[0]}）", f"{word.en} ({OWN[1]})")),
        fact(TERM, (f"预计 {hours} 小时", f"{hours} h expected")),
        fact(MEASURES, row.measures or ""),
        fact(PLAN, row.plan_title),
    ]


def _posts(plan: Plan, level: str) -> list[str]:
    return list(dict.fromkeys(str(one["post"]) for one in ladder.rungs(plan, level)))


def _may(view: View, plan: Plan, level: str) -> bool:
    actor = view.actor
    may = actor.may(ladder.APPROVE) and not actor.read_only and actor.centre[:9] == plan.centre
    return may and ladder.held(view, plan, ladder.rungs(plan, level)) is not None


def _asked(view: View, row: Response, plan: Plan) -> dict[str, Any]:
    level = row.level or "R4"
    posts = _posts(plan, level)
    records = (
        view.actor.may(ladder.RECORD) and not view.actor.read_only and view.actor.centre[:9] == plan.centre
    )
    active = {"id": row.id, "to": "active"}
    spoken = [option(("口头同意", "Approved by word"), "response.transition", active, row.version, main=True)]
    options = [
        option(
            ("同意", "Approve"),
            "response.transition",
            {"id": row.id, "to": "active"},
            row.version,
            main=True,
            back=("response.transition", {"id": row.id, "to": "ended"}),
        ),
        option(
            ("不同意", "Decline"),
            "response.transition",
            {"id": row.id, "to": "rejected"},
            row.version,
            reason=True,
        ),
    ]
    return waiting(
        "response", ("response", row.id), _title(row, "启动", "Activate"), facts=[*_facts(row), fact(APPROVES, "、".join(posts))],
        asked_by=row.proposed_by, asked_at=row.times["pending_approval"], incident_id=row.incident_id,
        options=options if _may(view, plan, level) else [], by_word=spoken if records else [], posts=posts,
    )  # fmt: skip


def _spoken(view: View, row: Response, plan: Plan, words: list[dict[str, Any]]) -> dict[str, Any]:
    word = words[-1]
    disputed = any(one.get("disputed") for one in words)
    options = [
        option(("是我说的，确认", "I said so"), "response.confirm", {"id": row.id}, row.version, main=True)
    ]
    if not disputed:
        options.append(option(("有出入", "Not what I said"), "response.dispute", {"id": row.id}, row.version))
    return waiting(
        "response", ("response", row.id), _title(row, "已启动", "Active:"), state=deciding.DISPUTED if disputed else deciding.SPOKEN,
        facts=_facts(row), asked_by=row.proposed_by, asked_at=word["at"], incident_id=row.incident_id,
        options=options if _may(view, plan, word["level"]) else [], word=word,
    )  # fmt: skip
