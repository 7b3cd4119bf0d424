"""The ground as layers: areas of the register, and what the base map brings of the country around (neighbours, rivers)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from shapely.geometry import shape

from command.core.map.joining import Part
from command.core.map.layers import Column, Feature, LayerWish, Style, Value, columns_of, layer, rows
from command.core.queries import View
from command.core.store import spatial
from command.places import register
from command.places.contract import NOTES
from command.places.models import NamedPlace
from command.places.queries import AREAS, PLACES, READ, unplaced
from command.places.words import IMPACT_ROLES, PLACE_KINDS, WHOLE_VILLAGES

BASES = (
    Value("official", "法定界线", "Official boundary"),
    Value("open", "公开地图数据·非法定界线", "Open map data, not a legal boundary"),
    Value("schematic", register.SCHEMATIC_ZH, register.SCHEMATIC_EN),
)
KINDS = (Value("county", "县", "County"), Value("township", "乡镇", "Township"))
OF_PLACE = (
    "name", "kind", "centre", "village_code", "note", "source", "source_crs", "population", "population_on", "population_source",
)  # fmt: skip
NAME = Column("name", "text", "名称", "Name")


@layer(
    "areas",
    zh="行政区划",
    en="Administrative areas",
    needs=READ,
    geometry="polygon",
    of="area",
    refreshed_by=("area.",),
    register=True,
    columns=(
        Column("code", "text", "区划代码", "Division code"),
        NAME,
        Column("name_en", "text", "英文名", "Name in English"),
        Column("kind", "text", "级别", "Kind", KINDS),
        Column("parent", "text", "上级", "Parent"),
        Column("basis", "text", "依据", "Basis", BASES),
        Column("note", "text", "说明", "Note"),
        Column("source", "text", "来源", "Source", in_tiles=False),
    ),
    style=Style(tone="line", label="name", by="basis", group="ground", on=True),
)
def areas(view: View, wish: LayerWish) -> Iterator[Feature]:
    """The county and its townships: official lines, or schematic ones that say so."""
    for row in rows(view, AREAS, wish):
        note = NOTES[row.basis]
        told = {name: getattr(row, name) for name in ("name", "name_en", "kind", "parent", "basis", "source")}
        yield Feature(row.id, shape(row.shape), told | {"code": row.id, "note": note and note["zh"]})


@layer(
    "places",
    zh="地名地点",
    en="Named places",
    needs=READ,
    geometry="point",
    of="place",
    refreshed_by=("place.",),
    register=True,
    columns=(
        NAME,
        Column(
            "kind", "text", "类别", "Kind", tuple(Value(c, w["zh"], w["en"]) for c, w in PLACE_KINDS.items())
        ),
        Column("aliases", "text", "别名", "Aliases"),
        Column("centre", "text", "乡镇代码", "Township code"),
        Column("village_code", "text", "村代码", "Village code", in_tiles=False),
        Column("population", "integer", "人口", "Population"),
        Column("population_on", "text", "人口日期", "Counted", in_tiles=False),
        Column("population_source", "text", "人口来源", "Counted by", in_tiles=False),
        Column("note", "text", "备注", "Note", in_tiles=False),
        Column("source", "text", "来源", "Source", in_tiles=False),
        Column("source_crs", "text", "来源坐标系", "Source CRS", in_tiles=False),
    ),
    style=Style(sign="square", tone="ink-2", label="name", by="kind", group="place"),
    impact=Part(
        by="kind",
        roles=IMPACT_ROLES,
        people=("population", "population_on", "population_source"),
        within="village_code",
        whole=WHOLE_VILLAGES,
        facts=("note",),
        unplaced=lambda view: unplaced(view.session),
    ),
)
def places(view: View, wish: LayerWish) -> Iterator[Feature]:
    """What people name: mines, reservoirs, schools, villages' squares; those whose point is known."""
    for row in columns_of(
        view, PLACES, wish, ("location", "aliases", *OF_PLACE), NamedPlace.location.is_not(None)
    ):
        told = {name: getattr(row, name) for name in OF_PLACE}
        yield Feature(
            row.id, spatial.geometry(row.location), told | {"aliases": "、".join(row.aliases) or None}
        )


@cache
def _around(kind: str) -> tuple[Feature, ...]:
    """What the base map's files hold of one kind, in the order of ids."""
    found = []
    for at, one in enumerate(register.base_map()["features"]):
        told = one["properties"]
        if told["layer"] == kind:
            note = "概略走向" if told.get("coarse") else None
            known = {"code": told.get("code"), "name": told["name"], "note": note}
            found.append(Feature(told.get("code") or f"{kind}-{at:04d}", shape(one["geometry"]), known))
    return tuple(sorted(found, key=lambda one: one.id))


@layer(
    "neighbours",
    zh="周边县界",
    en="Neighbouring counties",
    needs=READ,
    geometry="line",
    refreshed_by=(),
    register=True,
    columns=(Column("code", "text", "区划代码", "Division code"), NAME),
    style=Style(tone="line", line="dash", label="name", group="ground", on=True),
)
def neighbours(view: View, wish: LayerWish) -> Iterator[Feature]:
    """The lines of the counties around, from open map data."""
    yield from _around("neighbour")


@layer(
    "rivers",
    zh="河流",
    en="Rivers",
    needs=READ,
    geometry="line",
    refreshed_by=(),
    register=True,
    columns=(NAME, Column("note", "text", "说明", "Note")),
    style=Style(tone="water", label="name", group="ground", on=True),
)
def rivers(view: View, wish: LayerWish) -> Iterator[Feature]:
    """The rivers that the base map has; a coarse line says so."""
    yield from _around("river")
