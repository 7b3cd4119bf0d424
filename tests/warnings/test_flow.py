"""Warnings by form: weather is only relayed, our own are drafted by one and issued by another, all eight fields, who sees drafts."""

from __future__ import annotations

import pytest
from shapely.geometry import Polygon
from shapely.ops import unary_union

from command.core.errors import Invalid
from tests.county import OTHER, TOWN, County
from tests.doors import Doors
from tests.warnings import ground
from tests.warnings.caps import is_valid


def test_of_weather_nothing_is_authored(cast: County) -> None:
    for body in ({"relay": False}, {"relay": False, "source": "emergency"}):
        with pytest.raises(Invalid, match="weather service"):
            cast.act("county_duty", "warning.enter", ground.relayed(**body))
    assert ground.enter(cast)["state"] == "received"


def test_each_of_the_eight_of_article_64_is_needed(cast: County) -> None:
    """Design rule 4: the eight that a warning must carry (突发事件应对法 art. 64)."""
    for name in ("category", "level", "start_at", "area", "advice", "measures", "issuer", "issued_at"):
        body = {key: value for key, value in ground.relayed().items() if key != name}
        with pytest.raises(Invalid):
            cast.act("county_duty", "warning.enter", body)


def test_our_own_is_issued_by_another_than_drafted_it_and_seen_by_nobody_before(
    cast: County, client: Doors
) -> None:
    noise = ground.enter(cast, area={"codes": [OTHER]})
    made = cast.do("water_duty", "warning.enter", ground.own())
    assert made["state"] == "draft"
    for who, status in (("town_duty", 404), ("town_team", 404), ("county_duty", 200), ("water_duty", 200)):
        assert client.get(who, f"/warnings/{made['id']}").status_code == status, who
    ground.move(cast, "water_duty", made["id"], "reviewing")
    assert cast.act("water_duty", "warning.transition", {"id": made["id"], "to": "issued"}).status == 403
    issued = ground.move(cast, "county_leader", made["id"], "issued")
    assert (issued["state"], len(issued["checks"]), issued["missing"]) == ("issued", 11, [])
    assert client.get("town_team", f"/warnings/{made['id']}").status_code == 200
    assert client.get("town_team", f"/warnings/{noise['id']}").status_code == 404, "not relayed yet"
    bearer = {"Authorization": f"Bearer {cast.tokens['town_duty']}"}
    told = client.app.test_client().get(f"/cap/{issued['identifier']}.xml", headers=bearer)
    assert is_valid(told.data.decode())
    edit = {"id": made["id"], "level": "red"}
    waiting = cast.do("county_duty", "warning.edit", edit, version=issued["version"])
    assert (waiting["level"], waiting["pending"]["level"]) == ("orange", "red")
    assert cast.act("county_duty", "warning.transition", {"id": made["id"], "to": "updated"}).status == 403
    updated = ground.move(cast, "county_duty2", made["id"], "updated")
    assert (updated["state"], updated["level"]) == ("updated", "red")
    assert cast.act("county_duty", "warning.transition", {"id": made["id"], "to": "relayed"}).status == 409
    assert ground.move(cast, "county_duty", made["id"], "cancelled", reason="险情解除")["live"] is False
    told_all = client.get("county_duty", f"/cap_messages?warning_id={made['id']}").json["items"]
    assert sorted(one["alert"]["msgType"] for one in told_all) == ["Alert", "Cancel", "Update"]


def test_yellow_asks_for_less_than_red_and_it_is_a_layer(cast: County, client: Doors) -> None:
    made = ground.enter(cast)
    relayed = ground.move(cast, "county_duty", made["id"], "relayed")
    assert {one["law"] for one in relayed["checks"]} == {"突发事件应对法 第六十六条"}
    found = client.get("other_duty", "/layers/warnings").json["features"]
    assert [(one["id"], one["properties"]["basis"], one["properties"]["level"]) for one in found] == [
        (made["id"], "schematic", "yellow")
    ]
    assert relayed["struck"] == [TOWN]
    cast.do("system", "delivery.follow", {"upto": cast.end()})
    sent = client.get("county_duty", f"/deliveries?about_id={made['id']}").json["items"]
    assert [(one["purpose"], one["centre"]) for one in sent] == [("warning", TOWN)]


def test_the_holes_of_a_drawn_area_are_left_out_of_its_cap(cast: County, client: Doors) -> None:
    square = [[112.8, 36.8], [112.95, 36.8], [112.95, 36.9], [112.8, 36.9], [112.8, 36.8]]
    hole = [[112.85, 36.84], [112.88, 36.84], [112.88, 36.87], [112.85, 36.87], [112.85, 36.84]]
    drawn = {"type": "Polygon", "coordinates": [square, hole]}
    made = cast.do("county_duty", "warning.enter", ground.relayed(area={"shape": drawn}))
    ground.move(cast, "county_duty", made["id"], "relayed")
    (message,) = client.get("county_duty", f"/cap_messages?warning_id={made['id']}").json["items"]
    rings = message["alert"]["info"][0]["area"][0]["polygon"]
    parts = [
        Polygon([(float(lon), float(lat)) for lat, lon in (one.split(",") for one in ring.split())])
        for ring in rings
    ]
    assert all(part.is_valid for part in parts)
    assert abs(unary_union(parts).symmetric_difference(Polygon(square, [hole])).area) < 1e-9
    bearer = {"Authorization": f"Bearer {cast.tokens['county_duty']}"}
    assert is_valid(
        client.app.test_client().get(f"/cap/{made['identifier']}.xml", headers=bearer).data.decode()
    )
