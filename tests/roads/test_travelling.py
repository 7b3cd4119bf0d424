"""Ways as they are asked for: over the net in force and around what is closed, at once, in the right world, or plainly estimated."""

from __future__ import annotations

from typing import Any

import pytest

from command.core.access import system_actor
from command.core.errors import Invalid
from command.roads import nets
from tests.county import COUNTY, DRILL, County
from tests.doors import Doors
from tests.roads.nets import in_force, ladder

A, B = "112.805,36.83", "112.915,36.83"
MIDDLE = {"type": "Point", "coordinates": [112.85, 36.83]}


def way(
    client: Doors, who: str = "county_duty", start: str = A, goal: str = B, more: str = ""
) -> dict[str, Any]:
    """The way from one place to another."""
    found: dict[str, Any] = client.get(who, f"/routes?from={start}&to={goal}{more}").json
    return found


def names(found: dict[str, Any]) -> list[str]:
    """The roads of a way."""
    return [step["name"] for step in found["steps"]]


def test_it_says_that_it_only_estimates_where_no_roads_are_loaded(client: Doors) -> None:
    found = way(client)
    assert found["basis"]["code"] == "straight"
    assert found["basis"]["say"]["zh"] == "直线 × 1.4，40 km/h 估算（未导入路网）"
    assert found["geometry"]["coordinates"] == [[112.805, 36.83], [112.915, 36.83]]
    assert found["duration_s"] == pytest.approx(found["distance_m"] / (40 / 3.6), abs=2)
    bands = client.get("county_duty", f"/isochrones?at={A}&minutes=15,30").json
    assert [one["properties"]["minutes"] for one in bands["features"]] == [30, 15]


def test_it_finds_the_way_by_its_roads(cast: County, client: Doors) -> None:
    in_force(cast)
    found = way(client)
    assert (found["basis"]["code"], found["reachable"], names(found)) == ("road", True, ["南路"])
    assert found["steps"][0]["ref"] == "X101"
    assert found["duration_s"] == pytest.approx(found["distance_m"] / (50 / 3.6), abs=2)
    assert found["basis"]["say"]["zh"] == "路网・测试路网 2026-11"
    assert way(client, who="other_team", more="&vehicle=foot")["duration_s"] > 4 * found["duration_s"]
    far = way(client, goal="113.5,36.8")
    assert (far["basis"]["code"], far["basis"]["say"]["en"][-23:]) == ("straight", "(too far from any road)")


def test_a_closure_changes_the_way_at_once_and_lifting_it_changes_it_back(
    cast: County, client: Doors
) -> None:
    in_force(cast)
    free = way(client)
    shut = cast.do("town_duty", "closure.add", {"shape": MIDDLE, "cause": "landslide"})
    round_ = way(client)
    assert names(round_) == ["南路", "0号联络线", "北路", "6号联络线", "南路"]
    assert round_["duration_s"] > free["duration_s"] + 120
    assert "已避开封路 1 处" in round_["basis"]["say"]["zh"]
    both = {"type": "LineString", "coordinates": [[112.85, 36.82], [112.85, 36.86]]}
    wall = cast.do("county_duty", "closure.add", {"shape": both, "cause": "flood"})
    cut = way(client)
    assert (cut["reachable"], set(cut["closures"])) == (False, {shut["id"], wall["id"]})
    cast.do("county_duty", "closure.lift", {"id": wall["id"]})
    cast.do("town_duty", "closure.lift", {"id": shut["id"]})
    assert way(client)["duration_s"] == free["duration_s"]


def test_it_stops_only_whom_the_closure_bars(cast: County, client: Doors) -> None:
    in_force(cast)
    cast.do("town_duty", "closure.add", {"shape": MIDDLE, "cause": "bridge", "bars": ["truck"]})
    assert names(way(client)) == ["南路"]
    assert "北路" in names(way(client, more="&vehicle=truck"))


def test_it_drives_up_to_what_is_closed_and_says_how_far_is_left(cast: County, client: Doors) -> None:
    in_force(cast)
    area = [[112.86, 36.82], [112.90, 36.82], [112.90, 36.84], [112.86, 36.84], [112.86, 36.82]]
    made = cast.do(
        "town_duty", "closure.add", {"shape": {"type": "Polygon", "coordinates": [area]}, "cause": "flood"}
    )
    found = way(client, goal="112.87,36.83")
    assert found["short_m"] == pytest.approx(892, abs=10)
    assert found["closures"] == [made["id"]]


