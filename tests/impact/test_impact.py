"""The impact of an incident and of a drawn shape over HTTP: what lies inside, who lives there, who can be there when; to each what
its lists show; what is not known is said, never counted as nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from command.core.map.joining import Part
from command.core.map.layers import LAYERS, Column, Feature, LayerWish, layer
from command.core.node import Node
from command.core.queries import QUERIES
from dispatch.impact import ground
from tests.county import COUNTY, DRILL, NOISE, NOISE_VILLAGE, OTHER, OTHER_VILLAGE, TOWN, VILLAGE, County
from tests.doors import Doors
from tests.roads.nets import in_force

LON, LAT = 112.86, 36.8302
SCENE = {"type": "Point", "coordinates": [LON, LAT]}
NORTH_1KM = 1000 / 110_960
BOX = {
    "type": "Polygon",
    "coordinates": [[[112.85, 36.82], [112.89, 36.82], [112.89, 36.86], [112.85, 36.86], [112.85, 36.82]]],
}


def north(metres: float) -> dict[str, Any]:
    """A point so far north of the scene."""
    return {"type": "Point", "coordinates": [LON, LAT + NORTH_1KM * metres / 1000]}


def place(cast: County, kind: str, name: str, metres: float | None, **more: Any) -> str:
    """A named place so far north of the scene, or one without a point."""
    body = {"kind": kind, "name": name, "location": None if metres is None else north(metres), **more}
    made: str = cast.do("county_duty", "place.create", body)["id"]
    return made


@pytest.fixture
def scene(cast: County) -> str:
    """A coal mine's accident among places that people name, with far ones as noise."""
    place(
        cast,
        "village",
        "近村",
        800,
        village_code=VILLAGE,
        population=812,
        population_on="2023",
        population_source="统计年鉴",
    )
    place(cast, "hamlet", "近村东庄", 900, village_code=VILLAGE, population=90, population_on="2023")
    place(cast, "community", "无数社区", 1200)
    place(
        cast,
        "village",
        "远村",
        9000,
        population=4000,
        population_on="2020-11-01",
        population_source="人口普查",
    )
    place(cast, "school", "南沟小学", 1500)
    for metres in (2000, 12_000, 15_000, 20_000):
        place(cast, "reservoir", f"{metres} 米水库", metres)
    place(cast, "landmark", "老槐树", 100)
    place(cast, "hospital", "无址卫生院", None)
    made: str = cast.open(
        "town_duty", title="透水", kind="coal_mine", village_code=None, location=SCENE, centre=TOWN
    )["id"]
    return made


def of(found: dict[str, Any], role: str) -> dict[str, Any]:
    """What is told of one role."""
    return next(one for one in found["roles"] if one["role"] == role)


def names(found: dict[str, Any], role: str, inside: bool | None = None) -> list[str]:
    return [one["name"] for one in of(found, role)["items"] if inside in (None, one["inside"])]


def impact(client: Doors, who: str, incident: str, query: str = "", **options: Any) -> dict[str, Any]:
    """What somebody is told."""
    answer = client.get(who, f"/incidents/{incident}/impact{query}", **options)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json
    return told


def drawn(client: Doors, who: str, shape: dict[str, Any], **query: Any) -> Any:
    """The answer to a drawn shape."""
    more = "".join(f"&{name}={value}" for name, value in query.items())
    return client.get(who, f"/impact?shape={json.dumps(shape, separators=(',', ':'))}{more}")


