"""OpenAPI 3.1 of every route, made from the registries themselves, so that it cannot say anything else than they do."""

from __future__ import annotations

import re
from typing import Any

from flask import Response
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from command.core.actions import ACTIONS, Action
from command.core.intake import INTAKES, Intake
from command.core.queries import QUERIES, Query
from command.core.records import KINDS, AnyRecord
from command.core.web import PREFIX, Web, reply

REFUSALS = {
    "400": "Not readable",
    "401": "Sign in first",
    "403": "Your role may not do this",
    "404": "There is no such thing",
    "409": "It changed, or its state does not allow this",
    "413": "Too large",
    "422": "The input cannot be used",
    "428": "Say which version you saw",
    "429": "Too many requests",
}
OPEN: list[tuple[str, str, dict[str, Any]]] = []
REF = "#/components/schemas/{model}"


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
        [(model, mode) for model, mode in models.items()], ref_template=REF
    )
    schemas = {model: refs[model, mode] for model, mode in models.items()}
    paths: dict[str, dict[str, Any]] = {}
    for action in ACTIONS.values():
        if action.http:
            _add(paths, action.http, _of_action(action, schemas))
    for taking in INTAKES.values():
        _add(paths, taking.http, _of_intake(taking, schemas))
    for query in QUERIES.values():
        if query.http:
            _add(paths, query.http, _of_query(query))
    for kind in KINDS.values():
        if kind.path:
            _add(paths, f"GET /{kind.path}", _of_list(kind, schemas))
            _add(paths, f"GET /{kind.path}/{{id}}", _of_read(kind, schemas))
    for http, says, operation in OPEN:
        named = {
            "operationId": http.lower().replace(" /", ":").replace("/", "."),
            "summary": says,
            "tags": ["doors"],
        }
        operation = {**named, "security": [], **operation}
        _add(paths, http, {**operation, "responses": {**operation["responses"], **_refused()}})
    _session(paths)
    components = {
        "schemas": {**definitions.get("$defs", {}), "Problem": _problem()},
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
        "paths": dict(sorted(paths.items())),
        "components": components,
        "security": [{"bearer": []}, {"cookie": []}],
    }


def _add(paths: dict[str, dict[str, Any]], http: str, operation: dict[str, Any]) -> None:
    method, path = http.split(" ")
    names = re.findall(r"\{(\w+)\}", path)
    given = [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names]
    operation["parameters"] = [*given, *operation.get("parameters", [])]
    paths.setdefault(path, {})[method.lower()] = operation


def _refused() -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": REF.format(model="Problem")}}}
    return {code: {"description": says, "content": content} for code, says in REFUSALS.items()}


def _header(name: str, says: str, **schema: Any) -> dict[str, Any]:
    return {"name": name, "in": "header", "required": False, "description": says, "schema": schema}


WORLD = _header("Fengsui-World", "A drill's world; absent = life", type="integer", minimum=0)
KEY = _header(
    "Idempotency-Key",
    "The command's id: a repeat is answered with the same bytes",
    type="string",
    format="uuid",
)
MATCH = _header("If-Match", "The version you saw", type="string")


def _of_action(action: Action, schemas: dict[Any, Any]) -> dict[str, Any]:
    body = {"application/json": {"schema": schemas[action.wish]}}
    answer: dict[str, Any] = {"description": "Done"}
    if action.output in schemas:
        answer["content"] = {"application/json": {"schema": schemas[action.output]}}
    return {
        "operationId": action.name,
        "summary": action.says,
        "tags": [action.name.split(".")[0]],
        "parameters": [KEY, WORLD, *([MATCH] if action.target else [])],
        "requestBody": {"required": bool(action.wish.model_fields), "content": body},
        "responses": {str(action.status): answer, **_refused()},
    }


