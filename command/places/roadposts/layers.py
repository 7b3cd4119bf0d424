"""Kilometre posts on the map."""

from __future__ import annotations

from collections.abc import Iterator

from command.core.map.layers import Column, Feature, LayerWish, Style, Value, layer, rows
from command.core.queries import View
from command.core.store import spatial
from command.places.queries import READ
from command.places.roadposts.contract import said
from command.places.roadposts.models import RoadPost
from command.places.roadposts.queries import POSTS

BASES = (Value("surveyed", "实测", "surveyed"), Value("interpolated", "推算", "reckoned"))


@layer(
    "road_posts",
    zh="公里桩",
    en="Kilometre posts",
    needs=READ,
    geometry="point",
    of="road_post",
    refreshed_by=("road_post.",),
    register=True,
    columns=(
        Column("name", "text", "桩号", "Post"),
        Column("ref", "text", "道路", "Road"),
        Column("km", "number", "公里", "Kilometre"),
        Column("basis", "text", "依据", "Basis", BASES),
        Column("within_m", "number", "误差（米）", "Within (m)"),
    ),
    style=Style("dot", tone="ink-2", label="name", group="place", min_zoom=8),
)
def road_posts(view: View, wish: LayerWish) -> Iterator[Feature]:
    """Posts of the register, those reckoned along a road marked so."""
    for row in rows(view, POSTS, wish, RoadPost.live.is_(True)):
        told = {
            "name": said(row.ref, row.km),
            "ref": row.ref,
            "km": row.km,
            "basis": row.basis,
            "within_m": row.within_m,
        }
        yield Feature(row.id, spatial.geometry(row.location), told)
