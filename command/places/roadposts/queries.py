"""Reading kilometre posts, and asking them where a kilometre lies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.orm import Session

from command.core.queries import View, Wish, query
from command.core.records import RecordType, public, record
from command.core.store import spatial
from command.places.queries import READ, also_found
from command.places.roadposts.contract import PostOut, Ref, said
from command.places.roadposts.models import RoadPost
from command.places.roadposts.spoken import road_and_km
from geo import kilometres
from geo.kilometres import Post

HOW = {
    "post": {"zh": "公里桩实测位置", "en": "the post's own place"},
    "reckoned": {"zh": "沿路推算的公里桩", "en": "a post reckoned along the road"},
    "between": {"zh": "两桩之间推算", "en": "reckoned between two posts"},
    "beyond": {"zh": "按最近的公里桩，未及此处", "en": "the nearest post: the register ends before"},
}


def _show(session: Session, rows: Sequence[RoadPost]) -> list[PostOut]:
    return [public(PostOut, row, location=spatial.shown(row.location)) for row in rows]


POSTS = record(
    RecordType(
        "road_post",
        RoadPost,
        PostOut,
        _show,
        visible=lambda actor: sa.and_(RoadPost.live),
        path="road-posts",
        needs=READ,
        order=(RoadPost.id,),
        place=RoadPost.location,
        worldly=False,
        filters={
            "ref": lambda v: RoadPost.ref == v.upper(),
            "basis": lambda v: RoadPost.basis == v,
        },
    )
)


def around(session: Session, ref: str, km: float) -> list[tuple[Post, str]]:
    """The live post at or below a kilometre and the one at or above it, each with its basis; a surveyed one before another there."""
    found = []
    for side, order in (
        (RoadPost.km <= km + 0.0004, RoadPost.km.desc()),
        (RoadPost.km >= km - 0.0004, RoadPost.km),
    ):
        asked = sa.select(RoadPost).where(RoadPost.live, RoadPost.ref == ref, side)
        row = session.execute(
            asked.order_by(order, RoadPost.basis.desc(), RoadPost.id).limit(1)
        ).scalar_one_or_none()
        if row is not None:
            lon, lat = (spatial.shown(row.location) or {})["coordinates"]
            found.append((Post(row.km, lon, lat, row.within_m), row.basis))
    return found


def placed(session: Session, ref: str, km: float) -> dict[str, Any] | None:
    """Where a kilometre of a road lies: `{location, within_m, how}`; None where no post says so."""
    posts = around(session, ref, km)
    at = kilometres.place([one for one, _ in posts], km)
    if at is None:
        return None
    surveyed = any(basis == "surveyed" and abs(one.km - km) < 0.0005 for one, basis in posts)
    how = "reckoned" if at.how == "post" and not surveyed else at.how
    point = {"type": "Point", "coordinates": [round(at.lon, 6), round(at.lat, 6)]}
    return {"location": point, "within_m": round(at.within_m), "how": how}


class OnRoad(Wish):
    """A road's number and a kilometre."""

    ref: Ref
    km: float = Field(ge=0, le=10_000)


@query("places.on_road", wish=OnRoad, needs=READ, http="GET /places/road", output=dict[str, Any])
def on_road(view: View, wish: OnRoad) -> dict[str, Any]:
    """Where a kilometre of a road lies by the register of posts, within how many metres, and on what it rests; `place` is null where
    no post says so, and `roads` tells whether the road has any."""
    found = placed(view.session, wish.ref, wish.km)
    known = sa.select(sa.func.count()).where(RoadPost.live, RoadPost.ref == wish.ref)
    return {
        "said": said(wish.ref, wish.km),
        "place": {**found, "words": HOW[found["how"]]} if found else None,
        "posts": view.session.execute(known).scalar_one(),
    }


@also_found
def typed(session: Session, text: str) -> list[dict[str, Any]]:
    """A row of `GET /places` where a road and a kilometre were typed and a post says where that is."""
    meant = road_and_km(text)
    found = placed(session, *meant) if meant else None
    if meant is None or found is None:
        return []
    name = said(*meant)
    row = {
        "code": name,
        "name": name,
        "kind": "road_post",
        "township_code": None,
        "township": None,
        "initials": "",
        "score": 1.0,
    }
    return [{**row, **found, "words": HOW[found["how"]], "road": {"ref": meant[0], "km": meant[1]}}]
