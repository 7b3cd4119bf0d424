"""Danger areas: who may declare, change and lift them, that time lifts none, and that a drill's is no danger in life."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from command.core import clock, due
from command.core.errors import Invalid
from command.dangers.queries import in_force
from tests.county import DRILL, NOISE, OTHER, POINT, TOWN, County
from tests.doors import Doors
from tests.places.official import official

RING = [[112.86, 36.83], [112.87, 36.83], [112.87, 36.84], [112.86, 36.84], [112.86, 36.83]]
HOLE = [[112.863, 36.833], [112.863, 36.837], [112.867, 36.837], [112.867, 36.833], [112.863, 36.833]]
AREA = {"type": "Polygon", "coordinates": [RING, HOLE]}
BODY = {"sort": "flood", "reason": "浊漳河南皋段漫堤", "shape": AREA}


def declare(cast: County, who: str = "town_duty", world: int = 0, **body: Any) -> dict[str, Any]:
    """A danger area of somebody's."""
    return cast.do(who, "danger_area.declare", {**BODY, **body}, world=world)


def standing(cast: County, world: int = 0) -> list[str]:
    """The areas in force."""
    return cast.node.database.read(lambda session: [one.id for one in in_force(session)], world=world)


def promised(cast: County) -> set[str]:
    """What time is asked to do with danger areas."""
    keys = sa.select(due.Due.key).where(due.Due.key.startswith("danger_area."))
    return cast.node.database.read(lambda session: set(session.execute(keys).scalars()), world=0)


def alarms(cast: County, client: Doors, who: str = "county_duty") -> dict[str, str]:
    """cause → title of the live alarms."""
    found = client.get(who, "/alarms?live=true&limit=1000").json["items"]
    return {one["cause"]: one["title"]["zh"] for one in found if one["cause"].startswith("danger")}


def test_all_who_may_come_near_know_it_and_why(cast: County, client: Doors) -> None:
    declare(cast, "noise_duty", sort="power", reason="断线")
    made = declare(cast, ends_at=clock.wire(clock.real() + timedelta(hours=2)))
    assert (made["state"], made["centre"], made["declared_by"], made["shape"]) == (
        "in_force",
        TOWN,
        "甲 town_duty",
        AREA,
    )
    for who in ("county_duty", "other_duty", "other_team", "water_duty", "wall", "village"):
        found = client.get(who, f"/danger_areas?live=true&centre={TOWN}").json["items"]
        assert [one["id"] for one in found] == [made["id"]], who
    assert client.get("keeper", "/danger_areas").status_code == 403
    assert client.get("security", f"/danger_areas/{made['id']}").status_code == 404


def test_it_belongs_to_its_incident_which_the_declarer_must_see(cast: County, client: Doors) -> None:
    here, there = cast.open("town_duty"), cast.noise["incident"]
    made = declare(cast, "county_duty", incident_id=here["id"])
    assert (made["incident_id"], made["centre"]) == (here["id"], TOWN)
    for unseen in (there, "01999999-0000-7000-8000-000000000000"):
        answer = client.post("town_duty", "/danger_areas", {**BODY, "incident_id": unseen})
        assert (answer.status_code, answer.json["detail"]) == (422, "没有这起事件")
    told = client.get("town_duty", f"/incidents/{here['id']}/timeline").json["items"]
    assert [one["type"] for one in told if one["type"].startswith("danger_area")] == ["danger_area.declared"]


def test_a_circle_is_kept_as_it_was_given_and_as_an_area(cast: County) -> None:
    made = declare(cast, sort="toxic", shape=None, point=POINT, radius_m=500)
    assert (made["point"], made["radius_m"], made["shape"]["type"]) == (POINT, 500, "Polygon")
    changed = cast.do(
        "town_duty", "danger_area.change", {"id": made["id"], "point": POINT, "radius_m": 800}, version=1
    )
    assert (changed["radius_m"], changed["changed_by"], changed["reason"]) == (
        800,
        "甲 town_duty",
        made["reason"],
    )
    assert changed["shape"] != made["shape"]
    drawn = cast.do("town_duty", "danger_area.change", {"id": made["id"], "shape": AREA}, version=2)
    assert (drawn["point"], drawn["radius_m"], drawn["shape"]) == (None, None, AREA)


