"""Which rounds are missing or due, and the register of risk points, a page at a time; and how much of all waits."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple

import sqlalchemy as sa
from pydantic import Field

from command.core.queries import Nothing, View, query
from command.core.records import Criterion
from command.hazards.inspections import INSPECTIONS, inspection_visible
from command.hazards.models import Hazard, Inspection, RiskPoint
from command.hazards.paging import Page, any_of, counted, words_of
from command.hazards.queries import READ, hazard_visible
from command.hazards.risk_points import RISKS, risk_visible
from command.hazards.words import RUNNING

COLOURS = ("red", "orange", "yellow", "blue")
DAY = timedelta(days=1)
SLACK = timedelta(seconds=1)


class Rounds(Page):
    """All rounds, or those that are due within a day and those that are missing."""

    only: Literal["all", "due"] = "all"
    q: str = Field("", max_length=80)


class Turn(NamedTuple):
    """When a round is due, and since when it has been missing."""

    id: str
    due: datetime
    missing: datetime | None


def missing_since(
    due: datetime, last: datetime | None, lapsed: int, every: int, now: datetime
) -> datetime | None:
    """Since when a round has been missing. One that did not come moved the date on, and is missing until somebody goes."""
    before = due - timedelta(days=every)
    if due < now:
        return before if lapsed and last is None else due
    if not lapsed or (last is not None and last >= before - SLACK):
        return None
    return before if last is None else last + timedelta(days=every)


def _turns(view: View, q: str = "") -> list[Turn]:
    """All recurring inspections of the actor's, what is missing longest first, then what is due next."""
    said = [
        any_of(word, (Inspection.title, Inspection.place_text), Inspection.centre, Inspection.assigned)
        for word in words_of(q)
    ]
    columns = (
        Inspection.id,
        Inspection.next_due,
        Inspection.last_at,
        Inspection.lapsed,
        Inspection.every_days,
    )
    rows = view.session.execute(
        sa.select(*columns).where(inspection_visible(view.actor), Inspection.live, *said)
    ).all()
    turns = [
        Turn(one, due, missing_since(due, last, lapsed, every, view.now))
        for one, due, last, lapsed, every in rows
    ]
    return sorted(turns, key=lambda turn: (turn.missing or turn.due, turn.id))


@query(
    "inspections.page",
    wish=Rounds,
    needs=READ,
    http="GET /inspections/page",
    output=dict[str, Any],
    long=True,
)
def rounds(view: View, wish: Rounds) -> dict[str, Any]:
    """One page of the recurring inspections, and how many there are and how many are missing."""
    turns = _turns(view, wish.q)
    missing = sum(turn.missing is not None for turn in turns)
    if wish.only == "due":
        turns = [turn for turn in turns if turn.missing is not None or turn.due < view.now + DAY]
    ids = [turn.id for turn in turns]
    start = ids.index(wish.after) + 1 if wish.after in ids else 0
    wanted = ids[start : start + wish.limit + 1]
    found = view.session.execute(sa.select(Inspection).where(Inspection.id.in_(wanted))).scalars()
    by_id = {row.id: row for row in found}
    answer = wish.answer(view, INSPECTIONS, [by_id[one] for one in wanted])
    return answer | {"count": len(turns), "counts": {"missing": missing}}


class Risks(Page):
    """Which risk points."""

    q: str = Field("", max_length=80)
    centre: str = Field("", max_length=32)
    colour: Literal["", "red", "orange", "yellow", "blue"] = ""


@query(
    "risk_points.page", wish=Risks, needs=READ, http="GET /risk_points/page", output=dict[str, Any], long=True
)
def risks(view: View, wish: Risks) -> dict[str, Any]:
    """One page of the register of risk points, the gravest first, and how many there are of each colour."""
    said = (RiskPoint.name, RiskPoint.place_text, RiskPoint.answers)
    among: list[Criterion] = [risk_visible(view.actor), RiskPoint.live == sa.true()]
    among += [any_of(word, said, RiskPoint.village_code, RiskPoint.centre) for word in words_of(wish.q)]
    among += [RiskPoint.centre == wish.centre] if wish.centre else []
    counts = counted(view, RiskPoint.id, among, {one: RiskPoint.colour == one for one in COLOURS})
    among += [RiskPoint.colour == wish.colour] if wish.colour else []
    rank = sa.case({one: n for n, one in enumerate(COLOURS)}, value=RiskPoint.colour, else_=len(COLOURS))
    key = sa.tuple_(rank, RiskPoint.centre, RiskPoint.id)
    if wish.after:
        last = view.session.get(RiskPoint, wish.after)
        among += [key > sa.tuple_(COLOURS.index(last.colour), last.centre, last.id)] if last else []
    rows = view.session.execute(
        sa.select(RiskPoint)
        .where(*among)
        .order_by(rank, RiskPoint.centre, RiskPoint.id)
        .limit(wish.limit + 1)
    )
    count = counts[wish.colour] if wish.colour else sum(counts.values())
    return wish.answer(view, RISKS, list(rows.scalars())) | {"count": count, "counts": counts}


@query(
    "hazards.waiting", wish=Nothing, needs=READ, http="GET /hazards/waiting", output=dict[str, int], long=True
)
def waiting(view: View, wish: Nothing) -> dict[str, int]:
    """How many hazards are open and late, and how many rounds are missing."""
    late = sa.and_(Hazard.state.in_(sorted(RUNNING)), Hazard.deadline < view.now)
    counts = counted(
        view,
        Hazard.id,
        [hazard_visible(view.actor), Hazard.live == sa.true()],
        {"open": sa.true(), "late": late},
    )
    return counts | {"missing": sum(turn.missing is not None for turn in _turns(view))}
