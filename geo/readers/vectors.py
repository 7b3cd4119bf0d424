"""Shapefile (its files, or all of them in a zip) and GeoPackage, by way of GDAL, in batches. Projected coordinates become degrees."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from geo.readers import zips
from geo.readers.source import MB, BadFile, Row, Source, plain_fields, reader
from geo.readers.texts import encoding_of

BATCH = 2000
DEGREES = ("EPSG:4326", "EPSG:4490", "EPSG:4979", "EPSG:4480", "OGC:CRS84")
"""Geographic WGS-84 and CGCS2000: their degrees are taken as they are, for what is labelled so may be offset (--crs says)."""
PARTS = (".shp", ".dbf", ".shx", ".prj", ".cpg")


@reader(".gpkg", most_bytes=256 * MB)
def read_geopackage(path: Path) -> Source:
    """Features of the first layer of a GeoPackage."""
    with path.open("rb") as file:
        if not file.read(16).startswith(b"SQLite format 3"):
            raise BadFile("不是 GeoPackage", "no GeoPackage")
    return _opened(path)


@reader(".shp", most_bytes=256 * MB)
def read_shapefile(path: Path) -> Source:
    """Features of a shapefile whose other files stand beside it."""
    for ending in (".dbf", ".shx"):
        if not path.with_suffix(ending).exists() and not path.with_suffix(ending.upper()).exists():
            raise BadFile(f"缺少同名的 {ending} 文件", f"its {ending} file is missing")
    return _opened(path, _encoding(path))


@reader(".zip", most_bytes=256 * MB)
def read_zipped(path: Path) -> Source:
    """Features of the one shapefile in a zip."""
    folder = tempfile.TemporaryDirectory()
    try:
        zips.unpacked(path, PARTS, Path(folder.name))
        found = sorted(Path(folder.name).glob("*.shp"))
        if len(found) != 1:
            raise BadFile("压缩包内须有且只有一个 .shp", "exactly one .shp in the zip")
        source = read_shapefile(found[0])
    except BadFile:
        folder.cleanup()
        raise
    source.rows = _while_kept(source.rows, folder)
    return source


def _while_kept(rows: Any, folder: Any) -> Iterator[Row]:
    with folder:
        yield from rows


def _encoding(path: Path) -> str | None:
    """What the table is written in: said by its .cpg, else found by looking; GDAL would take it for Latin-1."""
    if path.with_suffix(".cpg").exists():
        return None
    table = next(one for one in (path.with_suffix(".dbf"), path.with_suffix(".DBF")) if one.exists())
    raw = table.read_bytes()[:MB]
    start = int.from_bytes(raw[8:10], "little")
    return encoding_of(raw[start:].replace(b"\x00", b" "))


def _opened(path: Path, encoding: str | None = None) -> Source:
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError

    try:
        about = pyogrio.read_info(path, encoding=encoding, force_feature_count=True)
        layers = pyogrio.list_layers(path)
    except (DataSourceError, DataLayerError, ValueError, OSError) as error:
        raise BadFile("文件已损坏或不是空间数据", "broken, or no spatial data") from error
    notes = []
    if len(layers) > 1:
        notes.append({"zh": f"只读取图层“{layers[0][0]}”", "en": f"only the layer “{layers[0][0]}” is read"})
    move, said = _degrees(about["crs"])
    if said:
        notes.append(said)
    return Source(_rows(path, encoding, move), [str(one) for one in about["fields"]], about["crs"], notes)


def _degrees(crs: str | None) -> tuple[Callable[[Any], Any] | None, dict[str, str] | None]:
    """How coordinates become degrees, and what is to be said of it; nothing for those that are degrees of the right sort."""
    if crs is None or crs in DEGREES:
        return None, None
    import numpy as np
    from pyproj import CRS, Transformer
    from pyproj.exceptions import CRSError
    from shapely import transform

    try:
        found = CRS.from_user_input(crs)
    except CRSError as error:
        raise BadFile("文件的坐标系无法识别", "its coordinate system is not known") from error
    bare = found.to_epsg(min_confidence=60)
    if found.is_geographic and f"EPSG:{bare}" in DEGREES:
        return None, None
    turn = Transformer.from_crs(found, "EPSG:4326", always_xy=True)

    def in_degrees(shape: Any) -> Any:
        return transform(shape, lambda xy: np.column_stack(turn.transform(xy[:, 0], xy[:, 1])))

    return in_degrees, {
        "zh": f"已由 {found.name} 换算为经纬度",
        "en": f"turned into degrees from {found.name}",
    }


def _rows(path: Path, encoding: str | None, move: Callable[[Any], Any] | None) -> Iterator[Row]:
    import pyogrio
    from pyogrio.errors import DataSourceError
    from shapely import force_2d, from_wkb, to_geojson
    from shapely.errors import GEOSException

    start = 0
    while True:
        try:
            meta, ids, shapes, columns = pyogrio.raw.read(
                path, encoding=encoding, skip_features=start, max_features=BATCH, return_fids=True
            )
        except (DataSourceError, ValueError, OSError) as error:
            raise BadFile("文件读到一半已损坏", "broken within") from error
        names = [str(one) for one in meta["fields"]]
        for at, own in enumerate(ids):
            fields = plain_fields(
                {name: _value(column[at]) for name, column in zip(names, columns, strict=True)}
            )
            shape = None
            try:
                if shapes is not None and shapes[at] is not None:
                    made = force_2d(from_wkb(shapes[at]))
                    shape = json.loads(to_geojson(move(made) if move else made))
            except (GEOSException, ValueError):
                shape = {"type": "broken"}  # the gate refuses the row and says so
            yield Row(start + at + 1, fields, shape, None if path.suffix.lower() == ".shp" else str(own))
        start += len(ids)
        if len(ids) < BATCH:
            return


def _value(value: Any) -> Any:
    """Dates of numpy as text; an unset one as nothing."""
    text = str(value) if type(value).__name__ == "datetime64" else value
    return None if text == "NaT" else text
