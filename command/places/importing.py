"""What of the ground may be brought in from files: official areas, and named places."""

from __future__ import annotations

from typing import Any

from command.core.faults import Wrong
from command.core.importers import Column, SourceRow, home, importer
from command.places import actions, areas, naming, register
from command.places.register import township_named, village_named
from command.places.words import PLACE_KINDS

COUNTED = ("population", "population_on", "population_source")
NEAR_DEG = 0.3
"""Some 30 km around the county: neighbours' places are wanted too."""
KIND_WORDS = {
    **{one["zh"]: code for code, one in PLACE_KINDS.items()},
    **{one["en"]: code for code, one in PLACE_KINDS.items()},
    "村": "village", "行政村": "village", "煤矿": "mine", "矿": "mine", "coal mine": "mine", "小学": "school", "中学": "school",
    "幼儿园": "school", "卫生院": "hospital", "敬老院": "care_home", "加油站": "chemical", "寺庙": "temple", "文保单位": "heritage",
    "town": "village", "isolated_dwelling": "hamlet", "locality": "landmark", "neighbourhood": "community",
}  # fmt: skip


@home
def near(lon: float, lat: float) -> bool:
    """Whether a point lies in the county or not far from it."""
    west, south, east, north = register.outline().bounds
    return west - NEAR_DEG <= lon <= east + NEAR_DEG and south - NEAR_DEG <= lat <= north + NEAR_DEG


@importer(
    "areas",
    record="area",
    zh="法定区划界线",
    en="official areas",
    needs=actions.WRITE,
    columns=(
        Column("code", "区划代码", "division code", required=True,
               also=("XZQDM", "行政区划代码", "区划码", "乡镇代码", "adcode", "XZDM")),
    ),
    geometry=("Polygon", "MultiPolygon"),
    must_have_place=True,
    vertices=areas.MOST_POINTS,
    key=("code",),
    change="area.line",
    thing=lambda row: _township_code(str(row.values["code"])),
    settled=actions.refuse_overlaps,
)  # fmt: skip
def area_of(row: SourceRow) -> dict[str, Any]:
    """The official line of one township."""
    return {"shape": row.geometry, "basis": "official", "source": row.source, "source_crs": row.crs}


def _township_code(code: str) -> str:
    """Official files name townships by 9 digits, or by 12 with three zeros."""
    short = code.removesuffix("000") if len(code) == 12 else code
    if register.township(short) is None:
        raise Wrong(f"{code}: there is no such township", f"{code}：没有这个乡镇")
    return short


@importer(
    "places",
    record="place",
    zh="地名地点",
    en="named places",
    needs=naming.WRITE,
    columns=(
        Column("name", "名称", "name", required=True, also=("name_zh", "name:zh", "地名", "标准名称", "mc", "name_en", "title")),
        Column("kind", "类别", "kind", sort="choice", choices=KIND_WORDS, also=("类型", "type", "place", "amenity", "fclass")),
        Column("aliases", "别名", "aliases", sort="list", also=("alias", "俗称", "曾用名", "alt_name", "old_name")),
        Column("township", "乡镇", "township", also=("所属乡镇", "乡镇名称", "xzmc", "centre", "乡")),
        Column("village", "村", "village", also=("行政村", "所属村", "村名", "village_code")),
        Column("note", "备注", "note", also=("说明", "remark", "description", "bz")),
        Column("population", "人口", "population", sort="whole", also=("人口数", "户籍人口", "常住人口", "总人口", "pop", "rks")),
        Column("population_on", "人口日期", "population date", also=("人口年份", "统计日期", "统计年份", "population:date", "pop_year")),
        Column("population_source", "人口来源", "population source", also=("统计来源", "population:source", "source:population")),
    ),
    geometry=("Point",),
    key=("name", "township", "kind"),
    make="place.create",
    change="place.edit",
    drop="place.withdraw",
)  # fmt: skip
def place_of(row: SourceRow) -> dict[str, Any]:
    """A named place; what has no kind is `other`."""
    told: dict[str, Any] = {"name": row.values["name"][:80], "kind": row.values.get("kind", "other")}
    if "aliases" in row.values:
        told["aliases"] = row.values["aliases"][:20]
    if "note" in row.values:
        told["note"] = row.values["note"][:500]
    township = row.values.get("township")
    if township is not None:
        told["centre"] = township_named(township)
    if "village" in row.values:
        told["village_code"] = village_named(row.values["village"], told.get("centre"))
    if row.geometry is not None:
        told["location"] = row.geometry
    told |= {name: row.values[name] for name in COUNTED if name in row.values}
    return told | {"source": row.source, "source_crs": row.crs}
