"""Hazards and risk points on the map: those whose point is known, to those who see them in the lists."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from command.core.map.joining import Part
from command.core.map.layers import Column, Feature, LayerWish, Style, Value, columns_of, layer, values
from command.core.queries import View
from command.core.store import spatial
from command.hazards.kinds import TYPES
from command.hazards.models import Hazard, RiskPoint
from command.hazards.queries import HAZARDS, READ
from command.hazards.risk_points import RISKS
from command.hazards.words import COLOURS, HAZARD_FLOW, LEVELS

STATES = tuple(Value(code, HAZARD_FLOW.zh[code], HAZARD_FLOW.en[code]) for code in HAZARD_FLOW.zh)
OF_HAZARDS = (
    Column("number", "text", "编号", "Number"),
    Column("title", "text", "名称", "Title"),
    Column("type", "text", "类别", "Type", values(TYPES)),
    Column("grade", "text", "隐患级别", "Grade", values(LEVELS)),
    Column("state", "text", "状态", "State", STATES),
    Column("centre", "text", "属地", "Home centre"),
    Column("place_text", "text", "位置描述", "Place in words"),
    Column("threatened", "integer", "受威胁人数", "People threatened"),
    Column("deadline", "time", "整改时限", "Deadline"),
    Column("synthetic", "boolean", "演示数据", "Demo data"),
)
OF_RISKS = (
    Column("name", "text", "名称", "Name"),
    Column("type", "text", "类别", "Type", values(TYPES)),
    Column("colour", "text", "风险等级", "Risk", values(COLOURS)),
    Column("centre", "text", "属地", "Home centre"),
    Column("place_text", "text", "位置描述", "Place in words"),
    Column("answers", "text", "责任单位", "Who answers"),
    Column("synthetic", "boolean", "演示数据", "Demo data"),
)


COLUMN_OF = {one.name: "level" if one.name == "grade" else one.name for one in OF_HAZARDS}
"""What the layer calls it → what the row calls it: a column called level has the colours of incidents."""
STANDING = sa.or_(Hazard.live, Hazard.state == "monitored")


def _unplaced(view: View) -> dict[str, int]:
    """How many standing hazards that the actor may see are placed in words only."""
    query = sa.select(sa.func.count()).select_from(Hazard)
    bare = query.where(HAZARDS.visible(view.actor), STANDING, Hazard.location.is_(None))
    return {"hazard": view.session.execute(bare).scalar_one()}


@layer(
    "hazards",
    zh="隐患",
    en="Hazards",
    needs=READ,
    geometry="point",
    of="hazard",
    refreshed_by=("hazard.",),
    columns=OF_HAZARDS,
    style=Style("triangle", label="title", by="state", group="danger", cluster=True),
    impact=Part(
        "hazard", name="title", by="type", facts=("grade", "state", "threatened"), unplaced=_unplaced
    ),
)
def hazards(view: View, wish: LayerWish) -> Iterator[Feature]:
    """Hazards that are open, and danger points under watch."""
    criteria = STANDING, Hazard.location.is_not(None)
    for row in columns_of(view, HAZARDS, wish, ("location", *COLUMN_OF.values(), "found_at"), *criteria):
        told = {name: getattr(row, column) for name, column in COLUMN_OF.items()}
        yield Feature(row.id, spatial.geometry(row.location), told, row.found_at)


@layer(
    "risk_points",
    zh="风险点",
    en="Risk points",
    needs=READ,
    geometry="point",
    of="risk_point",
    refreshed_by=("risk_point.",),
    register=True,
    columns=OF_RISKS,
    style=Style("square", label="name", by="colour", group="danger", cluster=True),
    impact=Part("hazard", by="type", facts=("colour", "answers")),
)
def risk_points(view: View, wish: LayerWish) -> Iterator[Feature]:
    """Risk points of the register, by their four colours."""
    names = [one.name for one in OF_RISKS]
    criteria = RiskPoint.live.is_(True), RiskPoint.location.is_not(None)
    for row in columns_of(view, RISKS, wish, ("location", *names), *criteria):
        yield Feature(row.id, spatial.geometry(row.location), {name: getattr(row, name) for name in names})
