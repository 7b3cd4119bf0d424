"""Canonical bytes: one JSON text for one value, so that a hash means the same everywhere."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

import orjson
from pydantic import BaseModel

from command.core import clock


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump()
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if isinstance(value, datetime):
        return clock.wire(value)
    raise TypeError(f"no wire form for {type(value).__name__}")


def dump(value: Any) -> bytes:
    """JSON with sorted keys, UTF-8, times as RFC 3339 with milliseconds."""
    return orjson.dumps(value, _plain, orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATETIME)


def load(raw: bytes | str) -> Any:
    """The value of a JSON text."""
    return orjson.loads(raw)


def digest(*parts: bytes) -> bytes:
    """SHA-256 over the parts, each preceded by its length so that they cannot run together."""
    sha = hashlib.sha256()
    for part in parts:
        sha.update(len(part).to_bytes(8, "big"))
        sha.update(part)
    return sha.digest()
