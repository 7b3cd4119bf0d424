"""All that waits for a leader, from every slice: one question each. And what decisions themselves say to it, and hand over.

A slice that asks something of leaders declares `@query("<slice>.decisions", wish=Deciding)` and answers with `waiting(...)`s
(command/core/deciding.py). What is not installed is not asked; what the asker may not see is not told."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from command.core import deciding
from command.core.deciding import Deciding, fact, option, waiting
from command.core.matters import Matters, matter
from command.core.queries import QUERIES, Nothing, View, query
from command.decisions.actions import DECIDE, RECORD
from command.decisions.models import Decision
from command.decisions.queries import DECISIONS, READ

ENDING = ".decisions"
GROUNDS, FROM, CHOSEN = ("情况", "Grounds"), ("来自", "From"), ("决定", "Decided")
deciding.refreshed_by("decision.")
YES_MINE, NOT_SO = ("是我说的，确认", "I said so"), ("有出入", "Not what I said")


@query("decisions.waiting", wish=Nothing, needs=READ, http="GET /decisions/waiting", output=dict[str, Any])
def gather(view: View, wish: Nothing) -> dict[str, Any]:
    """What waits for the leader of the asker's house: what each shows, and what the asker may do with one tap."""
    centre = view.actor.centre[:9]
    items: list[dict[str, Any]] = []
    for name in sorted(one for one in QUERIES if one.endswith(ENDING)):
        items += view.ask(name, centre=centre)
    items.sort(key=lambda one: (one["state"] != deciding.ASKED, one["due_at"] or one["asked_at"], one["key"]))
    return {"items": items, "refreshed_by": sorted(deciding.REFRESHED_BY)}


def word_options(name: str, thing: str, version: int, *, disputable: bool = True) -> list[dict[str, Any]]:
    """What the owner of a recorded word may say to it."""
    said = [option(YES_MINE, f"{name}.confirm", {"id": thing}, version, main=True)]
    return said + ([option(NOT_SO, f"{name}.dispute", {"id": thing}, version)] if disputable else [])


@query("decision.decisions", wish=Deciding)
def mine(view: View, wish: Deciding) -> list[dict[str, Any]]:
    """Questions to a house's leader, and spoken answers that wait for their confirmation."""
    wanted = sa.select(Decision).where(
        Decision.live, Decision.centre == wish.centre, DECISIONS.visible(view.actor)
    )
    return [
        _item(view, row)
        for row in view.session.execute(wanted.order_by(Decision.asked_at, Decision.id)).scalars()
    ]


def _item(view: View, row: Decision) -> dict[str, Any]:
    hand = not view.actor.read_only and view.actor.centre[:9] == row.centre
    may, records = view.actor.may(DECIDE) and hand, view.actor.may(RECORD) and hand
    facts = [fact(GROUNDS, row.grounds)] if row.grounds else []
    facts += [fact(FROM, f"{row.from_name}・{row.asked_by}")] if row.from_centre != row.centre else []
    if row.state == "asked":
        state, leads = deciding.ASKED, len(row.options) == 2
        options = [
            option((one["text"],) * 2, "decision.decide", {"id": row.id, "option": one["code"]}, row.version, main=leads and n == 0,
                   back=("decision.retract", {"id": row.id}))
            for n, one in enumerate(row.options)
        ]  # fmt: skip
    else:
        given = row.approval or {}
        state = deciding.DISPUTED if given.get("disputed") else deciding.SPOKEN
        facts = [fact(CHOSEN, next(one["text"] for one in row.options if one["code"] == row.chosen)), *facts]
        options = word_options("decision", row.id, row.version, disputable=state == deciding.SPOKEN)
    return waiting(
        "decision", ("decision", row.id), (row.question, row.question), state=state, facts=facts, asked_by=row.asked_by,
        asked_at=row.asked_at, due_at=row.due_at if row.state == "asked" else None, incident_id=row.incident_id,
        options=options if may else [], word=row.approval if row.state != "asked" else None,
        by_word=options if records and row.state == "asked" else [],
    )  # fmt: skip


@query("decisions.matters", wish=Matters)
def matters(view: View, wish: Matters) -> list[dict[str, Any]]:
    """What a shift hands over: questions not answered, spoken answers not confirmed, of those that its centre asked or is asked."""
    ours = sa.or_(Decision.centre == wish.centre, Decision.from_centre == wish.centre)
    found = []
    for row in view.session.execute(
        sa.select(Decision).where(Decision.live, ours).order_by(Decision.asked_at, Decision.id)
    ).scalars():
        zh, en = (
            ("待决定", "not decided")
            if row.state == "asked"
            else ("口头决定待确认", "spoken, to be confirmed")
        )
        said = (f"请示：{row.question}（{zh}）", f"Asked: {row.question} ({en})")
        found.append(
            matter(
                "other",
                ("decision", row.id),
                said,
                row.asked_at,
                row.due_at if row.state == "asked" else None,
            )
        )
    return found
