"""Fan-out: server CPU per delivery of our server, of stock Flask-SocketIO and of a bare C epoll server."""

from __future__ import annotations

import sys
from typing import Any

from tests.bench.measure import Process, Screens, compiled, median, quantile
from tests.bench.report import Row

FRAME = 268
WINDOW = 2
DELIVERIES = 150_000
SERVERS = ("limit", "stock", "direct")


def run(quick: bool) -> tuple[list[Row], dict[str, Any]]:
    """Rounds of the three servers in turn, for each number of screens; the ratios are medians of the rounds."""
    rows: list[Row] = []
    detail: dict[str, Any] = {}
    for screens in (100, 500, 1000):
        count = max(40, DELIVERIES // screens // (4 if quick else 1))
        rounds = [
            {name: _measure(name, screens, count) for name in SERVERS} for _ in range(1 if quick else 3)
        ]
        detail[str(screens)] = rounds
        rows += _rows(screens, rounds)
    return rows, detail


def _measure(name: str, screens: int, count: int) -> dict[str, float]:
    command = (
        [compiled("limit"), str(FRAME)]
        if name == "limit"
        else [sys.executable, "-m", "tests.bench.live_app", name, str(FRAME)]
    )
    with Process(command) as server:
        port, control = server.line().split()
        hello = {} if name == "limit" else {"hello": "40/live,"}
        with Screens(port=port, n=screens, control=control, window=WINDOW, count=count, **hello) as load:
            before = server.cpu()
            load.start()
            found = load.result()
            used = server.cpu() - before
    if found["lost"] or not all(found["done"]):
        raise RuntimeError(f"{name}: not every screen had every message")
    took = [(done - sent) / 1e6 for sent, done in zip(found["sent"], found["done"], strict=True)]
    seconds = (found["done"][-1] - found["sent"][0]) / 1e9
    return {
        "us": used * 1e6 / (count * screens),
        "per_second": count * screens / seconds,
        "cores": used / seconds,
        "last_ms_p50": median(took),
        "last_ms_p99": quantile(took, 0.99),
        "connects_per_second": screens / load.connect_seconds,
    }


def _rows(screens: int, rounds: list[dict[str, dict[str, float]]]) -> list[Row]:
    def us(name: str) -> float:
        return median(one[name]["us"] for one in rounds)

    def ratio(other: str) -> float:
        return median(one[other]["us"] / one["direct"]["us"] for one in rounds)

    last = median(one["direct"]["last_ms_p50"] for one in rounds)
    what = f"fan-out to {screens} screens, CPU per delivery"
    note = (
        f"ours {us('direct'):.1f} µs, C {us('limit'):.1f}, stock {us('stock'):.1f}; last screen {last:.1f} ms"
    )
    must = screens == 1000
    return [
        Row(f"{what}, of the C limit", ratio("limit"), at_least=0.60 if must else None, note=note),
        Row(f"{what}, of stock", ratio("stock"), at_least=2.0 if must else None, unit="×"),
    ]
