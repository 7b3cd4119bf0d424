"""Teams on the map: where each is now, or where its base is; and the bases themselves, which do not move."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from shapely import Point

from command.core import records
from command.core.map.layers import BATCH, Column, Feature, LayerWish, Style, Value, layer, rows, values
from command.core.queries import View
from command.core.store import spatial
from dispatch.teams.models import Team
from dispatch.teams.queries import TEAMS, show_teams
from dispatch.teams.words import READINESS, TEAM_STATUS, TEAM_TYPES

OF_BASE = (
    Column("name", "text", "名称", "Name"),
    Column("type", "text", "队伍类型", "Type", values(TEAM_TYPES)),
    Column("centre", "text", "所属", "Centre"),
    Column("headcount", "integer", "人数", "Headcount"),
    Column("readiness", "text", "战备等级", "Readiness", values(READINESS)),
    Column("synthetic", "boolean", "虚构", "Invented"),
)
OF_TEAM = (
    *OF_BASE,
    Column("status", "text", "状态", "Status", values(TEAM_STATUS)),
    Column("on_duty", "boolean", "备勤", "On duty"),
    Column(
        "place",
        "text",
        "位置依据",
        "Place by",
        (Value("position", "定位", "Position"), Value("base", "驻地", "Base")),
    ),
    Column("position_at", "time", "定位时间", "Position at"),
)


@layer(
    "teams",
    zh="队伍",
    en="Teams",
    needs="team.read",
    geometry="point",
    of="team",
    refreshed_by=("team.",),
    columns=OF_TEAM,
    fleeting=True,
    style=Style("square", tone="act", label="name", by="status", group="live", on=True, cluster=False),
)
def teams(view: View, wish: LayerWish) -> Iterator[Feature]:
    """Teams where they are: at their last position while it is shared, else at their base."""
    anywhere = LayerWish(after=wish.after, ids=wish.ids)  # a team may be far from its base
    found = rows(view, TEAMS, anywhere)
    while some := list(islice(found, BATCH)):
        for one in records.fill(view.session, "team", list(show_teams(view.session, some))):
            if one.position or one.base:
                yield _team(one)


def _team(one: Any) -> Feature:
    told = {column.name: getattr(one, column.name, None) for column in OF_TEAM}
    if one.position is None:
        return Feature(one.id, Point(one.base["coordinates"]), told | {"place": "base"})
    at = datetime.fromisoformat(one.position["at"])
    told |= {"place": "position", "position_at": at}
    return Feature(one.id, Point(one.position["lon"], one.position["lat"]), told, at)


@layer(
    "bases",
    zh="队伍驻地",
    en="Team bases",
    needs="team.read",
    geometry="point",
    of="team",
    refreshed_by=("team.created", "team.edited"),
    columns=OF_BASE,
    style=Style("ring", tone="act", label="name", by="type", group="force"),
)
def bases(view: View, wish: LayerWish) -> Iterator[Feature]:
    """Where teams stand when nothing happens."""
    for row in rows(view, TEAMS, wish, Team.base.is_not(None)):
        told = {column.name: getattr(row, column.name) for column in OF_BASE}
        yield Feature(row.id, spatial.geometry(row.base), told)
