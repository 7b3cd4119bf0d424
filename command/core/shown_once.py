"""Secrets that are shown once: codes of displays, tokens of devices and programs.

The receipt of a command keeps its answer, so a secret may not be part of one. The server's own route makes the secret, does
the action with its sealed hash (nobody else can seal one, so nobody brings a weak secret), and adds the secret to the answer.
A repeat with the same key is refused: the secret cannot be shown again, another is made instead.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from flask import Response, g, request

from command.core import canonical, openapi, seal, strict
from command.core.actions import ACTIONS, Command, Tx
from command.core.credentials import hashed
from command.core.errors import Invalid
from command.core.web import PREFIX, Web, key_of, reply


def sealed_hash(secret: str, shown: str) -> str:
    """What an action is given in place of the secret."""
    return base64.b64encode(seal.seal(secret, hashed(shown).encode())).decode()


def hash_of(tx: Tx, sealed: str) -> str:
    """The hash of the secret that the server's route made; Invalid for what it did not make."""
    try:
        return seal.open_(tx.secret, base64.b64decode(sealed, validate=True)).decode()
    except (ValueError, InvalidTag):
        raise Invalid("sealed: only the server makes this secret", zh="密钥只能由服务器生成") from None


@dataclass(frozen=True)
class Once:
    """A route that does an action with a fresh secret and answers its record with the secret as `shows`."""

    http: str
    action: str
    make: Callable[[], str]
    shows: str


ONCE: list[Once] = []


def shown_once(http: str, action: str, make: Callable[[], str], *, shows: str) -> None:
    """Declare such a route; the action has no door of its own and takes `sealed`."""
    declared = ACTIONS[action]
    schema = declared.wish.model_json_schema()
    schema["properties"].pop("sealed")
    schema["required"] = [one for one in schema["required"] if one != "sealed"]
    openapi.also(http, declared.says, status="201", body=schema, signed=True)
    ONCE.append(Once(http, action, make, shows))


def mount(web: Web) -> None:
    """Make the routes."""
    for once in ONCE:
        method, path = once.http.split(" ")
        rule = PREFIX + path.replace("{", "<").replace("}", ">")
        web.app.add_url_rule(rule, f"once:{once.action}", _view(web, once), methods=[method])


def _view(web: Web, once: Once) -> Callable[..., Response]:
    def view(**named: str) -> Response:
        web.limits.check_write(web.signed().actor.id)
        world = web.world(web.signed())
        body = strict.body_of(request)
        if {"sealed", *named} & set(body):
            raise Invalid("sealed, id: they are not given in the body", zh="sealed、id 不由请求给出")
        secret = once.make()
        payload = {**body, **named, "sealed": sealed_hash(web.node.secret, secret)}
        g.command_id = key_of(request)
        answer = web.node.act(Command(once.action, payload, web.signed().actor, g.command_id, world))
        value: dict[str, Any] = canonical.load(answer.body)
        if answer.ok:
            return reply({**value, once.shows: secret}, 201)
        refused = reply(value, answer.status)
        refused.content_type = "application/problem+json"
        return refused

    return view
