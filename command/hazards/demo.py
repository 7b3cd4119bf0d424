"""The demo county's hazards: invented, each marked as demo data, near the schematic anchors and nowhere in truth."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from command.core import clock, ids
from command.core.access import system_actor
from command.hazards.models import Hazard, RiskPoint
from command.places import register

WATER, TRANSPORT = "140429-water", "140429-transport"
# township, type, form, title, offset from its anchor, how far it came, days until the deadline, department
FOUND: tuple[tuple[str, str, str, str, tuple[float, float], str, int, str], ...] = (
    (
        "140429100",
        "traffic",
        "cliff_water",
        "【演示】河边弯道护栏缺失",
        (0.010, 0.004),
        "rectifying",
        2,
        TRANSPORT,
    ),
    (
        "140429100",
        "fire",
        "small_places",
        "【演示】沿街商铺安全出口锁闭",
        (0.003, -0.006),
        "registered",
        0,
        "",
    ),
    ("140429101", "flood", "silt_dam", "【演示】淤地坝溢洪道淤堵", (-0.008, 0.006), "assigned", 12, WATER),
    (
        "140429103",
        "traffic",
        "bridge_tunnel",
        "【演示】漫水桥桥面破损",
        (0.006, 0.009),
        "extension",
        8,
        TRANSPORT,
    ),
    ("140429105", "building", "grade_d", "【演示】D级危房仍有人居住", (-0.005, -0.007), "major", 0, ""),
    ("140429102", "wildfire", "farm_fire", "【演示】林缘秸秆堆放", (0.009, -0.003), "reported", 0, ""),
)
SLOPES = (
    ("140429100", "geological", "landslide", "【演示】村后滑坡", (-0.012, 0.010), "村主任", 18),
    ("140429105", "flood", "flash_flood", "【演示】沟口山洪危险区", (0.010, -0.012), "村支书", 42),
)
RISKS = (
    ("140429100", "production", "hazchem", "【演示】县城加油站", "orange", (0.006, 0.006)),
    ("140429102", "production", "coal_mine", "【演示】煤矿工业广场", "red", (-0.010, 0.008)),
    ("140429103", "fire", "crowded", "【演示】集镇农贸市场", "yellow", (0.004, 0.002)),
)


def load(running: Any, data_dir: Path) -> None:
    """Bring each hazard as far as it came, two slopes under watch, three risk points and one weekly round; mark them as invented."""
    for centre, kind, item, title, offset, until, days, department in FOUND:
        one = _report(running, centre, kind, item, title, offset)
        _bring(running, one, until, days, department)
    for centre, kind, item, title, offset, watcher, people in SLOPES:
        one = _report(running, centre, kind, item, title, offset)
        watch = {
            "watcher": watcher,
            "trigger": "裂缝日增 5 毫米或日雨 50 毫米",
            "route": "沿村道向高处至学校",
            "people": people,
        }
        for to, body in (
            ("registered", {}),
            ("graded", {"level": "general"}),
            ("monitored", {"watch": watch}),
        ):
            _move(running, one, to, **body)
    for centre, kind, item, name, colour, offset in RISKS:
        risk: dict[str, Any] = {
            "type": kind,
            "item": item,
            "name": name,
            "colour": colour,
            "centre": centre,
            "location": _point(centre, offset),
        }
        _act(running, "risk_point.register", risk)
    plan = {"title": "【演示】河边弯道周巡", "checklist": ["护栏完好", "警示标志清晰"], "every_days": 7, "centre": "140429100",
            "location": _point("140429100", (0.010, 0.004))}  # fmt: skip
    _act(running, "inspection.plan", plan)
    running.node.database.write(_mark, world=0)


def _bring(running: Any, one: str, until: str, days: int, department: str) -> None:
    if until == "reported":
        return
    _move(running, one, "registered")
    if until == "major":
        interim = [{"code": "evacuate", "text": "住户已临时安置"}]
        _move(running, one, "graded", level="major", criteria=["stop_and_time"], interim=interim)
    if until in ("registered", "major"):
        return
    _move(running, one, "graded", level="general", lec={"l": 3, "e": 6, "c": 7})
    duty = {"centre": department, "post": "分管负责人"}
    deadline = clock.wire(clock.real() + timedelta(days=days))
    _move(
        running,
        one,
        "assigned",
        department=duty,
        lead="department",
        deadline=deadline,
        measure="按方案整改并设警示",
    )
    if until in ("rectifying", "extension"):
        _move(running, one, "rectifying")
    if until == "extension":
        _move(
            running,
            one,
            "extension",
            deadline=clock.wire(clock.real() + timedelta(days=days + 7)),
            reason="连日降雨",
        )


def _report(running: Any, centre: str, kind: str, item: str, title: str, offset: tuple[float, float]) -> str:
    body = {
        "type": kind,
        "item": item,
        "title": title,
        "centre": centre,
        "source": "grid",
        "location": _point(centre, offset),
    }
    return str(_act(running, "hazard.report", body)["id"])


def _move(running: Any, one: str, to: str, **body: Any) -> None:
    _act(running, "hazard.transition", {"id": one, "to": to, **body})


def _act(running: Any, name: str, payload: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = running.node.do(name, payload, system_actor(running.node.name), ids.new_id())
    return made


def _point(centre: str, offset: tuple[float, float]) -> dict[str, Any]:
    cell = register.cell(centre)
    if cell is None:
        raise ValueError(f"no township {centre}")
    lon, lat = cell.anchor
    return {"type": "Point", "coordinates": [round(lon + offset[0], 6), round(lat + offset[1], 6)]}


def _mark(session: Session) -> None:
    for row in (*session.query(Hazard), *session.query(RiskPoint)):
        row.synthetic = True
    session.flush()
