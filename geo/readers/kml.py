"""KML and KMZ: each Placemark is a row. Read as a stream, without entities, without anything from elsewhere."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from geo.readers import zips
from geo.readers.source import MB, BadFile, Row, Source, plain_fields, reader

SIMPLE = ("Point", "LineString", "LinearRing", "Polygon")
MULTI = {"Point": "MultiPoint", "LineString": "MultiLineString", "Polygon": "MultiPolygon"}


@reader(".kml", ".kmz", most_bytes=96 * MB)
def read(path: Path) -> Source:
    """Placemarks of a KML file, or of the first one in a KMZ."""
    return Source(_rows(path), crs="EPSG:4326")


def _rows(path: Path) -> Iterator[Row]:
    if not zips.is_zip(path):
        yield from _placemarks(path)
        return
    with tempfile.TemporaryDirectory() as folder:
        found = zips.unpacked(path, (".kml",), Path(folder))
        if not found:
            raise BadFile("KMZ 内没有 KML", "no KML in the KMZ")
        yield from _placemarks(found[0])


def _placemarks(path: Path) -> Iterator[Row]:
    number, folders = 0, []
    try:
        for event, element in iterparse(str(path), events=("start", "end"), forbid_dtd=True):
            name = _bare(element)
            if event == "start":
                if name in ("Folder", "Document"):
                    folders.append(element)
            elif name == "Placemark":
                number += 1
                yield _row(number, element, folders)
                element.clear()
            elif name in ("Folder", "Document") and folders:
                folders.pop().clear()
    except (ParseError, DefusedXmlException, LookupError, UnicodeError) as error:
        why = "含有实体或外部引用" if isinstance(error, DefusedXmlException) else "XML 有误"
        raise BadFile(f"KML 无法读取：{why}", "no KML that can be read (broken, or with entities)") from error


def _row(number: int, element: Element, folders: list[Element]) -> Row:
    fields: dict[str, Any] = {}
    for child in element.iter():
        name = _bare(child)
        if name == "Data":
            fields[str(child.get("name"))] = next((one.text for one in child if _bare(one) == "value"), None)
        elif name == "SimpleData":
            fields[str(child.get("name"))] = child.text
    for child in element:
        if _bare(child) in ("name", "description", "address", "phoneNumber") and child.text:
            fields.setdefault(_bare(child), child.text.strip())
    if folders and (title := _text(folders[-1], "name")):
        fields.setdefault("folder", title)
    return Row(number, plain_fields(fields), _shape(element), element.get("id"))


def _shape(element: Element) -> dict[str, Any] | None:
    for child in element:
        name = _bare(child)
        if name in SIMPLE:
            return _simple(child)
        if name == "MultiGeometry":
            parts = [one for one in (_simple(part) for part in child if _bare(part) in SIMPLE) if one]
            kinds = {one["type"] for one in parts}
            if len(kinds) == 1:
                kind = kinds.pop()
                return {"type": MULTI[kind], "coordinates": [one["coordinates"] for one in parts]}
            return {"type": "GeometryCollection"} if parts else None
    return None


def _simple(element: Element) -> dict[str, Any] | None:
    name = _bare(element)
    if name == "Polygon":
        rings = [_positions(one) for one in element.iter() if _bare(one) == "LinearRing"]
        return {"type": "Polygon", "coordinates": rings}
    found = _positions(element)
    if name == "Point":
        return {"type": "Point", "coordinates": found[0] if found else []}
    return {"type": "LineString", "coordinates": found}


def _positions(element: Element) -> list[list[float | str]]:
    text = next((one.text for one in element.iter() if _bare(one) == "coordinates"), None) or ""
    return [[_number(part) for part in one.split(",")[:2]] for one in text.split()]


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text[:20]  # the gate says that it is no number


def _bare(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _text(element: Element, name: str) -> str | None:
    return next((one.text.strip() for one in element if _bare(one) == name and one.text), None)
