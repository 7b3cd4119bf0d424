"""Flask-SocketIO's side of the hub: who may connect, and which event calls what."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from flask import Flask
from flask_socketio import SocketIO
from socketio import Manager
from socketio.exceptions import ConnectionRefusedError as Refused
from werkzeug.http import parse_cookie

from command.core import auth as auth_
from command.core import canonical
from command.core.auth import Auth, Signed
from command.core.errors import CsrfMissing, PasswordDue, Problem, Unauthenticated
from command.core.limits import Limits
from command.core.live.fanout import NAMESPACE, Fanout
from command.core.live.hub import Hub
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


class Everybody(Manager):  # type: ignore[misc]  # python-socketio has no types
    """Who is on the line. Nobody is in a room but everybody's and one's own, so whoever leaves is sought in no other: the stock
    manager looks through all, and when a thousand lines are cut together, a thousand times."""

    def basic_disconnect(self, sid: str, namespace: str, **options: Any) -> None:
        for room in (sid, None):
            self.basic_leave_room(sid, namespace, room)
        self.callbacks.pop(sid, None)
        for waiting in (self.pending_connect, self.pending_disconnect):
            if sid in waiting.get(namespace, ()):
                waiting[namespace].remove(sid)
                if not waiting[namespace]:
                    del waiting[namespace]


def build(app: Flask, node: Node, auth: Auth, limits: Limits, origins: tuple[str, ...]) -> Hub:
    """The hub on this application, with its sockets. Its events come without Flask's context of a request: none of them needs it."""
    socketio = SocketIO(
        app,
        async_mode="gevent",
        transports=["websocket"],
        json=Json,
        cors_allowed_origins=list(origins) or None,
        max_http_buffer_size=1_000_000,
        manage_session=False,
        always_connect=False,
        client_manager=Everybody(),
        logger=False,
        engineio_logger=False,
    )
    server = socketio.server
    hub = Hub(node, auth, Fanout(socketio), limits)
    hub.ending.close_socket = lambda sid: _close(server, sid)

    def connect(sid: str, environ: dict[str, Any], given: Any = None) -> None:
        try:
            hub.connected(sid, _who(auth, environ, given))
        except Problem as problem:
            raise Refused(problem.title, problem.body()) from None

    server.on("connect", connect, namespace=NAMESPACE)
    server.on("disconnect", lambda sid, reason=None: hub.gone(sid), namespace=NAMESPACE)
    server.on("watch", guarded(hub.watch), namespace=NAMESPACE)
    server.on("unwatch", guarded(hub.unwatch), namespace=NAMESPACE)
    server.on("do", guarded(hub.do), namespace=NAMESPACE)
    return hub


def guarded(handle: Callable[[str, Any], dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """What a socket event is answered with: the hub's edge, where each error becomes a problem."""

    def answer(sid: str, message: Any = None) -> dict[str, Any]:
        try:
            return handle(sid, message)
        except Problem as problem:
            return problem.body()
        except Exception:  # the hub's edge: logged with the command, told as a problem
            command = message.get("command_id") if isinstance(message, dict) else None
            log.exception("socket event failed, command %s", command)
            return {"ok": False, "problem": Problem().body(command)}

    return answer


def _close(server: Any, sid: str) -> None:
    import gevent

    gevent.spawn(server.disconnect, sid, namespace=NAMESPACE)


def _who(auth: Auth, environ: dict[str, Any], given: Any) -> Signed:
    """A token, or the browser's session with its CSRF value."""
    given = given if isinstance(given, dict) else {}
    if isinstance(given.get("token"), str):
        return auth.who(given["token"])
    header = str(environ.get("HTTP_AUTHORIZATION", ""))
    if header.lower().startswith("bearer "):
        return auth.who(header[7:].strip())
    secret = parse_cookie(environ).get(COOKIE)
    if not secret:
        raise Unauthenticated()
    signed = auth.who(secret)
    if not auth_.same(str(given.get("csrf") or ""), signed.csrf):
        raise CsrfMissing()
    if signed.interim:
        raise PasswordDue()
    return signed
