"""A crowded county for load tests: many times the demo's teams and incidents, all invented and marked so."""

from __future__ import annotations

import random
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import ids
from command.core.access import system_actor
from command.core.node import Node
from command.incidents.kinds import KINDS
from command.places import register
from dispatch.play.hands import Inside
from dispatch.play.script import COUNTY
from dispatch.teams.models import Team

INCIDENTS_EACH = 20
SPREAD_DEG = 0.06


def load(node: Node, scale: int) -> tuple[int, int]:
    """Add what makes the demo `scale` times as large. Returns (teams, incidents) added."""
    chance = random.Random(scale)  # noqa: S311  # invented places, not secrets
    known = Inside(node).look(COUNTY, "team")
    names = {row["name"] for row in known}
    first = [row for row in known if row["base"] and "・" not in row["name"]]
    teams = 0
    for number in range(2, scale + 1):
        for row in first:
            name = f"{row['name']}・{number}"
            if name not in names:
                node.do("team.create", _team(row, name, chance), system_actor(node.name), ids.new_id())
                teams += 1
    node.database.write(_mark_synthetic, world=0)
    incidents = INCIDENTS_EACH * (scale - 1)
    for _ in range(incidents):
        Inside(node).do(COUNTY, "incident.open", _incident(chance))
    return teams, incidents


def _mark_synthetic(session: Session) -> None:
    session.execute(sa.update(Team).where(Team.name.contains("・")).values(synthetic=True))


def _team(row: dict[str, Any], name: str, chance: random.Random) -> dict[str, Any]:
    kept = ("type", "centre", "skills", "headcount", "equipment", "readiness", "mode", "via", "call")
    lon, lat = row["base"]["coordinates"]
    return {**{one: row[one] for one in kept}, "name": name, "base": _near(lon, lat, chance)}


def _incident(chance: random.Random) -> dict[str, Any]:
    cell = chance.choice(register.cells())
    kind = chance.choice([one for one in KINDS.values() if not one.hidden and one.klass == "natural"])
    place = _near(*cell.anchor, chance)
    return {"kind": kind.code, "title": f"{kind.zh}・{cell.name}（压测）", "location": place, "centre": cell.code,
            "source": "压测数据"}  # fmt: skip


def _near(lon: float, lat: float, chance: random.Random) -> dict[str, Any]:
    east, north = chance.uniform(-SPREAD_DEG, SPREAD_DEG), chance.uniform(-SPREAD_DEG, SPREAD_DEG)
    return {"type": "Point", "coordinates": [round(lon + east, 6), round(lat + north, 6)]}
