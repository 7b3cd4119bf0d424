"""Statements for the public: drafted, approved by 指挥部 and by 宣传, published by a person and entered here. Its figures are read
from its words and must be those reported; when these change later it is marked. Nothing is published from here."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from command.core import approving, clock
from command.core.access import Actor, permission
from command.core.actions import Tx, action
from command.core.errors import Conflict, Forbidden, Invalid
from command.core.events import on
from command.core.numbering import next_number
from command.core.queries import View
from command.incidents.events import (
    CasualtiesStated,
    IncidentAbsorbed,
    IncidentEdited,
    IncidentEvent,
    IncidentReleased,
)
from command.incidents.models import Incident
from command.incidents.queries import incident_row
from command.incidents.words import CASUALTY_FIELDS
from command.tracks import private
from command.tracks.actions import may_write, not_ahead
from command.tracks.contract import (
    DraftStatement,
    EditStatement,
    MoveStatement,
    RecordPublished,
    StatementOut,
)
from command.tracks.events import (
    StatementDrafted,
    StatementEdited,
    StatementEvent,
    StatementMoved,
    StatementPublished,
    StatementWeighed,
)
from command.tracks.models import Family, Statement
from command.tracks.queries import STATEMENTS, of_incident, publicity
from command.tracks.saying import figures_said
from command.tracks.words import STATEMENT_STATES

WRITE = permission(
    "statement.write", "draft statements, enter where they were published", "起草声明、登记发布情况"
)
APPROVE = permission(
    "statement.approve",
    "approve statements for one's side (command or publicity)",
    "代表指挥部或宣传审批声明",
)
MARK = "SM"
OPEN = ("draft", "reviewing", "approved")


@action("statement.draft", wish=DraftStatement, needs=WRITE, target="incident", http="POST /incidents/{id}/statements",
        status=201, output=StatementOut)  # fmt: skip
def draft(tx: Tx, incident: Incident, wish: DraftStatement) -> StatementOut:
    """Write a statement. Names stand in it by number; its figures are read from it."""
    may_write(tx, incident, publicity(tx.session, tx.node))
    said = _read(tx, incident.id, wish.title, wish.text)
    row = tx.add(
        Statement(
            number=next_number(tx, MARK, incident.centre), incident_id=incident.id, title=wish.title, text=wish.text, **said,
            revision=1, past=[], approvals={}, state="draft", reason=None, differs=[], stale_since=None, published=[],
            drafted_by=tx.actor.name, drafted_by_id=tx.actor.id, drafted_at=tx.at,
        )
    )  # fmt: skip
    return say(tx, row, StatementDrafted)


def _read(tx: Tx, incident: str, title: str, text: str) -> dict[str, Any]:
    """What the words say; refused where they contradict themselves, have a name in them, or a family that is not there."""
    private.nameless(tx, incident, title, text)
    private.numbered(of_incident(tx.session, Family, incident), title + text)
    said = figures_said(f"{title}。{text}")
    if said.twice:
        zh = "；".join(
            f"{word(code)[0]}既说 {' 又说 '.join(map(str, found))}" for code, found in said.twice.items()
        )
        en = "; ".join(
            f"{word(code)[1]}: {' and '.join(map(str, found))}" for code, found in said.twice.items()
        )
        raise Invalid(f"text: it says two figures for one thing: {en}", zh=f"同一数字前后不一：{zh}")
    return {"figures": said.figures, "unread": said.unread}


def word(code: str) -> tuple[str, str]:
    """A figure's name in both languages."""
    known = CASUALTY_FIELDS.get(code)
    return (known.zh, known.en) if known else ("受伤", "Injured")


@action("statement.edit", wish=EditStatement, needs=WRITE, target="statement", http="PATCH /statements/{id}",
        output=StatementOut, version="required")  # fmt: skip
def edit(tx: Tx, row: Statement, wish: EditStatement) -> StatementOut:
    """Other words: what was approved of the earlier ones is void."""
    _mine(tx, row)
    in_state(row, *OPEN)
    title, text = wish.title or row.title, wish.text or row.text
    said = _read(tx, row.incident_id, title, text)
    row.past = [*row.past, _as_it_was(tx, row)]
    row.title, row.text, row.figures, row.unread = title, text, said["figures"], said["unread"]
    row.state, row.approvals, row.differs, row.stale_since = "draft", {}, [], None
    row.revision += 1
    settled(tx, row)
    tx.touch(row)
    return say(tx, row, StatementEdited)


