"""Writing the log of duty: calls, papers, instructions, and what was promised. A private caller is sealed beside it (RULES 8)."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.orm import Session

from command.centres.models import Centre
from command.core import canonical, clock, ids, personal, seal
from command.core.access import Actor, permission
from command.core.actions import AHEAD, Tx, action
from command.core.errors import Conflict, Gone, Invalid, NotFound
from command.core.matters import Matters, matter
from command.core.queries import View, Wish, query
from command.core.records import NOBODY, Criterion, RecordType, find, public, record
from command.duty.log_contract import (
    CallerIn,
    NoteEvent,
    NoteForgotten,
    NoteKept,
    NoteOut,
    NoteWritten,
    WriteNote,
)
from command.duty.models import DutyNote, NotePerson
from command.duty.queries import READ, moment, of_party, own_centres
from command.incidents.queries import INCIDENTS

personal.personal(
    "duty_note.person",
    NotePerson,
    of="duty_note",
    by=NotePerson.note_id,
    zh="值班日志来电人",
    en="callers in the log of duty",
)


@personal.subject("duty_note", "值班日志", "line of the log", erase="duty_note.erase")
def over(session: Session, things: Collection[str]) -> dict[str, personal.Ended]:
    """Lines that hang on no incident: over once nothing that was promised is open."""
    rows = personal.among(DutyNote, session, things)
    return {
        row.id: personal.Ended(clock.stamp(row.at), row.centre, row.kept_at or row.at)
        for row in rows
        if not row.live and row.incident_id is None
    }


WRITE = permission("duty.log", "write the log of duty", "登记来电、去电、来文、指示")


def _visible(actor: Actor) -> Criterion:
    return own_centres(DutyNote.centre, actor) if actor.may(READ) and actor.team_id is None else NOBODY


def _in_topic(topic: str) -> Criterion | None:
    mine = of_party(DutyNote.centre, topic)
    return None if mine is None else sa.and_(DutyNote.live, mine)


def _show(session: Session, rows: Sequence[DutyNote]) -> list[NoteOut]:
    return [public(NoteOut, row) for row in rows]


NOTES = record(
    RecordType(
        "duty_note", DutyNote, NoteOut, _show, visible=_visible, in_topic=_in_topic, path="duty_notes", needs=READ,
        order=(DutyNote.at.desc(), DutyNote.id),
        filters={
            "centre": lambda v: DutyNote.centre == v,
            "sort": lambda v: DutyNote.sort.in_(v.split(",")),
            "live": lambda v: DutyNote.live == (v in ("true", "1")),
            "incident_id": lambda v: DutyNote.incident_id == v,
            "since": lambda v: DutyNote.at >= moment("since", v),
            "until": lambda v: DutyNote.at < moment("until", v),
        },
    )
)  # fmt: skip


@action("duty_note.write", wish=WriteNote, needs=WRITE, http="POST /duty_notes", status=201, output=NoteOut)
def write(tx: Tx, wish: WriteNote) -> NoteOut:
    """Write down a call, a paper or an instruction: who, what, when."""
    at = wish.at or tx.at
    if at > tx.now + AHEAD:
        raise Invalid("at: not in the future", zh="时间不能晚于现在")
    if wish.with_centre is not None and tx.session.get(Centre, wish.with_centre) is None:
        raise Invalid("with_centre: there is no such centre", zh="没有这个单位")
    if wish.incident_id is not None:
        try:
            tx.find(INCIDENTS, wish.incident_id)
        except NotFound:
            raise Invalid("incident_id: there is no such incident", zh="没有这起事件") from None
    told = wish.model_dump(exclude={"person", "at"})
    row = tx.add(
        DutyNote(
            **told, at=at, centre=tx.actor.centre, by=tx.actor.name, person=None, kept_at=None, kept_by=None,
            live=wish.promise is not None,
        )
    )  # fmt: skip
    if wish.person is not None and (wish.person.name or wish.person.phone):
        row.person = _seal(tx, row.id, wish.person)
        tx.session.flush()
    return _say(tx, row, NoteWritten)


def _seal(tx: Tx, note: str, person: CallerIn) -> dict[str, Any]:
    value, salt = canonical.dump(person.model_dump()), os.urandom(16)
    row = tx.add(NotePerson(id=ids.new_id(), note_id=note, salt=salt, sealed=seal.seal(tx.secret, value)))
    return {"id": row.id, "commitment": seal.commitment(salt, value)}


def _say(tx: Tx, row: DutyNote, event: type[NoteEvent]) -> NoteOut:
    shown = tx.show(NOTES, row)
    tx.say(event(record=shown))
    return shown


@action("duty_note.keep", needs=WRITE, target="duty_note", http="POST /duty_notes/{id}/keep", output=NoteOut)
def keep(tx: Tx, row: DutyNote, wish: object) -> NoteOut:
    """Say that what was promised is done."""
    if row.promise is None or row.kept_at is not None:
        raise Conflict("No promise is open here", zh="没有未兑现的承诺")
    row.kept_at, row.kept_by, row.live = tx.at, tx.actor.name, False
    tx.touch(row)
    return _say(tx, row, NoteKept)


@action("duty_note.erase", target="duty_note", inner=True, output=NoteOut)
def erase(tx: Tx, row: DutyNote, wish: object) -> NoteOut:
    """Destroy who called, for good; the line of the log stays."""
    if row.person is None:
        raise Conflict("No person is kept here", zh="没有保存个人信息")
    tx.session.execute(sa.delete(NotePerson).where(NotePerson.note_id == row.id))
    row.person = None
    tx.touch(row)
    return _say(tx, row, NoteForgotten)


class OfNote(Wish):
    """A line of the log."""

    id: str = Field(max_length=36)


@query(
    "duty_note.person",
    wish=OfNote,
    needs="personal.read",
    http="GET /duty_notes/{id}/person",
    output=dict[str, Any],
)
def person(view: View, wish: OfNote) -> dict[str, Any]:
    """Who called, by name and number; the reading is written to the access log."""
    row = find(view.session, NOTES, wish.id, view.actor)
    if row.person is None:
        raise NotFound()
    kept = view.session.execute(
        sa.select(NotePerson).where(NotePerson.note_id == row.id)
    ).scalar_one_or_none()
    if kept is None:
        raise Gone("It was erased", zh="已依法清除")
    view.log_read("duty caller", row.id)
    found: dict[str, Any] = canonical.load(seal.open_(view.secret, kept.sealed))
    return found


@query("duty.matters", wish=Matters)
def matters(view: View, wish: Matters) -> list[dict[str, Any]]:
    """Promises made in calls that nobody has kept yet."""
    mine = DutyNote.centre == wish.centre
    rows = view.session.execute(
        sa.select(DutyNote).where(DutyNote.live, mine).order_by(DutyNote.at, DutyNote.id)
    )
    return [
        matter(
            "promise", ("duty_note", row.id), (f"{row.who}：{row.promise}", f"{row.who}: {row.promise}"),
            row.at, row.promise_due_at,
        )
        for row in rows.scalars()
    ]  # fmt: skip
