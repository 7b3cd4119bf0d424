"""A small Flask-SocketIO server for the fan-out tests: run as a process, driven through its own events.

Argument: ping interval in seconds (the timeout is twice that). It prints its port when it is ready.
"""

from __future__ import annotations

import socket
import sys
import time
from typing import Any

from gevent import monkey

monkey.patch_all()

import flask
import flask_socketio
import gevent
import orjson

from command.core.live.fanout import Fanout, StallWatch, serve

LIVE = "/live"


def build(ping: float) -> flask.Flask:
    """The application: `go` fans out numbered frames, `stock` emits them the stock way, `do` only answers."""
    app = flask.Flask(__name__)
    live = flask_socketio.SocketIO(app, async_mode="gevent", ping_interval=ping, ping_timeout=2 * ping)
    fanout = Fanout(live)
    screens: dict[str, str] = {}
    goodbyes: list[str] = []
    working: list[str] = []
    stalls: list[float] = []
    watch = StallWatch(lambda seconds, _cpu: stalls.append(seconds))
    watch.start()

    @live.on("connect", namespace=LIVE)
    def connect(auth: Any = None) -> None:
        screens[flask.request.sid] = str((auth or {}).get("name"))

    @live.on("disconnect", namespace=LIVE)
    def disconnect(_reason: str = "") -> None:
        goodbyes.append(screens.pop(flask.request.sid))

    @live.on("go", namespace=LIVE)
    def go(order: dict[str, Any]) -> dict[str, Any]:
        missed: list[str] = []
        for number in range(order["first"], order["first"] + order["count"]):
            body = orjson.dumps({"n": number, "pad": order.get("pad", "字") * order.get("size", 1)})
            missed += fanout.send(set(screens), "entries", body, durable=order.get("durable", True))
            if order.get("stock"):
                live.emit("entries", {"n": number + 0.5}, namespace=LIVE)
            if order.get("yield"):
                gevent.sleep(0)
        return {"missed": sorted(screens.get(sid, "gone") for sid in missed)}

    @live.on("do", namespace=LIVE)
    def do(payload: Any) -> Any:
        return {"ok": True, "result": payload}

    @live.on("big", namespace=LIVE)
    def big(size: int) -> str:
        return "快" * size

    @live.on("stall", namespace=LIVE)
    def stall(seconds: float) -> float:
        watch.longest()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            sum(range(1000))
        gevent.sleep(0.05)
        return watch.longest()

    @app.get("/facts")
    def facts() -> Any:
        option = (socket.IPPROTO_TCP, socket.TCP_NODELAY)
        nodelay = [pipe.raw.getsockopt(*option) for pipe in fanout._pipes.values()]
        return {
            **fanout.stats(),
            "nodelay": all(nodelay),
            "working": len(working),
            "stalls": len(stalls),
            "screens": sorted(screens.values()),
            "goodbyes": sorted(goodbyes),
        }

    @app.get("/slow")
    def slow() -> str:
        working.append("slow")
        gevent.sleep(1)
        return "done"

    return app


if __name__ == "__main__":
    serve(build(float(sys.argv[1])), "127.0.0.1", 0, lambda port: print(port, flush=True))