def _of_intake(taking: Intake, schemas: dict[Any, Any]) -> dict[str, Any]:
    rows = {"type": "array", "items": schemas[taking.row], "maxItems": taking.most}
    wrapped = {
        "type": "object",
        "properties": {"items": rows},
        "required": ["items"],
        "additionalProperties": False,
    }
    body = {"application/json": {"schema": {"oneOf": [rows, wrapped]}}}
    answer = {
        "description": "What became of them",
        "content": {"application/json": {"schema": {"type": "object"}}},
    }
    return {
        "operationId": f"take.{taking.name}",
        "summary": taking.says,
        "tags": [taking.name],
        "parameters": [WORLD],
        "requestBody": {"required": True, "content": body},
        "responses": {"200": answer, **_refused()},
    }


def _of_query(query: Query) -> dict[str, Any]:
    schema = query.wish.model_json_schema()
    in_path = set(re.findall(r"\{(\w+)\}", query.http or ""))
    required = schema.get("required", [])
    given = [
        {"name": name, "in": "query", "required": name in required, "schema": one}
        for name, one in schema.get("properties", {}).items()
        if name not in in_path
    ]
    answer = {
        "description": "The answer",
        "content": {"application/json": {"schema": {"type": ["object", "array"]}}},
    }
    return {
        "operationId": query.name,
        "summary": query.says,
        "tags": [query.name.split(".")[0]],
        "parameters": [*given, WORLD],
        "responses": {"200": answer, **_refused()},
    }


def _of_list(kind: AnyRecord, schemas: dict[Any, Any]) -> dict[str, Any]:
    names = [*kind.filters, *(("bbox", "near", "within") if kind.place is not None else ())]
    given = [{"name": name, "in": "query", "required": False, "schema": {"type": "string"}} for name in names]
    page = [
        {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1}},
        {"name": "after", "in": "query", "schema": {"type": "string"}},
    ]
    items = {
        "type": "object",
        "properties": {
            "items": {"type": "array", "items": schemas[kind.out]},
            "next": {"type": ["string", "null"]},
        },
        "required": ["items", "next"],
    }
    return {
        "operationId": f"list.{kind.kind}",
        "summary": f"{kind.path} that you may see",
        "tags": [kind.kind],
        "parameters": [*page, *given, WORLD],
        "responses": {
            "200": {"description": "A page", "content": {"application/json": {"schema": items}}},
            **_refused(),
        },
    }


def _of_read(kind: AnyRecord, schemas: dict[Any, Any]) -> dict[str, Any]:
    answer = {"description": "The record", "content": {"application/json": {"schema": schemas[kind.out]}}}
    return {
        "operationId": f"read.{kind.kind}",
        "summary": f"One of {kind.path}",
        "tags": [kind.kind],
        "parameters": [WORLD],
        "responses": {"200": answer, **_refused()},
    }


def _session(paths: dict[str, dict[str, Any]]) -> None:
    body = {
        "type": "object",
        "required": ["username", "password"],
        "additionalProperties": False,
        "properties": {name: {"type": "string"} for name in ("username", "password")}
        | {"otp": {"type": ["string", "null"]}},
    }
    told = {
        "200": {
            "description": "Who you are",
            "content": {"application/json": {"schema": {"type": "object"}}},
        },
        **_refused(),
    }
    paths["/session"] = {
        "get": {
            "operationId": "session.read",
            "summary": "Who you are",
            "tags": ["session"],
            "responses": told,
        },
        "post": {
            "operationId": "session.in",
            "summary": "Sign in",
            "tags": ["session"],
            "security": [],
            "responses": told,
            "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        },
        "delete": {
            "operationId": "session.out",
            "summary": "Sign out",
            "tags": ["session"],
            "responses": told,
        },
    }


def _problem() -> dict[str, Any]:
    texts = {name: {"type": "string"} for name in ("type", "title", "detail")}
    return {
        "type": "object",
        "required": ["type", "title", "status"],
        "properties": {
            **texts,
            "status": {"type": "integer"},
            "errors": {"type": "array"},
            "command_id": {"type": ["string", "null"]},
        },
    }


def mount(web: Web) -> None:
    """GET /api/openapi.json."""
    made: dict[str, Any] = {}

    def served() -> Response:
        if not made:
            made.update(document())
        return reply(made)

    web.app.add_url_rule("/api/openapi.json", "openapi", served, methods=["GET"])
