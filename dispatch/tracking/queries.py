"""Reading positions: a team's last one in its record, and its trail."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from command.core import clock, records
from command.core.queries import View, query
from dispatch.tracking import latest, tracker
from dispatch.tracking.contract import OfTrail, milliseconds

FIRST, LAST = -(2**62), 2**62


@records.fleeting("team")
def position_of(session: Session, shown: list[Any]) -> None:
    """A team that is on duty or on a task says where it is."""
    for one in tracker.shared_now(shown):
        fix = latest.get(session.info["world"], one.id)
        if fix is not None:
            one.position = {"lon": fix.lon, "lat": fix.lat, "at": clock.wire(fix.at)}


@query(
    "team.trail",
    wish=OfTrail,
    needs="team.read",
    http="GET /teams/{id}/trail",
    output=dict[str, Any],
    long=True,
)
def trail(view: View, wish: OfTrail) -> dict[str, Any]:
    """Where a team was, thinned, oldest first; only while it was on duty or on a task."""
    records.find(view.session, "team", wish.id, view.actor)
    since = FIRST if wish.from_ is None else milliseconds(wish.from_)
    until = LAST if wish.to is None else milliseconds(wish.to)
    rows = tracker.current().store.way(view.session, view.world, wish.id, since, until, wish.limit)
    return {"items": [_shown(row) for row in rows]}


def _shown(row: Any) -> dict[str, Any]:
    _, _, at, received_at, lon, lat, speed, heading, accuracy, ahead = row
    return {
        "lon": lon / 1e6,
        "lat": lat / 1e6,
        "at": _time(at),
        "received_at": _time(received_at),
        "speed": speed,
        "heading": heading,
        "accuracy": accuracy,
        "ahead": bool(ahead),
    }


def _time(milliseconds: int) -> str:
    return clock.wire(datetime.fromtimestamp(milliseconds / 1000, UTC))
