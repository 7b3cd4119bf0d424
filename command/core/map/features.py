"""Features of layers on the wire: GeoJSON (RFC 7946), a page at a time, and what an address may ask of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import shapely
from shapely import GeometryCollection, MultiPolygon, Polygon
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from command.core import clock
from command.core.access import Actor
from command.core.errors import Invalid
from command.core.listing import limit_of
from command.core.map.layers import Box, Column, Feature, Layer, LayerWish, layers_of
from command.core.queries import View
from command.core.store import spatial

DIGITS = 7
"""Decimals of a degree: a centimetre."""
OPEN_ENDS = ("..", "")


@dataclass(frozen=True)
class Page:
    """Some features in order, and the id after which the next page begins (None at the end)."""

    features: list[Feature]
    next: str | None


def parse(layer: Layer, arguments: Mapping[str, str], *, ignore: frozenset[str] = frozenset()) -> LayerWish:
    """What an address asks of a layer, or Invalid for what the layer does not know."""
    given = {name: value for name, value in arguments.items() if name not in ignore and name != "lang"}
    limit = limit_of(given.pop("limit", None))
    after = given.pop("after", None) or None
    box = given.pop("bbox", None)
    during = given.pop("datetime", None)
    known = [one.name for one in layer.columns]
    for name, value in given.items():
        if name not in known:
            told = ", ".join(["limit", "after", "bbox", "datetime", *known])
            raise Invalid(
                f"{name[:40]}: filters are {told}",
                zh=f"没有筛选项 {name[:40]}：可用 {told.replace(', ', '、')}",
            )
        if "\x00" in value:
            raise Invalid(f"{name}: not a text", zh=f"{name} 不是文字")
    if after is not None and "\x00" in after:
        raise Invalid("after: not a place in this list", zh="after 不是此列表中的位置")
    return LayerWish(
        bbox=parse_box(box) if box is not None else None,
        limit=limit,
        after=after,
        during=parse_during(during) if during is not None else None,
        filters=given,
    )


def parse_box(text: str) -> Box:
    """`west,south,east,north`, with heights left out where there are six numbers; west > east spans the date line."""
    parts = text.split(",")
    if len(parts) == 6:
        parts = [parts[0], parts[1], parts[3], parts[4]]
    west, south, east, north = spatial.numbers(",".join(parts), 4, *spatial.BOX)
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise Invalid(spatial.BOX[0], zh=spatial.BOX[1])
    return west, south, east, north


def parse_during(text: str) -> tuple[datetime | None, datetime | None]:
    """A time, or two with a slash between, of which one may be `..` or empty."""
    parts = text.split("/")
    if len(parts) == 1:
        at = _time(text)
        return at, at
    if len(parts) != 2 or all(one in OPEN_ENDS for one in parts):
        raise _bad_time()
    since, until = (None if one in OPEN_ENDS else _time(one) for one in parts)
    if since is not None and until is not None and since > until:
        raise _bad_time()
    return since, until


def _time(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(
            re.sub(" (?=\\d\\d:\\d\\d$)", "+", text)
        )  # a plus sign not written as %2B
    except ValueError:
        raise _bad_time() from None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def _bad_time() -> Invalid:
    return Invalid(
        "datetime: a time, or two with a slash between (RFC 3339; .. leaves an end open)",
        zh="datetime 须为一个时间，或以斜杠分隔的起止时间（RFC 3339；用 .. 表示不限）",
    )


def page(view: View, layer: Layer, wish: LayerWish) -> Page:
    """One page of what is wanted."""
    assert wish.limit is not None
    more = LayerWish(wish.bbox, wish.limit + 1, wish.after, wish.during, wish.filters, wish.ids)
    found = list(layer.features(view, more))
    return Page(found[: wish.limit], found[wish.limit - 1].id if len(found) > wish.limit else None)


def collection(layer: Layer, found: Page) -> dict[str, Any]:
    """A page as a FeatureCollection."""
    return {
        "type": "FeatureCollection",
        "features": [shown(layer, one) for one in found.features],
        "numberReturned": len(found.features),
        "next": found.next,
    }


def shown(layer: Layer, one: Feature) -> dict[str, Any]:
    """A feature as GeoJSON: every column is there, and nothing else."""
    told = {column.name: plain(one.properties.get(column.name)) for column in layer.columns}
    return {"type": "Feature", "id": one.id, "geometry": geometry(one.geometry), "properties": told}


def plain(value: Any) -> Any:
    """A property as JSON says it."""
    return clock.wire(value) if isinstance(value, datetime) else value


def geometry(shape: BaseGeometry) -> dict[str, Any]:
    """A geometry as GeoJSON: WGS-84 to the centimetre, outer rings against the clock, no heights (RFC 7946)."""
    flat = shapely.transform(shapely.force_2d(shape), lambda xy: xy.round(DIGITS))
    found: dict[str, Any] = mapping(_turned(flat))
    return found


def _turned(shape: BaseGeometry) -> BaseGeometry:
    if isinstance(shape, Polygon):
        return orient(shape)
    if isinstance(shape, MultiPolygon):
        return MultiPolygon([orient(one) for one in shape.geoms])
    if isinstance(shape, GeometryCollection):
        return GeometryCollection([_turned(one) for one in shape.geoms])
    return shape


def about(layer: Layer) -> dict[str, Any]:
    """What a map's panel needs to know of a layer: its names, how it is drawn, what its columns say."""
    style = layer.style
    return {
        "id": layer.name,
        "zh": layer.zh,
        "en": layer.en,
        "geometry": layer.geometry,
        "style": {name: getattr(style, name) for name in style.__dataclass_fields__},
        "columns": [_column(one) for one in layer.columns],
        "refreshed_by": list(layer.refreshed_by),
        "tiles": f"/tiles/{layer.name}/{{z}}/{{x}}/{{y}}.mvt",
        "items": f"/ogc/collections/{layer.name}/items",
    }


def _column(one: Column) -> dict[str, Any]:
    values = [{"code": value.code, "zh": value.zh, "en": value.en} for value in one.values]
    return {"name": one.name, "kind": one.kind, "zh": one.zh, "en": one.en, "values": values}


def listed(actor: Actor) -> dict[str, Any]:
    """The layers that an actor may see."""
    return {"items": [about(one) for one in layers_of(actor)], "next": None}
