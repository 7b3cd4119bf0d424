"""Lists of the register among 100,000 hazards, on both databases: pages, filters, what is near a place, what lies in a box."""

from __future__ import annotations

from typing import Any

from tests.bench.county import Caller, County
from tests.bench.databases import KINDS, database
from tests.bench.hazards import fill
from tests.bench.measure import median
from tests.bench.post_to_last import USER
from tests.bench.report import Row

TOWN = "fengzhou_duty"
"""A township sees a fourteenth of them: what it asks for is found by its audience."""
ASKED = {
    "first page": "/hazards",
    "a thousand": "/hazards?limit=1000",
    "in one state": "/hazards?state=rectifying",
    "closed, of which there are none": "/hazards?state=closed",
    "of one township": "/hazards?centre=140429100",
    "by number": "/hazards?number=YH-140429-20260101-050000",
    "by a part of the title": "/hazards?q=%E9%9A%90%E6%82%A3%2077777",
    "due before": "/hazards?due_before=2026-01-01T00:00:00Z",
    "within 500 m": "/hazards?near=112.86,36.83&within=500",
    "in a box of 1 km": "/hazards?bbox=112.86,36.83,112.871,36.839",
    "near a call's place": "/hazards/near?lon=112.86&lat=36.83",
}
ROUNDS = 15


def run(quick: bool) -> tuple[list[Row], dict[str, Any]]:
    """Each question of the county's desk and of a township's, one after the other; CPU of the server alone (on PostgreSQL without
    the database's own), and by the clock."""
    number = 10_000 if quick else 100_000
    rows: list[Row] = []
    detail: dict[str, Any] = {}
    for kind in KINDS:
        with database(kind) as url:
            found = detail[kind] = _measured(f"lists-{kind.lower()}", url, number)
        for who, told in found.items():
            for what, (cpu, clock) in told.items():
                rows.append(Row(f"{kind}, {who}: {what}", clock, "ms", note=f"{cpu:.1f} ms CPU"))
    return rows, detail


def _measured(name: str, url: str | None, number: int) -> dict[str, dict[str, tuple[float, float]]]:
    with County(name, url=url) as county:
        data = county.data
    fill(url or f"sqlite:///{data / 'fengsui.db'}", number)
    with County(name, keep=True, url=url) as county:
        return {
            who: {what: _took(county, county.caller(user), path) for what, path in ASKED.items()}
            for who, user in (("county", USER), ("township", TOWN))
        }


def _took(county: County, caller: Caller, path: str) -> tuple[float, float]:
    """Milliseconds of the server's CPU for one answer, and the median by the clock."""
    import time

    caller.must("GET", path)
    clock, before = [], county.cpu()
    for _ in range(ROUNDS):
        began = time.perf_counter()
        caller.must("GET", path)
        clock.append((time.perf_counter() - began) * 1000)
    return (county.cpu() - before) / ROUNDS * 1000, median(clock)
