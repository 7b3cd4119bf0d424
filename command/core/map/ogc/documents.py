"""The documents of OGC API – Features as values: landing page, conformance, collections, items."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from command.core import clock
from command.core.map import features
from command.core.map.features import Page
from command.core.map.layers import Feature, Layer
from command.core.map.ogc.links import CRS84, GEOJSON, HTML, JSON, OPENAPI, Place

CONFORMS = tuple(
    f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{name}"
    for name in ("core", "oas30", "html", "geojson")
)
TITLE = {"zh": "烽燧 · 地图图层", "en": "Fengsui · map layers"}
SAYS = {
    "zh": "您有权查看的全部图层，坐标为 WGS-84（≈ CGCS2000）经纬度。",
    "en": "Every layer that you may see, in degrees of WGS-84 (≈ CGCS2000).",
}


def landing(place: Place, lang: str) -> dict[str, Any]:
    """Where to begin."""
    return {
        "title": TITLE[lang],
        "description": SAYS[lang],
        "links": [
            *place.own(JSON, HTML),
            place.link("service-desc", "/api", OPENAPI, "OpenAPI 3.0"),
            place.link("service-doc", "/collections", HTML, TITLE[lang], f="html"),
            place.link("conformance", "/conformance", JSON, "Conformance"),
            place.link("data", "/collections", JSON, "Collections"),
        ],
    }


def conformance() -> dict[str, Any]:
    """What of the standard holds."""
    return {"conformsTo": list(CONFORMS)}


def collections(place: Place, layers: Iterable[Layer], lang: str) -> dict[str, Any]:
    """The layers that may be seen."""
    return {
        "links": place.own(JSON, HTML),
        "collections": [collection(place, one, lang) for one in layers],
    }


def collection(place: Place, layer: Layer, lang: str) -> dict[str, Any]:
    """One layer."""
    path = f"/collections/{layer.name}"
    here = Place(place.root, path, place.asked)
    return {
        "id": layer.name,
        "title": layer.en if lang == "en" else layer.zh,
        "description": layer.says,
        "itemType": "feature",
        "crs": [CRS84],
        "links": [
            *here.own(JSON, HTML),
            place.link("items", f"{path}/items", GEOJSON, "GeoJSON", f="json"),
            place.link("items", f"{path}/items", HTML, "HTML", f="html"),
        ],
    }


def items(place: Place, layer: Layer, page: Page, now: datetime) -> dict[str, Any]:
    """A page of features, with the way to the next."""
    links = place.own(GEOJSON, HTML)
    if page.next is not None:
        rest = {name: value for name, value in place.asked.items() if name not in ("world", "lang")}
        links.append(place.link("next", place.path, GEOJSON, "Next", **{**rest, "after": page.next}))
    links.append(place.link("collection", f"/collections/{layer.name}", JSON, layer.name))
    return {
        "type": "FeatureCollection",
        "features": [features.shown(layer, one) for one in page.features],
        "numberReturned": len(page.features),
        "timeStamp": clock.wire(now),
        "links": links,
    }


def item(place: Place, layer: Layer, one: Feature) -> dict[str, Any]:
    """One feature."""
    links = place.own(GEOJSON, HTML)
    links.append(place.link("collection", f"/collections/{layer.name}", JSON, layer.name))
    return {**features.shown(layer, one), "links": links}
