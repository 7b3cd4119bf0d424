"""The doors of HTTP as a client meets them: bearer tokens, JSON, the contract's headers."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

HEADERS = {"key": "Idempotency-Key", "world": "Fengsui-World", "version": "If-Match"}


class Doors:
    """Ask as an account of the cast. Options: `key`, `world`, `version` (headers), `raw` (bytes instead of JSON)."""

    def __init__(self, app: Flask, tokens: dict[str, str]) -> None:
        self.app, self.tokens = app, tokens

    def ask(self, who: str | None, method: str, path: str, body: Any = None, **options: Any) -> TestResponse:
        """A request of /api/v1; `who` None asks without a pass."""
        raw = options.pop("raw", None)
        headers = {HEADERS[name]: str(value) for name, value in options.items()}
        if who is not None:
            headers["Authorization"] = f"Bearer {self.tokens[who]}"
        content: dict[str, Any] = {"data": raw, "content_type": "application/json"} if raw is not None else {}
        if raw is None and body is not None:
            content = {"json": body}
        return self.app.test_client().open(f"/api/v1{path}", method=method, headers=headers, **content)

    def get(self, who: str | None, path: str, **options: Any) -> TestResponse:
        """Read."""
        return self.ask(who, "GET", path, **options)

    def post(self, who: str | None, path: str, body: Any = None, **options: Any) -> TestResponse:
        """Write."""
        return self.ask(who, "POST", path, body, **options)

    def patch(self, who: str | None, path: str, body: Any = None, **options: Any) -> TestResponse:
        """Correct."""
        return self.ask(who, "PATCH", path, body, **options)
