"""Files of features: every sort gives the same rows; a hostile or broken one is refused whole, with a sentence in both languages."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pyogrio.raw
import pytest
import shapely

import geo.readers.__main__  # noqa: F401  # each registers what it reads
from geo.readers.source import MB, BadFile, Row, open_source

POINTS = [(112.86, 36.83), (112.9, 36.9)]
NAMES = ["红星煤矿", "南沟小学"]


def rows(file: Path) -> list[Row]:
    """What a file holds."""
    return list(open_source(file, file.name).rows)


def geojson(folder: Path) -> Path:
    features = [
        {
            "type": "Feature",
            "id": n,
            "properties": {"name": name},
            "geometry": {"type": "Point", "coordinates": at},
        }
        for n, (name, at) in enumerate(zip(NAMES, POINTS, strict=True), 1)
    ]
    file = folder / "a.geojson"
    file.write_text(
        json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False), "utf-8"
    )
    return file


def lines_of_geojson(folder: Path) -> Path:
    file = folder / "a.geojsonl"
    found = json.loads(geojson(folder).read_text("utf-8"))["features"]
    file.write_text("\n".join(json.dumps(one) for one in found))
    return file


def kml(folder: Path) -> Path:
    marks = "".join(
        f'<Placemark id="{n}"><name>{name}</name><Point><coordinates>{x},{y},0</coordinates></Point></Placemark>'
        for n, (name, (x, y)) in enumerate(zip(NAMES, POINTS, strict=True))
    )
    text = f'<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>{marks}</Document></kml>'
    file = folder / "a.kml"
    file.write_text(text, "utf-8")
    return file


def kmz(folder: Path) -> Path:
    file = folder / "a.kmz"
    with zipfile.ZipFile(file, "w") as archive:
        archive.write(kml(folder), "doc.kml")
    return file


def written(file: Path, crs: str = "EPSG:4326", points: Any = None, **how: Any) -> Path:
    """A file as GDAL writes it."""
    shapes = shapely.to_wkb(shapely.points(POINTS if points is None else points))
    pyogrio.raw.write(
        str(file), shapes, [np.array(NAMES, dtype=object)], ["name"], geometry_type="Point", crs=crs, **how
    )
    return file


def geopackage(folder: Path) -> Path:
    return written(folder / "a.gpkg")


def shapefile(folder: Path, encoding: str = "UTF-8") -> Path:
    """A zip with the shapefile of a county that never heard of .cpg."""
    inside = folder / "shp"
    inside.mkdir()
    written(inside / "a.shp", encoding=encoding)
    (inside / "a.cpg").unlink(missing_ok=True)
    file = folder / "a.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for one in inside.iterdir():
            archive.write(one, f"资料/{one.name}")
    return file


def gbk_shapefile(folder: Path) -> Path:
    return shapefile(folder, "GBK")


@pytest.mark.parametrize("make", [geojson, lines_of_geojson, kml, kmz, geopackage, shapefile, gbk_shapefile])
def test_every_sort_of_file_gives_the_same_rows(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    found = rows(make(tmp_path))
    assert [one.number for one in found] == [1, 2]
    assert [one.fields["name"] for one in found] == NAMES
    for one, at in zip(found, POINTS, strict=True):
        assert one.geometry is not None
        assert one.geometry["type"] == "Point"
        assert one.geometry["coordinates"][:2] == pytest.approx(at)


def test_a_spreadsheet_gives_its_first_sheet_with_dates_and_codes_as_text(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["地名", "编号", "经度", "纬度"])
    book.active.append([NAMES[0], 140429100003, *POINTS[0]])
    book.active.append([None, None, None, None])
    book.create_sheet("其他").append(["x"])
    book.save(tmp_path / "a.xlsx")
    source = open_source(tmp_path / "a.xlsx", "a.xlsx")
    found = list(source.rows)
    assert [one.fields["地名"] for one in found] == [NAMES[0]]
    assert found[0].fields["编号"] == 140429100003
    assert source.notes[0]["zh"].startswith("只读取工作表")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_a_table_in_any_encoding_of_the_house_is_read(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.csv").write_bytes("地名；x,经度,纬度\r\n红星煤矿,112.86,36.83\r\n".encode(encoding))
    assert rows(tmp_path / "a.csv")[0].fields == {"地名；x": "红星煤矿", "经度": "112.86", "纬度": "36.83"}


def test_projected_coordinates_become_degrees_as_proj_has_them(tmp_path: Path) -> None:
    from pyproj import Transformer

    there = Transformer.from_crs("EPSG:4490", "EPSG:4546", always_xy=True)  # CGCS2000, 3-degree zone, CM 111E
    file = written(tmp_path / "a.gpkg", "EPSG:4546", [there.transform(*at) for at in POINTS])
    source = open_source(file, file.name)
    found = [one.geometry["coordinates"] for one in source.rows if one.geometry]
    assert found == [pytest.approx(at, abs=1e-8) for at in POINTS]
    assert "换算" in source.notes[0]["zh"]


BOMB = """<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>&b;</name></Placemark></kml>"""


def zipped(name: str, content: bytes, member: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(member, content)
        return folder / name

    return make


def plain(name: str, content: bytes | str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return folder / name

    return make


def huge(name: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        with (folder / name).open("wb") as file:
            file.truncate(1024 * MB)
        return folder / name

    return make


def linked(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        one = zipfile.ZipInfo("a.shp")
        one.external_attr = 0o120777 << 16
        archive.writestr(one, "/etc/passwd")
    return folder / "a.zip"


def broken_geopackage(folder: Path) -> Path:
    whole = geopackage(folder).read_bytes()
    (folder / "b.gpkg").write_bytes(whole[: len(whole) // 3])
    return folder / "b.gpkg"


BAD: dict[str, tuple[Callable[[Path], Path], str]] = {
    "entities that grow": (plain("a.kml", BOMB), "实体"),
    "an external entity": (
        plain("a.kml", '<!DOCTYPE k [<!ENTITY x SYSTEM "file:///etc/passwd">]><kml><name>&x;</name></kml>'),
        "实体",
    ),
    "a zip bomb": (zipped("a.zip", b"0" * (200 * MB), "a.shp"), "压缩比"),
    "a path out of the archive": (zipped("a.zip", b"x", "../../a.shp"), "越界"),
    "an absolute path": (zipped("a.kmz", b"x", "/etc/cron.d/a.kml"), "越界"),
    "a path of another system": (zipped("a.zip", b"x", "C:\\a.shp"), "越界"),
    "a link": (linked, "链接"),
    "a bomb as a spreadsheet": (zipped("a.xlsx", b" " * (200 * MB), "xl/workbook.xml"), "压缩比"),
    "a gigabyte": (huge("a.geojson"), "超过"),
    "a gigabyte of table": (huge("a.csv"), "超过"),
    "nothing": (plain("a.csv", ""), "为空"),
    "no such sort": (plain("a.exe", "MZ"), "不支持"),
    "half an archive": (plain("a.zip", b"PK\x03\x04 and no more"), "已损坏"),
    "half a geopackage": (broken_geopackage, "损坏"),
    "a picture called a geopackage": (plain("a.gpkg", b"\x89PNG"), "GeoPackage"),
    "half a json": (plain("a.geojson", '{"type": "FeatureCollection", "features": [{'), "JSON"),
    "json without features": (plain("a.json", '{"a": 1}'), "要素集合"),
    "coordinates in metres": (
        plain(
            "a.json", '{"type":"FeatureCollection","crs":{"properties":{"name":"EPSG:3857"}},"features":[]}'
        ),
        "坐标系",
    ),
    "a shapefile without its table": (zipped("a.zip", b"x" * 200, "a.shp"), "缺少"),
    "bytes that are no text": (plain("a.csv", b"\x80\xff\xfe\x00\x81" * 40), "编码"),
    "the same heading twice": (plain("a.csv", "name,name\n1,2\n"), "列名重复"),
    "half a spreadsheet": (plain("a.xlsx", b"PK\x03\x04"), "损坏"),
    "half a kml": (plain("a.kml", "<kml><Placemark><name>x"), "XML"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_is_refused_whole_in_both_languages(tmp_path: Path, what: str) -> None:
    make, says = BAD[what]
    with pytest.raises(BadFile) as refused:
        rows(make(tmp_path))
    assert says in refused.value.zh, refused.value.zh
    assert refused.value.en.isascii()


def test_a_number_that_is_none_is_no_value(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,lon,lat\n矿,NaN,inf\n")
    assert (
        rows(tmp_path / "a.csv")[0].fields["lon"] == "NaN"
    )  # a text still: the column says that it is no number
    (tmp_path / "a.json").write_text(
        '{"type":"FeatureCollection","features":[{"geometry":{"type":"Point","coordinates":[NaN,1]}}]}'
    )
    with pytest.raises(BadFile, match="JSON"):
        rows(tmp_path / "a.json")


def child(file: Path, out: Path) -> tuple[int, dict[str, Any]]:
    out.mkdir()
    done = subprocess.run([sys.executable, "-m", "geo.readers", str(file), file.name, str(out)], check=False)
    return done.returncode, json.loads((out / "about.json").read_text())


def test_the_child_writes_rows_and_what_it_found_or_only_why_not(tmp_path: Path) -> None:
    code, about = child(geojson(tmp_path), tmp_path / "out")
    assert (code, about["count"], about["kinds"], about["starts"]) == (0, 2, {"Point": 2}, [0])
    assert about["fields"] == [{"name": "name", "samples": NAMES}]
    lines = (tmp_path / "out" / "rows.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["number"] for line in lines] == [1, 2]
    (tmp_path / "deep.json").write_text("[" * 200_000)
    code, about = child(tmp_path / "deep.json", tmp_path / "none")
    assert (code, set(about["refused"])) == (2, {"zh", "en"})
    assert not (tmp_path / "none" / "rows.jsonl").exists()
