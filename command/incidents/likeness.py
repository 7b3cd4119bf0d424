"""While a call is being taken: which open incidents may be the same thing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from pydantic import Field

from command.core.queries import Moment, View, Wish, query
from command.core.store import spatial
from command.incidents.kinds import KINDS
from command.incidents.models import Incident
from command.incidents.queries import incident_visible, show_incidents
from command.places import register

SIMILAR_WINDOW = timedelta(hours=6)
SIMILAR_METRES = 5000.0
SIMILAR_KM = 5.0


def _township_code(code: str | None) -> str | None:
    township = register.township_of(code) if code else None
    return township.code if township else None


class Likeness(Wish):
    """A call being taken: what is known so far."""

    kind: str | None = Field(None, max_length=32)
    village_code: str | None = Field(None, pattern=r"^\d{12}$")
    lon: float | None = Field(None, ge=-180, le=180)
    lat: float | None = Field(None, ge=-90, le=90)
    road: str | None = Field(None, min_length=1, max_length=40)
    km: float | None = Field(None, ge=0, le=10_000)
    at: Moment | None = None


@query(
    "incidents.similar",
    wish=Likeness,
    needs="incident.open",
    http="GET /incidents/similar",
    output=dict[str, Any],
    long=True,
)
def similar(view: View, wish: Likeness) -> dict[str, Any]:
    """Open incidents near in space, time and kind, the likest first, each with why."""
    at = wish.at or view.now
    statement = sa.select(Incident).where(
        Incident.live,
        incident_visible(view.actor),
        Incident.occurred_at.between(at - SIMILAR_WINDOW, at + SIMILAR_WINDOW),
    )
    near: set[str] = set()
    if wish.lon is not None and wish.lat is not None:
        close = spatial.within_metres(view.session, Incident.location, wish.lon, wish.lat, SIMILAR_METRES)
        near = set(view.session.execute(sa.select(Incident.id).where(Incident.live, close)).scalars())
    scored = [
        (_likeness(row, wish, row.id in near, at), row) for row in view.session.execute(statement).scalars()
    ]
    best = sorted((pair for pair in scored if pair[0][0] > 0), key=lambda pair: (-pair[0][0], pair[1].id))[:5]
    shown = show_incidents(view.session, [row for _, row in best])
    return {
        "items": [
            {"incident": one, "score": score, "why": why}
            for ((score, why), _), one in zip(best, shown, strict=True)
        ]
    }


def _likeness(row: Incident, wish: Likeness, near: bool, at: Any) -> tuple[int, list[dict[str, str]]]:
    """Points for place, kind and time; nothing without a place in common."""
    score = 0
    why: list[dict[str, str]] = []
    township = _township_code(wish.village_code)
    if near:
        score, why = score + 4, [*why, {"zh": "5 公里内", "en": "within 5 km"}]
    elif (apart := _along(row, wish)) is not None:
        zh, en = f"同路 {apart:.1f} 公里内", f"same road, within {apart:.1f} km"
        score, why = score + 4, [*why, {"zh": zh, "en": en}]
    elif wish.village_code and row.village_code == wish.village_code:
        score, why = score + 4, [*why, {"zh": "同村", "en": "same village"}]
    elif township and township in (row.centre, _township_code(row.village_code)):
        score, why = score + 2, [*why, {"zh": "同乡镇", "en": "same township"}]
    if not score:
        return 0, []
    if wish.kind == row.kind:
        score, why = score + 3, [*why, {"zh": "同类", "en": "same kind"}]
    elif wish.kind in KINDS and row.kind in KINDS and _family(wish.kind) == _family(row.kind):
        score, why = score + 1, [*why, {"zh": "近类", "en": "related kind"}]
    minutes = abs((row.occurred_at - at).total_seconds()) / 60
    return score + (1 if minutes <= 60 else 0), [
        *why,
        {"zh": f"相差 {minutes:.0f} 分", "en": f"{minutes:.0f} min apart"},
    ]


def _along(row: Incident, wish: Likeness) -> float | None:
    """How many kilometres of the same road lie between; None when they are not near on one road."""
    if wish.road is None or wish.km is None or not row.road:
        return None
    if wish.road.strip().upper() not in (row.road["ref"], (row.road["name"] or "").upper()):
        return None
    apart = abs(float(row.road["km"]) - wish.km)
    return apart if apart <= SIMILAR_KM else None


def _family(code: str | None) -> str | None:
    found = KINDS.get(code or "")
    return (found.parent or found.code) if found else None
