"""Official areas: taken in whole or not at all, from any Chinese coordinate system, and then they decide whose incident it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from command.places import register
from geo.crs import Crs, from_wgs84
from tests.county import COUNTY, NOISE, OTHER, TOWN, County
from tests.doors import Doors
from tests.imports.files import terminal
from tests.places.official import SOURCE, official, square


def anchor(code: str) -> tuple[float, float]:
    """The middle of the township's invented square."""
    cell = register.cell(code)
    assert cell is not None
    return cell.anchor


def opened_at(cast: County, lon: float, lat: float) -> dict[str, Any]:
    """An incident of which only the point is known."""
    return cast.open("county_duty", village_code=None, location={"type": "Point", "coordinates": [lon, lat]})


def test_it_begins_with_the_open_outline_and_twelve_schematic_cells(client: Doors) -> None:
    items = client.get("county_duty", "/areas").json["items"]
    assert [one["code"] for one in items] == [COUNTY, *(c.code for c in register.cells())]
    assert [one["basis"] for one in items] == ["open", *["schematic"] * 12]
    assert {one["note"]["zh"] for one in items[1:]} == {"示意·非法定界线"}
    assert client.get("county_duty", f"/areas/{TOWN}").json["name"] == "丰州镇"
    assert client.get("county_duty", "/areas?basis=official").json["items"] == []


def test_an_official_area_decides_and_a_schematic_one_only_proposes(cast: County) -> None:
    before = opened_at(cast, *anchor(OTHER))
    assert (before["centre"], before["to_confirm"], before["proposed_centre"]) == (COUNTY, True, OTHER)
    assert cast.do("admin", "areas.import", official(TOWN, OTHER))["changed"] == [TOWN, OTHER]
    after = opened_at(cast, *anchor(OTHER))
    assert (after["centre"], after["to_confirm"], after["proposed_centre"]) == (OTHER, False, None)
    beside = opened_at(cast, *anchor(NOISE))
    assert (beside["centre"], beside["to_confirm"], beside["proposed_centre"]) == (COUNTY, True, NOISE)
    cast.do("admin", "area.withdraw", {"id": OTHER})
    again = opened_at(cast, *anchor(OTHER))
    assert (again["centre"], again["to_confirm"]) == (COUNTY, True)


def test_the_base_map_says_which_lines_are_law(cast: County, client: Doors) -> None:
    cast.do("admin", "areas.import", official(TOWN))
    base = client.get("county_duty", "/map/base").json
    cells = {f["properties"]["code"]: f for f in base["features"] if f["properties"]["layer"] == "cell"}
    assert (cells[TOWN]["properties"]["schematic"], cells[TOWN]["properties"]["note"]) == (False, None)
    assert cells[TOWN]["properties"]["source"] == SOURCE
    assert cells[TOWN]["geometry"]["coordinates"] == square(TOWN)["coordinates"]
    assert cells[OTHER]["properties"]["schematic"] is True
    assert base["schematic_note"]["zh"] == "示意·非法定界线"
    cast.do("admin", "areas.import", official(*cells))
    assert client.get("county_duty", "/map/base").json["schematic_note"] is None


def test_the_same_file_again_changes_nothing(cast: County) -> None:
    cast.do("admin", "areas.import", official(TOWN))
    before = cast.end()
    assert cast.do("admin", "areas.import", official(TOWN)) == {"changed": [], "unchanged": [TOWN]}
    assert cast.end() == before


@pytest.mark.parametrize("crs", [Crs.GCJ02, Crs.BD09])
def test_it_comes_from_offset_maps_to_where_it_is(cast: County, crs: Crs) -> None:
    ring = [list(from_wgs84(x, y, crs)) for x, y in square(TOWN)["coordinates"][0]]
    wish = official(TOWN) | {"crs": crs.value}
    wish["areas"][0]["shape"] = {"type": "Polygon", "coordinates": [ring]}
    cast.do("admin", "areas.import", wish)
    base = cast.node.ask("map.base", {}, cast.actor("county_duty"))
    cell = next(f for f in base["features"] if f["properties"].get("code") == TOWN)
    for (x, y), (u, v) in zip(
        cell["geometry"]["coordinates"][0], square(TOWN)["coordinates"][0], strict=True
    ):
        assert abs(x - u) < 1e-8
        assert abs(y - v) < 1e-8


