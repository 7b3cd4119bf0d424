"""The log of duty as it is read, filtered, printed and exported: what a person wrote, and what the journal has by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa
from pydantic import Field

from command.centres.models import Centre
from command.core import canonical, clock
from command.core.errors import NotFound
from command.core.journal import Entry, EntryTopic
from command.core.queries import Download, Moment, View, Wish, query
from command.core.sheets import sheet
from command.duty.contract import Code
from command.duty.journal import since_seq
from command.duty.matters import party_of
from command.duty.queries import READ, own_centres
from command.duty.words import LOG_SORTS, WRITTEN

MOST, MOST_EXPORTED = 500, 20_000
DAY = timedelta(days=1)
CALL = "电话记录"
"""The source under which a desk notes a call as a report of its incident (screens/desk/phones.ts)."""
TYPES: dict[str, tuple[str, ...]] = {
    "report": ("incident.reported", "sitrep."),
    "warning": ("warning.",),
    "callout": ("callout.",),
    "dispatch": ("task.ordered", "task.reassigned", "task.moved"),
    "instruction": ("instruction.", "incident.command"),
    "check": ("duty_check.",),
    "handover": ("handover.", "duty.began", "duty.ended"),
}
"""Which of the journal's events are lines of the log: whole names, or all that begin with a name that ends in a dot."""
OWN = ("duty", "duty_handover", "duty_note")
HEADS = {
    "zh": ("时间", "类别", "单位或岗位", "内容", "谁登记"),
    "en": ("At", "Sort", "Who", "What", "Written by"),
}


class Part(Wish):
    """Whose log, from when until when (absent: the last day), which sorts, with which words in it."""

    centre: Code | None = None
    since: Moment | None = None
    until: Moment | None = None
    sorts: str | None = Field(None, max_length=200)
    q: str | None = Field(None, max_length=40)
    limit: int = Field(200, ge=1, le=MOST)


def _matches(types: tuple[str, ...]) -> sa.ColumnElement[bool]:
    whole = [one for one in types if not one.endswith(".")]
    begins = [Entry.type.startswith(one, autoescape=True) for one in types if one.endswith(".")]
    return sa.or_(Entry.type.in_(whole), *begins)


def _criteria(sorts: set[str]) -> sa.ColumnElement[bool]:
    chosen = [_matches(TYPES[sort]) for sort in sorted(sorts & set(TYPES))]
    if sorts & set(WRITTEN):
        chosen.append(Entry.type == "duty_note.written")
    if "call_out" in sorts:
        chosen.append(Entry.type == "report.added")
    return sa.or_(*chosen) if chosen else sa.false()


def _sort_of(entry: Any, record: dict[str, Any]) -> str | None:
    if entry.type == "duty_note.written":
        return str(record["sort"])
    if entry.type == "report.added":
        return "call_out" if record.get("source") == CALL else None
    for sort, types in TYPES.items():
        if any(entry.type == one or (one.endswith(".") and entry.type.startswith(one)) for one in types):
            return sort
    return None


def lines(view: View, wish: Part, most: int) -> Iterator[dict[str, Any]]:
    """The lines of a centre's log, the newest first."""
    centre = wish.centre or view.actor.centre
    found = view.session.execute(
        sa.select(Centre.id).where(Centre.id == centre, own_centres(Centre.id, view.actor))
    )
    if found.first() is None:
        raise NotFound()
    sorts = set(wish.sorts.split(",")) if wish.sorts else set(LOG_SORTS)
    until = wish.until or view.now + DAY
    since = wish.since or view.now - DAY
    heard = sa.select(EntryTopic.seq).where(
        EntryTopic.topic == party_of(centre), EntryTopic.seq > since_seq(view.session, since)
    )
    wanted = sa.select(Entry).where(
        Entry.seq.in_(heard), Entry.received_at >= since, Entry.received_at < until, _criteria(sorts)
    )
    given = 0
    for entry in view.session.execute(wanted.order_by(Entry.seq.desc())).scalars():
        record = canonical.load(entry.record)
        sort = _sort_of(entry, record)
        one = _line(entry, record, sort) if sort in sorts else None
        if one is None or not _of(centre, entry.kind, record) or not _says(one, wish.q):
            continue
        yield one
        given += 1
        if given == most:
            return


def _of(centre: str, kind: str, record: dict[str, Any]) -> bool:
    """The county's log holds what its own desk wrote and its own shifts, not those of each township."""
    return len(centre) > 6 or kind not in OWN or len(record["centre"]) == 6


def _says(one: dict[str, Any], q: str | None) -> bool:
    return not q or q in f"{one['who']} {one['text']['zh']} {one['text']['en']} {one['by']}"


def _line(entry: Any, record: dict[str, Any], sort: str | None) -> dict[str, Any]:
    note = entry.type == "duty_note.written"
    text = {"zh": record["text"], "en": record["text"]} if note else canonical.load(entry.text)
    return {
        "seq": entry.seq,
        "at": record["at"] if note else clock.wire(entry.at),
        "sort": sort,
        "who": record["who"] if note else "",
        "text": text,
        "by": entry.actor_name,
        "id": record["id"],
        "note": note,
        "promise": record["promise"] if note else None,
        "promise_due_at": record["promise_due_at"] if note else None,
        "person": bool(note and record["person"]),
    }


@query("duty.log", wish=Part, needs=READ, http="GET /duty/log", output=dict[str, Any])
def log(view: View, wish: Part) -> dict[str, Any]:
    """A centre's log, the newest first: calls, papers, instructions, reports, warnings, dispatch, roll-calls, handovers."""
    items = list(lines(view, wish, wish.limit + 1))
    return {"items": items[: wish.limit], "more": len(items) > wish.limit, "at": clock.wire(view.now)}


class Exported(Part):
    """A part of the log as a file; `words`: its language."""

    words: Literal["zh", "en"] | None = None


@query("duty.log_export", wish=Exported, needs=READ, http="GET /duty/log-export", output=str)
def export(view: View, wish: Exported) -> Download:
    """A centre's log as CSV, the oldest first; it has people's words, so the export goes into the access log."""
    lang = wish.words or ("en" if view.actor.lang == "en" else "zh")
    found = list(lines(view, wish, MOST_EXPORTED))[::-1]
    view.log_read("export", f"duty log {wish.centre or view.actor.centre}")
    return sheet("duty-log.csv", HEADS[lang], (_cells(one, lang) for one in found))


def _cells(one: dict[str, Any], lang: str) -> tuple[str, ...]:
    word = LOG_SORTS[one["sort"]]
    at = clock.stamp(datetime.fromisoformat(one["at"]))
    return at, word.en if lang == "en" else word.zh, one["who"], one["text"][lang], one["by"]
