"""Strict JSON: no NaN, no deep nesting, no duplicate surprises; sizes checked before anything is read into memory."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Request

from command.core.errors import Invalid, Malformed, TooLarge

LIMIT = 1_000_000
DRAIN = 16_000_000
DEEPEST = 40


def body_of(request: Request, limit: int = LIMIT) -> dict[str, Any]:
    """The request's JSON object; {} when there is no body. Over the limit 413, after draining so that the client hears it."""
    value = _value_of(request, limit)
    if not isinstance(value, dict):
        raise Malformed("The body is a JSON object", zh="内容须为一个 JSON 对象")
    return value


def items_of(request: Request, limit: int = LIMIT) -> list[Any]:
    """The rows of a batch: a JSON array, or an object whose one member `items` is one."""
    value = _value_of(request, limit)
    if isinstance(value, dict):
        value = value["items"] if list(value) == ["items"] else None
    if not isinstance(value, list):
        raise Malformed(
            "The body is a JSON array, or an object {items: […]}", zh="内容须为 JSON 数组，或 {items: […]}"
        )
    return value


def _value_of(request: Request, limit: int) -> Any:
    raw = read(request, limit)
    return parse(raw) if raw.strip() else {}


def read(request: Request, limit: int = LIMIT) -> bytes:
    """The body's bytes, at most `limit`."""
    length = request.content_length
    if length is not None and length <= limit:
        return request.stream.read(length)
    stream, taken = request.environ["wsgi.input"], b""
    if length is None and request.environ.get("HTTP_TRANSFER_ENCODING", "").lower() != "chunked":
        return b""
    drained = 0
    while drained < DRAIN and (piece := stream.read(65536)):
        drained += len(piece)
        if drained <= limit:
            taken += piece
    if length is not None or drained > limit:
        raise TooLarge(f"At most {limit} bytes", zh=f"内容最多 {limit} 字节")
    return taken


def parse(raw: bytes) -> Any:
    """A JSON value from bytes, or Malformed."""
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise Malformed(f"Not JSON: {error.msg}", zh="内容不是 JSON") from None
    check_text(raw)
    if raw.count(b"[") + raw.count(b"{") > DEEPEST:
        check_depth(value)
    return value


def check_text(raw: bytes | str) -> None:
    """Invalid when a text holds the NUL sign: PostgreSQL cannot store it, and no sentence needs it."""
    if (b"\\u0000" in raw) if isinstance(raw, bytes) else ("\x00" in raw):
        raise Invalid("A text may not hold the NUL sign", zh="文字中不能有 NUL 字符")


def check_depth(value: Any) -> None:
    """Malformed when objects and arrays stand in each other too deep."""
    level: list[Any] = [[value]]
    for _ in range(DEEPEST):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, (dict, list))
        ]
        if not level:
            return
    raise Malformed(f"Nested deeper than {DEEPEST}", zh=f"嵌套超过 {DEEPEST} 层")
