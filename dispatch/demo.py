"""The demo county's teams: invented, marked synthetic, with believable sizes, skills and bases near the schematic anchors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from command.core import ids
from command.core.access import system_actor
from command.founding import demo as people
from command.places import register
from dispatch.teams.models import Team

# name, type, skills, heads, equipment, readiness, via, whom to ring, offset of the base from the county seat's anchor (degrees)
COUNTY_TEAMS: tuple[tuple[str, str, tuple[str, ...], int, tuple[str, ...], str, str | None, tuple[str, str], tuple[float, float]], ...] = (
    ("县综合性应急救援队 一组", "county_general", ("usar", "water", "medical", "rope", "vehicle"), 18, ("冲锋舟 2", "破拆工具 4"), "L1", None, ("值班室", "6102"), (0.012, 0.008)),
    ("县综合性应急救援队 水域组", "county_general", ("water", "diving", "rope"), 9, ("冲锋舟 2", "救生衣 20"), "L1", None, ("值班室", "6103"), (0.012, 0.008)),
    ("县防汛抢险队 一组", "flood", ("dyke", "drainage", "water", "evac"), 26, ("排水泵 4", "编织袋 3000"), "L2", None, ("值班室", "6111"), (-0.015, 0.01)),
    ("县防汛抢险队 二组", "flood", ("dyke", "drainage", "water", "uav"), 22, ("排水泵 3", "热成像无人机 1"), "L2", None, ("值班室", "6112"), (0.02, -0.012)),
    ("县森林防灭火大队", "forest_fire", ("forest_fire", "mountain", "evac"), 40, ("风力灭火机 20", "二号工具 60"), "L2", None, ("值班室", "6121"), (-0.02, -0.015)),
    ("县地质灾害应急队", "geology", ("uav", "evac", "mountain"), 12, ("无人机 2", "裂缝计 10"), "L3", None, ("值班室", "6131"), (0.005, 0.02)),
    ("县地震灾害救援队", "earthquake", ("usar", "medical", "rope", "heavy"), 32, ("生命探测仪 2", "液压剪 4"), "L2", None, ("值班室", "6135"), (0.018, 0.01)),
    ("消防救援大队 灭火分队", "national_fire", ("structural_fire", "usar", "vehicle", "hazmat"), 16, ("水罐车 2", "云梯车 1"), "L1", "119", ("119 台", "6119"), (0.008, -0.005)),
    ("消防救援大队 水域分队", "national_fire", ("water", "diving", "rope", "medical"), 8, ("冲锋舟 1", "潜水装具 4"), "L1", "119", ("119 台", "6119"), (0.008, -0.005)),
    ("县医院急救一组", "medical", ("medical",), 5, ("救护车 1",), "L1", "120", ("120 台", "6120"), (-0.004, 0.003)),
    ("县医院急救二组", "medical", ("medical", "psych"), 5, ("救护车 1",), "L2", "120", ("120 台", "6120"), (-0.004, 0.003)),
    ("县疾控流调消杀队", "epidemic", ("epidemic",), 10, ("消杀设备 6",), "L3", "主管单位", ("疾控中心", "6141"), (0.003, 0.006)),
    ("县公安特警分队", "police", ("evac", "uav"), 20, ("警车 4",), "L1", "110", ("110 台", "6110"), (0.006, 0.002)),
    ("县交警事故处置组", "police", ("evac",), 8, ("警车 2",), "L1", "110", ("110 台", "6110"), (0.006, 0.002)),
    ("矿山救护中队", "mine_rescue", ("mine", "confined", "medical", "hazmat"), 28, ("正压呼吸器 30", "惰化装置 1"), "L1", "主管单位", ("救护队值班室", "6151"), (0.09, 0.03)),
    ("县供电公司抢修一班", "power", ("power",), 8, ("发电车 1",), "L1", "主管单位", ("供电调度", "6159"), (-0.01, -0.006)),
    ("县供电公司抢修二班", "power", ("power",), 7, ("应急照明 4",), "L2", "主管单位", ("供电调度", "6159"), (-0.01, -0.006)),
    ("通信保障队", "telecom", ("comms",), 6, ("便携卫星站 1", "对讲机 40"), "L2", "主管单位", ("通信调度", "6161"), (0.002, -0.01)),
    ("县公路段抢通队", "road", ("heavy",), 14, ("装载机 2", "挖掘机 1"), "L2", "主管单位", ("公路段", "6165"), (0.03, 0.004)),
    ("供水燃气抢修队", "water_gas_heat", ("confined",), 9, ("气体检测仪 4",), "L2", "主管单位", ("公用事业", "6168"), (-0.006, 0.012)),
    ("危化品应急救援队", "hazchem", ("hazmat", "confined"), 15, ("防化服 12",), "L2", "主管单位", ("应急局", "6170"), (0.025, -0.02)),
    ("应急运输保障队", "transport", ("evac",), 20, ("客车 6", "货车 8"), "L3", "主管单位", ("交通局", "6175"), (0.014, 0.0)),
    ("心理援助队", "psych", ("psych",), 6, (), "L3", "主管单位", ("卫健局", "6178"), (-0.003, 0.005)),
    ("县基干民兵应急连 一排", "militia", ("evac", "dyke"), 30, ("铁锹 60", "帐篷 10"), "L2", "人武部", ("人武部", "6150"), (-0.012, 0.002)),
    ("蓝天救援队 水域组", "social_force", ("water", "rope", "mountain"), 12, ("橡皮艇 2",), "L3", None, ("联络员", "7021"), (0.01, 0.015)),
    ("山地搜救志愿队", "social_force", ("mountain", "rope", "uav"), 10, ("无人机 1",), "L3", None, ("联络员", "7025"), (-0.03, 0.02)),
)  # fmt: skip
# Eleven digits like a mobile number, from a block (100…) that is given to nobody.
NOBODYS = "1000429"
TOWNSHIP_SKILLS = ("evac", "dyke", "forest_fire", "medical")
EXTRA = {
    "140429105": ("water",),
    "140429103": ("water", "drainage"),
    "140429101": ("mine",),
    "140429102": ("mine", "usar"),
    "140429100": ("drainage",),
}


def load(running: Any, data_dir: Path) -> None:
    """Enter the demo's teams and the accounts of the townships' first teams, then call the demo complete."""
    for number, row in enumerate([*_county_rows(running.node.name), *_township_rows()], 1):
        made = _act(running, "team.create", row)
        if row["type"] == "township_general":
            _account(running, data_dir, row["centre"], made["id"])
        leaders = [{"name": "队长（虚构）", "number": f"{NOBODYS}{number:04d}"}]
        _act(running, "team.leaders", {"id": made["id"], "leaders": leaders})
    # it shows what would be sent, and says everywhere that it is simulated
    for channel in ("sms", "voice"):
        simulated = {"name": f"gateway.{channel}", "centre": running.node.name[:6], "value": "simulator"}
        _act(running, "setting.set", simulated)
    running.node.database.write(_mark_synthetic, world=0)
    people.finish(running, data_dir)


def _act(running: Any, name: str, payload: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = running.node.do(name, payload, system_actor(running.node.name), ids.new_id())
    return made


def _account(running: Any, data_dir: Path, centre: str, team_id: str) -> None:
    place = register.township(centre)
    if place is None:
        raise ValueError(f"no township {centre}")
    row = {
        "username": f"{place.joined}_team1",
        "role": "team",
        "name": f"{place.name}综合应急救援队 队长",
        "centre": centre,
        "team_id": team_id,
    }
    people.write_accounts(data_dir, [people.open_account(running, row)])


def _mark_synthetic(session: Session) -> None:
    for team in session.query(Team):
        team.synthetic = True
    session.flush()


def _county_rows(node: str) -> list[dict[str, Any]]:
    cell = register.cell("140429100")
    if cell is None:
        return []
    lon, lat = cell.anchor
    return [
        {"name": name, "type": kind, "centre": node[:6], "skills": list(skills), "headcount": heads, "equipment": list(kit),
         "readiness": ready, "via": via, "call": {"who": who, "number": number}, "base": _point(lon + east, lat + north)}
        for name, kind, skills, heads, kit, ready, via, (who, number), (east, north) in COUNTY_TEAMS
    ]  # fmt: skip


def _township_rows() -> list[dict[str, Any]]:
    rows = []
    for number, place in enumerate(register.townships(), 1):
        cell = register.cell(place.code)
        if cell is None:
            continue
        lon, lat = cell.anchor
        call = {"who": f"{place.name}值班室", "number": f"8{number:02d}1"}
        skills = [*TOWNSHIP_SKILLS, *(one for one in EXTRA.get(place.code, ()) if one not in TOWNSHIP_SKILLS)]
        rows.append({"name": f"{place.name}综合应急救援队", "type": "township_general", "centre": place.code, "skills": skills,
                     "headcount": 30 + 10 * (number % 3), "equipment": ["救生衣 12", "铁锹 40", "扩音器 6"], "readiness": "L2",
                     "call": call, "base": _point(lon, lat)})  # fmt: skip
        rows.append({"name": f"{place.name}村级应急小分队", "type": "village", "centre": place.code, "skills": ["evac", "dyke"],
                     "headcount": 12, "equipment": ["铜锣 2", "手电 12"], "readiness": "L3", "call": call,
                     "base": _point(lon + 0.015, lat - 0.01)})  # fmt: skip
    return rows


def _point(lon: float, lat: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [round(lon, 6), round(lat, 6)]}
