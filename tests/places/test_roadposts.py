"""Kilometre posts: a register, from a file too, from which a typed road and kilometre becomes a point with its uncertainty."""

from __future__ import annotations

import time
from typing import Any

import pytest

from command.places.roadposts.spoken import road_and_km
from tests.county import TOWN, VILLAGE, County
from tests.doors import Doors
from tests.roads.nets import in_force


def at(lon: float) -> dict[str, Any]:
    """A point of the road."""
    return {"type": "Point", "coordinates": [lon, 36.83]}


ROWS: list[dict[str, Any]] = [
    {"number": 1, "fields": {"编号": "G208", "桩号": "K12+000", "路名": "二淅线"}, "geometry": at(112.84)},
    {"number": 2, "fields": {"编号": "g208", "桩号": 14, "路名": "二淅线"}, "geometry": at(112.8624)},
    {"number": 3, "fields": {"编号": "二淅线", "桩号": 15}, "geometry": at(112.87)},
    {"number": 4, "fields": {"编号": "G208", "桩号": "十二"}, "geometry": at(112.87)},
]


def post(
    cast: County, km: float, lon: float, lat: float = 36.83, ref: str = "G208", **body: Any
) -> dict[str, Any]:
    """A surveyed post of the register."""
    told = {"ref": ref, "km": km, "location": {"type": "Point", "coordinates": [lon, lat]}, **body}
    return cast.do("county_duty", "road_post.enter", told)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("G208 K12+300", ("G208", 12.3)), ("g208k12", ("G208", 12.0)), ("208国道12公里300米", ("G208", 12.3)),
        ("国道208 12.5km", ("G208", 12.5)), ("S322 K0+050", ("S322", 0.05)), ("G208 K12.5+300", None),
        ("\uff27\uff12\uff10\uff18 \uff2b\uff11\uff12\uff0b\uff13\uff10\uff10", ("G208", 12.3)),
        ("G208", None), ("南皋村", None), ("G20812", None), ("K12+300", None),
    ],
)  # fmt: skip
def test_it_understands_what_can_be_read_in_one_way_only(typed: str, meant: tuple[str, float] | None) -> None:
    assert road_and_km(typed) == meant


def test_a_kilometre_is_a_place_with_its_uncertainty(cast: County, client: Doors) -> None:
    for km, lon in ((12, 112.84), (14, 112.8624)):
        post(cast, km, lon)
    post(cast, 13, 113.5, ref="S322")  # another road
    assert client.get("town_duty", "/places/road?ref=G208&km=40").json["place"] is None
    told = client.get("town_duty", "/places/road?ref=g208&km=13").json
    assert told["said"] == "G208 K13+000"
    assert (told["place"]["how"], told["posts"]) == ("between", 2)
    assert told["place"]["location"]["coordinates"] == pytest.approx([112.8512, 36.83], abs=1e-4)
    assert 150 <= told["place"]["within_m"] <= 500
    first = client.get("town_duty", "/places?q=G208 K12%2B300").json["items"][0]
    assert (first["kind"], first["name"], first["how"]) == ("road_post", "G208 K12+300", "between")
    assert client.get("town_duty", "/places?q=S999 K12").json["items"] == []
    began = time.perf_counter()
    for _ in range(20):
        cast.node.ask("places.search", {"q": "G208 K12+300"}, cast.actor("town_duty"))
    assert (time.perf_counter() - began) / 20 < 0.3  # must be 30 ms on a quiet machine


def test_who_may_keep_the_register(cast: County, client: Doors) -> None:
    body = {"ref": "G208", "km": 1, "location": {"type": "Point", "coordinates": [112.8, 36.8]}}
    for who in ("town_duty", "town_team", "water_duty"):
        assert client.post(who, "/road-posts", body).status_code == 403, who
    made = client.post("county_duty", "/road-posts", body).json
    assert client.post("county_duty", "/road-posts", body).status_code == 409  # it stands there already
    for bad in (
        {**body, "ref": "208"},
        {**body, "km": -1},
        {**body, "location": None},
        {**body, "within_m": 0},
    ):
        assert client.post("county_duty", "/road-posts", bad).status_code == 422, bad
    path = f"/road-posts/{made['id']}"
    assert client.patch("county_duty", path, {"within_m": 20}, version=1).json["within_m"] == 20
    assert client.post("county_duty", f"{path}/withdraw", {}).status_code == 200
    assert client.get("county_duty", "/places/road?ref=G208&km=1").json["place"] is None
    assert client.post("county_duty", "/road-posts", body).status_code == 201


