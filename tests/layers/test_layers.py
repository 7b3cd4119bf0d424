"""Layers over HTTP: the list with its legends, pages of GeoJSON, what may be asked of them, and who sees what."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from command.core.map.layers import LAYERS, Column, Feature, LayerWish, Style, layer
from tests.county import DRILL, NOISE, OTHER, TOWN, County
from tests.doors import Doors

HERE = {"type": "Point", "coordinates": [112.861, 36.831]}
THERE = {"type": "Point", "coordinates": [112.95, 36.9812345678]}


def features(client: Doors, who: str, layer: str, query: str = "", **options: Any) -> list[dict[str, Any]]:
    """The features that somebody gets."""
    answer = client.get(who, f"/layers/{layer}{query}", **options)
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "application/geo+json"
    assert answer.json["type"] == "FeatureCollection"
    found: list[dict[str, Any]] = answer.json["features"]
    return found


def names(found: list[dict[str, Any]], column: str = "title") -> list[str]:
    return [one["properties"][column] for one in found]


def placed(cast: County, who: str, title: str, location: dict[str, Any], **body: Any) -> str:
    """An incident with a point."""
    thing: str = cast.open(who, title=title, village_code=None, location=location, **body)["id"]
    return thing


def test_it_lists_the_layers_of_a_role_with_their_legends(client: Doors) -> None:
    listed = client.get("county_duty", "/layers").json["items"]
    assert [one["id"] for one in listed] == list(LAYERS)
    incidents = next(one for one in listed if one["id"] == "incidents")
    assert (incidents["zh"], incidents["en"], incidents["geometry"]) == ("事件", "Incidents", "point")
    level = next(one for one in incidents["columns"] if one["name"] == "level")
    assert level["values"][0] == {"code": "I", "zh": "特别重大", "en": "Particularly serious"}
    assert client.get(None, "/layers").status_code == 401
    assert "teams" not in [one["id"] for one in client.get("village", "/layers").json["items"]]


def test_it_refuses_by_role_and_knows_no_other_layers(client: Doors) -> None:
    assert client.get("village", "/layers/teams").status_code == 403
    assert client.get("auditor", "/layers/incidents").status_code == 403
    assert client.get("county_duty", "/layers/nothing").status_code == 404


def test_it_shows_to_each_what_the_lists_show(client: Doors, cast: County) -> None:
    own = placed(cast, "town_duty", "丰州漫堤", HERE, centre=TOWN)
    placed(cast, "noise_duty", "噪声漫堤", THERE, centre=NOISE)
    assert sorted(names(features(client, "county_duty", "incidents"))) == ["丰州漫堤", "噪声漫堤"]
    assert names(features(client, "town_duty", "incidents")) == ["丰州漫堤"]
    assert features(client, "other_duty", "incidents") == []
    cast.do("town_duty", "incident.share", {"id": own, "centre": OTHER})
    assert names(features(client, "other_duty", "incidents")) == ["丰州漫堤"]
    assert names(features(client, "town_duty", "teams"), "name") == ["丰州综合队", "丰州二队"]
    assert names(features(client, "town_team", "teams"), "name") == ["丰州综合队"]


def test_it_keeps_worlds_apart(client: Doors, cast: County) -> None:
    placed(cast, "town_duty", "演练漫堤", HERE, centre=TOWN, world=DRILL)
    assert features(client, "town_duty", "incidents") == []
    assert client.get("town_duty", "/layers/incidents", world=DRILL).status_code == 403


def test_a_place_that_is_only_told_in_words_is_no_point(client: Doors, cast: County) -> None:
    cast.open("town_duty")
    assert features(client, "town_duty", "incidents") == []


def test_it_filters_by_box_time_and_columns(client: Doors, cast: County) -> None:
    placed(cast, "county_duty", "甲", HERE, centre=TOWN, occurred_at="2024-07-01T08:00:00Z")
    placed(
        cast, "county_duty", "乙", THERE, centre=TOWN, occurred_at="2024-07-02T08:00:00Z", kind="forest_fire"
    )
    for query, expected in (
        ("?bbox=112.8,36.8,112.9,36.9", ["甲"]),
        ("?bbox=112.8,36.8,0,112.9,36.9,100", ["甲"]),
        ("?bbox=179,-10,-179,10", []),
        ("?datetime=2024-07-01T12:00:00Z/..", ["乙"]),
        ("?datetime=/2024-07-01T16:00:00%2B08:00", ["甲"]),
        ("?datetime=2024-07-02T08:00:00Z", ["乙"]),
        ("?kind=forest_fire", ["乙"]),
        ("?kind=forest_fire,flash_flood&state=received", ["甲", "乙"]),
        ("?kind=forest_fire&state=archived", []),
    ):
        assert sorted(names(features(client, "county_duty", "incidents", query))) == sorted(expected), query


@pytest.mark.parametrize(
    "query",
    ["?bbox=1,2,3", "?bbox=0,50,1,40", "?bbox=a,b,c,d", "?datetime=soon", "?datetime=../..", "?limit=0",
     "?datetime=2024-07-02T08:00:00Z/2024-07-01T08:00:00Z", "?colour=red", "?kind=%00", "?after=%00"],
)  # fmt: skip
def test_it_says_what_it_cannot_use(client: Doors, query: str) -> None:
    answer = client.get("county_duty", f"/layers/incidents{query}")
    assert answer.status_code == 422, answer.text
    assert answer.json["said"]["zh"]
    assert answer.json["said"]["en"]


def test_it_gives_all_page_by_page_in_one_order(client: Doors, cast: County) -> None:
    opened = [placed(cast, "town_duty", f"第{n}处", HERE, centre=TOWN) for n in range(5)]
    placed(cast, "noise_duty", "噪声", HERE, centre=NOISE)
    found: list[str] = []
    after = ""
    while True:
        answer = client.get("town_duty", f"/layers/incidents?limit=2{after}").json
        found += [one["id"] for one in answer["features"]]
        assert answer["numberReturned"] == len(answer["features"]) <= 2
        if answer["next"] is None:
            break
        after = f"&after={answer['next']}"
    assert found == sorted(opened)


def test_an_incident_that_left_the_lists_leaves_the_map(client: Doors, cast: County) -> None:
    thing = placed(cast, "town_duty", "误报", HERE, centre=TOWN)
    cast.do("town_duty", "incident.transition", {"id": thing, "to": "verifying"})
    cast.do("town_duty", "incident.transition", {"id": thing, "to": "dismissed", "reason": "误报"})
    live = client.get("town_duty", f"/incidents/{thing}").json["live"]
    assert bool(features(client, "town_duty", "incidents")) is live


def test_the_ground_says_which_lines_are_schematic(client: Doors) -> None:
    found = {one["id"]: one for one in features(client, "town_duty", "areas")}
    assert found[TOWN]["properties"]["note"] == "示意·非法定界线"
    assert found["140429"]["properties"]["basis"] == "open"
    assert features(client, "town_duty", "rivers")[0]["properties"]["note"] == "概略走向"
    assert len(features(client, "town_duty", "neighbours")) == 7


def test_geometry_is_as_rfc_7946_wants_it(client: Doors, cast: County) -> None:
    placed(cast, "town_duty", "甲", THERE, centre=TOWN)
    point = features(client, "town_duty", "incidents")[0]["geometry"]
    assert point == {"type": "Point", "coordinates": [112.95, 36.9812346]}
    for one in features(client, "town_duty", "areas"):
        rings = one["geometry"]["coordinates"]
        for polygon in [rings] if one["geometry"]["type"] == "Polygon" else rings:
            assert [_area(ring) > 0 for ring in polygon] == [True, *[False] * (len(polygon) - 1)]


def _area(ring: list[list[float]]) -> float:
    pairs = itertools.pairwise(ring)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)


def test_a_layer_cannot_name_what_it_does_not_have() -> None:
    def nothing(view: object, wish: LayerWish) -> list[Feature]:
        return []

    options: dict[str, Any] = {"zh": "甲", "en": "A", "needs": None, "geometry": "point", "refreshed_by": ()}
    with pytest.raises(TypeError, match="two layers"):
        layer("incidents", columns=(), **options)(nothing)
    with pytest.raises(TypeError, match="a column that it does not have"):
        layer("other", columns=(), style=Style(label="name"), **options)(nothing)
    with pytest.raises(TypeError, match="bbox means something else"):
        layer("other", columns=(Column("bbox", "text", "框", "Box"),), **options)(nothing)
    assert "other" not in LAYERS


def test_a_point_is_told_in_every_system_of_chinese_maps(client: Doors) -> None:
    found = client.get("town_duty", "/map/coordinates?lon=112.86&lat=36.83").json["items"]
    assert [one["crs"] for one in found] == ["wgs84", "cgcs2000", "gcj02", "bd09"]
    assert (found[0]["lon"], found[0]["lat"]) == (found[1]["lon"], found[1]["lat"]) == (112.86, 36.83)
    gcj = found[2]
    assert 400 < (gcj["lon"] - 112.86) * 89_200 < 700  # metres east of WGS-84 here
    back = client.get("town_duty", f"/map/coordinates?lon={gcj['lon']}&lat={gcj['lat']}&crs=gcj02").json
    assert back["items"][0]["lon"] == pytest.approx(112.86, abs=2e-6)
    assert client.get("town_duty", "/map/coordinates?lon=200&lat=0").status_code == 422
    assert client.get("auditor", "/map/coordinates?lon=1&lat=0").status_code == 403
