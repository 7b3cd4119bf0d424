"""Approving a statement: one side by its own hand, or by its leader's word that is recorded (口头批准·代录); confirming that word, or
saying that it was not so. Figures must be those reported at that moment."""

from __future__ import annotations

from typing import Any

from command.core import approving
from command.core.access import system_actor
from command.core.actions import Tx, action
from command.core.errors import Conflict, Forbidden
from command.core.queries import View
from command.incidents.models import Incident
from command.incidents.queries import incident_row
from command.tracks import private
from command.tracks.contract import ApproveStatement, StatementOut
from command.tracks.events import StatementApproved, StatementConfirmed, StatementDisputed
from command.tracks.models import Family, Statement
from command.tracks.queries import READ, of_incident
from command.tracks.statements import APPROVE, differing, in_state, say, settled, side_of, value_of, word
from command.tracks.words import SIDES

RECORD = "decision.record"
"""代录 is one right, whatever was decided by word (command/decisions)."""


@action("statement.approve", wish=ApproveStatement, needs=READ, target="statement", http="POST /statements/{id}/approve",
        output=StatementOut)  # fmt: skip
def approve(tx: Tx, row: Statement, wish: ApproveStatement) -> StatementOut:
    """One side approves, in its own name or by its leader's word that is recorded; with both it may be published. The figures must
    be those reported, at this moment."""
    tx.actor.need(RECORD if wish.spoken else APPROVE)
    side = side_of(tx, tx.actor)
    incident = incident_row(tx.session, row.incident_id)
    in_state(row, "draft", "reviewing")
    if side in row.approvals:
        raise Conflict(f"{SIDES[side].en} has approved it already", zh=f"{SIDES[side].zh}已批准")
    if any(one["by_id"] == tx.actor.id for one in row.approvals.values()):
        raise Forbidden("The two approvals are by two persons", zh="两方审批不得由同一人")
    families = private.numbered(of_incident(tx.session, Family, row.incident_id), row.title + row.text)
    private.notified(families)
    _check_figures(tx, incident, row)
    post = wish.spoken.post if wish.spoken else tx.actor.name
    given = approving.approval(tx, post, wish.spoken, by_id=tx.actor.id, note=wish.note)
    row.approvals = {**row.approvals, side: given}
    row.state = "approved" if set(row.approvals) == set(SIDES) else "reviewing"
    tx.touch(row)
    return say(tx, row, StatementApproved, side=side)


@action("statement.confirm", needs=APPROVE, target="statement", http="POST /statements/{id}/confirm", output=StatementOut)  # fmt: skip
def confirm(tx: Tx, row: Statement, wish: object) -> StatementOut:
    """是我说的: one's side's leader confirms the word that was recorded."""
    side = _word_of(tx, row)
    row.approvals = {**row.approvals, side: approving.confirmed(tx, row.approvals[side])}
    settled(tx, row)
    tx.touch(row)
    return say(tx, row, StatementConfirmed, by=tx.actor.name)


@action(
    "statement.dispute", wish=approving.Dispute, needs=APPROVE, target="statement", http="POST /statements/{id}/dispute",
    output=StatementOut,
)  # fmt: skip
def dispute(tx: Tx, row: Statement, wish: approving.Dispute) -> StatementOut:
    """有出入: it was not said so. The duty office is called; a person withdraws the statement, or has it written anew."""
    side = _word_of(tx, row)
    private.nameless(tx, row.incident_id, wish.text)
    row.approvals = {**row.approvals, side: approving.disputed(tx, row.approvals[side], wish)}
    what = (f"声明 {row.number}", f"statement {row.number}")
    approving.call_office(tx, ("statement", row.id), tx.actor.centre, what, wish.text)
    tx.touch(row)
    return say(tx, row, StatementDisputed, by=tx.actor.name)


def _word_of(tx: Tx, row: Statement) -> str:
    """The side whose recorded word waits for the actor; who recorded it does not confirm it."""
    side = side_of(tx, tx.actor)
    if not approving.unconfirmed(row.approvals.get(side)):
        raise Conflict("No spoken word waits here", zh="没有待确认的口头批准")
    if row.approvals[side]["by_id"] == tx.actor.id:
        raise Forbidden(
            "Whose word it was confirms it, not who recorded it", zh="由本人确认，代录人不得代为确认"
        )
    return side


def _check_figures(tx: Tx, incident: Incident, row: Statement) -> None:
    """Each figure equals the figure to report, and what was told above last; else say which differ."""
    told = _told_above(tx, incident.id) if row.figures else None
    if row.figures and told is None:
        raise Conflict(
            "Nothing was reported above yet: report by telephone first, then publish",
            zh="尚未向上级报送：先报送（可电话快报），再发布数字",
        )
    wrong = differing(row.figures, incident.casualties) or differing(row.figures, told or {})
    if not wrong:
        return
    now = {one["field"]: value_of(incident.casualties, one["field"]) for one in wrong}
    above = {one["field"]: value_of(told or {}, one["field"]) for one in wrong}
    lines = [(*word(one["field"]), one["said"], now[one["field"]], above[one["field"]]) for one in wrong]
    zh = "；".join(
        f"{a}：稿中 {said}，报出数 {_or(b, '未报')}，已报上级 {_or(c, '未报')}" for a, _, said, b, c in lines
    )
    en = "; ".join(
        f"{a}: {said} here, {_or(b, 'none')} to report, {_or(c, 'none')} told above"
        for _, a, said, b, c in lines
    )
    raise Conflict(
        f"Its figures are not those reported: {en}. Correct them, or report above first",
        zh=f"数字与报送口径不一致：{zh}。请改稿，或先续报再发布",
        differs=[{**one, "told": above[one["field"]]} for one in wrong],
    )


def _or(value: int | None, none: str) -> str:
    return none if value is None else str(value)


def _told_above(tx: Tx, incident: str) -> dict[str, Any] | None:
    """The figures that the county told above last, whoever asks; None: nobody above was told."""
    whole = View(
        session=tx.session,
        actor=system_actor(tx.node),
        world=tx.world,
        node=tx.node,
        now=tx.now,
        secret=tx.secret,
    )
    items = whole.ask("sitreps.told", id=incident)["items"]
    above = [one for one in items if one["to"] != "county" and len(one["centre"]) == 6]
    return above[-1]["figures"] if above else None
