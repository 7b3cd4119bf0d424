"""Makes command/places/data from the sources named in NOTICE: trims, simplifies, spells, divides.

    python scripts/make_places.py SOURCES

SOURCES is a folder with county_140429.geojson, changzhi_counties_140400.geojson,
neighbour_counties_jinzhong.geojson, rivers_ne10m.geojson, townships_140429.csv and villages_140429.csv,
all WGS-84. The result is committed, so that a running system needs neither this script nor the sources.
"""

from __future__ import annotations

import csv
import itertools
import json
import sys
from pathlib import Path
from typing import Any

import shapely
from pypinyin import lazy_pinyin, load_phrases_dict
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from geo.partition import divide

OUT = ROOT / "command" / "places" / "data"
TOLERANCE_DEG = 0.0008  # about 80 m: not visible at county scale
MARGIN_DEG = 0.15
SCHEMATIC_NOTE = "示意·非法定界线"

# Where the name of each cell stands. Invented for a readable layout: not the seat, carries no fact.
ANCHORS = {
    "140429100": (112.850, 36.800),
    "140429101": (113.277, 36.905),
    "140429102": (113.125, 36.865),
    "140429103": (113.010, 36.755),
    "140429104": (112.610, 36.980),
    "140429105": (113.200, 36.745),
    "140429202": (113.000, 36.825),
    "140429203": (112.985, 36.895),
    "140429205": (112.815, 36.960),
    "140429206": (112.710, 37.035),
    "140429207": (112.785, 36.905),
    "140429208": (112.545, 37.060),
}

# Place names that the dictionary spells otherwise; the townships as in the source of their names.
SPELLINGS = {
    "监漳": "jian zhang",
    "贾豁": "jia huo",
    "蟠龙": "pan long",
    "涌泉": "yong quan",
    "长乐": "chang le",
    "长蔚": "chang wei",
    "行道岭": "xing dao ling",
}
# Characters said in more than one way in place names; how a village says its own is not known here, so
# every way is found.
ALSO = {
    "凹": ("ao", "wa"),
    "堡": ("bao", "bu", "pu"),
    "咀": ("ju", "zui"),
    "会": ("hui", "kuai"),
    "蔚": ("wei", "yu"),
    "乐": ("le", "yue"),
    "行": ("xing", "hang"),
    "角": ("jiao", "jue"),
    "长": ("chang", "zhang"),
    "涌": ("yong", "chong"),
}


def main(source: Path) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    county = write_boundaries(source)
    write_rivers(source, county)
    write_names(source)
    write_cells(county)


