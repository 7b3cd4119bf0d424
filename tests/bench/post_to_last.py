"""From the POST of an incident to the last of 500 screens, commit included, 20 a second."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from typing import Any

from tests.bench.county import County, incident
from tests.bench.measure import Limit, Screens, median, quantile
from tests.bench.report import Row

SCREENS = 500
PER_SECOND = 20
FRAME = 1500
WATCH = '42/live,0["watch",{"topics":{"county":null}}]'


def run(quick: bool) -> tuple[list[Row], dict[str, Any]]:
    """Our server and then the C server under the same clock and load client."""
    count = 100 if quick else 600
    ours, cpu, posted = _ours(count)
    bare = _bare(count)
    ratio = median(ours) / median(bare)
    what = f"POST → commit → last of {SCREENS} screens, {PER_SECOND}/s"
    rows = [
        Row(f"{what}, p50", median(ours), "ms", at_most=20, note=f"{cpu:.2f} core"),
        Row(f"{what}, p99", quantile(ours, 0.99), "ms", at_most=60),
        Row(f"{what}, p50 of the C server's", ratio, "×", at_most=2.5, note=f"C {median(bare):.1f} ms"),
        Row("POST → answer, p50", median(posted), "ms", note=f"p99 {quantile(posted, 0.99):.1f} ms"),
    ]
    return rows, {"ours_ms": ours, "bare_ms": bare, "answer_ms": posted}


def _ours(count: int) -> tuple[list[float], float, list[float]]:
    with County("post") as county:
        options = {"hello": county.hello("county_duty"), "watch": WATCH, "match": '"type":"incident.opened"'}
        caller = county.caller("county_duty")
        answered: list[float] = []

        def post(number: int) -> None:
            began = time.monotonic_ns()
            caller.must("POST", "/incidents", incident(number))
            answered.append((time.monotonic_ns() - began) / 1e6)

        for number in range(20):
            post(-1 - number)
        answered.clear()
        with Screens(port=county.port, n=SCREENS, count=count, deadline=count // 10, **options) as load:
            before, began = county.cpu(), time.monotonic()
            took = paced(load, count, post)
            cores = (county.cpu() - before) / (time.monotonic() - began)
    return took, cores, answered


def _bare(count: int) -> list[float]:
    with (
        Limit(FRAME) as limit,
        Screens(port=limit.port, n=SCREENS, count=count, deadline=count // 10) as load,
        socket.create_connection(("127.0.0.1", limit.control)) as control,
    ):
        return paced(load, count, lambda _number: control.sendall(b"!"))


def paced(load: Screens, count: int, order: Callable[[int], None]) -> list[float]:
    """Order messages at the pace; the milliseconds from each order to the last screen that had it."""
    load.start()
    sent = []
    due = time.monotonic()
    for number in range(count):
        time.sleep(max(0.0, due - time.monotonic()))
        due += 1 / PER_SECOND
        sent.append(time.monotonic_ns())
        order(number)
    found = load.result()
    if found["lost"] or not all(found["done"]):
        raise RuntimeError(
            f"{found['lost']} screens were lost, {found['done'].count(0)} messages not seen by all"
        )
    return [(done - at) / 1e6 for at, done in zip(sent, found["done"], strict=True)]
