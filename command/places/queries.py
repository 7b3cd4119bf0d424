"""Questions about places: the gazetteer, the areas and the base map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, cast

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.orm import Session

from command.core.access import Actor, permission
from command.core.live.topics import may_hear
from command.core.queries import Nothing, View, Wish, query
from command.core.records import RecordType, public, record
from command.core.store import spatial
from command.places import finding, gazetteer, register
from command.places.contract import NOTES, AreaOut, PlaceOut
from command.places.models import Area, NamedPlace
from command.places.words import IMPACT_ROLES, WHOLE_VILLAGES
from geo.crs import Crs, from_wgs84, to_wgs84

READ = permission("layer.read", "see the map's layers")
TOPIC = "areas"


def _show_areas(session: Session, rows: Sequence[Area]) -> list[AreaOut]:
    return [public(AreaOut, row, code=row.id, note=NOTES[row.basis]) for row in rows]


AREAS = record(
    RecordType(
        "area",
        Area,
        AreaOut,
        _show_areas,
        visible=lambda actor: sa.true(),
        in_topic=lambda topic: sa.true() if topic == TOPIC else None,
        path="areas",
        needs=READ,
        order=(Area.id,),
        worldly=False,
        filters={
            "kind": lambda v: Area.kind == v,
            "parent": lambda v: Area.parent == v,
            "basis": lambda v: Area.basis == v,
        },
    )
)


def _show_places(session: Session, rows: Sequence[NamedPlace]) -> list[PlaceOut]:
    return [public(PlaceOut, row, location=spatial.shown(row.location)) for row in rows]


PLACES = record(
    RecordType(
        "place",
        NamedPlace,
        PlaceOut,
        _show_places,
        visible=lambda actor: sa.and_(NamedPlace.live),
        path="named-places",
        needs=READ,
        order=(NamedPlace.id,),
        place=NamedPlace.location,
        worldly=False,
        filters={
            "kind": lambda v: NamedPlace.kind == v,
            "centre": lambda v: NamedPlace.centre == v,
            "source": lambda v: NamedPlace.source == v,
        },
    )
)


def unplaced(session: Session) -> dict[str, int]:
    """How many places of each role are known by name alone, and the villages of the register for which no point is known."""
    bare = (
        sa.select(NamedPlace.kind, sa.func.count())
        .where(NamedPlace.live, NamedPlace.location.is_(None))
        .group_by(NamedPlace.kind)
    )
    found: Counter[str] = Counter()
    for kind, count in session.execute(bare):
        if kind in IMPACT_ROLES and kind not in WHOLE_VILLAGES:
            found[IMPACT_ROLES[kind]] += count
    known = sa.select(NamedPlace.village_code).where(
        NamedPlace.live,
        NamedPlace.location.is_not(None),
        NamedPlace.kind.in_(WHOLE_VILLAGES),
        NamedPlace.village_code.is_not(None),
    )
    placed = set(session.execute(known).scalars())
    found["people"] += sum(1 for one in register.villages() if one.code not in placed)
    return dict(found)


@may_hear
def _areas(session: Session, actor: Actor, topic: str) -> bool:
    """Whoever may see the map hears of its areas: a topic of its own, for their lines are long."""
    return topic == TOPIC and actor.may(READ)


@may_hear
def _places(session: Session, actor: Actor, topic: str) -> bool:
    """Whoever looks at the map may hear that a place changed; the register itself is read as a layer, never as a snapshot."""
    return topic == "places" and actor.may(READ)


class Typed(Wish):
    """What was typed, without an input method if need be: `jz ngc` finds 监漳镇 南皋村."""

    q: str = Field(min_length=1, max_length=60)
    limit: int = Field(8, ge=1, le=50)


Finder = Callable[[Session, str], list[dict[str, Any]]]
FINDERS: list[Finder] = []
"""Other ways in which what was typed may be a place (a road's kilometre): their rows stand first."""


def also_found(finder: Finder) -> Finder:
    """Register a way."""
    FINDERS.append(finder)
    return finder


@query("places.search", wish=Typed, http="GET /places", output=dict[str, Any], ahead=finding.begin)
def search(view: View, wish: Typed) -> dict[str, Any]:
    """Villages, townships and named places by initials, pinyin, Han or alias, the actor's own township first; a village stands
    before a named place that matches as well, a road's kilometre (`G208 K12+300`) before both. `growing`: the index of names is being
    made, and so far only what has the letters typed is found."""
    prefer = view.actor.centre[:9] if len(view.actor.centre) >= 9 else None
    villages = [hit.as_row() for hit in gazetteer.search(wish.q, wish.limit, prefer=prefer)]
    hits, whole = finding.find(view.session, wish.q, wish.limit, prefer, wait=not view.ahead)
    named = [hit.as_row() for hit in hits]
    items = sorted([*villages, *named], key=lambda row: -round(cast(float, row["score"]), 2))
    first = [row for finder in FINDERS for row in finder(view.session, wish.q)]
    return {"items": [*first, *items][: wish.limit], "next": None, "growing": not whole}


@query("map.base", wish=Nothing, http="GET /map/base", output=dict[str, Any], long=True)
def base_map(view: View, wish: Nothing) -> dict[str, Any]:
    """The base map: outline, neighbours, rivers, townships (official, else schematic: 示意·非法定界线)."""
    rows = view.session.execute(sa.select(Area).where(Area.basis == "official")).scalars()
    return register.base_map(
        {row.id: {"shape": row.shape, "anchor": row.anchor, "source": row.source} for row in rows}
    )


class At(Wish):
    """A point in degrees, in the system that is named."""

    lon: float = Field(ge=-180, le=180)
    lat: float = Field(ge=-90, le=90)
    crs: Crs = Crs.WGS84


SYSTEMS = (
    (Crs.WGS84, "WGS-84", "WGS-84"),
    (Crs.CGCS2000, "CGCS2000 国家大地坐标", "CGCS2000"),
    (Crs.GCJ02, "GCJ-02（高德、腾讯）", "GCJ-02 (Amap, Tencent)"),
    (Crs.BD09, "BD-09（百度）", "BD-09 (Baidu)"),
)


@query("map.coordinates", wish=At, needs=READ, http="GET /map/coordinates", output=dict[str, Any])
def coordinates(view: View, wish: At) -> dict[str, Any]:
    """One point in every system that Chinese maps use, to read out or to type in elsewhere."""
    lon, lat = to_wgs84(wish.lon, wish.lat, wish.crs)
    items = []
    for crs, zh, en in SYSTEMS:
        x, y = from_wgs84(lon, lat, crs)
        items.append({"crs": crs.value, "zh": zh, "en": en, "lon": round(x, 6), "lat": round(y, 6)})
    return {"items": items, "next": None}