def test_it_walks_over_to_what_is_nearer_than_any_road(cast: County, client: Doors) -> None:
    in_force(cast)
    found = way(client, start="112.85,36.815", goal="112.8505,36.815")
    assert found["distance_m"] == pytest.approx(45, abs=3)
    assert found["duration_s"] < 30
    wish = {"starts": [(112.85, 36.815)], "goals": [(112.8505, 36.815)]}
    assert cast.node.ask("roads.matrix", wish, cast.actor("county_duty"))["seconds"][0][0] < 30


def test_a_drills_closure_changes_nothing_in_life(cast: County, client: Doors) -> None:
    in_force(cast)
    free = way(client)
    cast.do("county_duty", "closure.add", {"shape": MIDDLE, "cause": "flood"}, world=DRILL)
    assert way(client)["duration_s"] == free["duration_s"]
    wish = {"from": A, "to": B}
    drill = cast.node.ask("roads.route", wish, cast.actor("county_duty", DRILL), DRILL)
    assert drill["duration_s"] > free["duration_s"]


def test_it_marks_a_drawn_net_wherever_it_is_used(cast: County, client: Doors) -> None:
    made = in_force(cast, synthetic=True)
    assert way(client)["basis"]["zh"] == "示意路网"
    features = client.get("county_duty", "/layers/roads?limit=1000").json["features"]
    assert len(features) == made["counts"]["stretches"]
    assert {one["properties"]["note"] for one in features} == {"示意"}


def test_one_net_takes_the_place_of_another_and_goes_back(cast: County, client: Doors) -> None:
    first = in_force(cast)
    assert in_force(cast)["id"] == first["id"]
    second = in_force(cast, source="新路网")
    assert (second["replaces"], way(client)["basis"]["source"]) == (first["id"], "新路网")
    cast.do("admin", "road_net.withdraw", {"id": second["id"]})
    assert way(client)["basis"]["source"] == "测试路网 2026-11"
    cast.do("admin", "road_net.withdraw", {"id": first["id"]})
    assert way(client)["basis"]["code"] == "straight"
    assert [one["live"] for one in client.get("county_duty", "/road_nets").json["items"]] == [False, False]


def test_it_falls_back_when_the_file_is_gone_or_spoiled(cast: County, client: Doors) -> None:
    net = ladder()
    made = in_force(cast, net)
    with pytest.raises(Invalid):
        cast.act("admin", "road_net.take", {"file": "0" * 64, "source": "无此文件", "licence": "ODbL"})
    path = nets.path_of(cast.node.data_dir, made["file"])
    path.unlink()
    from command.roads import ways

    ways.forget()
    assert way(client)["basis"]["code"] == "straight"
    path.write_bytes(b"spoiled")
    assert way(client)["basis"]["code"] == "straight"


def test_it_answers_many_at_once_for_other_slices(cast: County) -> None:
    in_force(cast)
    wish = {
        "starts": [(112.805, 36.83), (112.9, 36.85)],
        "goals": [(112.915, 36.83), (113.5, 36.8), (112.805, 36.83)],
    }
    told = cast.node.ask("roads.matrix", wish, system_actor(COUNTY))
    assert told["basis"]["code"] == "road"
    assert told["seconds"][0][1] is None
    assert told["seconds"][0][2] == 0
    assert told["seconds"][1][0] > 0


WAY, REACH = "/routes?from=1,2&", "/isochrones?at=1,2&minutes="


@pytest.mark.parametrize(
    "asked",
    [WAY, f"{WAY}to=3", "/routes?from=a,b&to=1,2", f"{WAY}to=3,4&vehicle=boat", "/isochrones?at=181,2",
     *(f"{REACH}{bad}" for bad in ("0", "15,x", "1,2,3,4,5,6,7", "241"))],
)  # fmt: skip
def test_it_refuses_what_it_cannot_read(client: Doors, asked: str) -> None:
    assert client.get("county_duty", asked).status_code == 422
    assert client.get("keeper", "/routes?from=1,2&to=3,4").status_code == 403