def test_only_a_person_lifts_it_and_says_why(cast: County, client: Doors) -> None:
    other = declare(cast, "other_duty")
    made = declare(cast, ends_at=clock.wire(clock.real() + timedelta(hours=2)))
    assert promised(cast) == {f"danger_area.ask:{made['id']}"}
    cast.do("system", "danger_area.ask", {"id": made["id"]})
    assert standing(cast) == sorted([other["id"], made["id"]])
    assert alarms(cast, client) == {f"danger_due:{made['id']}": "危险区已到预计时间"}
    assert client.post("town_duty", f"/danger_areas/{made['id']}/lift", {}).status_code == 422
    later = clock.wire(clock.real() + timedelta(hours=5))
    cast.do("town_duty", "danger_area.change", {"id": made["id"], "ends_at": later}, version=made["version"])
    assert alarms(cast, client) == {}
    assert cast.act("other_duty", "danger_area.lift", {"id": made["id"], "reason": "水退"}).status == 403
    lifted = cast.do("town_duty", "danger_area.lift", {"id": made["id"], "reason": "水退"})
    assert (lifted["state"], lifted["live"], lifted["lifted_by"], lifted["lifted_reason"]) == (
        "lifted",
        False,
        "甲 town_duty",
        "水退",
    )
    assert cast.act("county_duty", "danger_area.lift", {"id": made["id"], "reason": "水退"}).status == 409
    assert (standing(cast), promised(cast)) == ([other["id"]], set())


def test_it_begins_in_its_time_and_outlives_its_incident(cast: County, client: Doors) -> None:
    later = clock.wire(clock.real() + timedelta(hours=1))
    here = cast.open("town_duty")["id"]
    made = declare(cast, sort="blasting", begins_at=later, incident_id=here)
    assert (made["state"], standing(cast)) == ("planned", [])
    cast.do("system", "danger_area.begin", {"id": made["id"]})
    assert standing(cast) == [made["id"]]
    for to in ("verifying", "dismissed"):
        cast.do("town_duty", "incident.transition", {"id": here, "to": to, "reason": "误报"})
    assert standing(cast) == [made["id"]]
    assert alarms(cast, client, "town_duty") == {f"danger_due:{made['id']}": "事件已结束，危险区仍在"}
    assert alarms(cast, client, "noise_duty") == {}


def test_a_township_declares_on_its_own_ground_only(cast: County) -> None:
    cast.do("admin", "areas.import", official(TOWN, OTHER))
    from command.places import register

    lon, lat = register.cell(OTHER).anchor
    there = {"shape": None, "point": {"type": "Point", "coordinates": [lon, lat]}, "radius_m": 100}
    assert cast.act("town_duty", "danger_area.declare", {**BODY, **there}).status == 403
    assert declare(cast, "county_duty", **there)["centre"] == OTHER
    assert declare(cast, "other_duty", **there)["centre"] == OTHER
    assert cast.act("noise_duty", "danger_area.declare", {**BODY, "centre": TOWN}).status == 403
    assert declare(cast, "county_duty", centre=NOISE)["centre"] == NOISE


@pytest.mark.parametrize(
    "body",
    [
        {"shape": POINT},
        {"shape": {"type": "Polygon", "coordinates": [[[112, 36], [113, 37], [113, 36], [112, 37], [112, 36]]]}},
        {"shape": None},
        {"shape": None, "point": POINT},
        {"shape": None, "point": POINT, "radius_m": 5},
        {"point": POINT, "radius_m": 100},
        {"sort": "unknown"},
        {"reason": " "},
        {"ends_at": "2020-01-01T00:00:00Z"},
        {"centre": "140429999"},
    ],
)  # fmt: skip
def test_it_refuses_what_warns_of_nothing(cast: County, body: dict[str, Any]) -> None:
    before = cast.end()
    with pytest.raises(Invalid):
        cast.act("county_duty", "danger_area.declare", {**BODY, **body})
    assert cast.end() == before


def test_a_drills_area_is_no_danger_in_life(cast: County) -> None:
    life, drill = declare(cast), declare(cast, "county_duty", world=DRILL)
    assert (standing(cast), standing(cast, DRILL)) == ([life["id"]], [drill["id"]])
    assert cast.act("county_duty", "danger_area.lift", {"id": drill["id"], "reason": "完"}).status == 404


def test_it_is_a_layer_of_the_map_and_a_part_of_an_impact(cast: County, client: Doors) -> None:
    declare(
        cast, "noise_duty", shape=None, point={"type": "Point", "coordinates": [113.2, 37.1]}, radius_m=50
    )
    made = declare(cast)
    found = client.get("other_duty", "/layers/danger_areas?bbox=112.8,36.8,112.9,36.9").json["features"]
    assert [(f["id"], f["properties"]["sort"], f["geometry"]) for f in found] == [(made["id"], "flood", AREA)]
    here = cast.open("town_duty", village_code=None, location=POINT, centre=TOWN)["id"]
    told = client.get("town_duty", f"/incidents/{here}/impact?radius_m=2000").json["roles"]
    assert [(one["zh"], one["inside"]) for one in told if one["role"] == "warned"] == [("危险区", 1)]
