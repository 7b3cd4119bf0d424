"""The demo county's zones to be evacuated: invented, each marked as such, near the schematic anchors and nowhere in truth."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from command.core import ids
from command.core.access import system_actor
from command.evacuation.models import EvacuationZone
from command.places import register

# village, sort, name, offset from the township's anchor, households, people, who need help first, destination
ZONES: tuple[tuple[str, str, str, tuple[float, float], int, int, int, str], ...] = (
    ("140429100203", "flash_flood", "张家沟沟口", (-0.012, 0.010), 14, 42, 5, "丰州镇中心小学"),
    ("140429100201", "river", "东村河滩", (0.014, 0.004), 22, 61, 8, "丰州镇中心小学"),
    ("140429101200", "flash_flood", "洪水村东沟", (0.010, -0.008), 31, 88, 11, "洪水镇文化站"),
    ("140429101202", "slope", "南台村后坡", (-0.010, -0.010), 9, 26, 4, "洪水镇文化站"),
    ("140429103204", "flash_flood", "南皋村河道两侧", (0.006, 0.012), 18, 53, 6, "监漳镇中学"),
    ("140429105204", "dam", "前沟村淤地坝下游", (-0.008, 0.009), 12, 35, 3, "韩北镇中心校"),
)
HALF = 0.004


def load(running: Any, data_dir: Path) -> None:
    """Enter each zone and mark it as invented."""
    for code, sort, name, offset, households, people, vulnerable, place in ZONES:
        cell = register.cell(code[:9])
        if cell is None:
            raise ValueError(f"no township {code[:9]}")
        lon, lat = cell.anchor[0] + offset[0], cell.anchor[1] + offset[1]
        body = {
            "name": f"【示意】{name}", "sort": sort, "village_code": code, "shape": _square(lon, lat), "households": households,
            "people": people, "vulnerable": vulnerable, "counted_on": "2026-05-20", "responsible": "村党支部书记",
            "route": "沿村道向高处，不走沟底", "trigger": "小时雨量 30 毫米或收到橙色以上预警",
            "destination": {"name": f"【示意】{place}", "location": _point(cell.anchor)},
        }  # fmt: skip
        running.node.do("evacuation_zone.register", body, system_actor(running.node.name), ids.new_id())
    running.node.database.write(_mark, world=0)


def _square(lon: float, lat: float) -> dict[str, Any]:
    corners = ((-HALF, -HALF), (HALF, -HALF), (HALF, HALF), (-HALF, HALF), (-HALF, -HALF))
    return {"type": "Polygon", "coordinates": [[[round(lon + x, 6), round(lat + y, 6)] for x, y in corners]]}


def _point(at: tuple[float, float]) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [round(at[0], 6), round(at[1], 6)]}


def _mark(session: Session) -> None:
    for row in session.query(EvacuationZone):
        row.synthetic = True
    session.flush()
