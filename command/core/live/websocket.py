"""The one server of a process: HTTP and WebSocket on a port, by gevent's pywsgi and gevent-websocket.

gevent-websocket is old, so what it does badly is done here: it unmasks and validates byte by byte in Python
(a 1 MB message would stop the hub for half a second) and it reads any size before anyone may refuse.
"""

from __future__ import annotations

import contextlib
import io
import logging
import resource
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from typing import Any

import gevent
from gevent.event import Event
from gevent.pool import Pool
from gevent.pywsgi import WSGIServer
from geventwebsocket import handler
from geventwebsocket.exceptions import ProtocolError
from geventwebsocket.websocket import Header, WebSocket

from command.core.pace import READ_S, Pace, TooSlow

MESSAGE_LIMIT = 1_000_000
"""Bytes of one incoming message, as for an HTTP body."""
BACKLOG = 4096
GRACE = 3.5
"""Seconds that requests in work are given when the server stops."""
SWITCH = 0.0005
"""Seconds that a native thread may keep the interpreter lock when the hub wants it; Python's own 5 ms add up."""
_TOO_BIG, _GOING_AWAY = 1009, 1001
_TOO_SLOW = ("408", b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
_SPARE_FILES = 256
_log = logging.getLogger("fengsui.server")


class _Nobody:
    """Whom gevent-websocket tells that a connection closed; engineio notices by itself."""

    def on_close(self, *_: object) -> None:
        return None


class LiveWebSocket(WebSocket):
    """gevent-websocket's WebSocket with a size limit and a reader that costs microseconds."""

    closed: bool
    current_app = _Nobody()  # inherited, it defines a class each time it is asked for

    def read_frame(self) -> tuple[Any, bytes]:
        """One frame, unmasked; an unmasked one from a client is an error (RFC 6455 §5.1)."""
        header = Header.decode_header(self.stream)
        if header.flags or not header.mask:
            raise ProtocolError("reserved bits set, or not masked")
        if header.length > MESSAGE_LIMIT:
            self.close(_TOO_BIG)
            raise ProtocolError("frame over the limit")
        payload = self.raw_read(header.length) if header.length else b""
        if len(payload) != header.length:
            raise OSError("the connection ended inside a frame")
        return header, _unmask(payload, header.mask)

    def read_message(self) -> str | bytes | None:
        """The next text or binary message; None once the client has closed."""
        opcode, parts, size = None, [], 0
        while True:
            header, payload = self.read_frame()
            if header.opcode >= self.OPCODE_CLOSE:
                if not self._control(header, payload):
                    return None
                continue
            continues = header.opcode == self.OPCODE_CONTINUATION
            if (opcode is None) == continues or header.opcode > self.OPCODE_BINARY:
                raise ProtocolError("frame out of place")
            opcode = header.opcode if opcode is None else opcode
            parts.append(payload)
            size += len(payload)
            if size > MESSAGE_LIMIT:
                self.close(_TOO_BIG)
                raise ProtocolError("message over the limit")
            if header.fin:
                message = b"".join(parts)
                return message.decode() if opcode == self.OPCODE_TEXT else message

    def close(self, code: int = 1000, message: bytes = b"") -> None:
        """Send the closing frame; its payload is the code, which gevent-websocket leaves out."""
        if not self.closed:
            with contextlib.suppress(OSError):
                self.send_frame(code.to_bytes(2, "big") + bytes(message), self.OPCODE_CLOSE)
            self.closed = True

    def _control(self, header: Any, payload: bytes) -> bool:
        """Answer a ping, note a pong, close on a close; False when the connection has ended."""
        if header.opcode == self.OPCODE_PING:
            self.send_frame(payload, self.OPCODE_PONG)
        elif header.opcode == self.OPCODE_CLOSE:
            self.close()
            return False
        elif header.opcode != self.OPCODE_PONG:
            raise ProtocolError("unknown opcode")
        return True


# The handler offers no other way to say which class it makes.
handler.WebSocket = LiveWebSocket


class LiveHandler(handler.WebSocketHandler):
    """One connection: its requests, and its WebSocket if it becomes one."""

    def __init__(self, sock: Any, address: Any, server: Any) -> None:
        self.pace = Pace(sock, server.read_s)
        super().__init__(sock, address, server, rfile=io.BufferedReader(self.pace))

    def handle_one_request(self) -> Any:
        self.headers_sent = False
        outcome = super().handle_one_request()
        if self.pace.late:
            return None if self.headers_sent else _TOO_SLOW
        return outcome

    def get_environ(self) -> Any:
        """As pywsgi makes it, with how this connection is cut: an answer that goes on is ended though nobody reads it."""
        return {**super().get_environ(), "fengsui.cut": self._cut}

    def _cut(self) -> None:
        with contextlib.suppress(OSError, AttributeError):  # it may be closing by itself
            self.socket.shutdown(socket.SHUT_RDWR)

    def read_requestline(self) -> Any:
        self.pace.wait()
        return super().read_requestline()

    def handle_one_response(self) -> None:
        self.pace.body()
        with self.server.at_work():
            super().handle_one_response()

    def run_websocket(self) -> None:
        self.pace.free()
        super().run_websocket()

    def _handle_client_error(self, ex: Exception) -> Any:
        return _TOO_SLOW if isinstance(ex, TooSlow) else super()._handle_client_error(ex)


class LiveServer(WSGIServer):
    """pywsgi with a backlog for reconnect storms, no Nagle delay, and an end that lets requests finish."""

    def __init__(self, host: str, port: int, app: Any, read_s: float = READ_S) -> None:
        super().__init__(
            (host, port),
            app,
            backlog=BACKLOG,
            spawn=Pool(_file_limit() - _SPARE_FILES),
            log=None,
            error_log=_log,
            handler_class=LiveHandler,
        )
        self.logger = _log
        self.read_s = read_s
        self.clients: dict[Any, Any] = {}
        self._working = 0
        self._quiet = Event()
        self._quiet.set()

    @classmethod
    def get_listener(cls, address: Any, backlog: int | None = None, family: Any = None) -> Any:
        """A listening socket whose accepted sockets inherit TCP_NODELAY (Linux hands it down)."""
        listener = super().get_listener(address, backlog, family)
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listener

    @contextlib.contextmanager
    def at_work(self) -> Iterator[None]:
        """Marks a request as being worked on."""
        self._working += 1
        self._quiet.clear()
        try:
            yield
        finally:
            self._working -= 1
            if not self._working:
                self._quiet.set()

    def finish(self) -> None:
        """Accept no more, tell the screens, let requests end within `GRACE` seconds, then end the rest."""
        self.close()
        for client in list(self.clients.values()):
            client.ws.close(_GOING_AWAY)
            with contextlib.suppress(OSError, AttributeError):  # it may be closing by itself
                client.ws.handler.socket.shutdown(socket.SHUT_RDWR)
        self._quiet.wait(GRACE)
        self.pool.kill(block=True, timeout=1)


def serve(app: Any, host: str, port: int, ready: Callable[[int], object], *, read_s: float = READ_S) -> None:
    """Serve a WSGI application until SIGTERM or SIGINT; `ready` gets the port once connections are accepted.

    Port 0 takes a free one. The end takes at most 5 seconds.
    """
    sys.setswitchinterval(SWITCH)
    gevent.config.track_greenlet_tree = (
        False  # who spawned whom: an eighth of the time of a storm of reconnects
    )
    server = LiveServer(host, port, app, read_s)
    stop = Event()
    watchers = [gevent.signal_handler(number, stop.set) for number in (signal.SIGTERM, signal.SIGINT)]
    try:
        server.start()
        ready(server.server_port)
        stop.wait()
    finally:
        server.finish()
        for watcher in watchers:
            watcher.cancel()


def _unmask(payload: bytes, mask: bytes) -> bytes:
    """The payload XOR its repeated mask, as one long integer."""
    size = len(payload)
    pattern = (mask * (size // 4 + 1))[:size]
    return (int.from_bytes(payload, "little") ^ int.from_bytes(pattern, "little")).to_bytes(size, "little")


def _file_limit() -> int:
    """The number of files this process may open, raised to what the system allows: each screen takes one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = min(hard, 65536) if hard != resource.RLIM_INFINITY else 65536
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return max(soft, wanted)
