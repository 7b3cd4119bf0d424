"""Doors for tracking apps that speak a protocol of their own. The key that the app sends as its device id is the pass of an
account; who has none creates nothing (RULES 35). What the app says becomes rows of an intake, checked like any other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Request, Response, request

from command.core import strict
from command.core.access import Actor
from command.core.errors import Malformed
from command.core.intake import INTAKES
from command.core.web import Web

LIMIT = 20_000
Read = Callable[[dict[str, str], Any], tuple[str, list[dict[str, Any]]]]
Complete = Callable[[Actor, list[dict[str, Any]]], list[dict[str, Any]]]
Mine = Callable[[dict[str, str]], bool]


def mount(web: Web, name: str, intake: str, read: Read, complete: Complete, mine: Mine) -> None:
    """A door at /track/<name>; also without a path for a request whose arguments are `mine`, as some apps send it.

    `read(arguments, body)` says the device's key and its rows; `complete(actor, rows)` adds what the account is.
    """

    def take() -> Response:
        web.limits.check_stranger(request.remote_addr or "")
        key, rows = read(_arguments(request), _body(request))
        actor = web.auth.who(key).actor
        web.limits.check_write(actor.id)
        actor.need(INTAKES[intake].needs)
        INTAKES[intake].receive(web.node, actor, 0, complete(actor, rows))
        return Response("OK\n", content_type="text/plain")

    def at_the_root() -> Response | None:
        if request.path == "/" and (mine(request.args.to_dict()) or request.method == "POST"):
            return take()
        return None

    web.app.add_url_rule(f"/track/{name}", f"track:{name}", take, methods=["GET", "POST"])
    web.app.before_request(at_the_root)


def _arguments(asked: Request) -> dict[str, str]:
    form = asked.mimetype == "application/x-www-form-urlencoded"
    return asked.args.to_dict() | (
        asked.form.to_dict() if form and (asked.content_length or 0) <= LIMIT else {}
    )


def _body(asked: Request) -> Any:
    if asked.method != "POST" or asked.mimetype == "application/x-www-form-urlencoded":
        return None
    raw = strict.read(asked, LIMIT)
    if not raw.strip():
        return None
    value = strict.parse(raw)
    if not isinstance(value, dict):
        raise Malformed("The body is a JSON object", zh="正文应为 JSON 对象")
    return value
