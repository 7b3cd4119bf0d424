"""OpenAPI 3.1 of every route, made from the registries themselves, so that it cannot say anything else than they do."""

from __future__ import annotations

import re
from typing import Any

from flask import Response
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from command.core import operations
from command.core.actions import ACTIONS
from command.core.intake import INTAKES
from command.core.map.layers import LAYERS
from command.core.queries import QUERIES
from command.core.records import KINDS
from command.core.web import PREFIX, Web, reply

OPEN: list[tuple[str, str, dict[str, Any]]] = []


def also(
    http: str, says: str, status: str = "200", body: dict[str, Any] | None = None, *,
    media: str = "application/json", signed: bool = False,
) -> None:  # fmt: skip
    """Describe a route that no registry makes; unless `signed`, it asks for no sign-in."""
    content: dict[str, Any] = {media: {"schema": {"type": "object"}} if media.endswith("json") else {}}
    told = {status: {"description": says, "content": content}}
    given = {"requestBody": {"content": {"application/json": {"schema": body}}}} if body else {}
    security: dict[str, Any] = {"security": [{"bearer": []}, {"cookie": []}]} if signed else {}
    OPEN.append((http, says, {"responses": told, **given, **security}))


def _models() -> dict[type[BaseModel], JsonSchemaMode]:
    """Every model on the wire, and whether it comes in or goes out."""
    found: dict[type[BaseModel], JsonSchemaMode] = {}
    for action in ACTIONS.values():
        if action.http:
            found[action.wish] = "validation"
            if isinstance(action.output, type) and issubclass(action.output, BaseModel):
                found[action.output] = "serialization"
    for taking in INTAKES.values():
        found[taking.row] = "validation"
    for kind in KINDS.values():
        if kind.path:
            found[kind.out] = "serialization"
    return found


def document() -> dict[str, Any]:
    """The whole description."""
    models = _models()
    refs, definitions = models_json_schema(
        [(model, mode) for model, mode in models.items()], ref_template=operations.REF
    )
    schemas = {model: refs[model, mode] for model, mode in models.items()}
    components = {
        "schemas": {**definitions.get("$defs", {}), "Problem": operations.problem()},
        "securitySchemes": {
            "bearer": {"type": "http", "scheme": "bearer"},
            "cookie": {"type": "apiKey", "in": "cookie", "name": "fengsui"},
        },
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Fengsui 烽燧",
            "version": "1",
            "description": "Emergency command and incident dispatch of a county.",
        },
        "servers": [{"url": PREFIX}],
        "paths": dict(sorted(_paths(schemas).items())),
        "components": components,
        "security": [{"bearer": []}, {"cookie": []}],
    }


def _paths(schemas: dict[Any, Any]) -> dict[str, dict[str, Any]]:
    paths: dict[str, dict[str, Any]] = {"/session": operations.session()}
    for action in ACTIONS.values():
        if action.http:
            _add(paths, action.http, operations.of_action(action, schemas))
    for taking in INTAKES.values():
        _add(paths, taking.http, operations.of_intake(taking, schemas))
    for query in QUERIES.values():
        if query.http:
            _add(paths, query.http, operations.of_query(query))
    for kind in KINDS.values():
        if kind.path:
            _add(paths, f"GET /{kind.path}", operations.of_list(kind, schemas))
            _add(paths, f"GET /{kind.path}/{{id}}", operations.of_read(kind, schemas))
    _add(paths, "GET /layers", operations.of_layers())
    for layer in LAYERS.values():
        _add(paths, f"GET /layers/{layer.name}", operations.of_layer(layer))
    for http, says, operation in OPEN:
        named = {
            "operationId": http.lower().replace(" /", ":").replace("/", "."),
            "summary": says,
            "tags": ["doors"],
        }
        operation = {**named, "security": [], **operation}
        _add(paths, http, {**operation, "responses": {**operation["responses"], **operations.refused()}})
    return paths


def _add(paths: dict[str, dict[str, Any]], http: str, operation: dict[str, Any]) -> None:
    method, path = http.split(" ")
    names = re.findall(r"\{(\w+)\}", path)
    given = [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names]
    operation["parameters"] = [*given, *operation.get("parameters", [])]
    paths.setdefault(path, {})[method.lower()] = operation


def mount(web: Web) -> None:
    """GET /api/openapi.json."""
    made: dict[str, Any] = {}

    def served() -> Response:
        if not made:
            made.update(document())
        return reply(made)

    web.app.add_url_rule("/api/openapi.json", "openapi", served, methods=["GET"])
