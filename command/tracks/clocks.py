"""Reminders: what was promised by a time, and families that were told nothing for too long, are marked. Nothing else is done."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy.orm import Session

from command.core import due
from command.core.actions import Tx, action
from command.core.records import RecordType
from command.core.settings import setting
from command.tracks.contract import Look
from command.tracks.events import CareLate, FamilyLate, OnTracks, OpinionLate, TrackLate
from command.tracks.models import CareCase, Family, Opinion, Track
from command.tracks.queries import CARES, FAMILIES, OPINIONS, TRACK_RECORDS
from command.tracks.words import SETTLED

LOOK = "tracks.look"
HOURS = setting(
    "tracks.family_hours", Annotated[int, Field(ge=1, le=168)], 12,
    zh="家属多久未通报即提醒（本县规定）", en="Remind when a family was told nothing for", unit="h",
)  # fmt: skip
KINDS: dict[str, tuple[RecordType[Any, Any], type[OnTracks]]] = {
    "track": (TRACK_RECORDS, TrackLate),
    "opinion": (OPINIONS, OpinionLate),
    "family": (FAMILIES, FamilyLate),
    "care_case": (CARES, CareLate),
}
Timed = Track | Opinion | Family | CareCase


def due_at(session: Session, row: Timed) -> datetime | None:
    """When a thing is late, while it is open."""
    if isinstance(row, Track):
        return None if row.state in SETTLED else row.due_at
    if row.state != "open":
        return None
    if isinstance(row, Opinion):
        return row.due_at
    if isinstance(row, CareCase):
        return row.next_at
    return (row.told_at or row.created_at) + timedelta(hours=HOURS(session, row.centre))


def kind_of(row: Timed) -> str:
    """The name of its kind of record."""
    return {Track: "track", Opinion: "opinion", Family: "family", CareCase: "care_case"}[type(row)]


def promise(session: Session, row: Timed) -> None:
    """One promise for each thing that a time runs for; none for the others, and none for what is marked already."""
    at, kind = due_at(session, row), kind_of(row)
    key = f"{LOOK}:{kind}:{row.id}"
    if at is None or row.late_since is not None:
        due.call_off(session, row.world, key)
    else:
        due.promise(session, row.world, at, LOOK, {"kind": kind, "id": row.id}, key)


def settle(tx: Tx, row: Timed) -> None:
    """After a change: what is in time again is marked no longer; the next look is promised."""
    at = due_at(tx.session, row)
    row.late_since = at if at is not None and at <= tx.now else None
    promise(tx.session, row)


@action(LOOK, wish=Look, inner=True)
def look(tx: Tx, wish: Look) -> dict[str, bool]:
    """Mark what is late by now, for whoever looks and for the next shift."""
    spec, event = KINDS[wish.kind]
    row = tx.find(spec, wish.id)
    at = due_at(tx.session, row)
    late = at is not None and at <= tx.now and row.late_since is None
    if late:
        row.late_since = at
        tx.touch(row)
        tx.say(event(record=tx.show(spec, row)))
    promise(tx.session, row)
    return {"late": late}
