"""Which cameras see a place: the nearest to an incident, how far and which way."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from pydantic import Field, model_validator

from command.core import records
from command.core.faults import Wrong
from command.core.queries import View, Wish, query
from command.core.records import Criterion
from command.core.store import spatial
from command.places.cameras.contract import CameraOut
from command.places.cameras.models import Camera
from command.places.cameras.queries import CAMERAS, READ, camera_visible
from geo.distance import bearing, metres

FARTHEST = 20_000.0


class Around(Wish):
    """An incident, or a point; how far to look, and how many at most."""

    incident_id: str | None = Field(None, max_length=36)
    lon: float | None = Field(None, ge=-180, le=180)
    lat: float | None = Field(None, ge=-90, le=90)
    metres: float = Field(FARTHEST, ge=1, le=200_000)
    limit: int = Field(9, ge=1, le=50)

    @model_validator(mode="after")
    def _somewhere(self) -> Around:
        if (self.lon is None) != (self.lat is None):
            raise Wrong("lon and lat go together", "经度和纬度须同时给出")
        if self.lon is None and self.incident_id is None:
            raise Wrong("incident_id, or lon and lat", "须给出事件或经纬度")
        return self


@query("cameras.near", wish=Around, needs=READ, http="GET /cameras/near", output=dict[str, Any], long=True)
def near(view: View, wish: Around) -> dict[str, Any]:
    """The nearest cameras, with metres and bearing from the place; of an incident known by its village only, those of the village
    and then of its township, without a distance. `basis`: point, village or none."""
    lon, lat, village, centre = _where(view, wish)
    if lon is not None and lat is not None:
        here = spatial.within_metres(view.session, Camera.location, lon, lat, wish.metres)
        found = [_told(one, lon, lat) for one in _read(view, here)]
        found.sort(key=lambda one: (one["distance_m"], one["camera"].id))
        basis = "point"
    elif village is None and centre is None:
        found, basis = [], "none"
    else:
        ours = sa.or_(Camera.village_code == village, Camera.centre == centre)
        found = [_told(one, None, None) for one in _read(view, ours)]
        found.sort(
            key=lambda one: (one["camera"].village_code != village, one["camera"].name, one["camera"].id)
        )
        basis = "village"
    return {"items": found[: wish.limit], "more": max(0, len(found) - wish.limit), "basis": basis}


def _where(view: View, wish: Around) -> tuple[float | None, float | None, str | None, str | None]:
    if wish.incident_id is None:
        return wish.lon, wish.lat, None, None
    incident = records.find(view.session, "incident", wish.incident_id, view.actor)
    place = spatial.shown(incident.location)
    lon, lat = place["coordinates"] if place else (None, None)
    return lon, lat, incident.village_code, incident.centre


def _read(view: View, here: Criterion) -> list[CameraOut]:
    rows = view.session.execute(sa.select(Camera).where(camera_visible(view.actor), here)).scalars().all()
    return records.fill(view.session, "camera", CAMERAS.show(view.session, rows))


def _told(one: CameraOut, lon: float | None, lat: float | None) -> dict[str, Any]:
    if lon is None or lat is None or one.location is None:
        return {"camera": one, "distance_m": None, "bearing": None}
    x, y = one.location["coordinates"]
    return {
        "camera": one,
        "distance_m": round(metres(lon, lat, x, y)),
        "bearing": round(bearing(lon, lat, x, y)) % 360,
    }
