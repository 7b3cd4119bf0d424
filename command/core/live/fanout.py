"""Direct fan-out: a message is framed once and written straight to every screen that hears it.

Stock Socket.IO passes each delivery through a queue, a greenlet and a timer: 25 µs of CPU where a bare C
server needs 7.5. Here engineio is given a driver of our own (its queue and its WebSocket), so that whatever
is sent to a screen on the WebSocket transport, also answers and pings, is written at once through the
screen's `Pipe`; a screen on long polling, or not yet upgraded, keeps engineio's stock queue. All of it runs
on the hub's own thread.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterable
from dataclasses import asdict
from importlib.metadata import version
from typing import Any, cast

import gevent
import orjson
from engineio.packet import MESSAGE, Packet
from gevent.queue import JoinableQueue

from command.core.live.pipe import CAP, FLAGS, Counters, Pipe, send_now
from command.core.live.stall import StallWatch
from command.core.live.websocket import serve

__all__ = ["Fanout", "StallWatch", "serve", "text_frame"]

NAMESPACE = "/live"
_KNOWN = {"python-engineio": ("4.15.",), "python-socketio": ("5.18.",), "gevent-websocket": ("0.10.",)}
_TEXT, _BINARY = 0x81, 0x82


def text_frame(payload: bytes, first_byte: int = _TEXT) -> bytes:
    """The unmasked, unfragmented WebSocket frame of a payload (RFC 6455 §5.2)."""
    size = len(payload)
    if size < 126:
        return bytes((first_byte, size)) + payload
    if size < 65536:
        return struct.pack("!BBH", first_byte, 126, size) + payload
    return struct.pack("!BBQ", first_byte, 127, size) + payload


class Fanout:
    """Sends one event to many screens; made once, before the first screen connects."""

    def __init__(self, socketio_server: Any) -> None:
        """`socketio_server` is python-socketio's Server or Flask-SocketIO's; RuntimeError if unknown."""
        self._server = getattr(socketio_server, "server", None) or socketio_server
        self._manager = self._server.manager
        self._pipes: dict[str, Pipe] = {}
        self._counters = Counters()
        self._last: tuple[Any, bytes] = (None, b"")
        self._install()

    def send(
        self, sids: Iterable[str], event: str, payload: Any, *, namespace: str = NAMESPACE, durable: bool
    ) -> list[str]:
        """Send an event once to each sid; the sids that missed a fleeting frame (they read too slowly).

        `payload` is JSON already in bytes, or a value for orjson. A durable frame arrives, in order, or its
        socket is closed; unknown and departed sids are passed over.
        """
        text = _event_text(event, payload, namespace)
        frame = text_frame(b"4" + text)
        size, counters, pipes = len(frame), self._counters, self._pipes
        connected, unready = self._participants(namespace)
        missed: list[str] = []
        frames = 0
        for sid in sids:
            eio_sid = connected.get(sid)
            if eio_sid is None or sid in unready:
                continue
            pipe = pipes.get(eio_sid)
            if pipe is None:
                taken = self._fall_back(eio_sid, text, durable)
            elif pipe.pending:
                taken = pipe.wait_behind(frame, durable=durable)
            else:
                sent = send_now(pipe.fd, frame, size, FLAGS)
                if sent == size:
                    frames += 1
                    continue
                taken = pipe.keep(frame, sent, durable=durable)
            if taken:
                frames += 1
            elif not durable:
                missed.append(sid)
        counters.frames += frames
        counters.bytes += frames * size
        return missed

    def stats(self) -> dict[str, int]:
        """Counters since the start, and how many screens are connected and how many of them lag now."""
        lagging = [pipe.queued for pipe in self._pipes.values() if pipe.pending]
        now = {"sockets": len(self._pipes), "lagging": len(lagging), "waiting_bytes": sum(lagging)}
        return asdict(self._counters) | now

    def _participants(self, namespace: str) -> tuple[dict[str, str], set[str]]:
        """Socket.IO sid → Engine.IO sid of the namespace, and the sids that are just coming or going."""
        rooms = self._manager.rooms.get(namespace)
        connected: dict[str, str] = rooms[None]._fwdm if rooms else {}
        unready: set[str] = set()
        for waiting in (self._manager.pending_connect, self._manager.pending_disconnect):
            unready.update(waiting.get(namespace, ()))
        return connected, unready

    def _fall_back(self, eio_sid: str, text: bytes, durable: bool) -> bool:
        """The stock queue, for a screen on long polling or in mid-upgrade, with the same cap."""
        session = self._server.eio.sockets.get(eio_sid)
        if session is None or session.closed or session.closing:
            return False
        if session.queue.held > CAP:
            if durable:
                self._counters.closed_slow += 1
                # in a greenlet, because its handlers may change the set that the caller iterates over
                gevent.spawn(session.close, wait=False, abort=True)
            else:
                self._counters.dropped += 1
            return False
        self._counters.fallback += 1
        session.queue.put(Packet(MESSAGE, text.decode()))
        return True

    def _install(self) -> None:
        """Give engineio our queue and our WebSocket; refuse what we have not been tested with."""
        _check_versions()
        eio = self._server.eio
        if eio.async_mode != "gevent" or not {"queue", "websocket"} <= set(eio._async):
            raise RuntimeError("direct fan-out needs Socket.IO with async_mode='gevent'")
        if eio.sockets:
            raise RuntimeError("direct fan-out must be made before the first screen connects")
        if not isinstance(getattr(self._manager, "rooms", None), dict):
            raise RuntimeError("direct fan-out needs a client manager that keeps its rooms in memory")
        eio._async = {**eio._async, "queue": self._new_queue, "websocket": self._new_websocket}

    def _new_queue(self) -> OutQueue:
        return OutQueue(self._write)

    def _new_websocket(self, handler: Callable[[Any], Any], _server: Any) -> DirectWebSocket:
        return DirectWebSocket(handler, self)

    def adopt(self, session: Any, pipe: Pipe) -> None:
        """From now on this Engine.IO session is written directly."""
        self._pipes[session.sid] = pipe

    def release(self, session: Any) -> None:
        """The session's WebSocket has ended."""
        self._pipes.pop(session.sid, None)

    def new_pipe(self, sock: Any) -> Pipe:
        """A pipe on gevent's socket that counts into our figures."""
        return Pipe(sock, self._counters)

    def _write(self, pipe: Pipe, packet: Any) -> None:
        """Write an Engine.IO packet of a stock path; one packet emitted to many is framed once."""
        if self._last[0] is not packet:
            encoded = packet.encode()
            frame = text_frame(encoded.encode()) if isinstance(encoded, str) else text_frame(encoded, _BINARY)
            self._last = (packet, frame)
        pipe.put(self._last[1], durable=True)


