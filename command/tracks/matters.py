"""What a shift hands over of tracks: what is past its time, statements that wait, families in touch. Of care nothing: it is not
the desk's."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from command.core.access import heard_by
from command.core.matters import Matters, matter
from command.core.queries import View, query
from command.tracks.models import Family, Opinion, Statement, Track
from command.tracks.words import SETTLED, STATEMENT_STATES, TRACKS

OVER = (*SETTLED, "answered", "dropped", "withdrawn", "closed")


@query("tracks.matters", wish=Matters)
def matters(view: View, wish: Matters) -> list[dict[str, Any]]:
    """Open tracks with a date, unanswered opinion items, unpublished or outdated statements, families in touch."""

    def live(model: Any) -> list[Any]:
        mine = heard_by("incident", model.incident_id, [wish.party])
        rows = view.session.execute(sa.select(model).where(model.state.notin_(OVER), mine).order_by(model.id))
        return list(rows.scalars())

    found = [
        matter(
            "deadline",
            ("track", row.id),
            (TRACKS[row.sort].zh, TRACKS[row.sort].en),
            row.created_at,
            row.due_at,
        )
        for row in live(Track)
        if row.due_at is not None
    ]
    found += [
        matter(
            "deadline",
            ("opinion", row.id),
            (f"舆情：{row.claim}", f"Opinion: {row.claim}"),
            row.seen_at,
            row.due_at,
        )
        for row in live(Opinion)
    ]
    found += [_statement(row) for row in live(Statement) if row.state != "published" or row.differs]
    return found + [_family(row) for row in live(Family)]


def _statement(row: Statement) -> dict[str, Any]:
    word = STATEMENT_STATES[row.state]
    old = ("，数字过时", ", figures out of date") if row.differs else ("", "")
    said = (f"声明 {row.number}（{word.zh}{old[0]}）", f"Statement {row.number} ({word.en.lower()}{old[1]})")
    return matter("other", ("statement", row.id), said, row.drafted_at)


def _family(row: Family) -> dict[str, Any]:
    late = ("，久未通报", ", not told for too long") if row.late_since else ("", "")
    said = (f"家属{row.number}对接{late[0]}", f"Family {row.number} in touch{late[1]}")
    return matter("other", ("family", row.id), said, row.told_at or row.created_at)
