"""A hundred thousand hazards in a bench's county, written beside the journal: only their number and their places matter."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from command.core import clock, ids
from command.core.access import Audience
from command.core.store.database import Database
from command.hazards.models import Hazard
from command.hazards.words import HAZARD_FLOW

WEST, SOUTH, EAST, NORTH = 112.5, 36.6, 113.3, 37.1
CENTRES = [
    f"140429{number}" for number in (100, 101, 102, 103, 104, 105, 200, 201, 203, 204, 205, 206, 207, 208)
]
HEAPS = 400


def fill(url: str, number: int) -> None:
    """Most in heaps, as they lie along valleys, some alone; heard by the county and each by its own township."""
    database = Database(url)
    rows = _rows(number)
    heard = [
        {"world": 0, "kind": "hazard", "id": row["id"], "party": party}
        for row in rows
        for party in ("county", f"centre:{row['centre']}")
    ]
    for table, some in ((Hazard, rows), (Audience, heard)):
        for first in range(0, len(some), 5000):
            part = some[first : first + 5000]
            database.write(
                lambda session, table=table, part=part: session.execute(sa.insert(table), part), world=0
            )  # type: ignore[misc]
    database.close()


def _rows(number: int) -> list[dict[str, Any]]:
    chance, now = random.Random(7), clock.real()
    heaps = [(chance.uniform(WEST, EAST), chance.uniform(SOUTH, NORTH)) for _ in range(HEAPS)]
    states = [one for one in HAZARD_FLOW.zh if one not in ("closed", "cancelled")]
    empty: dict[str, Any] = {
        column.name: None
        for column in Hazard.__table__.columns
        if column.nullable and column.computed is None
    }  # a bulk insert wants every row alike
    found = []
    for count in range(number):
        lon, lat = chance.choice(heaps)
        lon, lat = (
            (lon + chance.gauss(0, 0.01), lat + chance.gauss(0, 0.01))
            if count % 10
            else (chance.uniform(WEST, EAST), chance.uniform(SOUTH, NORTH))
        )
        found.append(empty | {
            "world": 0, "id": ids.new_id(), "home": "140429", "term": 0, "n": 0, "version": 1, "created_at": now, "updated_at": now,
            "number": f"YH-140429-20260101-{count:06d}", "type": ("geological", "fire", "building")[count % 3], "title": f"隐患 {count}",
            "state": states[count % len(states)], "level": (None, "general", "major")[count % 3], "criteria": [],
            "location": f"SRID=4326;POINT({lon} {lat})", "centre": CENTRES[count % len(CENTRES)], "to_confirm": False,
            "found_at": now - timedelta(hours=count % 900), "received_at": now, "found_by": "bench", "found_centre": "140429",
            "source": "import", "duties": {}, "interim": [], "signed": [], "extensions": [], "photos": [], "incidents": [],
            "recurred": 0, "steps": [], "times": {}, "synthetic": True, "ahead": False, "live": True,
        })  # fmt: skip
    return found