def features(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["features"]
    return found


def feature(made: BaseGeometry, **properties: Any) -> dict[str, Any]:
    tidy = shapely.set_precision(made, 1e-5)
    return {"type": "Feature", "properties": properties, "geometry": mapping(tidy)}


def write(name: str, rows: list[dict[str, Any]]) -> None:
    body = ",\n".join(json.dumps(r, ensure_ascii=False, separators=(",", ":")) for r in rows)
    text = '{"type":"FeatureCollection","features":[\n' + body + "\n]}\n"
    (OUT / name).write_text(text, encoding="utf-8")


def write_boundaries(source: Path) -> BaseGeometry:
    """County and the parts of its neighbours around it, simplified together to keep shared lines shared."""
    own = features(source / "county_140429.geojson")
    around = features(source / "changzhi_counties_140400.geojson")
    around += features(source / "neighbour_counties_jinzhong.geojson")
    near = [f for f in around if f["properties"]["shares_border_with_140429"]]
    shapes = shapely.coverage_simplify([shape(f["geometry"]) for f in own + near], TOLERANCE_DEG)
    largest = max(shapely.get_parts(shapes[0]), key=lambda part: part.area)
    county: BaseGeometry = shapely.set_precision(largest, 1e-5)
    name = own[0]["properties"]["name"]
    write("county.geojson", [feature(county, layer="county", code="140429", name=name)])
    write("neighbours.geojson", neighbour_lines(near, shapes[1:], county))
    return county


def neighbour_lines(near: list[dict[str, Any]], shapes: Any, county: BaseGeometry) -> list[dict[str, Any]]:
    """The lines of each neighbour around the county, every line once, and a point for its name."""
    frame = shapely.box(*county.bounds).buffer(MARGIN_DEG, join_style="mitre")
    drawn: BaseGeometry = shapely.set_precision(county.boundary, 1e-5)
    rows = []
    for f, made in zip(near, shapes, strict=True):
        line = shapely.set_precision(made.boundary.intersection(frame), 1e-5).difference(drawn)
        drawn = shapely.union_all([drawn, line])
        label = made.intersection(frame).representative_point()
        name, code = f["properties"]["name"], f["properties"]["adcode"]
        at = [round(label.x, 4), round(label.y, 4)]
        rows.append(feature(shapely.line_merge(line), layer="neighbour", code=code, name=name, label=at))
    return rows


def write_rivers(source: Path, county: BaseGeometry) -> None:
    frame = shapely.box(*county.bounds).buffer(MARGIN_DEG, join_style="mitre")
    rows = []
    for f in features(source / "rivers_ne10m.geojson"):
        if f["properties"]["in_county_140429"]:
            line = shape(f["geometry"]).intersection(frame)
            rows.append(feature(line, layer="river", name=f["properties"]["name"], coarse=True))
    write("rivers.geojson", rows)


def write_cells(county: BaseGeometry) -> None:
    names = {r["code"]: r["name"] for r in csv.DictReader((OUT / "townships.csv").open(encoding="utf-8"))}
    cells = divide(county, list(ANCHORS.values()))
    rows = []
    for (code, anchor), cell in zip(ANCHORS.items(), whole(cells, list(ANCHORS.values())), strict=True):
        rows.append(
            feature(
                cell,
                layer="cell",
                code=code,
                name=names[code],
                schematic=True,
                note=SCHEMATIC_NOTE,
                anchor=list(anchor),
            )
        )
    write("schematic_cells.geojson", rows)


def whole(cells: list[BaseGeometry], anchors: list[tuple[float, float]]) -> list[BaseGeometry]:
    """Each cell in one piece round its anchor; a piece cut off by a bend goes to the cell it borders most."""
    kept = [
        next(p for p in shapely.get_parts(c) if p.contains(shapely.Point(a)))
        for c, a in zip(cells, anchors, strict=True)
    ]
    for cell, main_part in zip(cells, list(kept), strict=True):
        for piece in shapely.get_parts(cell.difference(main_part)):
            if piece.area > 1e-9:
                best = max(
                    range(len(kept)), key=lambda i: kept[i].boundary.intersection(piece.boundary).length
                )
                kept[best] = shapely.union_all([kept[best], piece])
    return kept


def spell(name: str) -> tuple[str, str]:
    """The syllables of a name with spaces, and other ways of saying it, joined by `;`."""
    said = lazy_pinyin(name, errors="ignore")
    if len(said) != len(name):
        raise ValueError(f"cannot spell {name}")
    choices = [(s, *[a for a in ALSO.get(ch, ()) if a != s]) for ch, s in zip(name, said, strict=True)]
    ways = [" ".join(way) for way in itertools.product(*choices)]
    return ways[0], ";".join(ways[1:4])


def write_names(source: Path) -> None:
    load_phrases_dict({han: [[s] for s in said.split()] for han, said in SPELLINGS.items()})
    with (source / "townships_140429.csv").open(encoding="utf-8") as f:
        towns = [town_row(r) for r in csv.DictReader(f)]
    with (source / "villages_140429.csv").open(encoding="utf-8") as f:
        villages = [village_row(r) for r in csv.DictReader(f)]
    for name, rows in (("townships.csv", towns), ("villages.csv", villages)):
        with (OUT / name).open("w", encoding="utf-8", newline="") as f:
            out = csv.DictWriter(f, list(rows[0]), lineterminator="\n")
            out.writeheader()
            out.writerows(rows)


def town_row(r: dict[str, str]) -> dict[str, str]:
    zone = r["type"] not in ("镇", "乡")
    said, _ = spell(r["name"])
    said = f"{r['pinyin']} {said.split()[-1]}" if r["pinyin"] else said
    return {
        "code": r["code9"],
        "name": r["name"],
        "kind": "zone" if zone else "township",
        "parent": r["county"],
        "pinyin": said,
        "initials": "".join(s[0] for s in said.split()),
        "also": "",
    }


def village_row(r: dict[str, str]) -> dict[str, str]:
    kinds = {"村": "village", "社区": "community", "虚拟": "virtual"}
    said, also = spell(r["name_short"])
    return {
        "code": r["code12"],
        "name": r["name_short"],
        "kind": kinds[r["kind"]],
        "parent": r["township_code9"],
        "pinyin": said,
        "initials": "".join(s[0] for s in said.split()),
        "also": also,
    }


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
