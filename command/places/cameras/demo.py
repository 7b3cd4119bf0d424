"""The demo county's cameras: invented, each marked as demo data, near the schematic anchors; none has a stream."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from command.core import ids
from command.core.access import system_actor
from command.places import register
from command.places.cameras.models import Camera

WATER, TRANSPORT = "140429-water", "140429-transport"
# whose, near which township, name, facing, run by, offset from the anchor
CAMERAS: tuple[tuple[str, str, str, int | None, str, tuple[float, float]], ...] = (
    ("140429100", "140429100", "【演示】县城河道桥头", 135, "公安", (0.009, 0.003)),
    ("140429100", "140429100", "【演示】县城广场", 0, "公安", (0.002, -0.002)),
    ("140429100", "140429100", "【演示】村后滑坡点", 300, "乡镇", (-0.011, 0.010)),
    ("140429101", "140429101", "【演示】淤地坝", 210, "乡镇", (-0.007, 0.006)),
    ("140429103", "140429103", "【演示】漫水桥", 60, "乡镇", (0.006, 0.008)),
    ("140429105", "140429105", "【演示】沟口", None, "乡镇", (0.009, -0.011)),
    (WATER, "140429103", "【演示】水库大坝", 90, "水利", (-0.010, 0.012)),
    (TRANSPORT, "140429102", "【演示】国道弯道", 180, "交通", (0.012, -0.004)),
)


def load(running: Any, data_dir: Path) -> None:
    """Enter them, and mark them as invented."""
    for centre, township, name, facing, owner, offset in CAMERAS:
        body = {
            "name": name,
            "centre": centre,
            "facing": facing,
            "owner": owner,
            "location": _point(township, offset),
            "source": "演示",
        }
        running.node.do("camera.add", body, system_actor(running.node.name), ids.new_id())
    running.node.database.write(_mark, world=0)


def _point(township: str, offset: tuple[float, float]) -> dict[str, Any]:
    cell = register.cell(township)
    if cell is None:
        raise ValueError(f"no township {township}")
    lon, lat = cell.anchor
    return {"type": "Point", "coordinates": [round(lon + offset[0], 6), round(lat + offset[1], 6)]}


def _mark(session: Session) -> None:
    for row in session.query(Camera):
        row.synthetic = True
    session.flush()
