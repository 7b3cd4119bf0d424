"""The smallest Flask-SocketIO server with a `/live` namespace: `python -m tests.bench.live_app MODE BYTES`.

It prints "PORT CONTROL_PORT"; every byte on a control connection sends one event to all screens, either as
Flask-SocketIO does it by itself on its own server (`stock`), or through ours (`direct`). In `beside` it is ours,
a native thread computes for 100 ms out of every 200, and a `?` prints how late the hub was, in ms, since the last.
"""

from __future__ import annotations

import json
import socket
import sys
import time
from collections.abc import Callable
from typing import Any

from gevent import monkey

monkey.patch_all()

import flask
import flask_socketio
import gevent
import orjson
from gevent.server import StreamServer

from tests.bench.measure import free_port

LIVE = "/live"


def control(broadcast: Callable[[], None], asked: Callable[[], None]) -> int:
    """Listen for orders, one byte each; the port."""

    def obey(connection: Any, _address: Any) -> None:
        while orders := connection.recv(64):
            for order in orders:
                if order == ord("?"):
                    asked()
                else:
                    broadcast()

    server = StreamServer(("127.0.0.1", 0), obey)
    server.start()
    port: int = server.server_port
    return port


def announce(port: int, control_port: int) -> None:
    """Say the ports once the server accepts; Flask-SocketIO does not tell when it does."""
    while True:
        gevent.sleep(0.01)
        with socket.socket() as probe:
            if not probe.connect_ex(("127.0.0.1", port)):
                print(port, control_port, flush=True)
                return


def report() -> None:
    """A thread that computes in Python for 100 ms out of every 200, as long as the process lives."""
    sleep = monkey.get_original("time", "sleep")
    while True:
        until = time.monotonic() + 0.1
        while time.monotonic() < until:
            sum(range(2000))
        sleep(0.1)


def watch(late: list[float]) -> None:
    """Note how late the hub calls a greenlet that wanted to run after 5 ms."""
    while True:
        due = time.monotonic() + 0.005
        gevent.sleep(0.005)
        late.append(max(0.0, time.monotonic() - due) * 1000)


def main(mode: str, size: int) -> None:
    late: list[float] = []

    def asked() -> None:
        print(json.dumps(late), flush=True)
        late.clear()

    app = flask.Flask(__name__)
    live = flask_socketio.SocketIO(app, async_mode="gevent")
    screens: dict[str, None] = {}
    payload = {"n": 1, "pad": "x" * (size - 43)}

    @live.on("connect", namespace=LIVE)
    def connect() -> None:
        screens[flask.request.sid] = None

    @live.on("disconnect", namespace=LIVE)
    def disconnect(_reason: str = "") -> None:
        screens.pop(flask.request.sid)

    if mode == "stock":
        port, control_port = (
            free_port(),
            control(lambda: live.emit("entries", payload, namespace=LIVE), asked),
        )
        gevent.spawn(announce, port, control_port)
        live.run(app, "127.0.0.1", port)
    else:
        from command.core.live.fanout import Fanout, serve  # not for stock, which it changes

        fanout = Fanout(live)

        def send() -> None:
            fanout.send(screens, "entries", orjson.dumps(payload), durable=True)

        control_port = control(send, asked)
        if mode == "beside":
            gevent.get_hub().threadpool.spawn(report)
            gevent.spawn(watch, late)
        serve(app, "127.0.0.1", 0, lambda port: print(port, control_port, flush=True))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