def test_posts_come_in_from_a_file_once_and_are_taken_back(cast: County, client: Doors) -> None:
    def bring() -> dict[str, Any]:
        body = {
            "layer": "road_posts",
            "source": "公路局",
            "crs": "wgs84",
            "columns": {"ref": "编号", "km": "桩号", "name": "路名"},
        }
        run = cast.do(
            "county_duty", "import.open", {**body, "file": "p.csv", "digest": "1" * 64, "total": len(ROWS)}
        )
        return cast.do("county_duty", "import.take", {"id": run["id"], "part": 0, "rows": ROWS})

    first = bring()
    assert [first[name] for name in ("made", "changed", "same", "refused")] == [2, 0, 0, 2]
    again = bring()
    assert [again[name] for name in ("made", "changed", "same", "refused")] == [0, 0, 2, 2]
    assert client.get("town_duty", "/places/road?ref=G208&km=12.3").json["place"]["how"] == "between"
    shown = client.get("town_duty", "/layers/road_posts?ref=G208").json["features"]
    assert {one["properties"]["name"] for one in shown} == {"G208 K12+000", "G208 K14+000"}
    cast.do("county_duty", "import.undo", {"id": again["id"]})
    cast.do("county_duty", "import.undo", {"id": first["id"]})
    assert client.get("town_duty", "/places/road?ref=G208&km=12.3").json["posts"] == 0


def test_whole_kilometres_are_reckoned_along_the_road_and_marked(cast: County, client: Doors) -> None:
    net = in_force(cast)
    body = {"ref": "X101", "file": net["file"]}
    assert client.post("county_duty", "/road-posts/derive", body).status_code == 409  # no posts yet
    post(cast, 100, 112.80, ref="X101")
    post(cast, 110, 112.80 + 10 / 88.99, ref="X101")
    assert client.post("town_duty", "/road-posts/derive", body).status_code == 403
    assert client.post("county_duty", "/road-posts/derive", {**body, "file": "0" * 64}).status_code == 409
    assert client.post("county_duty", "/road-posts/derive", body).json == {
        "ref": "X101",
        "made": 9,
        "withdrawn": 0,
    }
    told = client.get("town_duty", "/places/road?ref=X101&km=105").json["place"]
    assert (told["how"], told["words"]["zh"]) == ("reckoned", "沿路推算的公里桩")
    assert told["location"]["coordinates"] == pytest.approx([112.80 + 5 / 88.99, 36.83], abs=6e-4)
    assert told["within_m"] >= 500
    post(cast, 105, 112.80 + 5 / 88.99, ref="X101")  # somebody was there
    assert client.get("town_duty", "/places/road?ref=X101&km=105").json["place"]["how"] == "post"
    assert client.post("county_duty", "/road-posts/derive", body).json == {
        "ref": "X101",
        "made": 8,
        "withdrawn": 8,
    }


def test_an_incident_on_a_road_gets_its_point_and_says_how_sure_it_is(cast: County) -> None:
    road = {"ref": "G208", "name": None, "km": 13.0, "direction": None}
    for km, lon in ((12, 112.84), (14, 112.8624)):
        post(cast, km, lon)
    opened = cast.open("county_duty", kind="crash", village_code=None, road=road)
    assert opened["location_basis"] == "road"
    assert opened["location"]["coordinates"] == pytest.approx([112.8512, 36.83], abs=1e-4)
    assert opened["road"] == road | {
        "placed": {"within_m": opened["road"]["placed"]["within_m"], "how": "between"}
    }
    assert opened["to_confirm"] is True  # no official line says whose it is, and nobody said
    moved = cast.do(
        "county_duty", "incident.edit", {"id": opened["id"], "road": {**road, "km": 12.0}}, version=1
    )
    assert (moved["location"]["coordinates"], moved["road"]["placed"]["how"]) == ([112.84, 36.83], "post")
    away = cast.do(
        "county_duty", "incident.edit", {"id": opened["id"], "road": {**road, "km": 80.0}}, version=2
    )
    assert (away["location"], away["location_basis"], "placed" in away["road"]) == (None, "road", False)
    here = {"type": "Point", "coordinates": [112.9, 36.9]}
    put = cast.do("county_duty", "incident.edit", {"id": opened["id"], "location": here}, version=3)
    assert (put["location_basis"], put["location"]) == ("point", here)
    kept = cast.do("county_duty", "incident.edit", {"id": opened["id"], "road": road}, version=4)
    assert (kept["location_basis"], kept["location"]) == ("point", here)  # what a hand set stays
    town = cast.open("town_duty", kind="crash", village_code=VILLAGE, road=road)
    assert (town["centre"], town["location_basis"]) == (TOWN, "road")
