"""What is dangerous near a place: for the one who takes a call, and on an incident."""

from __future__ import annotations

import heapq
from typing import Any

import sqlalchemy as sa
from pydantic import Field, model_validator

from command.core.faults import Wrong
from command.core.queries import View, Wish, query
from command.core.records import find
from command.core.sight import told
from command.core.store import spatial
from command.hazards.models import Hazard, HazardIncident
from command.hazards.queries import READ, hazard_visible, show_hazards
from command.incidents.queries import INCIDENTS
from geo.distance import metres

METRES = 500.0
MOST, MOST_READ = 20, 500
STANDING = sa.or_(Hazard.live, Hazard.state == "monitored")


class Around(Wish):
    """A place, a village, or an incident; how far to look."""

    lon: float | None = Field(None, ge=-180, le=180)
    lat: float | None = Field(None, ge=-90, le=90)
    village_code: str | None = Field(None, pattern=r"^\d{12}$")
    incident_id: str | None = Field(None, max_length=36)
    metres: float = Field(METRES, ge=1, le=20_000)

    @model_validator(mode="after")
    def _somewhere(self) -> Around:
        if (self.lon is None) != (self.lat is None):
            raise Wrong("lon and lat go together", "经度和纬度须同时给出")
        if self.lon is None and self.village_code is None and self.incident_id is None:
            raise Wrong("lon and lat, village_code or incident_id: one is needed", "须给出经纬度、村或事件")
        return self


@query("hazards.near", wish=Around, needs=READ, http="GET /hazards/near", output=dict[str, Any], long=True)
def near(view: View, wish: Around) -> dict[str, Any]:
    """Open and watched hazards within so many metres, the nearest first; where only the village is known, those of the village;
    of an incident also those linked with it. Closed ones come only as linked."""
    lon, lat, village, linked = _where(view, wish)
    about = [] if lon is None or lat is None else _within(view, lon, lat, wish.metres)
    named = {*linked, *about, *([] if village is None else _of_village(view, village, lon is not None))}
    query_ = sa.select(Hazard).where(Hazard.id.in_(named), hazard_visible(view.actor))
    rows = view.session.execute(query_).scalars().all()
    away = {row.id: _away(spatial.shown(row.location), lon, lat) for row in rows}
    rows = sorted(
        rows, key=lambda row: (row.id not in linked, away[row.id] is None, away[row.id] or 0, row.id)
    )
    items = [
        {"hazard": told(view.actor, one), "distance_m": away[one.id], "linked": one.id in linked}
        for one in show_hazards(view.session, rows[:MOST])
    ]
    return {"items": items, "more": max(0, len(rows) - MOST), "metres": wish.metres}


def _within(view: View, lon: float, lat: float, reach_m: float) -> list[str]:
    """Those that stand within so many metres: the nearest, where there are very many."""
    close = spatial.within_metres(view.session, Hazard.location, lon, lat, reach_m)
    chosen = sa.select(Hazard.id, Hazard.location).where(STANDING, hazard_visible(view.actor), close)
    found = [
        (_away(spatial.shown(place), lon, lat) or 0.0, one) for one, place in view.session.execute(chosen)
    ]
    return [one for _, one in heapq.nsmallest(MOST_READ, found)]


def _of_village(view: View, village: str, placed: bool) -> list[str]:
    """Those of a village; where a place is known only those that have none of their own."""
    chosen = sa.select(Hazard.id).where(STANDING, Hazard.village_code == village, hazard_visible(view.actor))
    if placed:
        chosen = chosen.where(Hazard.location.is_(None))
    return list(view.session.execute(chosen.order_by(Hazard.id).limit(MOST_READ)).scalars())


def _where(view: View, wish: Around) -> tuple[float | None, float | None, str | None, list[str]]:
    if wish.incident_id is None:
        return wish.lon, wish.lat, wish.village_code, []
    incident = find(view.session, INCIDENTS, wish.incident_id, view.actor)
    linked = sa.select(HazardIncident.hazard_id).where(HazardIncident.incident_id == incident.id)
    ids = list(view.session.execute(linked).scalars())
    place = spatial.shown(incident.location)
    lon, lat = place["coordinates"] if place else (wish.lon, wish.lat)
    return lon, lat, wish.village_code or incident.village_code, ids


def _away(place: dict[str, Any] | None, lon: float | None, lat: float | None) -> float | None:
    if place is None or lon is None or lat is None:
        return None
    return round(metres(lon, lat, *place["coordinates"]), 1)
