"""Flask-SocketIO's side of the hub: who may connect, and which event calls what."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, cast

from flask import Flask, request
from flask_socketio import SocketIO
from socketio.exceptions import ConnectionRefusedError as Refused

from command.core import auth as auth_
from command.core import canonical
from command.core.auth import Auth, Signed
from command.core.errors import CsrfMissing, PasswordDue, Problem, Unauthenticated
from command.core.fanout import NAMESPACE, Fanout
from command.core.hub import Hub
from command.core.limits import Limits
from command.core.node import Node
from command.core.web import COOKIE

log = logging.getLogger(__name__)


class Json:
    """orjson as Flask-SocketIO wants it: text out, any options passed over."""

    @staticmethod
    def dumps(value: Any, **options: Any) -> str:
        return canonical.dump(value).decode()

    @staticmethod
    def loads(text: str | bytes, **options: Any) -> Any:
        return canonical.load(text)


def build(app: Flask, node: Node, auth: Auth, limits: Limits, origins: tuple[str, ...]) -> Hub:
    """The hub on this application, with its sockets."""
    socketio = SocketIO(
        app,
        async_mode="gevent",
        transports=["websocket"],
        json=Json,
        cors_allowed_origins=list(origins) or None,
        max_http_buffer_size=1_000_000,
        manage_session=False,
        always_connect=False,
        logger=False,
        engineio_logger=False,
    )
    hub = Hub(node, auth, Fanout(socketio), limits)
    hub.close_socket = lambda sid: _close(socketio, sid)

    def connect(given: Any = None) -> None:
        try:
            hub.connected(_sid(), _who(auth, given))
        except Problem as problem:
            raise Refused(problem.title, problem.body()) from None

    socketio.on_event("connect", connect, namespace=NAMESPACE)
    socketio.on_event("disconnect", lambda reason=None: hub.gone(_sid()), namespace=NAMESPACE)
    socketio.on_event("watch", guarded(hub.watch), namespace=NAMESPACE)
    socketio.on_event("unwatch", guarded(hub.unwatch), namespace=NAMESPACE)
    socketio.on_event("do", guarded(hub.do), namespace=NAMESPACE)
    return hub


def guarded(handle: Callable[[str, Any], dict[str, Any]]) -> Callable[[Any], dict[str, Any]]:
    """What a socket event is answered with: the hub's edge, where each error becomes a problem."""

    def answer(message: Any = None) -> dict[str, Any]:
        try:
            return handle(_sid(), message)
        except Problem as problem:
            return problem.body()
        except Exception:  # the hub's edge: logged with the command, told as a problem
            command = message.get("command_id") if isinstance(message, dict) else None
            log.exception("socket event failed, command %s", command)
            return {"ok": False, "problem": Problem().body(command)}

    return answer


def _sid() -> str:
    sid: str = cast(Any, request).sid  # set by Flask-SocketIO
    return sid


def _close(socketio: SocketIO, sid: str) -> None:
    import gevent

    gevent.spawn(socketio.server.disconnect, sid, namespace=NAMESPACE)


def _who(auth: Auth, given: Any) -> Signed:
    """A token, or the browser's session with its CSRF value."""
    given = given if isinstance(given, dict) else {}
    if isinstance(given.get("token"), str):
        return auth.who(given["token"])
    header = request.headers.get("Authorization", "")
    if header.lower().startswith("bearer "):
        return auth.who(header[7:].strip())
    secret = request.cookies.get(COOKIE)
    if not secret:
        raise Unauthenticated()
    signed = auth.who(secret)
    if not auth_.same(str(given.get("csrf") or ""), signed.csrf):
        raise CsrfMissing()
    if signed.interim:
        raise PasswordDue()
    return signed
