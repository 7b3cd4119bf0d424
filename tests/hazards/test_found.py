"""What is near a place and what lies in a box, found by an index: on both databases just what the geodesic says, and no more."""

from __future__ import annotations

import math
import random
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod
from sqlalchemy.orm import Session

from command.core.listing import parse
from command.core.store import spatial
from command.hazards.models import Hazard
from command.hazards.queries import HAZARDS
from tests.bench.hazards import fill
from tests.county import OTHER, TOWN, County
from tests.doors import Doors
from tests.hazards.ground import report

EARTH = Geod(ellps="WGS84")
LON, LAT = 112.86, 36.83


def at(lon: float, lat: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [lon, lat]}


def scattered(cast: County, number: int) -> dict[str, tuple[float, float]]:
    """Hazards of two townships at all distances up to some kilometres, beside those of the cast, and one in words only."""
    chance, found = random.Random(5), {}
    for one in range(number):
        lon, lat, _ = EARTH.fwd(
            LON, LAT, chance.uniform(0, 360), chance.choice([50, 499, 501, 1990, 2010, 9000])
        )
        lon, lat = round(lon, 7), round(lat, 7)
        who, centre = (("town_duty", TOWN), ("other_duty", OTHER))[one % 2]
        made = report(cast, who, title=f"第{one}处", location=at(lon, lat), village_code=None, centre=centre)
        found[made["id"]] = (lon, lat)
    report(cast, location=None, title="只知村")
    return found


def placed(client: Doors) -> dict[str, tuple[float, float]]:
    """The hazards that are there before, with their points."""
    items = client.get("county_duty", "/hazards?limit=1000").json["items"]
    return {one["id"]: tuple(one["location"]["coordinates"]) for one in items if one["location"]}


def ids(answer: Any) -> set[str]:
    assert answer.status_code == 200, answer.json
    return {one.get("hazard", one)["id"] for one in answer.json["items"]}


def test_near_and_in_a_box_are_those_of_the_geodesic_and_each_sees_its_own(
    cast: County, client: Doors
) -> None:
    places = placed(client) | scattered(cast, 24)
    mine = ids(client.get("town_duty", "/hazards?limit=1000"))
    assert 12 <= len(mine & set(places)) < len(places)
    for metres in (60, 500, 2000, 20_000):
        close = {one for one, (lon, lat) in places.items() if EARTH.inv(LON, LAT, lon, lat)[2] <= metres}
        asked = f"/hazards?near={LON},{LAT}&within={metres}&limit=1000"
        assert ids(client.get("county_duty", asked)) == close, metres
        assert ids(client.get("town_duty", asked)) == close & mine, metres
    box = (LON, LAT, LON + 0.01, LAT + 0.01)
    inside = {
        one for one, (lon, lat) in places.items() if box[0] <= lon <= box[2] and box[1] <= lat <= box[3]
    }
    assert 0 < len(inside) < len(places)
    assert ids(client.get("county_duty", f"/hazards?bbox={','.join(map(str, box))}&limit=1000")) == inside
    nearest = client.get("county_duty", f"/hazards/near?lon={LON}&lat={LAT}&metres=20000").json
    away = [one["distance_m"] for one in nearest["items"]]
    assert away == sorted(away)
    assert (len(away), nearest["more"]) == (20, len(places) - 20)


def test_what_is_put_elsewhere_is_found_there_and_no_longer_here(cast: County, client: Doors) -> None:
    made = report(cast, location=at(LON, LAT))
    body = {"location": at(LON + 0.1, LAT)}
    moved = client.patch("town_duty", f"/hazards/{made['id']}", body, version=made["version"])
    assert moved.status_code == 200, moved.json
    assert ids(client.get("town_duty", f"/hazards?near={LON},{LAT}&within=1000")) == set()
    assert ids(client.get("town_duty", f"/hazards?near={LON + 0.1},{LAT}&within=1000")) == {made["id"]}


def test_it_is_found_by_the_index_on_either_database(cast: County) -> None:
    fill(cast.node.database.url.render_as_string(hide_password=False), 3000)
    with cast.node.database.engine.begin() as owner:
        owner.exec_driver_sql("ANALYZE")  # a server does it by itself
    actor = cast.actor("county_duty")
    asked = parse(HAZARDS, {"bbox": "112.85,36.82,112.87,36.84"})

    def plan(session: Session) -> str:
        query = sa.select(Hazard.id).where(
            HAZARDS.visible(actor), *asked.criteria, spatial.within_metres(session, Hazard.location, LON, LAT, 500)
        )  # fmt: skip
        connection = session.connection()
        how = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "
        said: list[tuple[str, Any]] = []
        sa.event.listen(connection, "before_cursor_execute", lambda *given: said.append((given[2], given[3])))
        session.execute(query)
        statement, values = said[0]
        return "\n".join(str(row) for row in connection.exec_driver_sql(how + statement, values))

    told = cast.node.database.read(plan, world=0)
    assert "ix_hazard_location_found" in told, told


@given(
    st.floats(-180, 180), st.floats(-90, 90), st.floats(0, 1.2e6), st.floats(0, 360), st.floats(0, 1)
)  # fmt: skip
def test_the_box_around_a_place_holds_all_that_is_near(
    lon: float, lat: float, metres: float, azimuth: float, share: float
) -> None:
    box = spatial._box(lon, lat, metres)
    if box is None:
        assert metres > 900_000 or abs(lat) > 60 or abs(lon) > 100
        return
    x, y, _ = EARTH.fwd(lon, lat, azimuth, metres * share)
    west, south, east, north = box
    assert west <= x <= east or math.isclose(x, west, abs_tol=1e-9)
    assert south <= y <= north or math.isclose(y, south, abs_tol=1e-9)


@pytest.mark.parametrize("near", ["179.9999,36.8", "-179.9999,36.8", "112.8,89.9"])
def test_at_the_edges_of_the_map_the_question_is_answered_too(client: Doors, near: str) -> None:
    assert client.get("county_duty", f"/hazards?near={near}&within=5000").json["items"] == []
