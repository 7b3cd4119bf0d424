"""The OGC door described in OpenAPI 3.0, as programs that read it expect: the layers of the one who asks, no others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from command.core.listing import MOST
from command.core.map.layers import Column, Layer
from command.core.map.ogc.links import GEOJSON, HTML, JSON, Place

TYPES = {"text": "string", "integer": "integer", "number": "number", "boolean": "boolean", "time": "string"}


def document(place: Place, layers: Iterable[Layer], lang: str) -> dict[str, Any]:
    """The whole description."""
    paths: dict[str, Any] = {
        "/": _get("landing", "Landing page", JSON),
        "/conformance": _get("conformance", "What of the standard holds", JSON),
        "/collections": _get("collections", "The layers that you may see", JSON),
    }
    for layer in layers:
        title = layer.en if lang == "en" else layer.zh
        path = f"/collections/{layer.name}"
        paths[path] = _get(layer.name, title, JSON)
        paths[f"{path}/items"] = _get(f"{layer.name}.items", title, GEOJSON, _of_items(layer))
        thing = {"name": "featureId", "in": "path", "required": True, "schema": {"type": "string"}}
        paths[f"{path}/items/{{featureId}}"] = _get(f"{layer.name}.item", title, GEOJSON, [thing])
    return {
        "openapi": "3.0.3",
        "info": {"title": "Fengsui OGC API – Features", "version": "1"},
        "servers": [{"url": place.url("").split("?")[0]}],
        "paths": paths,
        "components": {"securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}},
        "security": [{"bearer": []}],
    }


def _get(name: str, says: str, media: str, parameters: list[Any] | None = None) -> dict[str, Any]:
    form = {"name": "f", "in": "query", "schema": {"type": "string", "enum": ["json", "html"]}}
    world = {"name": "world", "in": "query", "schema": {"type": "integer", "minimum": 0}}
    content = {media: {"schema": {"type": "object"}}, HTML: {"schema": {"type": "string"}}}
    return {
        "get": {
            "operationId": f"ogc.{name}",
            "summary": says,
            "parameters": [*(parameters or ()), form, world],
            "responses": {"200": {"description": says, "content": content}},
        }
    }


def _of_items(layer: Layer) -> list[dict[str, Any]]:
    whole = {"type": "integer", "minimum": 1, "maximum": MOST, "default": MOST}
    return [
        {"name": "limit", "in": "query", "style": "form", "explode": False, "schema": whole},
        {
            "name": "bbox", "in": "query", "style": "form", "explode": False,
            "schema": {"type": "array", "minItems": 4, "maxItems": 6, "items": {"type": "number"}},
        },
        {"name": "datetime", "in": "query", "style": "form", "explode": False, "schema": {"type": "string"}},
        {"name": "after", "in": "query", "schema": {"type": "string"}},
        *(_filter(one) for one in layer.columns),
    ]  # fmt: skip


def _filter(one: Column) -> dict[str, Any]:
    return {
        "name": one.name,
        "in": "query",
        "description": f"{one.zh} {one.en}",
        "schema": {"type": TYPES[one.kind]},
    }
