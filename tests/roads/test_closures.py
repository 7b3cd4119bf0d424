"""Closing roads: who may, what time does by itself, and that a drill's closure closes nothing in life."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from command.core import clock, due
from command.core.errors import Invalid
from command.roads.models import Closure
from command.roads.queries import closed_now
from tests.county import DRILL, OTHER, POINT, TOWN, County
from tests.doors import Doors
from tests.places.official import official

LINE = {"type": "LineString", "coordinates": [[112.85, 36.83], [112.87, 36.83]]}
BODY = {"shape": POINT, "cause": "flood", "reason": "漫水桥过水 40 厘米"}


def add(cast: County, who: str = "town_duty", world: int = 0, **body: Any) -> dict[str, Any]:
    """Close a road."""
    return cast.do(who, "closure.add", {**BODY, **body}, world=world)


def shut(cast: County, world: int = 0) -> list[str]:
    """What is closed now."""
    return cast.node.database.read(lambda session: [one.id for one in closed_now(session)], world=world)


def promised(cast: County) -> set[str]:
    """What time is asked to do with closures."""
    keys = sa.select(due.Due.key).where(due.Due.key.startswith("closure."))
    return cast.node.database.read(lambda session: set(session.execute(keys).scalars()), world=0)


def test_it_tells_everybody_who_drives_whoever_closed_it(cast: County, client: Doors) -> None:
    made = add(cast)
    assert (made["state"], made["centre"], made["bars"]) == (
        "closed",
        TOWN,
        ["car", "truck", "offroad", "foot"],
    )
    for who in ("county_duty", "other_duty", "other_team", "water_duty", "wall", "village"):
        assert [one["id"] for one in client.get(who, "/closures?live=true").json["items"]] == [made["id"]]
    assert client.get("keeper", "/closures").status_code == 403
    assert client.get("security", f"/closures/{made['id']}").status_code == 404


def test_it_belongs_to_the_township_in_whose_official_area_it_lies(cast: County) -> None:
    cast.do("admin", "areas.import", official(TOWN, OTHER))
    from command.places import register

    there = {"type": "Point", "coordinates": list(register.cell(OTHER).anchor)}
    refused = cast.act("town_duty", "closure.add", {**BODY, "shape": there})
    assert refused.status == 403
    assert add(cast, "county_duty", shape=there)["centre"] == OTHER
    mine = add(cast, "other_duty", shape=there)
    assert cast.act("town_duty", "closure.lift", {"id": mine["id"]}).status == 403
    assert cast.do("county_duty", "closure.lift", {"id": mine["id"]})["lifted_by"] == "甲 county_duty"


def test_it_is_lifted_once_and_leaves_the_screens(cast: County) -> None:
    one, other = add(cast), add(cast)
    lifted = cast.do("town_duty", "closure.lift", {"id": one["id"], "reason": "水退"})
    assert (lifted["state"], lifted["live"], lifted["lifted_reason"]) == ("lifted", False, "水退")
    assert cast.act("town_duty", "closure.lift", {"id": one["id"]}).status == 409
    assert shut(cast) == [other["id"]]


def test_it_begins_and_ends_in_its_time(cast: County) -> None:
    now = clock.real()
    made = add(
        cast, begins_at=clock.wire(now + timedelta(hours=1)), ends_at=clock.wire(now + timedelta(hours=3))
    )
    assert made["state"] == "planned"
    assert shut(cast) == []
    assert promised(cast) == {f"closure.begin:{made['id']}", f"closure.expire:{made['id']}"}
    cast.do("system", "closure.begin", {"id": made["id"]})
    assert shut(cast) == [made["id"]]
    ended = cast.do("system", "closure.expire", {"id": made["id"]})
    assert (ended["state"], ended["lifted_reason"]) == ("lifted", "到期")
    assert cast.do("system", "closure.begin", {"id": made["id"]})["state"] == "lifted"
    assert promised(cast) == set()


NOTHING: list[dict[str, Any]] = [
    {"shape": {"type": "Point", "coordinates": [200, 36]}},
    {
        "shape": {
            "type": "Polygon",
            "coordinates": [[[112, 36], [113, 37], [113, 36], [112, 37], [112, 36]]],
        }
    },
    {"shape": {"type": "MultiPoint", "coordinates": [[112, 36]]}},
    {"shape": {"type": "LineString", "coordinates": [[112 + n / 1e4, 36] for n in range(501)]}},
    {"shape": POINT, "one_way": True},
    {"bars": []},
    {"bars": ["tank"]},
    {"cause": "unknown"},
    {"ends_at": "2026-01-01T00:00:00Z", "begins_at": "2026-02-01T00:00:00Z"},
    {"ends_at": "2020-01-01T00:00:00Z"},
    {"centre": "140429999"},
]


def test_it_refuses_what_closes_nothing(cast: County) -> None:
    before = cast.end()
    for body in NOTHING:
        with pytest.raises(Invalid):
            cast.act("county_duty", "closure.add", {**BODY, **body})
    assert cast.end() == before


def test_it_closes_in_its_own_world_only(cast: County) -> None:
    life = add(cast)
    drill = add(cast, "county_duty", world=DRILL, shape=LINE)
    assert (shut(cast), shut(cast, DRILL)) == ([life["id"]], [drill["id"]])
    assert cast.act("county_duty", "closure.lift", {"id": drill["id"]}).status == 404
    count = sa.select(sa.func.count()).select_from(Closure)
    assert cast.node.database.read(lambda session: session.execute(count).scalar_one(), world=DRILL) == 1
