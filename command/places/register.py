"""The register of places: county, townships, villages by official code, and the base map.

Villages and most township seats have no publicly known coordinates, and none are invented here. The twelve
cells are a schematic partition of our own; they carry no fact but the township's name, and every one says so.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from shapely import Point
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from command.core.faults import Wrong

COUNTY = "140429"
SCHEMATIC_ZH = "示意·非法定界线"
SCHEMATIC_EN = "Schematic, not a legal boundary"
BASE_FILES = ("neighbours.geojson", "county.geojson", "rivers.geojson", "schematic_cells.geojson")


@dataclass(frozen=True)
class Place:
    """One named place of the register."""

    code: str
    """6 digits for the county, 9 for a township or zone, 12 for a village."""
    name: str
    kind: str
    """county, township, zone (statistical), village, community, or virtual (a zone's placeholder)."""
    parent: str | None
    pinyin: str
    """Syllables with spaces, in lower case, without tones."""
    initials: str
    also: tuple[str, ...] = ()
    """Other ways in which the name is said."""

    @property
    def short(self) -> str:
        """The name as people say it: 监漳镇 → 监漳; a one-character village keeps its suffix."""
        for tail in ("社区", "县", "镇", "乡", "村"):
            if self.kind != "zone" and self.name.endswith(tail) and len(self.name) - len(tail) >= 2:
                return self.name.removesuffix(tail)
        return self.name

    @property
    def joined(self) -> str:
        """Pinyin of the short name in one word, as account names use it: 监漳镇 → jianzhang."""
        return "".join(self.pinyin.split()[: len(self.short)])

    @property
    def en(self) -> str:
        """The name for English screens: 监漳镇 → Jianzhang."""
        return self.joined.capitalize()


@dataclass(frozen=True)
class Cell:
    """The schematic area of one township, and the point that stands for it."""

    code: str
    name: str
    area: BaseGeometry
    anchor: tuple[float, float]


def county() -> Place:
    """The county itself."""
    return _places()[COUNTY]


def townships() -> list[Place]:
    """The twelve townships, in the order of their codes."""
    return [p for p in _places().values() if p.kind == "township"]


def zones() -> list[Place]:
    """The two statistical zones, which are no townships."""
    return [p for p in _places().values() if p.kind == "zone"]


def villages(township: str | None = None) -> list[Place]:
    """The villages and communities of one township, or of all; placeholders of zones left out."""
    kinds = ("village", "community")
    return [p for p in _places().values() if p.kind in kinds and township in (None, p.parent)]


def place(code: str) -> Place | None:
    """The place of this code, whatever its kind."""
    return _places().get(code)


def village(code: str) -> Place | None:
    """The village or community of this 12-digit code."""
    found = place(code)
    return found if found is not None and found.kind in ("village", "community") else None


def township(code: str) -> Place | None:
    """The township of this 9-digit code."""
    found = place(code)
    return found if found is not None and found.kind == "township" else None


def township_of(code: str) -> Place | None:
    """The township that a village code (or a township's own) belongs to; None for zones and unknown codes."""
    found = place(code)
    if found is None or found.parent is None:
        return None
    return township(found.code) or township(found.parent)


def cells() -> list[Cell]:
    """The schematic cells, in the order of the townships' codes."""
    return list(_cells())


def cell(code: str) -> Cell | None:
    """The schematic cell of a township."""
    return next((c for c in _cells() if c.code == code), None)


def cell_at(lon: float, lat: float) -> Cell | None:
    """The cell under a point. It may only propose a township: the line is not a legal one."""
    at = Point(lon, lat)
    return next((c for c in _cells() if c.area.covers(at)), None)


def in_county(lon: float, lat: float) -> bool:
    """True inside the county outline (simplified by some 80 m)."""
    return bool(outline().covers(Point(lon, lat)))


def centre_names() -> dict[str, dict[str, str]]:
    """Names of county and townships by code: {zh, en, pinyin}, pinyin in one word as account names use it."""
    return {p.code: {"zh": p.name, "en": p.en, "pinyin": p.joined} for p in [county(), *townships()]}


def base_map(official: dict[str, dict[str, Any]] | None = None) -> dict[str, Any]:
    """A FeatureCollection of neighbours, county, rivers and cells, to be drawn in this order.

    Each feature's `layer` is neighbour, county, river or cell. A neighbour is its lines within the frame, with
    `label` [lon, lat] for its name; a cell has code, name, name_en, schematic, note and anchor [lon, lat].
    `official` gives {shape, anchor, source} by code: those cells are lines of law, with `schematic` false, no note and
    their source. `schematic_note` says in both languages what the other cells are; null when none is left.
    """
    lawful = official or {}
    features = [_labelled(_in_force(f, lawful)) for name in BASE_FILES for f in _features(name)]
    drawn = any(f["properties"].get("schematic") for f in features)
    return {
        "type": "FeatureCollection",
        "schematic_note": {"zh": SCHEMATIC_ZH, "en": SCHEMATIC_EN} if drawn else None,
        "features": features,
    }


def _in_force(feature: dict[str, Any], official: dict[str, dict[str, Any]]) -> dict[str, Any]:
    p = feature["properties"]
    if p["layer"] != "cell" or p["code"] not in official:
        return feature
    area = official[p["code"]]
    told = {"schematic": False, "note": None, "anchor": area["anchor"], "source": area["source"]}
    return feature | {"properties": p | told, "geometry": area["shape"]}


def _labelled(feature: dict[str, Any]) -> dict[str, Any]:
    known = place(feature["properties"].get("code", ""))
    extra = {"name_en": known.en} if known else {}
    return feature | {"properties": feature["properties"] | extra}


def _data(name: str) -> Traversable:
    return files("command.places") / "data" / name


def _features(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(_data(name).read_text(encoding="utf-8"))["features"]
    return found


def _rows(name: str) -> Iterator[Place]:
    with _data(name).open(encoding="utf-8") as lines:
        for r in csv.DictReader(lines):
            also = tuple(filter(None, r["also"].split(";")))
            yield Place(r["code"], r["name"], r["kind"], r["parent"], r["pinyin"], r["initials"], also)


@cache
def _places() -> dict[str, Place]:
    top = Place(COUNTY, "武乡县", "county", None, "wu xiang xian", "wxx")
    return {p.code: p for p in (top, *_rows("townships.csv"), *_rows("villages.csv"))}


@cache
def _cells() -> tuple[Cell, ...]:
    found = []
    for f in _features("schematic_cells.geojson"):
        p = f["properties"]
        lon, lat = p["anchor"]
        found.append(Cell(p["code"], p["name"], shape(f["geometry"]), (lon, lat)))
    return tuple(found)


@cache
def outline() -> BaseGeometry:
    """The county's outline (simplified by some 80 m)."""
    return shape(_features("county.geojson")[0]["geometry"])


def township_named(said: str) -> str:
    """The code of a township by its code or its name."""
    code = said.removesuffix("000") if len(said) == 12 else said
    for one in townships():
        if code == one.code or said in (one.name, one.short):
            return one.code
    raise Wrong(f"there is no township {said[:40]}", f"没有乡镇 {said[:40]}")


def village_named(said: str, township: str | None) -> str:
    """The code of a village by its code or its name, in a township where one is named."""
    if village(said) is not None:
        return said
    found = [one for one in villages(township) if said in (one.name, one.short)]
    if len(found) != 1:
        why = ("more than one", "有同名村，请填乡镇或代码") if found else ("no such village", "没有这个村")
        raise Wrong(f"village {said[:40]}: {why[0]}", f"村 {said[:40]}：{why[1]}")
    return found[0].code
