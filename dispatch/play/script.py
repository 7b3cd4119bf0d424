"""How an evening is written down: beats, each one action by one account at one minute, and short ways to say them.

In a payload `@name` stands for a thing that an earlier beat made, `#name` for a team of `CAST`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from command.places import register

SOURCE = "演示·"
COUNTY = "county_duty"


class Part(NamedTuple):
    """A team of the play: its name in the register, the account that speaks for it, and who enters its calls."""

    name: str
    account: str | None
    desk: str
    leader: str


def _township(short: str, account: str) -> Part:
    return Part(f"{short}综合应急救援队", f"{account}_team1", f"{account}_duty", f"{short}队带队")


CAST: dict[str, Part] = {
    "监漳": _township("监漳镇", "jianzhang"),
    "蟠龙": _township("蟠龙镇", "panlong"),
    "丰州": _township("丰州镇", "fengzhou"),
    "韩北": _township("韩北镇", "hanbei"),
    "故城": _township("故城镇", "gucheng"),
    "大有": _township("大有乡", "dayou"),
    "贾豁": _township("贾豁乡", "jiahuo"),
    "洪水": _township("洪水镇", "hongshui"),
    "上司": _township("上司乡", "shangsi"),
    "分水岭": _township("分水岭乡", "fenshuiling"),
    "监漳村": Part("监漳镇村级应急小分队", None, "jianzhang_duty", "小分队带队"),
    "水域": Part("县综合性应急救援队 水域组", None, COUNTY, "水域组带队"),
    "综合": Part("县综合性应急救援队 一组", None, COUNTY, "一组带队"),
    "防汛": Part("县防汛抢险队 一组", None, COUNTY, "防汛一组带队"),
    "防汛二": Part("县防汛抢险队 二组", None, COUNTY, "防汛二组带队"),
    "地灾": Part("县地质灾害应急队", None, COUNTY, "地灾队带队"),
    "防火": Part("县森林防灭火大队", None, COUNTY, "防火大队带队"),
    "公路": Part("县公路段抢通队", None, COUNTY, "公路段调度"),
    "通信": Part("通信保障队", None, COUNTY, "通信调度"),
    "交警": Part("县交警事故处置组", None, COUNTY, "110 台"),
    "急救": Part("县医院急救一组", None, COUNTY, "120 台"),
    "急救二": Part("县医院急救二组", None, COUNTY, "120 台"),
    "供电": Part("县供电公司抢修一班", None, COUNTY, "供电调度"),
    "消防": Part("消防救援大队 灭火分队", None, COUNTY, "119 台"),
    "蓝天": Part("蓝天救援队 水域组", None, COUNTY, "联络员"),
}


@dataclass(frozen=True)
class Beat:
    """One action: the minute of the evening, who, which action, with what, and the name of what it makes."""

    minute: float
    who: str
    action: str
    payload: dict[str, Any] = field(default_factory=dict)
    makes: str | None = None


def near(code: str, east: float, north: float) -> dict[str, Any]:
    """A synthetic point of the play, so many degrees from a township's schematic anchor."""
    cell = register.cell(code)
    if cell is None:
        raise ValueError(f"no township {code}")
    lon, lat = cell.anchor
    return {"type": "Point", "coordinates": [round(lon + east, 6), round(lat + north, 6)]}


def call(minute: float, desk: str, name: str, kind: str, title: str, village: str, **more: Any) -> Beat:
    """Somebody rings a desk: an incident, at first known by its village only."""
    body = {"kind": kind, "title": title, "village_code": village, "source": SOURCE + "群众电话", **more}
    return Beat(minute, desk, "incident.open", body, makes=name)


def order(minute: float, desk: str, name: str, *teams: str, say: str, **more: Any) -> Beat:
    """The desk sends teams; their tasks are called `incident>team`."""
    body = {"id": f"@{name}", "team_ids": [f"#{one}" for one in teams], "order": say, **more}
    return Beat(minute, desk, "task.order", body, makes=name)


def step(minute: float, name: str, team: str, to: str, *, by: str | None = None, **said: Any) -> Beat:
    """A team says how far it is: on its own phone, or by a call that its desk enters for it (`by`: the channel)."""
    part = CAST[team]
    body: dict[str, Any] = {"id": f"@{name}>{team}", "to": to, **said}
    if part.account is not None and by is None:
        return Beat(minute, part.account, "task.transition", body)
    body["by_proxy"] = {"person": part.leader, "channel": by or "电话"}
    return Beat(minute, part.desk, "task.transition", body)


def recall(minute: float, desk: str, name: str, team: str, why: str) -> Beat:
    """The desk calls a team back."""
    return Beat(minute, desk, "task.transition", {"id": f"@{name}>{team}", "to": "recalled", "reason": why})


def run(name: str, team: str, *steps: tuple[float, str], by: str | None = None) -> list[Beat]:
    """Several steps of one team with nothing special about them."""
    return [step(minute, name, team, to, by=by) for minute, to in steps]


def report(minute: float, who: str, name: str, source: str, text: str, **casualties: int) -> Beat:
    """Who said what."""
    body: dict[str, Any] = {"id": f"@{name}", "source": SOURCE + source, "text": text}
    return Beat(minute, who, "incident.report", body | ({"casualties": casualties} if casualties else {}))


def figures(
    minute: float, who: str, name: str, source: str, *, confirmed: bool = False, **numbers: int
) -> Beat:
    """A statement of casualty figures."""
    body = {"id": f"@{name}", "source": SOURCE + source, "confirmed": confirmed, "casualties": numbers}
    return Beat(minute, who, "incident.casualties", body)


def edit(minute: float, who: str, name: str, **what: Any) -> Beat:
    """More is known of an incident."""
    return Beat(minute, who, "incident.edit", {"id": f"@{name}", **what})


def move(minute: float, who: str, name: str, to: str, reason: str | None = None) -> Beat:
    """An incident's next state."""
    body = {"id": f"@{name}", "to": to}
    return Beat(minute, who, "incident.transition", body | ({"reason": reason} if reason else {}))


def do(minute: float, who: str, action: str, name: str, **what: Any) -> Beat:
    """Any other action on an incident of the play."""
    return Beat(minute, who, action, {"id": f"@{name}", **what})


def answer(minute: float, who: str, name: str) -> Beat:
    """A desk takes the alarms of an incident that nobody has taken yet."""
    return Beat(minute, who, "alarm.acknowledge", {"incident_id": f"@{name}"})
