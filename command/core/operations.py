"""How OpenAPI tells of one registered thing: an action, an intake, a question, a list, a read, the session."""

from __future__ import annotations

import re
from typing import Any

from command.core.actions import Action
from command.core.intake import Intake
from command.core.map.layers import Layer
from command.core.queries import Query
from command.core.records import AnyRecord

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
REF = "#/components/schemas/{model}"


def refused() -> dict[str, Any]:
    """The answers that refuse, on every route."""
    content = {"application/problem+json": {"schema": {"$ref": REF.format(model="Problem")}}}
    return {code: {"description": says, "content": content} for code, says in REFUSALS.items()}


def header(name: str, says: str, **schema: Any) -> dict[str, Any]:
    return {"name": name, "in": "header", "required": False, "description": says, "schema": schema}


WORLD = header("Fengsui-World", "A drill's world; absent = life", type="integer", minimum=0)
KEY = header(
    "Idempotency-Key",
    "The command's id: a repeat is answered with the same bytes",
    type="string",
    format="uuid",
)
MATCH = header("If-Match", "The version you saw", type="string")


def of_action(action: Action, schemas: dict[Any, Any]) -> dict[str, Any]:
    """An action's route."""
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
        "responses": {str(action.status): answer, **refused()},
    }


def of_intake(taking: Intake, schemas: dict[Any, Any]) -> dict[str, Any]:
    """An intake's route."""
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
        "responses": {"200": answer, **refused()},
    }


def of_query(query: Query) -> dict[str, Any]:
    """A question's route."""
    schema = _inlined(query.wish.model_json_schema())
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
        "responses": {"200": answer, **refused()},
    }


def _inlined(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema whose own definitions stand where they are named: a parameter has no place for them."""
    named = schema.pop("$defs", {})

    def whole(value: Any) -> Any:
        if isinstance(value, dict):
            found = named.get(str(value.get("$ref", "")).removeprefix("#/$defs/"))
            return whole(found) if found is not None else {key: whole(one) for key, one in value.items()}
        return [whole(one) for one in value] if isinstance(value, list) else value

    told: dict[str, Any] = whole(schema)
    return told


def of_list(kind: AnyRecord, schemas: dict[Any, Any]) -> dict[str, Any]:
    """The list of a kind of record."""
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
            **refused(),
        },
    }


def of_read(kind: AnyRecord, schemas: dict[Any, Any]) -> dict[str, Any]:
    """The read of one record."""
    answer = {"description": "The record", "content": {"application/json": {"schema": schemas[kind.out]}}}
    return {
        "operationId": f"read.{kind.kind}",
        "summary": f"One of {kind.path}",
        "tags": [kind.kind],
        "parameters": [WORLD],
        "responses": {"200": answer, **refused()},
    }


def of_layers() -> dict[str, Any]:
    """The list of layers."""
    answer = {
        "description": "The layers",
        "content": {"application/json": {"schema": {"type": "object"}}},
    }
    return {
        "operationId": "layers",
        "summary": "The layers that you may see, and how they are drawn",
        "tags": ["layers"],
        "parameters": [WORLD],
        "responses": {"200": answer, **refused()},
    }


def of_layer(layer: Layer) -> dict[str, Any]:
    """The features of one layer."""
    names = {
        "limit": "How many, at most 1000",
        "after": "The id after which to go on (`next` of the page before)",
        "bbox": "west,south,east,north in degrees",
        "datetime": "A time, or two with a slash between; .. leaves an end open",
        **{one.name: f"{one.en} {one.zh}" for one in layer.columns},
    }
    given = [
        {"name": name, "in": "query", "required": False, "description": says, "schema": {"type": "string"}}
        for name, says in names.items()
    ]
    answer = {
        "description": "A page of features",
        "content": {"application/geo+json": {"schema": {"type": "object"}}},
    }
    return {
        "operationId": f"layer.{layer.name}",
        "summary": layer.says,
        "tags": ["layers"],
        "parameters": [*given, WORLD],
        "responses": {"200": answer, **refused()},
    }


def session() -> dict[str, Any]:
    """The routes of signing in and out."""
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
        **refused(),
    }
    return {
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


def problem() -> dict[str, Any]:
    """The form of every refusal."""
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