def test_it_tells_what_lies_inside_and_the_nearest_beyond(client: Doors, scene: str) -> None:
    found = impact(client, "town_duty", scene, "?radius_m=3000")
    assert names(found, "people", True) == ["近村", "近村东庄", "无数社区"]
    assert names(found, "danger") == ["2000 米水库", "12000 米水库", "15000 米水库"]
    assert [one["inside"] for one in of(found, "danger")["items"]] == [True, False, False]
    assert of(found, "danger")["inside"] == 1
    assert of(found, "danger")["kinds"] == [
        {"code": "reservoir", "zh": "水库", "en": "reservoir", "count": 1}
    ]
    school = of(found, "care")["items"][0]
    assert (school["name"], school["distance_m"], school["bearing"]) == (
        "南沟小学",
        pytest.approx(1500, abs=3),
        0,
    )
    assert found["zone"]["area_km2"] == pytest.approx(28.27, abs=0.03)
    every = {one["name"] for role in found["roles"] for one in role["items"]}
    assert not every & {"老槐树", "无址卫生院", "透水"}
    assert names(impact(client, "town_duty", scene, "?radius_m=1000"), "people", True) == ["近村", "近村东庄"]


def test_people_are_counts_with_their_source_and_the_unknown_is_said(client: Doors, scene: str) -> None:
    found = impact(client, "town_duty", scene)
    people = of(found, "people")["people"]
    assert people == {
        "count": 812,
        "known": 1,
        "unknown": 1,
        "oldest": "2023",
        "undated": False,
        "sources": ["人工登记", "统计年鉴"],
    }
    assert of(found, "people")["items"][0]["people"] == {"count": 812, "on": "2023", "source": "统计年鉴"}
    assert of(found, "people")["items"][2]["people"] is None
    empty = drawn(client, "town_duty", {"type": "Point", "coordinates": [113.2, 37.0]}, radius_m=500).json
    assert of(empty, "people")["people"]["count"] is None


def test_what_has_no_place_and_what_nobody_keeps_is_said(client: Doors, cast: County, scene: str) -> None:
    before = {one["role"]: one["count"] for one in impact(client, "county_duty", scene)["unplaced"]}
    assert before["care"] == 1
    place(cast, "care_home", "无址敬老院", None)
    cast.open("noise_duty", title="只有文字", village_code=NOISE_VILLAGE)
    after = {one["role"]: one["count"] for one in impact(client, "county_duty", scene)["unplaced"]}
    assert (after["care"], after["people"]) == (2, before["people"])
    assert after["incident"] == before.get("incident", 0) + 1
    assert {one["role"]: one["why"] for one in impact(client, "town_duty", scene)["absent"]}[
        "depot"
    ] == "none"


def test_a_register_without_a_row_is_no_count_of_nothing(client: Doors, cast: County) -> None:
    bare = cast.open("town_duty", village_code=None, location=SCENE, centre=TOWN)["id"]

    def told() -> dict[str, Any]:
        return {one["role"]: one["registered"] for one in impact(client, "county_duty", bare)["roles"]}

    before = told()
    assert (before["care"], before["closure"], before["warned"]) == (False, None, None)
    place(cast, "care_home", "无址敬老院", None)
    assert told()["care"] is True
    place(cast, "mine", "远矿", 30_000)
    assert told()["danger"] is True


def test_it_is_fresh_after_each_change(client: Doors, cast: County, scene: str) -> None:
    impact(client, "town_duty", scene)
    new = place(cast, "mine", "新矿", 500)
    assert names(impact(client, "town_duty", scene), "danger", True) == ["新矿", "2000 米水库"]
    cast.do("county_duty", "place.withdraw", {"id": new})
    assert names(impact(client, "town_duty", scene), "danger", True) == ["2000 米水库"]


def test_from_memory_and_from_the_rows_it_tells_the_same(client: Doors, cast: County, scene: str) -> None:
    actor = cast.actor("town_duty")
    asked = {"id": scene, "radius_m": "5000"}
    rows = cast.node.look(lambda view: view.ask("incident.impact", **asked), actor)
    memory = cast.node.ask("incident.impact", asked, actor)
    assert {**rows, "computed_at": None} == {**memory, "computed_at": None}
    assert len(ground.joined(actor)) >= 3


