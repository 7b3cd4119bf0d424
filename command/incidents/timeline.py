"""The timeline of an incident: its journal entries in words, in journal order."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.orm import Session

from command.core import canonical, clock, sight
from command.core.access import Actor
from command.core.journal import Entry, EntryTopic
from command.core.live.snapshots import use_timeline
from command.core.queries import Download, View, Wish, query
from command.core.records import find
from command.core.sheets import sheet
from command.incidents.queries import INCIDENTS

MOST_EXPORTED = 50_000
HEADS = {
    "zh": ("发生时刻", "收到时刻", "谁", "何事", "类型"),
    "en": ("At", "Received", "Who", "What", "Type"),
}
SYSTEM = {"zh": "系统", "en": "system"}


class Page(Wish):
    """Which part of a long list."""

    id: str = Field(max_length=36)
    limit: int = Field(200, ge=1)
    after: int = Field(0, ge=0)


@query(
    "incident.timeline",
    wish=Page,
    needs="incident.read",
    http="GET /incidents/{id}/timeline",
    output=dict[str, Any],
    long=True,
)
def timeline(view: View, wish: Page) -> dict[str, Any]:
    """What happened on an incident: one item each for report, order, task step, state change, in journal order."""
    find(view.session, INCIDENTS, wish.id, view.actor)
    topics = [f"incident:{wish.id}"]
    items = timeline_items(
        view.session, topics[0], view.actor, after=wish.after, limit=min(wish.limit, 1000) + 1
    )
    full = len(items) > min(wish.limit, 1000)
    items = items[: min(wish.limit, 1000)]
    return {"items": items, "next": str(items[-1]["seq"]) if full else None}


class Exported(Wish):
    """Whose timeline, in which language; without one, the account's."""

    id: str = Field(max_length=36)
    words: Literal["zh", "en"] | None = None


@query(
    "incident.timeline_export",
    wish=Exported,
    needs="incident.read",
    http="GET /incidents/{id}/timeline-export",
    output=str,
    long=True,
)
def export(view: View, wish: Exported) -> Download:
    """The timeline as CSV, oldest first; it names people and has their words, so the export goes into the access log."""
    row = find(view.session, INCIDENTS, wish.id, view.actor)
    lang = wish.words or ("en" if view.actor.lang == "en" else "zh")
    items = timeline_items(view.session, f"incident:{wish.id}", view.actor, limit=MOST_EXPORTED, lang=lang)
    view.log_read("export", f"timeline {row.number}")
    return sheet(f"{row.number}.csv", HEADS[lang], (_cells(item, lang) for item in items))


def _cells(item: dict[str, Any], lang: str) -> tuple[str, ...]:
    who = SYSTEM[lang] if item["actor"] == "system" else item["actor_name"] or ""
    at, received = (clock.stamp(datetime.fromisoformat(item[one])) for one in ("at", "received_at"))
    return at, received, who, item["text"], item["type"]


def timeline_items(
    session: Session,
    topic: str,
    actor: Actor | None,
    *,
    after: int = 0,
    limit: int = 500,
    newest: bool = False,
    lang: str | None = None,
) -> list[dict[str, Any]]:
    """Timeline items of a topic in order. A team's account is told only what it was told when it happened."""
    heard = sa.select(EntryTopic.seq).where(EntryTopic.topic == topic)
    statement = sa.select(Entry).where(Entry.seq.in_(heard), Entry.seq > after, Entry.text != b"{}")
    if actor is not None and actor.team_id is not None:
        own = sa.select(EntryTopic.seq).where(EntryTopic.topic.in_(actor.parties))
        statement = statement.where(Entry.seq.in_(own), Entry.type.notin_(sight.hushed_events()))
    lang = lang or (actor.lang if actor else "zh")
    order = Entry.seq.desc() if newest else Entry.seq
    found = [
        _item(entry, None if newest else lang, actor)
        for entry in session.execute(statement.order_by(order).limit(limit)).scalars()
    ]
    return found[::-1] if newest else found


def _item(entry: Entry, lang: str | None, actor: Actor | None) -> dict[str, Any]:
    text, record = canonical.load(entry.text), canonical.load(entry.record)
    if actor is not None and actor.team_id is not None:
        record = sight.narrowed(entry.kind, record, actor.parties)
    return {
        "seq": entry.seq,
        "cursor": f"{entry.incarnation}.{entry.seq}",
        "at": clock.wire(entry.at),
        "received_at": clock.wire(entry.received_at),
        "actor": entry.actor,
        "actor_name": entry.actor_name,
        "type": entry.type,
        "kind": entry.kind,
        "text": text if lang is None else text.get(lang, text.get("zh")),
        "record": record,
    }


use_timeline(lambda session, topic: timeline_items(session, topic, None, newest=True))
