"""From the POST of an incident to the last of 500 screens, commit included, 20 a second: on both databases, and in a storm of
reads and sign-ins."""

from __future__ import annotations

import json
import socket
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from tests.bench.county import County, incident
from tests.bench.databases import KINDS, database
from tests.bench.measure import Limit, Process, Screens, median, quantile
from tests.bench.report import Row

SCREENS = 500
PER_SECOND = 20
FRAME = 1500
WATCH = '42/live,0["watch",{"topics":{"county":null}}]'
WARM = 40
USER = "county_duty"


def run(quick: bool) -> tuple[list[Row], dict[str, Any]]:
    """The C server before and after ours, under the same clock and load client."""
    count = 100 if quick else 400
    bare = bare_server(count // 2)
    ours = {kind: _ours(kind, count) for kind in KINDS}
    storm = _ours("SQLite", count, storm=True)
    bare += bare_server(count // 2)
    rows: list[Row] = []
    for kind, found in ours.items():
        rows += rows_of(f"POST → last of {SCREENS} screens, {kind}", found, bare)
    rows += rows_of("the same in a storm of reads, tiles and sign-ins, SQLite", storm, bare, ratio=None)
    return rows, {"bare_ms": bare, "ours": ours, "storm": storm}


def rows_of(
    what: str,
    found: dict[str, Any],
    bare: list[float],
    *,
    p50: float = 20,
    p99: float = 60,
    ratio: float | None = 2.5,
) -> list[Row]:
    """The rows of one measurement, beside the C server's last client."""
    took = found["took_ms"]
    reference = {"reference": median(bare), "of": "C"}
    answered = f"answer p50 {median(found['answer_ms']):.1f} ms; {found['cores']:.2f} core" + found.get(
        "storm", ""
    )
    return [
        Row(f"{what}, p50", median(took), "ms", at_most=p50, note=answered, ratio_at_most=ratio, **reference),
        Row(f"{what}, p99", quantile(took, 0.99), "ms", at_most=p99, reference=quantile(bare, 0.99), of="C"),
    ]


def _ours(kind: str, count: int, *, storm: bool = False) -> dict[str, Any]:
    with database(kind) as url, County(f"post-{kind}{'-storm' if storm else ''}", url=url) as county:
        blowing = Storm(county) if storm else nullcontext()
        return measured(county, county, count, blowing)


def measured(posted: County, seen: County, count: int, beside: Any = None) -> dict[str, Any]:
    """Post to one server at the pace while 500 screens of another (or the same) look on."""
    caller = posted.caller(USER)
    answered: list[float] = []

    def post(number: int) -> None:
        began = time.monotonic_ns()
        caller.must("POST", "/incidents", incident(number))
        answered.append((time.monotonic_ns() - began) / 1e6)

    for number in range(WARM):
        post(-1 - number)
    answered.clear()
    options = {"hello": seen.hello(USER), "watch": WATCH, "match": '"type":"incident.opened"'}
    with Screens(port=seen.port, n=SCREENS, count=count, deadline=60 + count // 10, **options) as load:
        with beside or nullcontext() as storm:
            servers = {posted, seen}
            before, began = sum(one.cpu() for one in servers), time.monotonic()
            took = paced(load, count, post)
            cores = (sum(one.cpu() for one in servers) - before) / (time.monotonic() - began)
        found = {"took_ms": took, "answer_ms": answered, "cores": cores}
        return found | ({"storm": f"; {storm.did}"} if storm else {})


class Storm:
    """The storm in a process of its own, while it is entered."""

    def __init__(self, county: County) -> None:
        self._command = [
            sys.executable,
            "-m",
            "tests.bench.storm",
            str(county.port),
            county.data / "demo-accounts.json",
        ]
        self.did = ""

    def __enter__(self) -> Storm:
        self._process = Process(self._command)
        self._process.line()
        self._began = time.monotonic()
        return self

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        seconds = time.monotonic() - self._began
        try:
            self._process.say()
            did = json.loads(self._process.line())
        finally:
            self._process.__exit__(kind, error, trace)
        self.did = ", ".join(f"{name} {number / seconds:.0f}/s" for name, number in did.items())


def bare_server(count: int) -> list[float]:
    """The same of the C server: from a byte on a control connection to its last client."""
    with (
        Limit(FRAME) as limit,
        Screens(port=limit.port, n=SCREENS, count=count, deadline=60 + count // 10) as load,
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
