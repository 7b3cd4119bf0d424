"""Zones to be evacuated from files: where, how many live there, which post answers and who holds it, where they go."""

from __future__ import annotations

from typing import Any

from command.core.faults import Wrong
from command.core.importers import Column, SourceRow, importer
from command.evacuation.words import SORTS
from command.evacuation.zone_contract import MOST_POINTS
from command.evacuation.zones import KEEP
from command.places import register
from command.places.register import township_named, village_named
from geo.crs import Crs, to_wgs84

SORT_WORDS = {word: code for code, one in SORTS.items() for word in (one.zh, one.en)} | {
    "山洪": "flash_flood", "河道": "river", "水库": "dam", "淤地坝": "dam", "地质灾害": "slope", "滑坡": "slope", "崩塌": "slope",
    "尾矿库": "tailings", "采空区": "mine", "森林火灾": "wildfire", "火灾": "wildfire",
}  # fmt: skip
SAID = ("name", "households", "people", "vulnerable", "responsible", "route", "trigger")


@importer(
    "zones",
    record="evacuation_zone",
    zh="转移单元",
    en="evacuation zones",
    needs=KEEP,
    columns=(
        Column("name", "名称", "name", required=True, also=("转移单元", "单元名称", "危险区名称", "隐患点名称", "title")),
        Column("sort", "类型", "sort", sort="choice", choices=SORT_WORDS, also=("危险区类型", "单元类型", "灾害类型")),
        Column("township", "乡镇", "township", also=("所属乡镇", "乡镇名称", "xzmc", "centre", "乡")),
        Column("village", "村", "village", also=("行政村", "所属村", "村名", "village_code", "村代码")),
        Column("households", "户数", "households", sort="whole", required=True, also=("应转移户数", "涉及户数", "应转户数")),
        Column("people", "人数", "people", sort="whole", required=True, also=("应转移人数", "涉及人数", "应转人数", "威胁人数")),
        Column("vulnerable", "需优先帮助人数", "people who need help first", sort="whole", also=("老弱病残人数", "特殊人群人数")),
        Column("counted_on", "核定日期", "counted on", also=("统计日期", "更新日期")),
        Column("responsible", "责任岗位", "post that answers", required=True, also=("责任人职务", "转移责任人职务", "职务", "responsible")),
        Column("keeper", "责任人", "who answers", also=("转移责任人", "责任人姓名", "联系人")),
        Column("keeper_number", "责任人电话", "number of who answers", also=("联系电话", "手机", "转移责任人电话")),
        Column("destination", "安置去处", "destination", required=True, also=("安置点", "安置点名称", "转移地点", "避险点", "shelter")),
        Column("destination_lon", "安置点经度", "destination longitude", sort="number"),
        Column("destination_lat", "安置点纬度", "destination latitude", sort="number"),
        Column("route", "转移路线", "route", also=("路线",)),
        Column("trigger", "转移条件", "trigger", also=("预警指标", "启动条件", "准备转移雨量")),
    ),
    geometry=("Polygon", "MultiPolygon"),
    vertices=MOST_POINTS,
    key=("name", "township", "village"),
    make="evacuation_zone.register",
    change="evacuation_zone.edit",
    drop="evacuation_zone.withdraw",
    private=("keeper",),
)  # fmt: skip
def zone_of(row: SourceRow) -> dict[str, Any]:
    """A zone as the register takes it; a sort that the file does not name is `other`. Who answers is sealed, and in no message."""
    told = row.values
    found: dict[str, Any] = {name: told[name] for name in SAID if name in told} | {
        "sort": told.get("sort", "other"), "destination": _place(told, row.crs),
    }  # fmt: skip
    found |= _where(told, row.geometry)
    if "counted_on" in told:
        found["counted_on"] = told["counted_on"][:10].replace("/", "-")
    if "keeper" in told:
        found["keeper"] = {"name": told["keeper"][:40], **_number(told)}
    elif "keeper_number" in told:
        raise Wrong("a number without the name of who answers", "有电话而无责任人姓名")
    return found


def _number(told: Any) -> dict[str, str]:
    if "keeper_number" not in told:
        return {}
    number = told["keeper_number"]
    if not 3 <= len(number) <= 40 or sum(one.isdigit() for one in number) < 3:
        raise Wrong("the number of who answers is none", "责任人电话不是号码")
    return {"number": number}


def _where(told: Any, shape: dict[str, Any] | None) -> dict[str, Any]:
    """The township by its name, else by its village; a zone has a village or a shape."""
    township = township_named(told["township"]) if "township" in told else None
    village = village_named(told["village"], township) if "village" in told else None
    if village is None and shape is None:
        raise Wrong("neither a shape nor a village", "既没有范围，也没有村")
    if village is None and township is None:
        raise Wrong("name the township", "请写明乡镇")
    return {"centre": township or str(village)[:9]} | {
        name: value for name, value in (("village_code", village), ("shape", shape)) if value is not None
    }


def _place(told: Any, crs: str) -> dict[str, Any]:
    """Where they go; its point stands in the file's own system, as the rest does."""
    lon, lat = told.get("destination_lon"), told.get("destination_lat")
    name = told["destination"][:80]
    if lon is None or lat is None:
        return {"name": name, "location": None}
    lon, lat = to_wgs84(lon, lat, Crs(crs))
    west, south, east, north = register.outline().bounds
    if not (west - 1 <= lon <= east + 1 and south - 1 <= lat <= north + 1):
        raise Wrong("destination: its point lies far from the county", "安置点坐标离本县很远：请核对经纬度")
    return {"name": name, "location": {"type": "Point", "coordinates": [round(lon, 7), round(lat, 7)]}}
