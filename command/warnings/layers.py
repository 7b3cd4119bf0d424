"""Warnings as a layer of the map: the area that was drawn or, where only codes were given, the townships' own (示意 where schematic)."""

from __future__ import annotations

from collections.abc import Iterator

from command.core.map.joining import Part
from command.core.map.layers import Column, Feature, LayerWish, Style, Value, layer, rows, values
from command.core.queries import View
from command.incidents.kinds import KINDS
from command.warnings import ground
from command.warnings.contract import title_of
from command.warnings.queries import NOT_DRAFT, READ, WARNINGS
from command.warnings.words import LEVELS, STATES

BASES = (
    Value("drawn", "给定范围", "Given shape"),
    Value("official", "乡镇官方区划", "Official townships"),
    Value("schematic", "乡镇示意区划", "Schematic townships"),
)
COLUMNS = (
    Column("name", "text", "预警", "Warning"),
    Column("name_en", "text", "英文名", "English name"),
    Column("level", "text", "级别", "Level", values(LEVELS)),
    Column(
        "category",
        "text",
        "类别",
        "Category",
        tuple(Value(one.code, one.zh, one.en) for one in KINDS.values()),
    ),
    Column("state", "text", "状态", "State", values(STATES)),
    Column("issuer", "text", "发布单位", "Issued by"),
    Column("start_at", "time", "起始", "From"),
    Column("ends_at", "time", "至", "Until"),
    Column("basis", "text", "范围依据", "Drawn by", BASES),
    Column("townships", "integer", "涉及乡镇", "Townships"),
)


@layer(
    "warnings",
    zh="预警",
    en="Warnings",
    needs=READ,
    geometry="polygon",
    of=None,
    refreshed_by=("warning.", "area."),
    columns=COLUMNS,
    style=Style("triangle", tone="ink-2", line="dots", by="level", group="live", on=False, cluster=False),
    impact=Part("warning", facts=("level", "issuer", "start_at", "ends_at", "basis")),
)  # fmt: skip
def warnings(view: View, wish: LayerWish) -> Iterator[Feature]:
    """The warnings that hold or were just received: where, how grave, from whom, until when."""
    areas = ground.of_townships(view.session)
    for row in rows(view, WARNINGS, wish, WARNINGS.model.live.is_(True), NOT_DRAFT):
        shape, basis = ground.drawing(areas, row.struck, row.area.get("shape"))
        if shape is None:
            continue
        title = title_of(row.category, row.event, row.level)
        told = {
            "name": title["zh"], "name_en": title["en"], "level": row.level, "category": row.category,
            "state": row.state, "issuer": row.issuer, "start_at": row.start_at, "ends_at": row.ends_at,
            "basis": basis, "townships": len(row.struck),
        }  # fmt: skip
        yield Feature(row.id, shape, told, row.start_at)
