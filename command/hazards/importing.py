"""Hazards from files: type and a place at least; they come in as reported, by inspection unless the file says otherwise."""

from __future__ import annotations

from typing import Any

from command.core.faults import Wrong
from command.core.importers import Column, SourceRow, importer
from command.hazards.actions import HANDLE
from command.hazards.kinds import ITEMS, TYPES
from command.hazards.words import SOURCES
from command.places import register

TYPE_WORDS = {word: code for code, one in TYPES.items() for word in (one.zh, one.en)}
SOURCE_WORDS = {word: code for code, one in SOURCES.items() for word in (one.zh, one.en)}
FORMS = {
    (kind, word): code
    for kind, forms in ITEMS.items()
    for code, one in forms.items()
    for word in (one.zh, one.en, code)
}


@importer(
    "hazards",
    record="hazard",
    zh="隐患",
    en="hazards",
    needs=HANDLE,
    columns=(
        Column("title", "名称", "title", required=True, also=("隐患名称", "灾害点名称", "name")),
        Column("type", "类别", "type", sort="choice", required=True, choices=TYPE_WORDS, also=("隐患类别", "类型")),
        Column("item", "具体类型", "form", also=("灾害类型", "隐患类型", "item")),
        Column("description", "说明", "description", also=("隐患描述", "情况说明", "备注")),
        Column("place_text", "地点", "place", also=("地址", "位置", "address")),
        Column("village_code", "村代码", "village code", also=("village", "行政区划代码")),
        Column("threatened", "受威胁人数", "people threatened", sort="whole", also=("威胁人数", "威胁人口")),
        Column("basis", "依据", "basis", also=("检查依据", "法律依据")),
        Column("source", "来源", "source", sort="choice", choices=SOURCE_WORDS, also=("发现方式",)),
    ),
    geometry=("Point",),
    key=("title", "type"),
    make="hazard.report",
    change="hazard.edit",
    drop="hazard.withdraw",
)  # fmt: skip
def hazard_of(row: SourceRow) -> dict[str, Any]:
    """A hazard as it is reported."""
    told = {name: value for name, value in row.values.items() if name != "item"}
    told.setdefault("source", "inspection")
    if "item" in row.values:
        told["item"] = _form(told["type"], row.values["item"])
    village = told.get("village_code")
    if village is not None and register.village(village) is None:
        raise Wrong(f"there is no village {village[:12]}", f"没有村（社区）{village[:12]}")
    if row.geometry is not None:
        told["location"] = row.geometry
    elif village is None:
        raise Wrong("neither a point nor a village's code", "既没有坐标，也没有村代码")
    return told


def _form(kind: str, said: str) -> str:
    found = FORMS.get((kind, said))
    if found is None:
        known = "、".join(one.zh for one in ITEMS[kind].values())
        raise Wrong(f"{said[:40]} is no form of {kind}", f"“{said[:40]}”不是该类别的类型：{known}")
    return found