def _as_it_was(tx: Tx, row: Statement) -> dict[str, Any]:
    kept = {name: getattr(row, name) for name in ("revision", "title", "text", "approvals")}
    return {**kept, "until": clock.wire(tx.at), "by": tx.actor.name}


def side_of(view: View, actor: Actor) -> str:
    """For which side somebody speaks."""
    if actor.centre == publicity(view.session, view.node):
        return "publicity"
    if actor.county and not actor.system:
        return "command"
    raise Forbidden(
        "Only the county's command and its publicity department approve", zh="只由县指挥部和宣传部审批"
    )


def settled(tx: Tx, row: Statement) -> None:
    """No dispute is left, or what was disputed is void."""
    if not any(approving.unconfirmed(one) and one.get("disputed") for one in row.approvals.values()):
        approving.settled(tx, ("statement", row.id))


def differing(said: dict[str, int], now: dict[str, Any]) -> list[dict[str, Any]]:
    """Which of the figures said are others now."""
    return [
        {"field": code, "said": value, "now": value_of(now, code)}
        for code, value in sorted(said.items())
        if value != value_of(now, code)
    ]


def value_of(figures: dict[str, Any], code: str) -> int | None:
    """A figure; `injured` is those seriously and lightly injured together."""
    if code != "injured":
        found: int | None = figures.get(code)
        return found
    known = [figures[one] for one in ("serious", "light") if figures.get(one) is not None]
    return sum(known) if known else None


@action("statement.move", wish=MoveStatement, needs=APPROVE, target="statement", http="POST /statements/{id}/transition",
        output=StatementOut)  # fmt: skip
def move(tx: Tx, row: Statement, wish: MoveStatement) -> StatementOut:
    """Send it back to its drafter, or withdraw it, with the reason."""
    side_of(tx, tx.actor)
    in_state(row, *(("reviewing", "approved", "draft") if wish.to == "draft" else (*OPEN, "published")))
    private.nameless(tx, row.incident_id, wish.reason)
    row.state, row.reason = wish.to, wish.reason
    if wish.to == "draft":
        row.approvals = {}
    if wish.to == "withdrawn":
        approving.settled(tx, ("statement", row.id))
    settled(tx, row)
    tx.touch(row)
    return say(tx, row, StatementMoved)


@action("statement.record_published", wish=RecordPublished, needs=WRITE, target="statement",
        http="POST /statements/{id}/published", output=StatementOut)  # fmt: skip
def record_published(tx: Tx, row: Statement, wish: RecordPublished) -> StatementOut:
    """Enter where, when and by whom it was published. A person did it."""
    _mine(tx, row)
    in_state(row, "approved", "published")
    not_ahead(tx, wish.at)
    private.nameless(tx, row.incident_id, wish.where, wish.by)
    private.notified(private.numbered(of_incident(tx.session, Family, row.incident_id), row.title + row.text))
    entered = {
        "where": wish.where, "by": wish.by, "at": clock.wire(wish.at or tx.at), "url": wish.url, "entered_by": tx.actor.name,
        "differs": bool(row.differs),
    }  # fmt: skip
    row.state, row.published = "published", [*row.published, entered]
    tx.touch(row)
    return say(tx, row, StatementPublished)


@on(CasualtiesStated, IncidentEdited, IncidentAbsorbed, IncidentReleased)
def weigh(tx: Tx, event: IncidentEvent) -> None:
    """The figures to report may be others: statements under approval, approved or published that say the old ones are marked."""
    chosen = sa.select(Statement).where(
        Statement.incident_id == event.record.id, Statement.state.in_(("reviewing", "approved", "published"))
    )
    for row in tx.session.execute(chosen.order_by(Statement.id)).scalars():
        wrong = differing(row.figures, event.record.casualties)
        if wrong == row.differs:
            continue
        row.differs, row.stale_since = wrong, (row.stale_since or tx.at) if wrong else None
        tx.touch(row)
        say(tx, row, StatementWeighed)


def _mine(tx: Tx, row: Statement) -> None:
    may_write(tx, incident_row(tx.session, row.incident_id), publicity(tx.session, tx.node))


def in_state(row: Statement, *states: str) -> None:
    if row.state not in states:
        zh, en = STATEMENT_STATES[row.state]
        raise Conflict(
            f"It is {en.lower()}: this cannot be done now", zh=f"声明{zh}，不能这样做", state=row.state
        )


def say(tx: Tx, row: Statement, event: type[StatementEvent], **said: str) -> StatementOut:
    shown = tx.show(STATEMENTS, row)
    tx.say(event(record=shown, said=said))
    return shown
