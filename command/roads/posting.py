"""Kilometre posts reckoned along the road net's own line, between two that were surveyed; marked as reckoned."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import sqlalchemy as sa
from pydantic import Field
from shapely.geometry import LineString

from command.core.actions import Tx, action
from command.core.errors import Conflict, Invalid
from command.core.queries import Nothing, View, Wish, query
from command.core.store import spatial
from command.places.roadposts.contract import Ref
from command.places.roadposts.models import RoadPost
from command.roads import nets
from command.roads.models import RoadNet as Net
from command.roads.queries import READ, net_in_force
from command.roads.ways import ways
from geo import kilometres
from geo.kilometres import Post
from geo.roadnet import BadNet, RoadNet

MOST = 2000


class DerivePosts(Wish):
    """A road, and the road net (its file) along whose line it is reckoned."""

    ref: Ref
    file: str = Field(pattern=r"^[0-9a-f]{64}$")


class Derived(Wish):
    """What it came to."""

    ref: str
    made: int
    withdrawn: int


def _lines(payload: dict[str, Any], directory: Path) -> list[LineString] | BadNet | None:
    """The stretches of a road, read beside the transaction."""
    file, ref = payload.get("file"), payload.get("ref")
    if not (isinstance(file, str) and isinstance(ref, str)):
        return None
    try:
        return lines_of(nets.load(directory, file), ref.strip().upper())
    except BadNet as bad:
        return bad


def lines_of(net: RoadNet, ref: str) -> list[LineString]:
    """The lines of a road by its number; a map writes several numbers of one road with semicolons between them."""
    ours = {
        at
        for at, (_, number) in enumerate(net.labels)
        if ref in {one.strip().upper() for one in number.split(";")}
    }
    return [LineString(net.line(at)) for at in range(len(net)) if int(net.label[at]) in ours]


@action(
    "road_post.derive",
    wish=DerivePosts,
    needs="place.write",
    http="POST /road-posts/derive",
    output=Derived,
    prepare=_lines,
)
def derive(tx: Tx, wish: DerivePosts) -> Derived:
    """Reckon the whole kilometres of a road between its surveyed posts, along the net in force; what was reckoned before goes."""
    force = _force(tx, wish)
    lines = tx.prepared
    if not isinstance(lines, list):
        raise Invalid(
            "file: there is no such road net in DATA_DIR/roads", zh="DATA_DIR/roads 中没有这个路网文件"
        )
    if not lines:
        raise Conflict(f"{wish.ref}: no such road in the net", zh=f"路网中没有 {wish.ref}")
    rows = (
        tx.session.execute(
            sa.select(RoadPost).where(RoadPost.live, RoadPost.ref == wish.ref).order_by(RoadPost.km)
        )
        .scalars()
        .all()
    )
    known = [_post(row) for row in rows if row.basis == "surveyed"]
    if len(known) < 2:
        raise Conflict(f"{wish.ref}: two surveyed posts are needed", zh=f"{wish.ref} 至少要有两个实测公里桩")
    made = kilometres.along(lines, known)[:MOST]
    old = [row.id for row in rows if row.basis == "interpolated"]
    for post_id in old:
        tx.act("road_post.withdraw", {"id": post_id})
    for one in made:
        point = {"type": "Point", "coordinates": [one.lon, one.lat]}
        told = {
            "ref": wish.ref,
            "km": one.km,
            "location": point,
            "basis": "interpolated",
            "within_m": one.within_m,
        }
        tx.act("road_post.enter", {**told, "source": f"沿路网推算（{force.source}）"[:200]})
    return Derived(ref=wish.ref, made=len(made), withdrawn=len(old))


@query("road_posts.roads", wish=Nothing, needs=READ, http="GET /road-posts/roads", output=dict[str, Any])
def posted(view: View, wish: Nothing) -> dict[str, Any]:
    """The roads that have posts: how many surveyed and how many reckoned, from which kilometre to which, and how long the road is in
    the net in force (null where it is not in it): what may be reckoned along."""
    surveyed, reckoned = (
        sa.func.sum(sa.case((RoadPost.basis == basis, 1), else_=0)) for basis in ("surveyed", "interpolated")
    )
    rows = view.session.execute(
        sa.select(RoadPost.ref, surveyed, reckoned, sa.func.min(RoadPost.km), sa.func.max(RoadPost.km))
        .where(RoadPost.live).group_by(RoadPost.ref).order_by(RoadPost.ref)
    )  # fmt: skip
    found = ways(view.session, view.directory)
    lengths = _km_by_ref(found.ground().net) if found else {}
    items = [
        {"ref": ref, "surveyed": int(many), "reckoned": int(also), "from_km": low, "to_km": high, "net_km": lengths.get(ref)}
        for ref, many, also, low, high in rows
    ]  # fmt: skip
    net = found.net if found else None
    told = {"file": net.file, "source": net.source, "synthetic": net.synthetic} if net else None
    return {"items": items, "net": told}


def _km_by_ref(net: RoadNet) -> dict[str, float]:
    """How long each road of a net is by its number, every carriageway counted."""
    metres = np.bincount(net.label, weights=net.length_m, minlength=len(net.labels))
    found: dict[str, float] = {}
    for (_, number), length in zip(net.labels, metres.tolist(), strict=True):
        for ref in {one.strip().upper() for one in number.split(";")} - {""}:
            found[ref] = found.get(ref, 0.0) + length / 1000
    return {ref: round(km, 1) for ref, km in found.items()}


def _force(tx: Tx, wish: DerivePosts) -> Net:
    """The net in force, if it is the one that was looked at, and one to reckon along."""
    force = net_in_force(tx.session)
    if force is None or force.file != wish.file:
        raise Conflict("That road net is not in force", zh="该路网不在使用中")
    if force.synthetic:
        raise Conflict(
            "The road net is drawn (示意): no kilometre can be reckoned on it",
            zh="现用路网为示意路网，不能据以推算公里桩",
        )
    return force


def _post(row: RoadPost) -> Post:
    lon, lat = (spatial.shown(row.location) or {})["coordinates"]
    return Post(row.km, lon, lat, row.within_m)