def _bow_tie() -> dict[str, Any]:
    ring = square(TOWN)["coordinates"][0]
    return {"type": "Polygon", "coordinates": [[ring[0], ring[2], ring[1], ring[3], ring[0]]]}


def _moved(by: float) -> dict[str, Any]:
    ring = [[x + by, y] for x, y in square(TOWN)["coordinates"][0]]
    return {"type": "Polygon", "coordinates": [ring]}


@pytest.mark.parametrize(
    ("code", "shape", "says"),
    [
        (TOWN, _bow_tie(), "自相交"),
        (TOWN, {"type": "Polygon", "coordinates": []}, "面为空"),
        (TOWN, {"type": "Point", "coordinates": [112.8, 36.8]}, "不是面"),
        (TOWN, {"type": "Polygon", "coordinates": [[["a", 1], [2, 3], [4, 5], ["a", 1]]]}, "无法读取"),
        (TOWN, {"type": "Polygon"}, "无法读取"),
        (TOWN, _moved(5.0), "不在|在本县内"),
        (TOWN, {"type": "Polygon", "coordinates": [[[3.7e7, 4e6], [3.8e7, 4e6], [3.8e7, 5e6], [3.7e7, 4e6]]]}, "经纬度"),
        ("140429999", square(TOWN), "没有这个乡镇"),
        (OTHER, square(TOWN, 0.012), "重叠"),
    ],
)  # fmt: skip
def test_one_bad_area_and_nothing_is_stored(
    client: Doors, cast: County, code: str, shape: dict[str, Any], says: str
) -> None:
    good = {"code": NOISE, "shape": square(NOISE)}
    cast.do("admin", "areas.import", official(TOWN)) if says == "重叠" else None
    before = cast.end()
    wish = {"source": SOURCE, "crs": "wgs84", "areas": [good, {"code": code, "shape": shape}]}
    answer = client.post("admin", "/areas/import", wish)
    assert answer.status_code == 422, answer.text
    assert any(one in answer.json["said"]["zh"] for one in says.split("|")), answer.json["said"]
    assert cast.end() == before


def test_the_terminal_takes_what_it_can_and_lists_the_rest(cast: County, tmp_path: Path) -> None:
    file = tmp_path / "townships.geojson"
    rows: list[tuple[str, Any]] = [
        (f"{TOWN}000", square(TOWN)),
        ("999999999", square(OTHER)),
        (OTHER, _bow_tie()),
    ]
    features = [{"type": "Feature", "properties": {"XZQDM": code}, "geometry": shape} for code, shape in rows]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [*features, {"type": "Feature"}]}))
    ask = ["areas", str(file), "--crs", "cgcs2000", "--source", SOURCE, "--map", "code=XZQDM"]
    before = cast.end()
    tried = terminal(cast, *ask, "--dry-run")
    assert (tried.exit_code, cast.end()) == (1, before)
    assert "would be 0 new, 1 changed, 0 as they were, 3 refused" in tried.output
    done = terminal(cast, *ask)
    assert done.exit_code == 1
    assert "0 new, 1 changed, 0 as they were, 3 refused" in done.output
    assert [line.partition(" refused")[0] for line in done.output.splitlines() if line.startswith("row")] == [
        "row 2",
        "row 3",
        "row 4",
    ]
    assert opened_at(cast, *anchor(TOWN))["centre"] == TOWN
    run = next(line for line in done.output.splitlines() if line.startswith("import ")).removeprefix(
        "import "
    )
    assert "taken back" in terminal(cast, "undo", run).output
    assert opened_at(cast, *anchor(TOWN))["centre"] == COUNTY, "the schematic cell stands again"


def test_areas_of_an_import_may_not_lie_over_each_other(cast: County, tmp_path: Path) -> None:
    file = tmp_path / "townships.geojson"
    shapes = ((TOWN, square(TOWN)), (OTHER, square(TOWN, 0.012)))
    features = [
        {"type": "Feature", "properties": {"code": code}, "geometry": shape} for code, shape in shapes
    ]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    done = terminal(cast, "areas", str(file), "--crs", "wgs84")
    assert done.exit_code == 1
    assert "lie over each other" in done.output
    assert opened_at(cast, *anchor(TOWN))["centre"] == COUNTY
