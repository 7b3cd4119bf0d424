"""The impact of an incident over HTTP among a hundred thousand named places: kept, just after a change, and the first of all."""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from command.core import clock, ids
from command.core.database import Database
from command.places.models import NamedPlace
from command.places.words import IMPACT_ROLES
from tests.bench.county import Caller, County
from tests.bench.measure import median, quantile
from tests.bench.post_to_last import USER
from tests.bench.report import Row

PLACES = 100_000
WEST, SOUTH, EAST, NORTH = 112.4, 36.6, 113.2, 37.2
MIDDLE = {"type": "Point", "coordinates": [112.86, 36.83]}


def run(quick: bool) -> tuple[list[Row], dict[str, Any]]:
    """Radii from 1 to 10 km around one incident; then with a place more before each question."""
    places, asked = (10_000, 20) if quick else (PLACES, 100)
    with County("impact") as county:
        data = county.data
    _fill(data / "fengsui.db", places)
    with County("impact", keep=True) as county:
        caller = county.caller(USER)
        body = {"kind": "flash_flood", "title": "漫堤", "location": MIDDLE, "centre": "140429100"}
        path = f"/incidents/{caller.must('POST', '/incidents', body)['id']}/impact?radius_m="
        first = _took(caller, f"{path}3000")
        kept = [_took(caller, f"{path}{(1000, 3000, 5000, 10_000)[number % 4]}") for number in range(asked)]
        found = caller.must("GET", f"{path}10000")
        changed = []
        for number in range(max(5, asked // 5)):
            caller.must(
                "POST", "/named-places", {"kind": "school", "name": f"新校 {number}", "location": MIDDLE}
            )
            changed.append(_took(caller, f"{path}3000"))
        bare = [_took(caller, "/session") for _ in range(asked)]
    inside = sum(one["inside"] for one in found["roles"])
    what = f"impact of 1–10 km among {places} places"
    return [
        Row(f"{what}, p99", quantile(kept, 0.99), "ms", at_most=200, reference=quantile(bare, 0.99), of="GET /session",
            note=f"p50 {median(kept):.0f} ms; {inside} inside 10 km"),
        Row("the same just after a place was added, p50", median(changed), "ms", at_most=200, note=f"worst {max(changed):.0f} ms"),
        Row("the first of all, which reads every layer", first, "ms"),
    ], {"kept_ms": kept, "changed_ms": changed, "bare_ms": bare, "first_ms": first}  # fmt: skip


def _took(caller: Caller, path: str) -> float:
    began = time.perf_counter()
    caller.must("GET", path)
    return (time.perf_counter() - began) * 1000


def _fill(file: Path, places: int) -> None:
    """Places of every kind all over the county, written beside the journal: only their number matters here."""
    chance, now = random.Random(7), clock.real()
    kinds = sorted(IMPACT_ROLES)
    rows: list[dict[str, Any]] = [
        {
            "id": ids.new_id(), "home": "140429", "term": 0, "n": 0, "version": 1, "created_at": now, "updated_at": now,
            "kind": kinds[number % len(kinds)], "name": f"地点 {number}", "aliases": [], "pinyin": "di dian", "source": "bench",
            "location": f"SRID=4326;POINT({chance.uniform(WEST, EAST)} {chance.uniform(SOUTH, NORTH)})", "source_crs": "wgs84",
            "population": chance.choice([None, chance.randrange(2000)]), "live": True,
        }
        for number in range(places)
    ]  # fmt: skip
    database = Database(f"sqlite:///{file}")
    database.write(lambda session: session.execute(sa.insert(NamedPlace), rows), world=0)
    database.close()
