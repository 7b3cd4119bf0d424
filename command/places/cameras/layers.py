"""Cameras on the map: those whose point is known, to those who see them in the list."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from command.core.map.joining import Part
from command.core.map.layers import Column, Feature, LayerWish, Style, layer, rows, values
from command.core.queries import View
from command.core.store import spatial
from command.places.cameras.models import Camera
from command.places.cameras.queries import CAMERAS, READ
from command.places.cameras.words import PROTOCOLS, STATES

COLUMNS = (
    Column("name", "text", "名称", "Name"),
    Column("state", "text", "状态", "State", values(STATES)),
    Column("state_at", "time", "状态起", "Since"),
    Column("protocol", "text", "画面", "Stream", values(PROTOCOLS)),
    Column("facing", "integer", "朝向（度）", "Facing (degrees)"),
    Column("centre", "text", "单位", "Centre"),
    Column("owner", "text", "管理单位", "Run by"),
    Column("place_text", "text", "位置描述", "Place in words"),
    Column("synthetic", "boolean", "演示数据", "Demo data"),
)


def _unplaced(view: View) -> dict[str, int]:
    """How many cameras that the actor may see stand in the register without a point."""
    bare = (
        sa.select(sa.func.count())
        .select_from(Camera)
        .where(CAMERAS.visible(view.actor), Camera.location.is_(None))
    )
    return {"camera": view.session.execute(bare).scalar_one()}


@layer(
    "cameras",
    zh="摄像头",
    en="Cameras",
    needs=READ,
    geometry="point",
    of="camera",
    refreshed_by=("camera.",),
    register=True,
    columns=COLUMNS,
    style=Style(
        "hexagon", tone="ink", label="name", by="state", stale=("offline", "unknown", "none"), group="place"
    ),
    impact=Part("camera", by="state", facts=("state", "owner"), unplaced=_unplaced),
)
def cameras(view: View, wish: LayerWish) -> Iterator[Feature]:
    """Cameras of the register: where they are and whether they work; never where the picture comes from."""
    for row in rows(view, CAMERAS, wish, Camera.location.is_not(None)):
        yield Feature(
            row.id, spatial.geometry(row.location), {one.name: getattr(row, one.name) for one in COLUMNS}
        )
