"""From the command to the first page, with the demo county loaded by an earlier start."""

from __future__ import annotations

import time
from typing import Any

from tests.bench.county import County
from tests.bench.measure import median
from tests.bench.report import Row


def run(quick: bool) -> tuple[list[Row], dict[str, Any]]:
    """The first start loads the demo and is told; the later ones are measured to the sign-in page."""
    with County("start") as county:
        first = county.started_in
    seconds = []
    for _ in range(2 if quick else 5):
        began = time.monotonic()
        with County("start", keep=True) as county:
            status, _page = county.caller("county_duty").call("GET", "/")
            if status != 200:
                raise RuntimeError(f"the first page answers {status}")
            seconds.append(time.monotonic() - began)
    rows = [
        Row("start to first page, demo loaded", median(seconds), "s", at_most=3.0),
        Row("first start, the demo being loaded", first, "s"),
    ]
    return rows, {"seconds": seconds}
