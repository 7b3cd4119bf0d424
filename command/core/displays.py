"""The door by which a display enrols: its browser shows the one-time code and keeps a cookie from then on. The code comes in a
POST, never as an address that is opened, so that no history, log or look-ahead uses it up."""

from __future__ import annotations

import secrets

from flask import Response, request
from pydantic import Field

from command.core import canonical, ids, openapi, strict
from command.core.access import system_actor
from command.core.actions import Command
from command.core.auth import DEVICE_LASTS
from command.core.credentials import hashed
from command.core.doors import who, with_cookie
from command.core.queries import Wish, parse
from command.core.web import PREFIX, Web, reply


class Show(Wish):
    """The code, as it was read off the administrator's screen; dashes and case are of no account."""

    code: str = Field(min_length=16, max_length=40)


openapi.also(
    "POST /session/display", "Enrol this browser as a display of the wall", body=Show.model_json_schema()
)


def mount(web: Web, *, secure: bool) -> None:
    """POST /session/display: the code once, a device's cookie for good."""

    def enrol() -> Response:
        web.limits.check_stranger(request.remote_addr or "?")
        wish = parse(Show, strict.body_of(request, 10_000))
        secret = secrets.token_urlsafe(32)
        payload = {
            "code": hashed(plain(wish.code)),
            "hash": hashed(secret),
            "csrf": secrets.token_urlsafe(24),
        }
        command = Command("device.enrol", payload, system_actor(web.node.name), ids.new_id())
        answer = web.node.act(command)
        if not answer.ok:
            refused = reply(canonical.load(answer.body), answer.status)
            refused.content_type = "application/problem+json"
            return refused
        told = reply(who(web.auth.who(secret)), 201)
        return with_cookie(told, secret, secure=secure, lasts=DEVICE_LASTS)

    web.app.add_url_rule(PREFIX + "/session/display", "session.display", enrol, methods=["POST"])


def plain(code: str) -> str:
    """A code as it is hashed."""
    bare = code.upper().replace("-", "").replace(" ", "")
    return "-".join(bare[at : at + 4] for at in range(0, len(bare), 4))
