"""The impact of an incident or of a drawn shape: who and what is in the way, who can be there when, what may follow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from shapely import Point
from shapely.geometry import mapping

from command.core import clock
from command.core.map.joining import ROLES
from command.core.queries import View, query
from command.core.records import find
from command.core.store import spatial
from command.incidents.models import Incident
from command.incidents.queries import INCIDENTS
from command.places.models import NamedPlace
from command.places.queries import READ
from command.places.words import WHOLE_VILLAGES
from command.roads.travelling import basis_of
from command.roads.ways import Ways, ways
from dispatch.impact import dominoes, rules
from dispatch.impact.contract import OfIncident, OfShape, drawn
from dispatch.impact.dominoes import Link, Thing
from dispatch.impact.forces import forces
from dispatch.impact.ground import absent, fetch, held, unplaced
from dispatch.impact.held import Held
from dispatch.impact.telling import gather, tell
from geo.impact import Zone, farthest
from geo.plane import Plane
from geo.shapes import to_geojson

Say = dict[str, str]
MOST_LINKS = 40
MOST_THINGS = 400
NO_POINT: Say = {
    "zh": "没有坐标：按 P 定位后再算影响",
    "en": "No point yet: set one (P), then the impact can be told",
}
BY_STRAIGHT: Say = {
    "zh": "距离为直线；村庄按登记点整村计入，人口是登记数，不是现场人数",
    "en": "Distances are straight lines; a village counts whole by its point; people are as registered, not as present",
}


@query(
    "incident.impact",
    wish=OfIncident,
    needs=READ,
    http="GET /incidents/{id}/impact",
    output=dict[str, Any],
    ahead=fetch,
)
def impact_of_incident(view: View, wish: OfIncident) -> dict[str, Any]:
    """What lies around an incident, people first; teams by when they can be there; what may follow."""
    incident = find(view.session, INCIDENTS, wish.id, view.actor)
    known = {
        "incident_id": incident.id,
        "number": incident.number,
        "title": incident.title,
        "kind": incident.kind,
    }
    found = _scene(view, incident)
    if found is None:
        return {**known, **_nothing(view)}
    point, text = found
    zone = Zone(Point(*point), wish.radius_m)
    return {**known, **_told(view, zone, incident.kind, incident.id, text)}


@query("impact.of_shape", wish=OfShape, needs=READ, http="GET /impact", output=dict[str, Any], ahead=fetch)
def impact_of_shape(view: View, wish: OfShape) -> dict[str, Any]:
    """What lies in a drawn shape and around it; with a kind of incident, what it may set off there."""
    zone = Zone(drawn(wish.shape), wish.radius_m)
    known = {"incident_id": None, "number": None, "title": None, "kind": wish.kind}
    return {**known, **_told(view, zone, wish.kind, None, None)}


def _scene(view: View, incident: Incident) -> tuple[tuple[float, float], Say | None] | None:
    """Where it is: its point, else its village's own point on record. A township's schematic anchor is no place to look around."""
    point = spatial.shown(incident.location)
    if point is not None:
        lon, lat = point["coordinates"]
        return (lon, lat), None
    if incident.village_code is None:
        return None
    village = sa.select(NamedPlace).where(
        NamedPlace.live,
        NamedPlace.village_code == incident.village_code,
        NamedPlace.kind.in_(WHOLE_VILLAGES),
        NamedPlace.location.is_not(None),
    )
    row = view.session.execute(village.order_by(NamedPlace.id).limit(1)).scalar_one_or_none()
    if row is None:
        return None
    place = spatial.geometry(row.location)
    text = {
        "zh": f"以登记的村庄点为中心：{row.name}",
        "en": f"Around the village's point on record: {row.name}",
    }
    return (place.x, place.y), text


def _nothing(view: View) -> dict[str, Any]:
    return {
        "zone": None, "text": NO_POINT, "roles": [], "teams": None, "dominoes": [], "dominoes_more": 0, "unplaced": unplaced(view),
        "absent": absent(view.actor), "basis": None, "computed_at": clock.wire(view.now),
    }  # fmt: skip


def _told(view: View, zone: Zone, kind: str | None, itself: str | None, text: Say | None) -> dict[str, Any]:
    every = held(view, zone, dominoes.reach_m(dominoes.applying(kind), zone.radius_m))
    roads = ways(view.session, view.directory)
    groups = gather(zone, every, itself)
    seen = {role for one in every for role in one.part.all_roles}
    links = _links(zone, kind, every)
    bare = unplaced(view)
    without = {one["role"] for one in bare}
    return {
        "zone": _zone(zone), "text": text,
        "roles": [tell(zone, role, groups[role], roads, role in without) for role in ROLES if role in seen],
        "teams": _teams(view, zone, roads),
        "dominoes": [_link(one, every) for one in links[:MOST_LINKS]], "dominoes_more": max(0, len(links) - MOST_LINKS),
        "unplaced": bare, "absent": absent(view.actor),
        "basis": {"distance": BY_STRAIGHT, "times": basis_of(roads), "dominoes": rules.BASIS},
        "computed_at": clock.wire(view.now),
    }  # fmt: skip


def _teams(view: View, zone: Zone, roads: Ways | None) -> dict[str, Any] | None:
    return forces(view, zone.middle, roads) if view.actor.may("team.read") else None


def _zone(zone: Zone) -> dict[str, Any]:
    """The zone as a map draws it."""
    plane = Plane(*zone.middle)
    area = (
        plane.round(plane.flat(zone.shape).buffer(zone.radius_m, quad_segs=16))
        if zone.radius_m
        else zone.shape
    )
    return {
        "shape": to_geojson(zone.shape), "radius_m": zone.radius_m, "area": mapping(area),
        "area_km2": round(zone.area_m2() / 1e6, 2), "middle": {"type": "Point", "coordinates": list(zone.middle)},
    }  # fmt: skip


def _links(zone: Zone, kind: str | None, every: Sequence[Held]) -> list[Link]:
    """What the rules find among the things that they speak of, the nearest of them where there are very many."""
    applying = dominoes.applying(kind)
    natures = dominoes.natures(applying)
    reach_m = dominoes.reach_m(applying, zone.radius_m)
    found = [one.near(zone, reach_m, natures) for one in every]
    limit = farthest([metres for _, metres in found], MOST_THINGS)
    things = []
    for number, (one, (places, away)) in enumerate(zip(every, found, strict=True)):
        close = away <= limit
        for place, metres in zip(places[close].tolist(), away[close].tolist(), strict=True):
            where = float(one.lon[place]), float(one.lat[place])
            nature = one.natures[one.nature[place]]
            things.append(
                Thing(one.key(place), (number, place), nature, *where, metres, metres <= zone.radius_m)
            )
    things.sort(key=lambda one: (one.metres, one.key))
    return dominoes.follow(applying, things[:MOST_THINGS])


def _link(link: Link, every: Sequence[Held]) -> dict[str, Any]:
    return {
        "code": link.rule.code, "say": link.rule.say, "why": link.rule.why, "within_m": link.rule.within_m,
        "distance_m": round(link.metres), "thing": _thing(link.thing, every),
        "from": _thing(link.first, every) if link.first else None,
    }  # fmt: skip


def _thing(one: Thing, every: Sequence[Held]) -> dict[str, Any]:
    holder, place = every[one.at[0]], one.at[1]
    found = holder.features[place]
    column = holder.layer.column(holder.part.by) if holder.part.by else None
    kind = next((each for each in column.values if each.code == one.nature), None) if column else None
    return {
        "id": found.id, "layer": holder.layer.name, "name": found.properties.get(holder.part.name), "inside": one.inside,
        "kind": {"code": one.nature, "zh": kind.zh if kind else one.nature, "en": kind.en if kind else one.nature},
        "location": {"type": "Point", "coordinates": [round(one.lon, 6), round(one.lat, 6)]},
    }  # fmt: skip
