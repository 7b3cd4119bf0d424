"""Incidents on the map: those in the lists whose point is known. A village or a road is no point, and none is made up."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from command.core.map.joining import Part
from command.core.map.layers import Column, Feature, LayerWish, Style, Value, layer, rows, values
from command.core.queries import View
from command.core.store import spatial
from command.incidents.kinds import KINDS
from command.incidents.models import Incident
from command.incidents.queries import INCIDENTS
from command.incidents.words import INCIDENT_FLOW, LEVELS, LIFE_RISK

COLUMNS = (
    Column("number", "text", "编号", "Number"),
    Column("title", "text", "标题", "Title"),
    Column("kind", "text", "事件类型", "Kind", values(KINDS)),
    Column("level", "text", "等级", "Level", values(LEVELS)),
    Column(
        "state",
        "text",
        "状态",
        "State",
        tuple(Value(code, INCIDENT_FLOW.zh[code], INCIDENT_FLOW.en[code]) for code in INCIDENT_FLOW.zh),
    ),
    Column("life_risk", "text", "生命风险", "Life at risk", values(LIFE_RISK)),
    Column("centre", "text", "属地", "Home centre"),
    Column("place_text", "text", "位置描述", "Place in words"),
    Column("occurred_at", "time", "发生时间", "Occurred"),
    Column("received_at", "time", "接报时间", "Received"),
)


def _unplaced(view: View) -> dict[str, int]:
    """How many of the incidents that the actor may see are placed in words only."""
    query = sa.select(sa.func.count()).where(
        INCIDENTS.visible(view.actor), Incident.live.is_(True), Incident.location.is_(None)
    )
    return {"incident": view.session.execute(query.select_from(Incident)).scalar_one()}


@layer(
    "incidents",
    zh="事件",
    en="Incidents",
    needs="incident.read",
    geometry="point",
    of="incident",
    refreshed_by=("incident.",),
    columns=COLUMNS,
    style=Style("diamond", label="title", by="level", group="live", on=True, cluster=True),
    impact=Part("incident", name="title", by="kind", facts=("number", "level", "state"), unplaced=_unplaced),
)
def incidents(view: View, wish: LayerWish) -> Iterator[Feature]:
    """Incidents in the lists whose point is known."""
    for row in rows(view, INCIDENTS, wish, Incident.live.is_(True), Incident.location.is_not(None)):
        told = {column.name: getattr(row, column.name) for column in COLUMNS}
        yield Feature(row.id, spatial.geometry(row.location), told, row.occurred_at)
