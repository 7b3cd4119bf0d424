"""The impact of an incident over HTTP among a hundred thousand named places: kept, just after a change, and the first of all."""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import Any

import shapely
import sqlalchemy as sa

from command.core import clock, ids
from command.core.store.database import Database
from command.places.models import NamedPlace
from command.places.words import IMPACT_ROLES
from tests.bench.county import Caller, County
from tests.bench.measure import median, quantile
from tests.bench.post_to_last import USER
from tests.bench.report import Row

PLACES = 100_000
WEST, SOUTH, EAST, NORTH = 112.4, 36.6, 113.2, 37.2
HERE = (112.86, 36.83)
MIDDLE = {"type": "Point", "coordinates": list(HERE)}


Took = tuple[float, float]
"""Milliseconds by the clock, and of the server's CPU."""
RADII = (1000, 3000, 5000, 10_000)


def run(quick: bool) -> tuple[list[Row], dict[str, Any]]:
    """The first question of all; radii from 1 to 10 km around one incident; then with a place more before each question at 10 km.
    CPU is the server's own, beside the clock, for a busy machine tells little by the clock; the reference is what Shapely's tree
    takes to find the same places and measure them."""
    places, asked = (10_000, 20) if quick else (PLACES, 100)
    with County("impact") as county:
        data = county.data
    _fill(data / "fengsui.db", places)
    with County("impact", keep=True) as county:
        caller = county.caller(USER)
        body = {"kind": "flash_flood", "title": "漫堤", "location": MIDDLE, "centre": "140429100"}
        path = f"/incidents/{caller.must('POST', '/incidents', body)['id']}/impact?radius_m="
        first = _took(county, caller, f"{path}3000")
        _settled(county)
        kept = [_took(county, caller, f"{path}{RADII[number % 4]}") for number in range(asked)]
        wide = kept[3::4]
        found = caller.must("GET", f"{path}10000")
        changed = []
        for number in range(max(10, asked // 2)):
            caller.must(
                "POST", "/named-places", {"kind": "school", "name": f"新校 {number}", "location": MIDDLE}
            )
            changed.append(_took(county, caller, f"{path}10000"))
        bare = [_took(county, caller, "/session") for _ in range(asked)]
    plain = _plain(places)
    inside = sum(one["inside"] for one in found["roles"])
    what = f"impact of 1–10 km among {places} places"
    detail = {"kept": kept, "changed": changed, "bare": bare, "first": first, "plain_ms": plain}
    return [
        *_rows(what, kept, bare, f"{inside} inside 10 km"),
        *_rows("at 10 km", wide, bare, ""),
        *_rows("at 10 km just after a place was added", changed, bare, ""),
        Row("the same places by Shapely's tree alone, 10 km", median(plain), "ms",
            note=f"an impact at 10 km takes {median([cpu for _, cpu in wide]) / median(plain):.0f} × its CPU"),
        Row("the first of all, while the layers are still read", first[0], "ms", note=f"{first[1]:.0f} ms CPU"),
    ], detail  # fmt: skip


def _rows(what: str, took: list[Took], bare: list[Took], note: str) -> list[Row]:
    """The slowest of a hundred by the clock, and what they cost."""
    clock_ms, cpu = [one[0] for one in took], [one[1] for one in took]
    return [
        Row(f"{what}, p99", quantile(clock_ms, 0.99), "ms", at_most=200, reference=quantile([one[0] for one in bare], 0.99),
            of="GET /session", note=f"p50 {median(clock_ms):.0f} ms; {note}".rstrip("; ")),
        Row(f"{what}, CPU p99", quantile(cpu, 0.99), "ms", at_most=200, note=f"p50 {median(cpu):.0f} ms"),
    ]  # fmt: skip


def _settled(county: County) -> None:
    """Wait until the server has read its layers and rests."""
    before = county.cpu()
    for _ in range(120):
        time.sleep(0.5)
        now = county.cpu()
        if now - before < 0.05:
            return
        before = now


def _plain(places: int) -> list[float]:
    """Shapely's tree alone: what lies within 10 km of the scene, measured one by one, in milliseconds of CPU."""
    chance = random.Random(7)
    shapes = shapely.points(
        [(chance.uniform(WEST, EAST), chance.uniform(SOUTH, NORTH)) for _ in range(places)]
    )
    tree, scene = shapely.STRtree(shapes), shapely.Point(HERE)
    around = scene.buffer(10_000 / 100_000)
    took = []
    for _ in range(30):
        began = time.thread_time()
        shapely.distance(scene, shapes[tree.query(around, predicate="intersects")])
        took.append((time.thread_time() - began) * 1000)
    return took


def _took(county: County, caller: Caller, path: str) -> Took:
    cpu, began = county.cpu(), time.perf_counter()
    caller.must("GET", path)
    return (time.perf_counter() - began) * 1000, (county.cpu() - cpu) * 1000


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
