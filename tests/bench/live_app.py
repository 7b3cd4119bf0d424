"""The smallest Flask-SocketIO server with a `/live` namespace: `python -m tests.bench.live_app stock|direct BYTES`.

It prints "PORT CONTROL_PORT"; every byte on a control connection sends one event to all screens, either as
Flask-SocketIO does it by itself on its own server, or through ours.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from gevent import monkey

monkey.patch_all()

import flask  # noqa: E402
import flask_socketio  # noqa: E402
import orjson  # noqa: E402
from gevent.server import StreamServer  # noqa: E402

from command.core.fanout import Fanout, serve  # noqa: E402
from tests.bench.measure import free_port  # noqa: E402

LIVE = "/live"


def control(broadcast: Callable[[], None]) -> int:
    """Listen for orders, one byte each; the port."""

    def obey(connection: Any, _address: Any) -> None:
        while orders := connection.recv(64):
            for _ in orders:
                broadcast()

    server = StreamServer(("127.0.0.1", 0), obey)
    server.start()
    port: int = server.server_port
    return port


def main(mode: str, size: int) -> None:
    app = flask.Flask(__name__)
    live = flask_socketio.SocketIO(app, async_mode="gevent")
    screens: dict[str, None] = {}
    payload = {"n": 1, "pad": "x" * (size - 43)}

    @live.on("connect", namespace=LIVE)
    def connect() -> None:
        screens[flask.request.sid] = None  # type: ignore[attr-defined]

    @live.on("disconnect", namespace=LIVE)
    def disconnect(_reason: str = "") -> None:
        screens.pop(flask.request.sid)  # type: ignore[attr-defined]

    if mode == "stock":
        port = free_port()
        print(port, control(lambda: live.emit("entries", payload, namespace=LIVE)), flush=True)
        live.run(app, "127.0.0.1", port)
    else:
        fanout = Fanout(live)

        def send() -> None:
            fanout.send(screens, "entries", orjson.dumps(payload), durable=True)

        control_port = control(send)
        serve(app, "127.0.0.1", 0, lambda port: print(port, control_port, flush=True))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
