"""Live messages while a report is computed in a native thread beside the hub, on the same interpreter."""

from __future__ import annotations

import json
import socket
import sys
from typing import Any

from tests.bench.measure import Process, Screens, median, quantile
from tests.bench.post_to_last import PER_SECOND, SCREENS, paced
from tests.bench.report import Row

FRAME = 1500


def run(quick: bool) -> tuple[list[Row], dict[str, Any]]:
    """How late the hub is, and when the last screen has a message."""
    count = 60 if quick else 300
    with Process([sys.executable, "-m", "tests.bench.live_app", "beside", str(FRAME)]) as server:
        port, control_port = server.line().split()
        with (
            Screens(port=port, n=SCREENS, count=count, deadline=60, hello="40/live,") as load,
            socket.create_connection(("127.0.0.1", int(control_port))) as control,
        ):
            control.sendall(b"?")
            server.line()
            took = paced(load, count, lambda _number: control.sendall(b"!"))
            control.sendall(b"?")
            late: list[float] = json.loads(server.line())
    what = f"{SCREENS} screens, {PER_SECOND}/s, a 100 ms report beside"
    rows = [
        Row(
            f"{what}: hub late, p99", quantile(late, 0.99), "ms", at_most=25, note=f"worst {max(late):.0f} ms"
        ),
        Row(f"{what}: last screen, p50", median(took), "ms", note=f"p99 {quantile(took, 0.99):.1f} ms"),
    ]
    return rows, {"late_ms": late, "last_ms": took}
