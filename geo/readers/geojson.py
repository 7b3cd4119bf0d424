"""GeoJSON: a FeatureCollection, one Feature, or a feature a line (GeoJSONSeq)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from geo.readers.source import MB, BadFile, Row, Source, plain_fields, reader
from geo.readers.texts import decoded

NONE = ("不是 GeoJSON 要素集合（FeatureCollection）", "no GeoJSON FeatureCollection")
DEGREES = {"CRS84", "4326", "4490"}


@reader(".geojson", ".json", ".geojsonl", most_bytes=96 * MB)
def read(path: Path) -> Source:
    """Features of a GeoJSON file; geometry stays as it is written, for the gate to judge."""
    raw = path.read_bytes()
    try:
        value: Any = orjson.loads(raw)
    except orjson.JSONDecodeError:
        value = _other_than_plain(raw)
    features, crs = value, None
    if isinstance(value, dict):
        features = value.get("features") if value.get("type") != "Feature" else [value]
        crs = _named(value.get("crs"))
    if not isinstance(features, list):
        raise BadFile(*NONE)
    if crs and not any(crs.endswith(one) for one in DEGREES):
        raise BadFile(
            f"文件声明的坐标系为 {crs}：GeoJSON 须为经纬度",
            f"it names {crs} as its coordinates: GeoJSON has degrees",
        )
    return Source(_rows(features), crs=crs)


def _other_than_plain(raw: bytes) -> Any:
    """JSON in another encoding, or a feature a line."""
    text = decoded(raw)
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        lines = [line.strip().lstrip("\x1e") for line in text.splitlines()]
    try:
        return [orjson.loads(line) for line in lines if line]
    except orjson.JSONDecodeError as error:
        raise BadFile(f"不是 JSON：{error.msg}", f"not JSON: {error.msg}") from None


def _named(crs: Any) -> str | None:
    try:
        return str(crs["properties"]["name"]) if crs else None
    except (KeyError, TypeError):
        return None


def _rows(features: list[Any]) -> Iterator[Row]:
    for number, one in enumerate(features, 1):
        if not isinstance(one, dict):
            yield Row(number, {})
            continue
        given, shape, own = one.get("properties"), one.get("geometry"), one.get("id")
        name = str(own) if isinstance(own, (str, int)) and not isinstance(own, bool) else None
        yield Row(
            number,
            plain_fields(given) if isinstance(given, dict) else {},
            shape if isinstance(shape, dict) else None,
            name,
        )
