"""What the standard demands beyond its schema: names without blanks, references, scope, closed and simple areas (CAP-v1.2 §3.2)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from command.warnings.cap.reading import Alert, BadCap
from command.warnings.cap.schema import TIME
from geo.shapes import BadShape, from_geojson

Ring = list[tuple[float, float]]
MOST_POINTS = 10_000
LONGEST_NAME = 200
_FORBIDDEN = re.compile(r"[\s,<&]")
_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)")


class Reference(NamedTuple):
    """Another message: who sent it, its identifier, when it was sent."""

    sender: str
    identifier: str
    sent: datetime


class Circle(NamedTuple):
    """A circle about a point, in kilometres."""

    lon: float
    lat: float
    km: float


def check(alert: Alert) -> None:
    """Refuse what the schema lets through and the standard does not."""
    for name in ("identifier", "sender"):
        if not 0 < len(alert[name]) <= LONGEST_NAME or _FORBIDDEN.search(alert[name]):
            raise BadCap(
                f"{name} 不能为空，也不能含空格、逗号、< 和 &",
                f"{name}: no blanks, commas, < or &, and not empty",
            )
    if not list(references(alert)) and alert["msgType"] != "Alert":
        raise BadCap(
            f"{alert['msgType']} 必须写明所指的前一条（references）",
            f"{alert['msgType']} must say to what it refers (references)",
        )
    if alert["scope"] == "Restricted" and not alert.get("restriction", "").strip():
        raise BadCap(
            "scope 为 Restricted 时须写明限制（restriction）", "a Restricted alert must say its restriction"
        )
    if alert["scope"] == "Private" and not alert.get("addresses", "").strip():
        raise BadCap("scope 为 Private 时须写明收件人（addresses）", "a Private alert must say its addresses")
    for info in alert.get("info", []):
        for area in info.get("area", []):
            _check_area(area)


def _check_area(area: Alert) -> None:
    for text in area.get("polygon", []):
        ring(text)
    for text in area.get("circle", []):
        circle(text)
    if "ceiling" in area and "altitude" not in area:
        raise BadCap("有 ceiling 须同时有 altitude", "a ceiling needs an altitude")


def references(alert: Alert) -> Iterator[Reference]:
    """The messages to which this one refers; BadCap where they cannot be read."""
    text = alert.get("references")
    if text is None:
        return
    parts = text.split()
    if not parts:
        raise BadCap("references 是空的", "references are empty")
    for one in parts:
        fields = one.split(",")
        if len(fields) != 3 or not all(fields) or not TIME.fits(fields[2]):
            raise BadCap(
                f"references 应为“sender,identifier,sent”：{one[:80]}",
                f"a reference is sender,identifier,sent: {one[:80]}",
            )
        yield Reference(fields[0], fields[1], datetime.fromisoformat(fields[2]))


def ring(text: str) -> Ring:
    """A polygon's corners as (lon, lat); CAP writes lat,lon pairs, the first again at the end."""
    points = [_pair(one) for one in text.split()]
    if len(points) < 4 or points[0] != points[-1]:
        raise BadCap(
            "polygon 至少四个点，且首尾相同", "a polygon has at least four points, the last like the first"
        )
    try:
        from_geojson({"type": "Polygon", "coordinates": [points]}, max_vertices=MOST_POINTS)
    except BadShape as bad:
        raise BadCap(f"polygon：{bad.zh}", f"polygon: {bad.en}") from None
    return points


def circle(text: str) -> Circle:
    """A circle: `lat,lon km`."""
    parts = text.split()
    if len(parts) != 2 or not _NUMBER.fullmatch(parts[1]):
        raise BadCap("circle 应为“纬度,经度 公里”", "a circle is lat,lon and a radius in km")
    (lon, lat), km = _pair(parts[0]), float(parts[1])
    if not 0 <= km <= 20_040:
        raise BadCap("circle 的半径不对", "a circle's radius lies between 0 and half the earth")
    return Circle(lon, lat, km)


def _pair(text: str) -> tuple[float, float]:
    parts = text.split(",")
    if len(parts) != 2 or not all(_NUMBER.fullmatch(one) for one in parts):
        raise BadCap(f"坐标应为“纬度,经度”：{text[:40]}", f"coordinates are lat,lon: {text[:40]}")
    lat, lon = float(parts[0]), float(parts[1])
    if not (math.isfinite(lat) and math.isfinite(lon) and -90 <= lat <= 90 and -180 <= lon <= 180):
        raise BadCap(f"坐标超出范围：{text[:40]}", f"coordinates out of range: {text[:40]}")
    return lon, lat
