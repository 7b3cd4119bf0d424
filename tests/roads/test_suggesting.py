"""Suggestions by the roads: a nearer team behind a closed road comes after a farther one, and each row says on what it rests."""

from __future__ import annotations

from typing import Any

import pytest

from dispatch.teams.words import TEAM_TYPES, vehicle_of
from tests.county import COUNTY, TOWN, County
from tests.doors import Doors
from tests.roads.nets import in_force

SCENE = {"type": "Point", "coordinates": [112.86, 36.8302]}


@pytest.fixture
def scene(cast: County) -> str:
    """An incident on 南路, a team two kilometres west of it, another four east."""
    for name, lon in (("西队", 112.84), ("东队", 112.905)):
        body = {"name": name, "type": "county_general", "centre": COUNTY, "skills": ["water", "evac"],
                "base": {"type": "Point", "coordinates": [lon, 36.83]}}  # fmt: skip
        cast.teams[name] = cast.do("system", "team.create", body)["id"]
    made: str = cast.open("town_duty", village_code=None, location=SCENE, centre=TOWN)["id"]
    return made


def suggested(client: Doors, scene: str) -> dict[str, Any]:
    """What the county's desk is offered."""
    found: dict[str, Any] = client.get("county_duty", f"/incidents/{scene}/suggestions").json
    return found


def of(found: dict[str, Any], name: str) -> dict[str, Any]:
    """The row of a team."""
    return next(one for one in found["items"] if one["team"]["name"] == name)


def places(found: dict[str, Any]) -> list[str]:
    """The two teams in their order."""
    return [one["team"]["name"] for one in found["items"] if one["team"]["name"] in ("西队", "东队")]


def test_it_says_that_it_estimates_by_the_straight_line(client: Doors, scene: str) -> None:
    found = suggested(client, scene)
    assert places(found) == ["西队", "东队"]
    assert {(one["basis"], one["estimate"]) for one in found["items"]} == {("straight", True)}
    assert found["basis"]["times"]["zh"] == "直线估算"
    assert found["basis"]["text"]["zh"] == "直线 × 1.4，40 km/h 估算"


def test_it_goes_by_the_roads_and_round_what_is_closed(cast: County, client: Doors, scene: str) -> None:
    in_force(cast)
    before = suggested(client, scene)
    assert places(before) == ["西队", "东队"]
    assert (of(before, "西队")["basis"], of(before, "西队")["estimate"]) == ("road", False)
    assert of(before, "西队")["distance_m"] == pytest.approx(1805, abs=20)
    assert before["basis"]["times"]["code"] == "road"
    west = {"type": "Point", "coordinates": [112.85, 36.83]}
    cast.do("town_duty", "closure.add", {"shape": west, "cause": "landslide"})
    after = suggested(client, scene)
    assert places(after) == ["东队", "西队"]
    assert of(after, "西队")["eta_s"] > of(before, "西队")["eta_s"] + 300
    assert of(after, "东队")["eta_s"] == of(before, "东队")["eta_s"]


def test_it_names_a_team_that_no_open_road_leads_from(cast: County, client: Doors, scene: str) -> None:
    in_force(cast)
    wall = {"type": "LineString", "coordinates": [[112.85, 36.82], [112.85, 36.86]]}
    cast.do("town_duty", "closure.add", {"shape": wall, "cause": "flood"})
    found = suggested(client, scene)
    cut = of(found, "西队")
    assert (cut["eta_s"], cut["distance_m"], cut["basis"]) == (None, None, "road")
    assert "道路不通（封路）" in cut["reasons"]
    assert places(found) == ["东队", "西队"]


def test_it_keeps_with_the_order_on_what_the_time_rested(cast: County, client: Doors, scene: str) -> None:
    in_force(cast, synthetic=True)
    assert of(suggested(client, scene), "西队")["basis"] == "sketch"
    task = cast.order("county_duty", scene, "西队")[0]
    assert (task["suggestion"]["basis"], task["suggestion"]["estimate"]) == ("sketch", True)


def test_every_type_of_team_has_a_vehicle_that_ways_know() -> None:
    from geo.drivable import VEHICLES

    assert {vehicle_of(one) for one in TEAM_TYPES} == {"car", "truck"}
    assert {"car", "truck"} <= set(VEHICLES)
