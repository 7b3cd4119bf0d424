"""What is dangerous near a place: for the one who takes a call, and on an incident."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from pydantic import Field, model_validator

from command.core.faults import Wrong
from command.core.queries import View, Wish, query
from command.core.records import Criterion, find
from command.core.sight import told
from command.core.store import spatial
from command.hazards.models import Hazard, HazardIncident
from command.hazards.queries import READ, hazard_visible, show_hazards
from command.incidents.queries import INCIDENTS
from geo.distance import metres

METRES = 500.0
MOST = 20


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


@query("hazards.near", wish=Around, needs=READ, http="GET /hazards/near", output=dict[str, Any])
def near(view: View, wish: Around) -> dict[str, Any]:
    """Open and watched hazards within so many metres, the nearest first; where only the village is known, those of the village;
    of an incident also those linked with it. Closed ones come only as linked."""
    lon, lat, village, linked = _where(view, wish)
    standing = sa.or_(Hazard.live, Hazard.state == "monitored")
    here: list[Criterion] = []
    if lon is not None and lat is not None:
        here.append(spatial.within_metres(view.session, Hazard.location, lon, lat, wish.metres))
    if village is not None:
        here.append(sa.and_(Hazard.location.is_(None), Hazard.village_code == village))
        if lon is None:
            here.append(Hazard.village_code == village)
    chosen = (
        sa.or_(sa.and_(standing, sa.or_(*here)), Hazard.id.in_(linked)) if here else Hazard.id.in_(linked)
    )
    rows = (
        view.session.execute(sa.select(Hazard).where(chosen, hazard_visible(view.actor)).limit(500))
        .scalars()
        .all()
    )
    shown = [
        (told(view.actor, one), _away(one.location, lon, lat)) for one in show_hazards(view.session, rows)
    ]
    shown.sort(key=lambda pair: (pair[0].id not in linked, pair[1] is None, pair[1] or 0, pair[0].id))
    found = [{"hazard": one, "distance_m": away, "linked": one.id in linked} for one, away in shown]
    return {"items": found[:MOST], "more": max(0, len(found) - MOST), "metres": wish.metres}


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
