"""Names of things: UUIDv7 (RFC 9562), so that ids sort by the time they were made."""

from __future__ import annotations

import re

import uuid6

UUID_TEXT = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)


def new_id() -> str:
    """A fresh UUIDv7 in its usual text."""
    return str(uuid6.uuid7())


def is_uuid(text: str) -> bool:
    """Whether the text is a UUID of any version."""
    return bool(UUID_TEXT.fullmatch(text))
