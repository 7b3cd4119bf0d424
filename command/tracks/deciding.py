"""What tracks ask of a leader: statements that wait for the approval of one's side, and recorded words that wait for their owner."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from command.core import approving, deciding
from command.core.deciding import Deciding, fact, option, waiting
from command.core.queries import View, query
from command.tracks.approvals import RECORD
from command.tracks.models import Statement
from command.tracks.queries import READ, STATEMENTS, publicity
from command.tracks.statements import APPROVE
from command.tracks.words import SIDES

TITLE, TEXT, OTHER, DRAFTED = (
    ("标题", "Title"),
    ("正文", "Text"),
    ("另一方", "Other side"),
    ("起草", "Drafted by"),
)
NOT_YET = ("尚未批准", "not approved yet")
deciding.refreshed_by("statement.")


@query("tracks.decisions", wish=Deciding)
def decisions(view: View, wish: Deciding) -> list[dict[str, Any]]:
    """Statements on which a house is one of the two sides."""
    side = {view.node[:6]: "command", publicity(view.session, view.node): "publicity"}.get(wish.centre)
    if side is None or not view.actor.may(READ):
        return []
    wanted = sa.select(Statement).where(
        Statement.state.in_(("draft", "reviewing", "approved", "published")), STATEMENTS.visible(view.actor)
    )
    found = []
    for row in view.session.execute(wanted.order_by(Statement.id)).scalars():
        given = row.approvals.get(side)
        if given is None and row.state in ("draft", "reviewing"):
            found.append(_asked(view, row, side, wish.centre))
        elif given is not None and approving.unconfirmed(given):
            found.append(_spoken(view, row, side, wish.centre))
    return found


def _facts(row: Statement, side: str) -> list[dict[str, Any]]:
    """Every word that is approved, and what the other side says."""
    other = "publicity" if side == "command" else "command"
    given = row.approvals.get(other)
    word = SIDES[other]
    stands = (f"{word.zh}：{given['by']}", f"{word.en}: {given['by']}") if given else (
        f"{word.zh}{NOT_YET[0]}", f"{word.en}: {NOT_YET[1]}"
    )  # fmt: skip
    return [fact(TITLE, row.title), fact(TEXT, row.text), fact(OTHER, stands), fact(DRAFTED, row.drafted_by)]


def _may(view: View, right: str, centre: str) -> bool:
    actor = view.actor
    return actor.may(right) and not actor.read_only and actor.centre == centre


def _asked(view: View, row: Statement, side: str, centre: str) -> dict[str, Any]:
    payload = {"id": row.id}
    another = all(one["by_id"] != view.actor.id for one in row.approvals.values())
    options = [option(("批准", "Approve"), "statement.approve", payload, row.version, main=True)]
    if row.state == "reviewing":
        back = {**payload, "to": "draft"}
        options.append(option(("退回", "Send back"), "statement.move", back, row.version, reason=True))
    spoken = [option(("口头批准", "Approved by word"), "statement.approve", payload, row.version, main=True)]
    return waiting(
        "statement", ("statement", row.id), ("审批对外声明", "Approve the statement"), facts=_facts(row, side),
        asked_by=row.drafted_by, asked_at=row.drafted_at, incident_id=row.incident_id,
        options=options if another and _may(view, APPROVE, centre) else [],
        by_word=spoken if another and _may(view, RECORD, centre) else [],
    )  # fmt: skip


def _spoken(view: View, row: Statement, side: str, centre: str) -> dict[str, Any]:
    word, payload = row.approvals[side], {"id": row.id}
    options = [option(("是我说的，确认", "I said so"), "statement.confirm", payload, row.version, main=True)]
    if not word.get("disputed"):
        options.append(option(("有出入", "Not what I said"), "statement.dispute", payload, row.version))
    mine = _may(view, APPROVE, centre) and word["by_id"] != view.actor.id
    return waiting(
        "statement", ("statement", row.id), ("已批准对外声明", "Approved: the statement"),
        state=deciding.DISPUTED if word.get("disputed") else deciding.SPOKEN, facts=_facts(row, side), asked_by=row.drafted_by,
        asked_at=word["at"], incident_id=row.incident_id, options=options if mine else [], word=word,
    )  # fmt: skip