def test_each_sees_of_others_only_what_its_lists_show(client: Doors, cast: County, scene: str) -> None:
    cast.open(
        "noise_duty",
        title="邻乡火情",
        kind="forest_fire",
        village_code=None,
        location=north(300),
        centre=NOISE,
    )
    assert names(impact(client, "county_duty", scene), "incident") == ["邻乡火情"]
    assert names(impact(client, "town_duty", scene), "incident") == []
    assert client.get("other_duty", f"/incidents/{scene}/impact").status_code == 404
    assert client.get("other_duty", "/incidents/nothing/impact").status_code == 404
    shape = drawn(client, "other_duty", BOX).json
    assert names(shape, "incident") == []
    assert client.get("village", f"/incidents/{scene}/impact").status_code == 403
    assert client.get(None, f"/incidents/{scene}/impact").status_code == 401
    cast.do("town_duty", "incident.share", {"id": scene, "centre": OTHER})
    assert names(impact(client, "other_duty", scene), "people", True)[0] == "近村"


def test_a_drill_sees_none_of_lifes_incidents(client: Doors, cast: County, scene: str) -> None:
    there = cast.open("town_duty", title="演练", village_code=None, location=SCENE, centre=TOWN, world=DRILL)[
        "id"
    ]
    actor = cast.actor("town_duty", DRILL)
    found = cast.node.ask("incident.impact", {"id": there}, actor, DRILL)
    assert (names(found, "incident"), names(found, "people", True)[0]) == ([], "近村")
    assert client.get("town_duty", f"/incidents/{there}/impact").status_code == 404


def test_an_incident_without_a_point_is_told_around_its_villages_point_or_not_at_all(
    client: Doors, cast: County, scene: str
) -> None:
    known = impact(client, "town_duty", cast.open("town_duty", title="漫堤")["id"])
    assert known["text"]["zh"] == "以登记的村庄点为中心：近村"
    assert known["zone"]["middle"]["coordinates"] == pytest.approx(north(800)["coordinates"])
    unknown = impact(
        client, "noise_duty", cast.open("noise_duty", title="无点", village_code=NOISE_VILLAGE)["id"]
    )
    assert (unknown["zone"], unknown["roles"], unknown["dominoes"]) == (None, [], [])
    assert "没有坐标" in unknown["text"]["zh"]


def test_a_drawn_shape_is_told_like_an_incident_and_by_the_kind_that_is_feared(
    client: Doors, scene: str
) -> None:
    found = drawn(client, "town_duty", BOX).json
    assert set(names(found, "people", True)) == {"无数社区", "近村", "近村东庄"}
    assert names(found, "incident") == ["透水"]
    assert {one["code"] for one in found["dominoes"]} == {"site-dam-people"}
    feared = drawn(client, "town_duty", BOX, kind="rainstorm").json
    over = [one["thing"]["name"] for one in feared["dominoes"] if one["code"] == "water-reservoir"]
    assert over == ["2000 米水库", "12000 米水库"]
    line = {"type": "LineString", "coordinates": [[112.85, 36.8302], [112.87, 36.8302]]}
    assert names(drawn(client, "town_duty", line, radius_m=1000).json, "people", True) == ["近村", "近村东庄"]


REFUSED = (
    ("shape=xx", "GeoJSON"),
    ('shape={"type":"Point","coordinates":[112,36]}', "radius_m"),
    ("shape=%7B%7D&radius_m=5", "几何"),
    ('shape={"type":"Point","coordinates":[112,36]}&radius_m=60000', "50000"),
    ('shape={"type":"Point","coordinates":[200,36]}&radius_m=9', "经度"),
    ('shape={"type":"LineString","coordinates":[[100,30],[110,36]]}&radius_m=9', "2 度"),
    ('shape={"type":"Point","coordinates":[112,36]}&radius_m=9&kind=dragon', "dragon"),
    ("radius_m=9", ""),
)


def test_it_says_what_it_cannot_use(client: Doors, scene: str) -> None:
    for query, says in REFUSED:
        answer = client.get("town_duty", f"/impact?{query}")
        assert answer.status_code == 422, query
        assert says in answer.json["said"]["zh"]
        assert answer.json["said"]["en"]
    for radius in ("99", "50001", "x", "-1"):
        assert client.get("town_duty", f"/incidents/{scene}/impact?radius_m={radius}").status_code == 422


