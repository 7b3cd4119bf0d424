"""Danger areas as a layer of the map."""

from __future__ import annotations

from collections.abc import Iterator

from shapely.geometry import shape

from command.core.map.joining import Part
from command.core.map.layers import Column, Feature, LayerWish, Style, layer, rows, values
from command.core.queries import View
from command.dangers.queries import AREAS, READ
from command.dangers.words import SORTS, STATES

COLUMNS = (
    Column("sort", "text", "种类", "Sort", values(SORTS)),
    Column("reason", "text", "原因", "Why"),
    Column("advice", "text", "要求", "What to do"),
    Column("state", "text", "状态", "State", values(STATES)),
    Column("incident_id", "text", "事件", "Incident"),
    Column("centre", "text", "单位", "Centre"),
    Column("radius_m", "integer", "半径（米）", "Radius (m)"),
    Column("begins_at", "time", "生效", "From"),
    Column("ends_at", "time", "预计至", "Thought to last until"),
    Column("declared_by", "text", "划定人", "Declared by"),
)


@layer(
    "danger_areas",
    zh="危险区",
    en="Danger areas",
    needs=READ,
    geometry="polygon",
    of="danger_area",
    refreshed_by=("danger_area.",),
    columns=COLUMNS,
    style=Style("triangle", tone="ink", line="dash", fill=True, by="sort", group="live", on=True, cluster=False),
    impact=Part("warned", name="reason", by="sort", facts=("state", "begins_at", "ends_at")),
)  # fmt: skip
def danger_areas(view: View, wish: LayerWish) -> Iterator[Feature]:
    """What is dangerous now, or will be: where, why, what to do, until when."""
    for row in rows(view, AREAS, wish, AREAS.model.live.is_(True)):
        told = {column.name: getattr(row, column.name) for column in COLUMNS}
        yield Feature(row.id, shape(row.shape), told, row.begins_at)
