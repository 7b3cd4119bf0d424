"""From a row of a file to a row that a slice takes: which field is which column, values cast, geometry checked and in WGS-84."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from command.core import canonical
from command.core.faults import Wrong
from command.core.importers import Column, Importer, SourceRow, cast, folded, near_home
from command.imports.contract import GivenRow
from geo.crs import EAST, NORTH, SOUTH, WEST, Crs, shape_to_wgs84
from geo.shapes import BadShape, from_geojson, to_geojson

DIGITS = 7
"""A centimetre: what a conversion between systems is good for is less."""
ID = Column("id", "源编号", "source id", also=("gid", "objectid", "fid", "编号", "代码", "标识码"))
LON = Column("lon", "经度", "longitude", sort="number", also=("lng", "long", "x", "point_x"))
LAT = Column("lat", "纬度", "latitude", sort="number", also=("y", "point_y"))
FAR = {
    "zh": "位置在县境以外较远处：请核对坐标系",
    "en": "far outside the county: look at the coordinate system",
}
ABROAD = ("outside China: look at the coordinate system", "位置在中国境外：请核对坐标系")
SWAPPED = ("longitude and latitude are in each other's place", "经度与纬度写反了")


@dataclass(frozen=True)
class Ready:
    """A row that may be taken, what its slice makes of it, and what is to be looked at."""

    number: int
    source_id: str
    payload: dict[str, Any]
    thing: str | None
    flag: dict[str, str] | None

    def digest(self, key: str = "") -> str:
        """The same payload has the same digest: such a row changes nothing. Under a key nobody finds a number by trying them all."""
        value = canonical.dump(self.payload)
        if key:
            own = hashlib.sha256(key.encode()).digest()
            return hashlib.blake2b(value, key=own, digest_size=32, person=b"fengsui-import").hexdigest()
        return hashlib.sha256(value).hexdigest()


@dataclass(frozen=True)
class Turned:
    """A row that cannot be taken, and why."""

    number: int
    source_id: str
    said: dict[str, str]


def places_of(importer: Importer) -> tuple[Column, ...]:
    """Columns that every file may have beside those of the importer: the source's id, and where a point is."""
    return (ID, LON, LAT) if "Point" in importer.geometry else (ID,)


def matched(importer: Importer, fields: Iterable[str]) -> dict[str, str]:
    """Which field of a file is which column, as far as the names tell it: an exact name before a like one."""
    given = list(dict.fromkeys(fields))
    found: dict[str, str] = {}
    taken: set[str] = set()
    columns = (*importer.columns, *places_of(importer))
    for exact in (True, False):
        for column in columns:
            for name in given:
                alike = name == column.name if exact else folded(name) in column.names
                if column.name not in found and name not in taken and alike:
                    found[column.name] = name
                    taken.add(name)
    return found


def checked_columns(
    importer: Importer, columns: Mapping[str, str], fields: Collection[str] | None = None
) -> None:
    """Wrong when a mapping names a column that there is not, or a field that the file does not have. `=text` stands for itself."""
    known = {one.name for one in (*importer.columns, *places_of(importer))}
    for name in columns:
        if name not in known:
            told = ", ".join(sorted(known))
            raise Wrong(f"there is no column {name[:40]}: one of {told}", f"没有列 {name[:40]}，可为 {told}")
    for field in columns.values():
        if fields is not None and not field.startswith("=") and field not in fields:
            told = ", ".join(fields)[:300]
            raise Wrong(
                f"the file has no field {field[:40]}: {told}", f"文件没有字段 {field[:40]}，有 {told}"
            )


def ready(
    importer: Importer, given: GivenRow, source: str, crs: Crs, columns: Mapping[str, str]
) -> Ready | Turned:
    """What is to be taken of a row, or why it cannot be."""
    source_id = ""
    try:
        source_id = _own_id(given, columns)
        values = _values(importer, given, columns)
        source_id = source_id or _known_by(importer, values)
        geometry, flag = _geometry(importer, given, columns, crs)
        row = SourceRow(given.number, source, source_id, crs.value, values, geometry)
        thing = importer.thing(row) if importer.thing else None
        return Ready(given.number, source_id, importer.payload(row), thing, flag)
    except BadShape as bad:
        where = f"{bad.where}: " if bad.where else ""
        said = {"zh": f"图形：{where}{bad.zh}", "en": f"geometry: {where}{bad.en}"}
        return Turned(given.number, source_id, said)
    except Wrong as wrong:
        return Turned(given.number, source_id, {"zh": wrong.zh, "en": str(wrong)})


def _values(importer: Importer, given: GivenRow, columns: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for column in importer.columns:
        value = cast(column, _field(given, columns, column.name))
        if value is not None:
            values[column.name] = value
        elif column.required:
            raise Wrong(f"{column.en}: must be there", f"{column.zh}：必须填写")
    return values


def _field(given: GivenRow, columns: Mapping[str, str], name: str) -> Any:
    """What a row says of a column: its field, or what stands for all rows."""
    field = columns.get(name, name)
    return field[1:] if field.startswith("=") else given.fields.get(field)


def _own_id(given: GivenRow, columns: Mapping[str, str]) -> str:
    """The id that the source itself gives the row; empty where it gives none."""
    told = cast(ID, _field(given, columns, "id")) if "id" in columns else None
    return str(told or given.id or "")[:200]


def _known_by(importer: Importer, values: Mapping[str, Any]) -> str:
    """An id made of what the row is known by."""
    known_by = [values.get(name) for name in importer.key]
    if all(one is None for one in known_by):
        raise Wrong("no id, and no name to know it by", "没有源编号，也没有可识别的名称")
    return "=" + hashlib.sha256(canonical.dump(known_by)).hexdigest()[:32]


def _geometry(
    importer: Importer, given: GivenRow, columns: Mapping[str, str], crs: Crs
) -> tuple[dict[str, Any] | None, dict[str, str] | None]:
    shape = given.geometry or _point(given, columns)
    if shape is None:
        if importer.must_have_place:
            raise Wrong(
                "it has no place: longitude and latitude, or a geometry", "没有位置：须有经纬度或图形"
            )
        return None, None
    if not importer.geometry:
        return None, None
    found = shape_to_wgs84(from_geojson(shape, importer.geometry, importer.vertices), crs)
    lon, lat = found.representative_point().coords[0]
    if not _in_china(lon, lat):
        raise Wrong(*(SWAPPED if _in_china(lat, lon) else ABROAD))
    west, south, east, north = found.bounds
    near = near_home(lon, lat) and _in_china(west, south) and _in_china(east, north)
    return to_geojson(found, DIGITS), None if near else FAR


def _point(given: GivenRow, columns: Mapping[str, str]) -> dict[str, Any] | None:
    lon, lat = cast(LON, _field(given, columns, "lon")), cast(LAT, _field(given, columns, "lat"))
    if lon is None and lat is None:
        return None
    if lon is None or lat is None:
        raise Wrong("longitude and latitude stand together", "经度与纬度须同时填写")
    if abs(lon) > 180 or abs(lat) > 90:
        swapped = _in_china(lat, lon)
        why = (
            SWAPPED
            if swapped
            else ("degrees are needed, no metres", "须为经纬度（度），不能是投影坐标（米）")
        )
        raise Wrong(*why)
    return {"type": "Point", "coordinates": [lon, lat]}


def _in_china(lon: float, lat: float) -> bool:
    return WEST <= lon <= EAST and SOUTH <= lat <= NORTH
