"""/healthz, /readyz, /metrics: alive, ready, and how it goes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from flask import Flask, Response
from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest

from command.core.live.hub import Hub
from command.core.live.stall import StallWatch
from command.core.node import Node


class Health:
    """What this process says of itself. `ready` is set once migrations and demo are complete."""

    def __init__(self, node: Node, hub: Hub) -> None:
        self.node, self.hub = node, hub
        self.ready = False
        self.registry = CollectorRegistry()
        self.requests = Counter("fengsui_requests_total", "HTTP requests", ["status"], registry=self.registry)
        self.stalls = Counter(
            "fengsui_hub_stalls_total", "Stops of the hub over 50 ms", registry=self.registry
        )
        self._gauge("fengsui_sockets", "Connected sockets", lambda: len(hub.subscriptions.listeners))
        self._gauge("fengsui_journal_seq", "Last entry told, world 0", lambda: hub.tail.at.get(0, 0))
        for name in ("frames", "bytes", "queued", "dropped", "closed_slow"):
            self._gauge(f"fengsui_fanout_{name}", f"Fan-out: {name}", partial(self._fanout, name))
        self._gauge("fengsui_memory_bytes", "Resident memory", _resident)

    def watch(self, heart: StallWatch) -> None:
        """Tell how long the hub stood still since it was last asked, and how much of that was its own work."""
        self._gauge(
            "fengsui_hub_longest_stop_seconds", "Longest stop of the hub since last asked", heart.longest
        )
        self._gauge(
            "fengsui_hub_longest_work_seconds",
            "Most CPU of the hub in one go since last asked",
            heart.busiest,
        )

    def _fanout(self, name: str) -> float:
        return self.hub.fanout.stats()[name]

    def _gauge(self, name: str, says: str, value: Callable[[], float]) -> None:
        Gauge(name, says, registry=self.registry).set_function(value)

    def why_not(self) -> str | None:
        """Why it is not ready, or None."""
        if not self.ready:
            return "starting"
        if self.hub.tail.broken:
            return self.hub.tail.broken
        return None

    def mount(self, app: Flask) -> None:
        """The three addresses; none needs sign-in, none tells anything of the county."""

        def healthz() -> Response:
            return Response("ok\n", content_type="text/plain")

        def readyz() -> Response:
            why = self.why_not()
            return Response(f"{why or 'ready'}\n", 503 if why else 200, content_type="text/plain")

        def metrics() -> Response:
            return Response(
                generate_latest(self.registry), content_type="text/plain; version=0.0.4; charset=utf-8"
            )

        def count(response: Response) -> Response:
            self.requests.labels(str(response.status_code)).inc()
            return response

        for path, view in (("/healthz", healthz), ("/readyz", readyz), ("/metrics", metrics)):
            app.add_url_rule(path, path.strip("/"), view, methods=["GET"])
        app.after_request(count)


def _resident() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096.0
