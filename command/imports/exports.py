"""Layers as files for others: GeoJSON, KML, a spreadsheet. They hold what the one who asks may see, and nothing else."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from shapely.geometry import Point, Polygon
from shapely.geometry.base import BaseGeometry

from command.core import canonical
from command.core.errors import Invalid
from command.core.map import features
from command.core.map.layers import Column, Feature, Layer, LayerWish
from command.core.queries import View

MOST = 200_000
LONGEST_CELL = 32_000
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
MEDIA = {
    "geojson": "application/geo+json",
    "kml": "application/vnd.google-earth.kml+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def made(view: View, layer: Layer, wish: LayerWish, sort: str, lang: str) -> bytes:
    """A layer's features as a file of that sort; who took it is noted. Invalid when there are too many."""
    view.log_read("export", f"layer:{layer.name}")
    found = _capped(layer.features(view, wish))
    if sort == "geojson":
        return canonical.dump(
            {
                "type": "FeatureCollection",
                "name": layer.name,
                "features": [features.shown(layer, one) for one in found],
            }
        )
    return _kml(layer, found, lang) if sort == "kml" else _sheet(layer, found, lang)


def _capped(found: Iterator[Feature]) -> Iterator[Feature]:
    for count, one in enumerate(found, 1):
        if count > MOST:
            raise Invalid(
                f"more than {MOST} features: choose a box or a filter",
                zh=f"超过 {MOST} 个要素：请加范围或筛选",
            )
        yield one


def _title(column: Column, lang: str) -> str:
    return column.en if lang == "en" else column.zh


def said(column: Column, value: Any, lang: str) -> Any:
    """A value as people read it: a code by its word."""
    for one in column.values:
        if one.code == value:
            return one.en if lang == "en" else one.zh
    if isinstance(value, bool):
        return ("yes" if value else "no") if lang == "en" else ("是" if value else "否")
    if isinstance(value, datetime):
        return features.plain(value)
    return value


def safe(value: Any) -> Any:
    """A cell that a spreadsheet takes for no formula (RULES 34)."""
    if not isinstance(value, str):
        return value
    plain = "".join(one for one in value if one >= " " or one in "\t\n")[:LONGEST_CELL]
    return f"'{plain}" if plain.startswith(FORMULA) else plain


def _sheet(layer: Layer, found: Iterator[Feature], lang: str) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title=(layer.en if lang == "en" else layer.zh)[:31])

    def line(cells: list[Any]) -> None:
        shown = []
        for value in cells:
            cell = WriteOnlyCell(sheet, value=safe(value))
            if isinstance(value, str):
                cell.data_type = "s"  # a text whatever it looks like
            shown.append(cell)
        sheet.append(shown)

    where = ["id", "longitude", "latitude", "WKT"] if lang == "en" else ["id", "经度", "纬度", "图形 WKT"]
    line([*where[:1], *(_title(one, lang) for one in layer.columns), *where[1:]])
    for one in found:
        at = one.geometry if isinstance(one.geometry, Point) else one.geometry.representative_point()
        values = [said(column, one.properties.get(column.name), lang) for column in layer.columns]
        line([one.id, *values, round(at.x, 7), round(at.y, 7), _wkt(one.geometry)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _wkt(shape: BaseGeometry) -> str | None:
    if isinstance(shape, Point):
        return None
    text: str = shape.wkt
    return text if len(text) <= LONGEST_CELL else None


def _kml(layer: Layer, found: Iterator[Feature], lang: str) -> bytes:
    label = layer.style.label
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>']
    parts.append(f"<name>{_text(layer.en if lang == 'en' else layer.zh)}</name>")
    for one in found:
        name = one.properties.get(label) if label else None
        data = "".join(
            f"<Data name={quoteattr(_bare(column.name))}><displayName>{_text(_title(column, lang))}</displayName>"
            f"<value>{_text(said(column, one.properties[column.name], lang))}</value></Data>"
            for column in layer.columns
            if one.properties.get(column.name) is not None
        )
        parts.append(
            f"<Placemark id={quoteattr(_bare(one.id))}><name>{_text(name or one.id)}</name>"
            f"<ExtendedData>{data}</ExtendedData>{_shape(one.geometry)}</Placemark>"
        )
    return ("\n".join([*parts, "</Document></kml>"])).encode()


def _bare(value: Any) -> str:
    """A text without what XML does not know."""
    return "".join(one for one in str(value) if one >= " " or one in "\t\n\r")


def _text(value: Any) -> str:
    return escape(_bare(value))


def _shape(shape: BaseGeometry) -> str:
    if hasattr(shape, "geoms"):
        return f"<MultiGeometry>{''.join(_shape(one) for one in shape.geoms)}</MultiGeometry>"
    if isinstance(shape, Polygon):
        rings = [("outerBoundaryIs", shape.exterior), *(("innerBoundaryIs", one) for one in shape.interiors)]
        inner = "".join(
            f"<{name}><LinearRing>{_positions(ring)}</LinearRing></{name}>" for name, ring in rings
        )
        return f"<Polygon>{inner}</Polygon>"
    return f"<{shape.geom_type}>{_positions(shape)}</{shape.geom_type}>"


def _positions(shape: BaseGeometry) -> str:
    return f"<coordinates>{' '.join(f'{x:.7f},{y:.7f}' for x, y, *_ in shape.coords)}</coordinates>"
