"""基层负担表: what is asked of each township in a week — fields filled in, messages sent to it, calls made with it.

Computed from what was done, never asked for. It says what the county asks of them, so that less can be asked: it ranks nobody,
rows come in the order of the codes, nothing is divided or added up across townships."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any, Literal

import sqlalchemy as sa
from pydantic import Field

from command.centres.models import Centre, User
from command.core import canonical, clock
from command.core.access import permission
from command.core.actions import ACTIONS
from command.core.deliveries.models import Delivery
from command.core.journal import Entry
from command.core.queries import QUERIES, Download, View, Wish, query
from command.core.receipts import Receipt
from command.core.sheets import sheet
from command.duty.journal import since_seq
from command.duty.logbook import CALL
from command.duty.models import DutyCheck, DutyNote

BURDEN = permission("duty.burden", "see what is asked of each township in a week", "查看基层负担表")
FIGURES = ("fields", "messages", "calls")
CALLS = ("call_in", "call_out")
RUNG = ".calls"
"""A slice in which people are rung declares `@query("<slice>.calls", wish=Since)` and answers with (centre, at) of each call."""
BY_ITSELF = ("id", "at", "centre")
"""What the system fills in when nobody did."""
EMPTY: tuple[Any, ...] = (None, "", [], {})
HEADS = {
    "zh": ("周（星期一）", "代码", "乡镇", "填报项数", "发给该乡镇的消息", "通话次数"),
    "en": ("Week of", "Code", "Township", "Fields filled in", "Messages sent to it", "Calls"),
}
Totals = dict[tuple[str, str], Counter[str]]


class Weeks(Wish):
    """How many weeks back, this one included."""

    weeks: int = Field(4, ge=1, le=26)


class Exported(Weeks):
    """As a file, in which language."""

    words: Literal["zh", "en"] | None = None


def week_of(at: datetime) -> str:
    """The Monday of a time's week by the county's clocks."""
    day = at.astimezone(clock.LOCAL).date()
    return (day - timedelta(days=day.weekday())).isoformat()


def _table(view: View, weeks: int) -> list[dict[str, Any]]:
    monday = datetime.fromisoformat(week_of(view.now)).date() - timedelta(weeks=weeks - 1)
    since = datetime.combine(monday, time(), clock.LOCAL)
    towns = view.session.execute(
        sa.select(Centre.id, Centre.name).where(Centre.kind == "township").order_by(Centre.id)
    )
    totals: Totals = defaultdict(Counter)
    for week, code, figure, n in _counted(view, since):
        totals[week, code[:9]][figure] += n
    named = [(row.id, row.name) for row in towns]
    shown = [(monday + timedelta(weeks=n)).isoformat() for n in range(weeks)][::-1]
    return [
        {"week": week, "centre": code, "name": name, **{one: totals[week, code][one] for one in FIGURES}}
        for week in shown
        for code, name in named
    ]


def _counted(view: View, since: datetime) -> Iterator[tuple[str, str, str, int]]:
    yield from _entered(view, since)
    made = sa.select(Delivery.centre, Delivery.made_at).where(
        Delivery.made_at >= since, Delivery.state != "cancelled"
    )
    asked = sa.select(DutyCheck.centre, DutyCheck.asked_at).where(
        DutyCheck.asked_at >= since, DutyCheck.state.in_(("asked", "missed")) | (DutyCheck.how == "key")
    )
    for source in (made, asked):
        for code, at in view.session.execute(source):
            yield week_of(at), code, "messages", 1
    rung = sa.select(DutyNote.centre, DutyNote.with_centre, DutyNote.at).where(
        DutyNote.at >= since, DutyNote.sort.in_(CALLS)
    )
    for own, other, at in view.session.execute(rung):
        for code in {own, other or own}:
            yield week_of(at), code, "calls", 1
    for name in sorted(one for one in QUERIES if one.endswith(RUNG)):
        for code, at in view.ask(name, since=since):
            yield week_of(at), code, "calls", 1


def _entered(view: View, since: datetime) -> Iterator[tuple[str, str, str, int]]:
    """The fields that a township's people filled in, and the calls that they noted on incidents. A command counts once: those
    fields of its form that have a value in what came of it. What was filled in is not kept, so it is read from the outcome."""
    session = view.session
    people = sa.select(User.id, User.centre).where(User.team_id.is_(None), sa.func.length(User.centre) >= 9)
    homes: dict[str, str] = {row.id: row.centre for row in session.execute(people) if "-" not in row.centre}
    done = (
        sa.select(Entry.actor, Entry.command, Entry.received_at, Entry.record, Receipt.name)
        .join(Receipt, sa.and_(Receipt.actor == Entry.actor, Receipt.command == Entry.command))
        .where(
            Entry.seq > since_seq(session, since), Entry.received_at >= since, Entry.actor.in_(list(homes))
        )
    )
    filled: dict[str, set[str]] = defaultdict(set)
    for row in session.execute(done.order_by(Entry.seq)):
        record, code, week = canonical.load(row.record), homes[row.actor], week_of(row.received_at)
        form = ACTIONS[row.name].wish.model_fields if row.name in ACTIONS else {}
        given = {one for one in form if one not in BY_ITSELF and record.get(one) not in EMPTY}
        fresh = given - filled[row.command]
        filled[row.command] |= fresh
        if fresh:
            yield week, code, "fields", len(fresh)
        if row.name == "incident.report" and record.get("source") == CALL and "text" in record:
            yield week, code, "calls", 1


@query("duty.burden", wish=Weeks, needs=BURDEN, http="GET /duty/burden", output=dict[str, Any])
def burden(view: View, wish: Weeks) -> dict[str, Any]:
    """For each week, the newest first, and each township in the order of the codes: fields filled in, messages sent to it, calls."""
    return {"items": _table(view, wish.weeks), "order": "code", "at": clock.wire(view.now)}


@query("duty.burden_export", wish=Exported, needs=BURDEN, http="GET /duty/burden-export", output=str)
def export(view: View, wish: Exported) -> Download:
    """The table as CSV."""
    lang = wish.words or ("en" if view.actor.lang == "en" else "zh")
    rows = (
        [one["week"], one["centre"], one["name"], *(one[name] for name in FIGURES)]
        for one in _table(view, wish.weeks)
    )
    return sheet("township-burden.csv", HEADS[lang], rows)
