"""Zones to be evacuated as a layer of the map: who lives there, who answers, where they go, and how far an evacuation is."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from shapely.geometry import shape

from command.core.map.layers import Column, Feature, LayerWish, Style, Value, layer, rows, values
from command.core.queries import View
from command.evacuation import figures
from command.evacuation.models import EvacuatedZone
from command.evacuation.queries import EVACUATED, READ, ZONES
from command.evacuation.words import SORTS

STATES = (
    Value("calm", "平时", "Calm"),
    Value("open", "转移中", "Moving out"),
    Value("returning", "允许返回", "May return"),
)
COLUMNS = (
    Column("name", "text", "名称", "Name"),
    Column("sort", "text", "类型", "Sort", values(SORTS)),
    Column("state", "text", "状态", "State", STATES),
    Column("people", "integer", "应转人数", "People"),
    Column("households", "integer", "户数", "Households"),
    Column("left", "integer", "未转人数", "Not moved yet"),
    Column("responsible", "text", "责任岗位", "Who answers"),
    Column("destination", "text", "安置去处", "Destination"),
    Column("route", "text", "转移路线", "Route"),
    Column("centre", "text", "乡镇", "Township"),
    Column("synthetic", "boolean", "示意", "Invented"),
)


@layer(
    "evacuation_zones",
    zh="转移单元",
    en="Evacuation zones",
    needs=READ,
    geometry="polygon",
    of=None,
    refreshed_by=("evacuation_zone.", "evacuated_zone."),
    columns=COLUMNS,
    style=Style("square", tone="ink-2", line="dash", by="sort", group="live", on=False, cluster=False, label="name"),
)  # fmt: skip
def evacuation_zones(view: View, wish: LayerWish) -> Iterator[Feature]:
    """The zones of the register that have a shape."""
    open_ = sa.select(EvacuatedZone).where(EvacuatedZone.live, EVACUATED.visible(view.actor))
    running = {row.zone_id: row for row in view.session.execute(open_).scalars()}
    for row in rows(view, ZONES, wish, ZONES.model.live.is_(True)):
        if row.shape is None:
            continue
        now = running.get(row.id)
        told = {
            "name": row.name, "sort": row.sort, "state": now.state if now else "calm",
            "people": now.people if now else row.people, "households": now.households if now else row.households,
            "left": figures.left(now.people, now.figures) if now else None, "responsible": row.responsible,
            "destination": now.destination if now else row.destination["name"], "route": row.route,
            "centre": row.centre, "synthetic": row.synthetic,
        }  # fmt: skip
        yield Feature(row.id, shape(row.shape), told, now.updated_at if now else row.updated_at)