def test_a_mine_beside_a_reservoir_is_told_as_what_may_follow(client: Doors, scene: str) -> None:
    first = impact(client, "town_duty", scene, "?radius_m=500")["dominoes"][0]
    assert (first["code"], first["thing"]["name"], first["thing"]["inside"]) == (
        "mine-water",
        "2000 米水库",
        False,
    )
    assert first["distance_m"] == pytest.approx(2000, abs=3)
    assert first["why"]["zh"]
    assert first["why"]["en"]


def team(cast: County, name: str, metres: float, centre: str = COUNTY) -> None:
    body = {
        "name": name,
        "type": "county_general",
        "centre": centre,
        "skills": ["water"],
        "base": north(metres),
    }
    made = cast.do("system", "team.create", body)["id"]
    cast.do("system", "team.duty", {"id": made, "on_duty": True})


def test_teams_stand_in_bands_of_minutes_by_the_straight_line(
    client: Doors, cast: County, scene: str
) -> None:
    team(cast, "近队", 1000)
    team(cast, "远队", 16_000, NOISE)
    found = impact(client, "county_duty", scene)["teams"]
    told = {
        one["name"]: (band["minutes"], one["drive_s"]) for band in found["bands"] for one in band["items"]
    }
    assert told["近队"] == (15, pytest.approx(126, abs=2))
    assert told["远队"][0] == 60
    assert [band["by_then"] for band in found["bands"]] == sorted(band["by_then"] for band in found["bands"])
    assert (found["basis"]["code"], found["basis"]["zh"]) == ("straight", "直线估算")
    own = impact(client, "town_duty", scene)["teams"]
    assert {one["name"] for band in own["bands"] for one in band["items"]} == {"丰州综合队", "丰州二队"}


def test_times_go_by_the_roads_where_a_net_is_in_force(client: Doors, cast: County, scene: str) -> None:
    in_force(cast)
    cast.do("system", "team.create", {"name": "西队", "type": "county_general", "centre": COUNTY, "skills": ["water"],
                                      "base": {"type": "Point", "coordinates": [112.84, 36.83]}})  # fmt: skip
    west = next(
        one["id"]
        for one in client.get("county_duty", "/teams?limit=100").json["items"]
        if one["name"] == "西队"
    )
    cast.do("system", "team.duty", {"id": west, "on_duty": True})
    cast.do(
        "county_duty",
        "place.create",
        {"kind": "chemical", "name": "西库", "location": {"type": "Point", "coordinates": [112.84, 36.83]}},
    )

    def told() -> tuple[dict[str, Any], dict[str, Any]]:
        found = impact(client, "county_duty", scene)
        assert found["teams"]["basis"]["code"] == "road"
        every = [
            *(one for band in found["teams"]["bands"] for one in band["items"]),
            *found["teams"]["cut_off"],
        ]
        return next(one for one in every if one["name"] == "西队"), of(found, "danger")["items"][0]

    mine, store = told()
    assert (mine["basis"], mine["distance_m"]) == ("road", pytest.approx(1783, abs=20))
    assert (store["name"], store["drive"]["basis"]) == ("西库", "road")
    cast.do(
        "town_duty",
        "closure.add",
        {
            "shape": {"type": "LineString", "coordinates": [[112.85, 36.82], [112.85, 36.86]]},
            "cause": "flood",
        },
    )
    mine, store = told()
    assert (mine["eta_s"], store["drive"]["seconds"]) == (None, None)


