"""Which team should go: the whole answer over HTTP, with its reasons and the way by road, over ten thousand teams."""

from __future__ import annotations

import json
import time
from typing import Any

from tests.bench.county import County
from tests.bench.measure import median, quantile
from tests.bench.post_to_last import USER
from tests.bench.report import Row

TEAMS = 10_000


def run(quick: bool) -> tuple[list[Row], dict[str, Any]]:
    """Asked for one incident after the other, beside a question that touches no team."""
    teams, asked = (1_000, 60) if quick else (TEAMS, 300)
    with County("suggesting") as small:
        each = len(small.caller(USER).must("GET", "/teams?limit=1000")["items"])
    scale = -(-teams // each)
    with County("suggesting", keep=True, more=[("demo", "load", "--scale", str(scale))]) as county:
        caller = county.caller(USER)
        incidents = [one["id"] for one in caller.must("GET", "/incidents?limit=200")["items"]]
        paths = [f"/incidents/{one}/suggestions" for one in incidents]
        county.rest()
        took, bare = [], []
        before = county.cpu()
        for number in range(asked + len(paths[:5])):
            began = time.perf_counter()
            found = caller.must("GET", paths[number % len(paths)])
            took.append((time.perf_counter() - began) * 1000)
        cpu = (county.cpu() - before) / len(took) * 1000
        for _ in range(asked):
            began = time.perf_counter()
            caller.must("GET", "/session")
            bare.append((time.perf_counter() - began) * 1000)
    by_road = sum(one["basis"] != "straight" for one in found["items"])
    if not by_road:
        raise RuntimeError("no suggestion goes by road: is no net in force?")
    took = took[5:]  # the first look gathers what the others find
    what = f"suggestion with reasons by road over {scale * each} teams"
    return [
        Row(f"{what}, p99", quantile(took, 0.99), "ms", at_most=50, reference=quantile(bare, 0.99), of="GET /session",
            note=f"{cpu:.1f} ms CPU each"),
        Row(f"{what}, p50", median(took), "ms", reference=median(bare), of="GET /session",
            note=f"{len(found['items'])} suggested, {by_road} by road, "
            f"{len(json.dumps(found, ensure_ascii=False).encode()) / 1000:.0f} KB"),
    ], {"took_ms": took, "bare_ms": bare}  # fmt: skip
