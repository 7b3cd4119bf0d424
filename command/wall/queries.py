"""What the wall shows and no store holds: P90 of the time to arrive, and what happened lately."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from command.core import canonical, clock
from command.core.journal import LOSE, Entry, EntryTopic, Head
from command.core.queries import Nothing, View, query
from command.core.settings import setting
from command.incidents.models import Incident
from command.incidents.queries import incident_visible

DAYS = 90
RECENT = 40
LOOKED_AT = 5000
NEWS = ("incident", "task", "report", "alarm", "link")

target = setting(
    "wall.arrival_target_s", int | None, None,
    zh="首队到场目标", en="Target for the first team on scene", unit="s",
)  # fmt: skip


@query(
    "wall.summary",
    wish=Nothing,
    needs="screen.wall",
    http="GET /wall/summary",
    output=dict[str, Any],
    long=True,
)
def summary(view: View, wish: Nothing) -> dict[str, Any]:
    """P90 of report to first arrival over the last 90 days with every arrival, and the latest events of the actor's scope."""
    return {"arrivals": _arrivals(view), "recent": _recent(view), "now": clock.wire(view.now)}


def p90(seconds: Sequence[float]) -> float | None:
    """The time within which nine of ten arrived (nearest rank); None of nothing. An average would hide the late ones."""
    return sorted(seconds)[math.ceil(0.9 * len(seconds)) - 1] if seconds else None


def _arrivals(view: View) -> dict[str, Any]:
    since = view.now - timedelta(days=DAYS)
    now = _between(view, since, view.now)
    before = _between(view, since - timedelta(days=DAYS), since)
    return {
        "days": DAYS,
        "since": clock.wire(since),
        "until": clock.wire(view.now),
        "n": len(now),
        "p90_s": p90([took for _, took in now]),
        "previous_n": len(before),
        "previous_p90_s": p90([took for _, took in before]),
        "target_s": target(view.session, view.actor.centre),
        "items": [{"at": clock.wire(at), "s": took} for at, took in now],
    }


def _between(view: View, since: datetime, until: datetime) -> list[tuple[datetime, float]]:
    items: list[tuple[datetime, float]] = view.ask("tasks.arrivals", since=since, until=until)["items"]
    return items


def _recent(view: View) -> list[dict[str, Any]]:
    """The newest entries that were told to the actor's parties, newest first; what only stores need is left out."""
    last = view.session.execute(sa.select(Head.seq)).scalar() or 0
    heard = sa.select(EntryTopic.seq).where(
        EntryTopic.topic.in_(view.actor.parties), EntryTopic.seq > last - LOOKED_AT, EntryTopic.change != LOSE
    )
    statement = (
        sa.select(Entry)
        .where(Entry.seq > last - LOOKED_AT, Entry.kind.in_(NEWS), Entry.text != b"{}", Entry.seq.in_(heard))
        .order_by(Entry.seq.desc())
        .limit(RECENT)
    )
    entries = [(entry, canonical.load(entry.record)) for entry in view.session.execute(statement).scalars()]
    about = _incidents(view, {_incident_of(entry, record) for entry, record in entries})
    return [_item(entry, record, about.get(_incident_of(entry, record) or "")) for entry, record in entries]


def _incident_of(entry: Entry, record: dict[str, Any]) -> str | None:
    return record.get("id") if entry.kind == "incident" else record.get("incident_id")


def _incidents(view: View, ids: set[str | None]) -> dict[str, tuple[str, str]]:
    """Kind and centre of the incidents that the actor may see."""
    statement = sa.select(Incident.id, Incident.kind, Incident.centre).where(
        Incident.id.in_([one for one in ids if one]), incident_visible(view.actor)
    )
    return {row.id: (row.kind, row.centre) for row in view.session.execute(statement)}


def _item(entry: Entry, record: dict[str, Any], incident: tuple[str, str] | None) -> dict[str, Any]:
    kind, centre = incident or (None, None)
    return {
        "cursor": f"{entry.incarnation}.{entry.seq}",
        "at": clock.wire(entry.at),
        "type": entry.type,
        "kind": entry.kind,
        "text": canonical.load(entry.text),
        "incident_id": _incident_of(entry, record),
        "incident_kind": kind,
        "centre": centre,
        "state": record.get("state"),
    }
