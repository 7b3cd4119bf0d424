"""What somebody changes of his own account: the password and the one-time codes. The route asks for the password once more and
makes what is secret; an action of the slice that keeps accounts stores it and says so in the journal, where no secret enters.

The action is inner and what it is given is sealed, so that no other door leads to it: a stolen session alone changes nothing.
"""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import Any

from cryptography.exceptions import InvalidTag
from flask import g, request

from command.core import canonical, seal
from command.core.actions import Command, Tx
from command.core.auth import Signed
from command.core.credentials import Credential
from command.core.errors import Conflict, Invalid, Unauthenticated
from command.core.web import Web, key_of


def checked(web: Web, signed: Signed, password: str) -> Credential:
    """The credential of who is signed in, its password asked for once more; wrong tries wait as at the first page."""
    signed.actor.need_hand()
    source = request.remote_addr or "?"
    web.limits.check_stranger(source)
    row = web.node.database.read(lambda session: session.get(Credential, signed.actor.id), world=None)
    if row is None:
        raise Unauthenticated("The password is wrong", zh="密码不对")
    web.auth.check_password(row, password, source)
    return row


def change(web: Web, signed: Signed, action: str, value: dict[str, Any]) -> None:
    """Do an action about one's own account as oneself, with values that only the server's own route can bring."""
    sealed = sealed_value(web.node.secret, {**value, "user": signed.actor.id})
    actor = replace(signed.actor, system=True)  # the door of inner actions; the journal names the person
    g.command_id = key_of(request)
    answer = web.node.act(Command(action, {"sealed": sealed}, actor, g.command_id, lang=web.lang()))
    web.auth.forget()
    if not answer.ok:
        told = canonical.load(answer.body)["said"]
        raise Conflict(told["en"], zh=told["zh"])


def sealed_value(secret: str, value: dict[str, Any]) -> str:
    """A value as an action is given it."""
    return base64.b64encode(seal.seal(secret, canonical.dump(value))).decode()


def opened(tx: Tx, sealed: str) -> dict[str, Any]:
    """The value that the server's route sealed; Invalid for what it did not make."""
    try:
        found: dict[str, Any] = canonical.load(seal.open_(tx.secret, base64.b64decode(sealed, validate=True)))
    except (ValueError, InvalidTag):
        raise Invalid("sealed: only the server makes this", zh="此项只能由服务器生成") from None
    return found