def test_a_layer_joins_by_one_word_and_is_refused_a_word_that_nobody_knows(
    client: Doors, cast: County, scene: str
) -> None:
    from shapely import Point

    def shelters(view: object, wish: LayerWish) -> list[Feature]:
        """Shelters."""
        return [
            Feature("s1", Point(LON, LAT), {"name": "体育馆", "free": 120}),
            Feature("s2", Point(LON, LAT), {"name": "中学", "free": None}),
        ]

    told: dict[str, Any] = {
        "zh": "场所", "en": "Shelters", "needs": "layer.read", "geometry": "point", "refreshed_by": (),
        "columns": (Column("name", "text", "名称", "Name"), Column("free", "integer", "空位", "Free")),
    }  # fmt: skip
    with pytest.raises(TypeError, match="an impact knows"):
        layer("tests_shelters", impact="castle", **told)(shelters)
    with pytest.raises(TypeError, match="does not have"):
        layer("tests_shelters", impact=Part("shelter", facts=("colour",)), **told)(shelters)
    try:
        layer("tests_shelters", impact=Part("shelter", facts=("free",), sums=("free",)), **told)(shelters)
        found = of(impact(client, "town_duty", scene), "shelter")
    finally:
        LAYERS.pop("tests_shelters", None)
    assert sorted(one["name"] for one in found["items"]) == ["中学", "体育馆"]
    assert found["sums"] == [{"name": "free", "zh": "空位", "en": "Free", "sum": 120, "unknown": 1}]


@pytest.mark.parametrize("radius", [100, 1500, 3000, 13_000, 50_000])
def test_it_tells_the_same_from_the_database_before_the_layers_are_in_memory(
    cast: County, scene: str, radius: int
) -> None:
    for number in range(12):
        place(
            cast,
            ("village", "school", "chemical", "power")[number % 4],
            f"另 {number}",
            700.0 * number,
            population=number,
        )
    cast.do(
        "county_duty",
        "place.edit",
        {"id": place(cast, "hospital", "迁走", 50), "location": north(40_000)},
        version=1,
    )
    actor, wish = cast.actor("county_duty"), {"id": scene, "radius_m": radius}
    warm = cast.node.ask("incident.impact", wish, actor)
    cold = cast.node.look(lambda view: QUERIES["incident.impact"].answer(view, wish), actor)
    assert {**cold, "computed_at": None} == {**warm, "computed_at": None}


def test_it_tells_after_every_change_what_it_would_tell_from_the_start(cast: County, scene: str) -> None:
    actor, wish = cast.actor("county_duty"), {"id": scene, "radius_m": 5000}

    def told(node: Node) -> dict[str, Any]:
        return {**node.ask("incident.impact", wish, actor), "computed_at": None}

    def same() -> dict[str, Any]:
        before, cast.node.stocks = cast.node.stocks, None
        anew = told(cast.node)
        cast.node.stocks = before
        assert told(cast.node) == anew
        return anew

    same()
    made = place(
        cast, "village", "新村", 300, population=50, village_code=OTHER_VILLAGE, population_source="村委会"
    )
    assert "新村" in names(same(), "people")
    moved = cast.do("county_duty", "place.edit", {"id": made, "location": north(30_000)}, version=1)
    assert "新村" not in names(same(), "people", True)
    cast.do(
        "county_duty",
        "place.edit",
        {"id": made, "kind": "school", "location": north(10)},
        version=moved["version"],
    )
    assert names(same(), "care")[0] == "新村"
    cast.do("county_duty", "place.edit", {"id": made, "location": None}, version=moved["version"] + 1)
    assert "新村" not in names(same(), "care")
    cast.open(
        "town_duty", title="邻事", kind="forest_fire", village_code=None, location=north(500), centre=TOWN
    )
    assert "邻事" in names(same(), "incident")


def test_an_import_brings_counts_of_people_with_their_source(cast: County) -> None:
    from command.core.importers import IMPORTERS, SourceRow

    row = SourceRow(
        1, "县统计局", "v1", "wgs84", {"name": "甲村", "population": 300, "population_on": "2024"}, None
    )
    made = cast.do("county_duty", "place.create", IMPORTERS["places"].payload(row))
    assert (made["population"], made["population_on"], made["population_source"]) == (300, "2024", "县统计局")
    emptied = cast.do(
        "county_duty", "place.edit", {"id": made["id"], "population": None}, version=made["version"]
    )
    assert (emptied["population"], emptied["population_source"]) == (None, None)
