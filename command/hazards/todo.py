"""What is to be done about hazards, a page at a time: late first, then by date, then what has no date, the newest find first.

A county has tens of thousands open. No screen is sent them all: it asks for the first of those that it looks for, and how many there
are; what it shows is kept true by the entries of its rooms (events.py).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa
from pydantic import Field

from command.core import clock
from command.core.errors import Invalid
from command.core.queries import View, query
from command.core.records import Criterion
from command.hazards.models import Hazard
from command.hazards.paging import Page, any_of, counted, words_of
from command.hazards.queries import HAZARDS, READ, hazard_visible
from command.hazards.words import HAZARD_FLOW, RUNNING

WEEK = timedelta(days=8)
"""Up to the end of the seventh day from today."""
OF: dict[str, Criterion] = {
    "open": Hazard.live == sa.true(),
    "watched": Hazard.state == "monitored",
    "shut": sa.and_(Hazard.state.in_(("closed", "lookback")), sa.not_(Hazard.live)),
}


class Sought(Page):
    """Which hazards: what is to be done, danger points under watch, or what is closed; narrowed as a person looks for them."""

    of: Literal["open", "watched", "shut"] = "open"
    q: str = Field("", max_length=80)
    centre: str = Field("", max_length=32)
    type: str = Field("", max_length=16)
    stage: str = Field("", max_length=16)


@query("hazards.page", wish=Sought, needs=READ, http="GET /hazards/page", output=dict[str, Any], long=True)
def page(view: View, wish: Sought) -> dict[str, Any]:
    """One page of hazards as they are sought, and how many there are of them: in all, late, due within the week, major."""
    among = [hazard_visible(view.actor), OF[wish.of], *_sought(wish)]
    stages = _stages(view.now)
    if wish.stage and wish.stage not in stages and wish.stage not in HAZARD_FLOW.states:
        raise Invalid(
            f"stage: {', '.join(stages)} or a state", zh=f"stage 须为 {'、'.join(stages)} 或一种状态"
        )
    stage = stages.get(wish.stage, Hazard.state == wish.stage) if wish.stage else sa.true()
    counts = counted(view, Hazard.id, among, {"found": stage, "all": sa.true(), **stages})
    rows = _rows(view, wish, [*among, stage])
    return wish.answer(view, HAZARDS, rows) | {"count": counts.pop("found"), "counts": counts}


def _stages(now: datetime) -> dict[str, Criterion]:
    """What somebody at a desk looks for besides the states themselves."""
    runs = Hazard.state.in_(sorted(RUNNING))
    today = now.astimezone(clock.LOCAL).replace(hour=0, minute=0, second=0, microsecond=0)
    return {
        "late": sa.and_(runs, Hazard.deadline < now),
        "week": sa.and_(runs, Hazard.deadline >= now, Hazard.deadline < today + WEEK),
        "major": Hazard.level == "major",
    }


def _sought(wish: Sought) -> list[Criterion]:
    """Every word stands in its name, number, place or duties, or is the name of its village or township, also by pinyin."""
    said = (Hazard.title, Hazard.number, Hazard.place_text, sa.cast(Hazard.duties, sa.Text))
    out = [any_of(word, said, Hazard.village_code, Hazard.centre) for word in words_of(wish.q)]
    out += [Hazard.centre == wish.centre] if wish.centre else []
    out += [Hazard.type == wish.type] if wish.type else []
    return out


def _rows(view: View, wish: Sought, chosen: list[Criterion]) -> list[Hazard]:
    """One more than asked for. What has a date comes by its date; each half walks along an index."""
    last = view.session.get(Hazard, (view.world, wish.after)) if wish.after else None
    if wish.of != "open":
        newest = sa.select(Hazard).where(*chosen).order_by(Hazard.id.desc()).limit(wish.limit + 1)
        return list(view.session.execute(newest.where(Hazard.id < last.id) if last else newest).scalars())
    rows: list[Hazard] = []
    if last is None or last.deadline is not None:
        dated = sa.select(Hazard).where(*chosen, Hazard.deadline.is_not(None))
        if last is not None:
            dated = dated.where(
                sa.or_(
                    Hazard.deadline > last.deadline,
                    sa.and_(Hazard.deadline == last.deadline, Hazard.id > last.id),
                )
            )
        dated = dated.order_by(Hazard.deadline, Hazard.id).limit(wish.limit + 1)
        rows += view.session.execute(dated).scalars()
        last = None
    if len(rows) <= wish.limit:
        undated = sa.select(Hazard).where(*chosen, Hazard.deadline.is_(None))
        if last is not None:
            undated = undated.where(
                sa.or_(
                    Hazard.found_at < last.found_at,
                    sa.and_(Hazard.found_at == last.found_at, Hazard.id > last.id),
                )
            )
        undated = undated.order_by(Hazard.found_at.desc(), Hazard.id).limit(wish.limit + 1 - len(rows))
        rows += view.session.execute(undated).scalars()
    return rows
