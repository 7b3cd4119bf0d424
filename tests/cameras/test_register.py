"""The register of cameras: whose is seen by whom, what is near an incident, on the map, from files and taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cameras import ground
from tests.county import NOISE, OTHER, TOWN, VILLAGE, County
from tests.doors import Doors
from tests.imports.files import terminal


def names(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [one["name"] for one in answer.json["items"]]


def test_each_sees_the_cameras_of_its_own_centre_and_the_county_all(client: Doors, cast: County) -> None:
    ours = ground.camera(cast)
    water = ground.camera(cast, "water_duty", name="关河水位")
    assert names(client.get("town_duty", "/cameras")) == ["丰州桥头"]
    assert names(client.get("water_duty", "/cameras")) == ["关河水位"]
    assert names(client.get("other_duty", "/cameras")) == []
    for who in ("county_duty", "admin"):
        assert sorted(names(client.get(who, "/cameras"))) == ["丰州桥头", "关河水位", "韩北沟口"]
    unseen = client.get("other_duty", f"/cameras/{ours}")
    assert (unseen.status_code, unseen.json["type"]) == (
        404,
        client.get("other_duty", "/cameras/none").json["type"],
    )
    assert client.get("town_duty", f"/cameras/{water}").status_code == 404
    assert client.get("town_team", "/cameras").status_code == 403
    assert client.get("evaluator", f"/cameras/{ours}").status_code == 404


def test_a_new_camera_belongs_to_where_it_stands_and_has_no_stream(client: Doors, cast: County) -> None:
    made = client.post("county_duty", "/cameras", {"name": "村口", "village_code": VILLAGE}).json
    assert (made["centre"], made["state"], made["protocol"], made["state_at"]) == (TOWN, "none", None, None)
    assert client.post("town_duty", "/cameras", {"name": "村口"}).status_code == 422
    assert client.post("town_duty", "/cameras", {**ground.CAMERA, "facing": 360}).status_code == 422
    assert client.post("town_duty", "/cameras", {**ground.CAMERA, "centre": OTHER}).status_code == 403
    path = f"/cameras/{made['id']}"
    assert client.patch("town_duty", path, {"village_code": None}, version=1).status_code == 422
    assert client.patch("town_duty", path, {"name": None}, version=1).status_code == 422
    moved = client.patch("town_duty", path, {"village_code": None, "location": ground.point(0.02)}, version=1)
    assert (moved.json["location"], moved.json["version"]) == (ground.point(0.02), 2)
    assert client.post("town_duty", f"{path}/retire").json["live"] is False
    assert client.get("county_duty", path).status_code == 404
    assert client.post("town_duty", "/cameras", ground.CAMERA, world=7).status_code == 403


def test_the_nearest_of_an_incident_come_with_metres_bearing_and_state(client: Doors, cast: County) -> None:
    far = ground.camera(cast, name="远", location=ground.point(0.05))
    near = ground.camera(cast, name="近", location=ground.point(along=0.01))
    ground.camera(cast, "other_duty", name="邻乡", location=ground.point(along=0.001))
    ground.camera(cast, name="很远", location=ground.point(0.5))
    ground.camera(cast, name="无点", location=None, village_code=VILLAGE)
    incident = cast.open(village_code=None, location=ground.point(), centre=TOWN)["id"]
    told = client.get("town_duty", f"/cameras/near?incident_id={incident}").json
    assert [(one["camera"]["id"], one["distance_m"], one["bearing"]) for one in told["items"]] == [
        (near, 890, 90),
        (far, 5560, 0),
    ]
    assert told["basis"] == "point"
    assert (told["items"][0]["camera"]["state"], told["items"][0]["camera"]["checked_at"]) == ("none", None)
    county = client.get("county_duty", f"/cameras/near?incident_id={incident}&limit=1").json
    assert (names_near(county), county["more"]) == (["韩北沟口"], 3)
    assert client.get("other_duty", f"/cameras/near?incident_id={incident}").status_code == 404
    by_point = client.get("town_duty", "/cameras/near?lon=112.86&lat=36.83&metres=1000").json
    assert names_near(by_point) == ["近"]


def test_an_incident_known_by_its_village_only_gets_no_distances(client: Doors, cast: County) -> None:
    ground.camera(cast, name="镇上")
    ground.camera(cast, name="村里", village_code=VILLAGE)
    incident = cast.open()["id"]
    told = client.get("town_duty", f"/cameras/near?incident_id={incident}").json
    assert (told["basis"], names_near(told)) == ("village", ["村里", "镇上"])
    assert {one["distance_m"] for one in told["items"]} == {None}


def names_near(told: dict[str, Any]) -> list[str]:
    return [one["camera"]["name"] for one in told["items"]]


def test_cameras_are_a_layer_and_a_part_of_every_impact(client: Doors, cast: County) -> None:
    made = ground.camera(cast)
    found = client.get("town_duty", "/layers/cameras").json["features"]
    assert [(one["id"], one["properties"]["state"], one["properties"]["name"]) for one in found] == [
        (made, "none", "丰州桥头")
    ]
    assert client.get("other_duty", "/layers/cameras").json["features"] == []
    incident = cast.open(village_code=None, location=ground.point(0.001), centre=TOWN)["id"]
    impact = client.get("town_duty", f"/incidents/{incident}/impact").json
    (role,) = [one for one in impact["roles"] if one["role"] == "camera"]
    assert [one["name"] for one in role["items"]] == ["丰州桥头"]
    client.post("town_duty", f"/cameras/{made}/retire")
    assert client.get("town_duty", "/layers/cameras").json["features"] == []


ROWS = (
    "编号,设备名称,所属乡镇,经度,纬度,方位角,管理单位",
    "c1,丰州一号,丰州镇,112.861,36.832,370,公安",
    "c2,水利二号,140429-water,112.9,36.9,,水利",
    "c3,无处,丰州镇,,,,",
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Cameras as a department hands them over; one has no place."""
    made = tmp_path / "cameras.csv"
    made.write_text("\n".join(ROWS) + "\n", encoding="utf-8")
    return made


def test_cameras_come_from_a_file_and_are_taken_back(client: Doors, cast: County, file: Path) -> None:
    words = ("cameras", str(file), "--crs", "wgs84", "--source", "雪亮工程台账")
    assert "既没有坐标，也没有村代码" in terminal(cast, *words).output
    listed = client.get("county_duty", "/cameras").json["items"]
    told = {one["name"]: (one["centre"], one["facing"], one["source"]) for one in listed}
    assert told == {
        "丰州一号": (TOWN, 10, "雪亮工程台账"),
        "水利二号": ("140429-water", None, "雪亮工程台账"),
        "韩北沟口": (NOISE, None, "人工登记"),
    }
    before = cast.end()
    terminal(cast, *words)
    assert [one.type for one in cast.entries(after=before) if one.kind == "camera"] == [], (
        "nothing is changed"
    )
    (run,) = [one for one in client.get("admin", "/imports").json["items"] if one["made"] == 2]
    assert client.post("admin", f"/imports/{run['id']}/undo").json["state"] == "undone"
    assert names(client.get("county_duty", "/cameras")) == ["韩北沟口"]


def test_a_file_in_another_system_lands_where_it_belongs(client: Doors, cast: County, file: Path) -> None:
    terminal(cast, "cameras", str(file), "--crs", "gcj02", "--source", "台账")
    (one,) = client.get("town_duty", "/cameras").json["items"]
    assert one["source_crs"] == "gcj02"
    assert abs(one["location"]["coordinates"][0] - 112.861) > 0.003, "some 557 m to the west"
