"""Figures of hazards by township: closed, verified, recurring, overdue. Never a ranking, never by how many were found.

Whoever finds more must not look worse. So nothing is divided by what was found; a township's own finds stand beside, and count
against nobody. Rows come in the order of the codes, whatever the figures say.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from pydantic import Field

from command.core.queries import Moment, View, Wish, query
from command.hazards.models import Hazard
from command.hazards.queries import READ, hazard_visible
from command.hazards.words import RUNNING
from command.places import register


class Span(Wish):
    """Found since and until when."""

    since: Moment | None = None
    until: Moment | None = None
    type: str | None = Field(None, max_length=16)


def _count(criterion: Any) -> Any:
    return sa.func.sum(sa.case((criterion, 1), else_=0))


@query(
    "hazards.statistics",
    wish=Span,
    needs=READ,
    http="GET /hazards/statistics",
    output=dict[str, Any],
    long=True,
)
def statistics(view: View, wish: Span) -> dict[str, Any]:
    """For each township, in the order of the codes: closed, verified on site, in time, recurring, overdue, under watch, and
    beside them who found what. No share, no rank, no sum of finds."""
    asked = [hazard_visible(view.actor), Hazard.state != "reported"]
    asked += [Hazard.found_at >= wish.since] if wish.since else []
    asked += [Hazard.found_at < wish.until] if wish.until else []
    asked += [Hazard.type == wish.type] if wish.type else []
    rectified = sa.and_(
        Hazard.state.in_(("closed", "lookback")),
        Hazard.closed_how.in_(("at_once", "accepted", "looked_back")),
    )
    verified = sa.and_(rectified, Hazard.closed_how != "at_once")
    found_itself = sa.func.substr(Hazard.found_centre, 1, 9) == Hazard.centre
    figures = {
        "closed": rectified,
        "verified": verified,
        "in_time": sa.and_(verified, Hazard.closed_at <= Hazard.deadline),
        "recurring": Hazard.recurred > 0,
        "overdue": sa.and_(Hazard.state.in_(RUNNING), Hazard.deadline < view.now),
        "watched": Hazard.state == "monitored",
        "own_finds": found_itself,
        "others_finds": sa.not_(found_itself),
    }
    columns = [_count(criterion).label(name) for name, criterion in figures.items()]
    rows = view.session.execute(
        sa.select(Hazard.centre, *columns).where(*asked).group_by(Hazard.centre).order_by(Hazard.centre)
    ).all()
    items = [
        {
            "centre": row.centre,
            "name": _name(row.centre),
            **{name: int(getattr(row, name)) for name in figures},
        }
        for row in rows
    ]
    return {"items": items, "order": "code"}


def _name(code: str) -> str:
    place = register.place(code)
    return place.name if place else code