class OutQueue(JoinableQueue):
    """Engine.IO's queue of outgoing packets; once the WebSocket is up, what is put in it is sent."""

    def __init__(self, write: Callable[[Pipe, Any], None]) -> None:
        super().__init__()
        self._write = write
        self._session: Any = None
        self._pipe: Pipe | None = None
        self._adopt: Callable[[Any, Pipe], None] | None = None
        self._direct = False
        self.held = 0

    def attach(self, session: Any, pipe: Pipe, adopt: Callable[[Any, Pipe], None]) -> None:
        """The session's WebSocket is open; packets go to it once those that already wait have gone."""
        self._session, self._pipe, self._adopt = session, pipe, adopt

    def put(self, item: Any, block: bool = True, timeout: float | None = None) -> None:
        if item is not None and self._pipe is not None and (self._direct or self._turn_direct()):
            self._write(self._pipe, item)
            return
        self.held += _size(item)
        super().put(item, block, timeout)

    def get(self, block: bool = True, timeout: float | None = None) -> Any:
        """Stock engineio hangs up when nothing was queued for a ping cycle; here nothing is ever queued."""
        item = super().get(block, None if self._pipe is not None else timeout)
        self.held -= _size(item)
        return item

    def _turn_direct(self) -> bool:
        """Whether nothing is queued or in the writer's hands any more, so that going direct keeps order."""
        if self._session.upgraded and not self.unfinished_tasks and self._adopt and self._pipe:
            self._direct = True
            self._adopt(self._session, self._pipe)
        return self._direct


class DirectWebSocket:
    """What engineio's driver calls a WebSocket, over gevent-websocket, writing through a `Pipe`."""

    def __init__(self, handler: Callable[[Any], Any], fanout: Fanout) -> None:
        self._handler = handler
        self._fanout = fanout
        self._websocket: Any = None
        self._pipe: Pipe | None = None

    def __call__(self, environ: dict[str, Any], _start_response: Any) -> Any:
        self._websocket = environ.get("wsgi.websocket")
        if self._websocket is None:
            raise RuntimeError("the WebSocket transport needs the server of command.core.live.websocket")
        session = cast(Any, self._handler).__self__
        self._pipe = self._fanout.new_pipe(self._websocket.handler.socket)
        self._websocket.raw_write = self._pipe.write
        session.queue.attach(session, self._pipe, self._fanout.adopt)
        try:
            return self._handler(self)
        finally:
            self._fanout.release(session)
            self._pipe.finish()

    def send(self, message: str | bytes) -> None:
        self._websocket.send(message)

    def wait(self) -> str | bytes | None:
        message: str | bytes | None = self._websocket.receive()
        return message

    def close(self) -> None:
        """Say goodbye and end the connection, so that a reader left on a dead line wakes up."""
        self._websocket.close()
        if self._pipe is not None:
            self._pipe.finish()


def _event_text(event: str, payload: Any, namespace: str) -> bytes:
    """The Socket.IO text of an event, e.g. `2/live,["entries",{…}]`."""
    body = payload if isinstance(payload, bytes) else orjson.dumps(payload)
    place = b"" if namespace == "/" else namespace.encode() + b","
    return b"2" + place + b"[" + json.dumps(event).encode() + b"," + body + b"]"


def _size(packet: Any) -> int:
    data = getattr(packet, "data", None)
    return len(data) if isinstance(data, (str, bytes)) else 0


def _check_versions() -> None:
    for name, known in _KNOWN.items():
        if not version(name).startswith(known):
            raise RuntimeError(f"direct fan-out knows {name} {', '.join(known)}x, not {version(name)}")
