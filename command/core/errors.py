"""Refusals: a small family of problems (RFC 9457), each with its status and a sentence that says what to do."""

from __future__ import annotations

from typing import Any

TYPE_BASE = "urn:fengsui:problem:"


class Problem(Exception):
    """A refusal that is told to the caller. `stored`: kept in the receipt and answered again."""

    status = 500
    slug = "internal"
    title = "Internal error"

    def __init__(self, detail: str = "", *, errors: list[dict[str, Any]] | None = None, **extra: Any) -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.errors = errors or []
        self.extra = extra

    @property
    def stored(self) -> bool:
        """RULES 4: what depends on the state of the world is kept; what a retry may cure is not."""
        return self.status in (403, 404, 409)

    def body(self, command_id: str | None = None) -> dict[str, Any]:
        """The members of an application/problem+json answer."""
        out: dict[str, Any] = {
            "type": TYPE_BASE + self.slug,
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "errors": self.errors,
            "command_id": command_id,
        }
        out.update(self.extra)
        return out


class Malformed(Problem):
    status, slug, title = 400, "malformed", "Not readable"


class Unauthenticated(Problem):
    status, slug, title = 401, "sign-in", "Sign in first"


class CsrfMissing(Problem):
    status, slug, title = 401, "csrf", "The page's key is missing or old: load it again"


class Forbidden(Problem):
    status, slug, title = 403, "forbidden", "Your role may not do this"


class NotFound(Problem):
    status, slug, title = 404, "not-found", "There is no such thing"


class MethodNotAllowed(Problem):
    status, slug, title = 405, "method", "This address does not take that method"


class Conflict(Problem):
    status, slug, title = 409, "conflict", "It changed, or its state does not allow this"


class Gone(Problem):
    status, slug, title = 410, "gone", "It is over"


class TooLarge(Problem):
    status, slug, title = 413, "too-large", "Too large"


class Invalid(Problem):
    status, slug, title = 422, "invalid", "The input cannot be used"


class KeyReused(Problem):
    status, slug, title = 422, "key-reused", "This key was used for another command"


class VersionMissing(Problem):
    status, slug, title = 428, "version-missing", "Say which version you saw (If-Match)"


class TooMany(Problem):
    status, slug, title = 429, "too-many", "Too many requests: wait a little"


class Unavailable(Problem):
    status, slug, title = 503, "unavailable", "Not ready yet"


class DiskFull(Problem):
    status, slug, title = 507, "disk-full", "The disk is nearly full: only urgent entries are taken"
