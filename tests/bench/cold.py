"""The first tile of a hundred thousand hazards after a start, on both databases: how long it takes, and how long the hub stands
still meanwhile, on which all screens hang."""

from __future__ import annotations

import re
import time
from typing import Any

from tests.bench.county import County
from tests.bench.databases import KINDS, database
from tests.bench.hazards import fill
from tests.bench.measure import median
from tests.bench.post_to_last import USER
from tests.bench.report import Row

TILE = "/tiles/hazards/9/416/200.mvt"
GAUGE = re.compile(r"fengsui_hub_longest_(stop|work)_seconds (\S+)")


def run(quick: bool) -> tuple[list[Row], dict[str, Any]]:
    """Asked at once after the start, while the server reads its layers anyway; then beside a rest of the same length."""
    number = 10_000 if quick else 100_000
    rows: list[Row] = []
    detail: dict[str, Any] = {}
    for kind in KINDS:
        with database(kind) as url:
            found = detail[kind] = _measured(f"cold-{kind.lower()}", url, number)
        what = f"cold tile of {number} hazards, {kind}"
        rows += [
            Row(f"{what}: the first answer", found["first_s"], "s", note=f"{found['kb']:.1f} KB"),
            Row(f"{what}: longest stop of the hub", found["stop"] * 1000, "ms", at_most=50, reference=found["rest_stop"] * 1000,
                of="at rest", note="by the clock: a busy machine adds its own"),
            Row(f"{what}: its most CPU in one go", found["work"] * 1000, "ms", at_most=25,
                reference=found["rest_work"] * 1000, of="at rest"),
            Row(f"{what}: after a change, p50", found["changed_ms"], "ms", at_most=60),
            Row(f"{what}: kept, p50", found["kept_ms"], "ms", at_most=3, reference=found["bare_ms"], of="/healthz"),
        ]  # fmt: skip
    return rows, detail


def _measured(name: str, url: str | None, number: int) -> dict[str, Any]:
    with County(name, url=url) as county:
        data = county.data
    fill(url or f"sqlite:///{data / 'fengsui.db'}", number)
    with County(name, keep=True, url=url) as county:
        caller = county.caller(USER)
        time.sleep(0.5)
        _stops(county)  # what the start itself took is told no more
        began = time.monotonic()
        status, tile = caller.call("GET", TILE)
        first_s = time.monotonic() - began
        if status != 200 or not tile:
            raise RuntimeError(f"the tile answers {status} with {len(tile)} bytes")
        stop, work = _stops(county)
        time.sleep(first_s)
        rest_stop, rest_work = _stops(county)
        changed = []
        for one in range(10):
            body = {"type": "fire", "title": f"新隐患 {one}", "location": {"type": "Point", "coordinates": [112.86, 36.83]},
                    "centre": "140429100"}  # fmt: skip
            caller.must("POST", "/hazards", body)
            changed.append(_ms(caller, TILE))
        return {
            "first_s": first_s, "kb": len(tile) / 1000, "stop": stop, "work": work, "rest_stop": rest_stop, "rest_work": rest_work,
            "changed_ms": median(changed), "kept_ms": median([_ms(caller, TILE) for _ in range(100)]),
            "bare_ms": median([_ms(caller, "/healthz") for _ in range(100)]),
        }  # fmt: skip


def _ms(caller: Any, path: str) -> float:
    began = time.perf_counter()
    status, _ = caller.call("GET", path)
    if status != 200:
        raise RuntimeError(f"{path}: {status}")
    return (time.perf_counter() - began) * 1000


def _stops(county: County) -> tuple[float, float]:
    """The longest stop of the hub and its most work in one go, in seconds, since this was last asked."""
    text = county.caller(USER).call("GET", "/metrics")[1].decode()
    told = dict(GAUGE.findall(text))
    return float(told["stop"]), float(told["work"])
