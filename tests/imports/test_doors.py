"""The doors of files over HTTP: bringing one up, looking at it, taking it by parts; layers as files that no spreadsheet runs."""

from __future__ import annotations

import io
import json
from typing import Any
from xml.etree.ElementTree import fromstring

import openpyxl
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import wsgi
from command.core.accesslog import AccessEntry
from tests.county import County
from tests.doors import Doors
from tests.imports.files import PLACES, collection, csv_text
from tests.imports.test_importing import places

MANNER = {"layer": "places", "source": "测试", "crs": "wgs84"}
NASTY = '=HYPERLINK("http://x","点我")'


@pytest.fixture
def bring_up(running: wsgi.Running, cast: County) -> Any:
    """Send a file's bytes as somebody."""
    browser: FlaskClient = running.app.test_client()

    def send(name: str, content: bytes, who: str = "admin") -> TestResponse:
        headers = {"Authorization": f"Bearer {cast.tokens[who]}"}
        return browser.post(
            "/api/v1/imports/files", query_string={"name": name}, data=content, headers=headers
        )

    return send


def whole() -> bytes:
    return json.dumps(collection()).encode()


def test_a_file_is_brought_up_looked_at_tried_and_taken(bring_up: Any, client: Doors, cast: County) -> None:
    about = bring_up("地名.geojson", whole())
    assert about.status_code == 201, about.text
    told = about.json
    assert (told["count"], told["parts"], told["kinds"]) == (3, 1, {"Point": 3})
    seen = client.get("admin", f"/imports/files/{told['id']}/preview?layer=places&crs=wgs84").json
    assert seen["columns"] == {"id": "gid", "name": "name", "kind": "kind", "aliases": "aliases"}
    assert [one["values"]["name"] for one in seen["items"]] == [one["name"] for one in PLACES]
    assert len(seen["on_map"]) == 3
    how = {**MANNER, "columns": seen["columns"]}
    before = cast.end()
    tried = client.post("admin", "/imports/try", {**how, "upload": told["id"], "part": 0})
    assert [one["did"] for one in tried.json["items"]] == ["made"] * 3
    assert cast.end() == before
    run = client.post(
        "admin", "/imports", {**how, "file": "地名.geojson", "digest": told["digest"], "total": 3}
    ).json
    run = client.post("admin", f"/imports/{run['id']}/parts", {"upload": told["id"], "part": 0}).json
    assert (run["state"], run["made"]) == ("done", 3)
    assert len(places(cast)) == 3
    assert client.post("admin", f"/imports/{run['id']}/undo").json["state"] == "undone"
    assert places(cast) == []


def test_a_bad_file_is_refused_with_a_sentence_and_nothing_is_kept(
    bring_up: Any, running: wsgi.Running
) -> None:
    for name, content in (("a.geojson", b"{"), ("a.exe", b"MZ"), ("a.csv", b""), ("a.zip", b"PK\x03\x04")):
        answer = bring_up(name, content)
        assert (answer.status_code, answer.content_type) == (422, "application/problem+json")
        assert {"zh", "en"} <= set(answer.json["said"])
    assert bring_up("a/../b.csv", b"x").status_code == 422
    folder = running.node.data_dir / "imports"
    assert list(folder.glob("*")) == []


def test_only_keepers_bring_files_up_and_look_at_them(bring_up: Any, client: Doors) -> None:
    for who in ("town_duty", "auditor", "wall"):
        assert bring_up("a.csv", b"name\nx\n", who).status_code == 403
    upload = bring_up("a.csv", csv_text().encode()).json["id"]
    path = f"/imports/files/{upload}/preview?layer=places&crs=wgs84"
    assert client.get("town_duty", path).status_code == 403
    assert client.get(None, path).status_code == 401
    assert client.get("admin", "/imports/files/..%2F..%2Fx/preview?layer=places&crs=wgs84").status_code == 404
    assert client.get("admin", path.replace("wgs84", "mars")).status_code == 422
    assert client.get("admin", f"{path}&columns=%7B%22name%22:%22nothing%22%7D").status_code == 422


def test_no_cell_of_an_export_is_a_formula_and_each_export_is_noted(client: Doors, cast: County) -> None:
    point = {"type": "Point", "coordinates": [112.87, 36.84]}
    for name in (NASTY, "+1", "-2+3", "@SUM(A1)", "<b>&\x02"):
        cast.do(
            "county_duty", "place.create", {"name": name, "kind": "mine", "location": point, "note": "\t=1"}
        )
    answer = client.get("county_duty", "/exports/places?format=xlsx")
    assert answer.status_code == 200
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.data)).active.iter_rows())
    assert [one.value for one in rows[0]][:3] == ["id", "名称", "类别"]
    assert len(rows) == 6
    for cell in (cell for row in rows for cell in row):
        assert cell.data_type != "f"
        assert not str(cell.value or "").startswith(("=", "+", "-", "@", "\t"))
    assert [rows[1][1].value, rows[1][2].value] == [f"'{NASTY}", "矿山"]
    kml = fromstring(client.get("county_duty", "/exports/places?format=kml").data)
    assert len(kml.findall(".//{*}Placemark")) == 5
    assert "<b>&" in [one.text for one in kml.findall(".//{*}Placemark/{*}name")]
    found = client.get("county_duty", "/exports/places?format=geojson&kind=school").json
    assert found["features"] == []
    noted = cast.node.database.read(
        lambda s: [(row.what, row.thing) for row in s.query(AccessEntry)], world=None
    )
    assert noted == [("export", "layer:places")] * 3


def test_an_export_holds_what_the_layer_shows_and_comes_in_again(
    client: Doors, cast: County, bring_up: Any
) -> None:
    for one in PLACES:
        point = {"type": "Point", "coordinates": [one["lon"], one["lat"]]}
        cast.do("county_duty", "place.create", {"name": one["name"], "kind": "mine", "location": point})
    assert client.get("village", "/exports/teams").status_code == 403
    assert client.get("county_duty", "/exports/nothing").status_code == 404
    assert client.get("county_duty", "/exports/places?format=exe").status_code == 422
    assert {f["properties"]["name"] for f in client.get("other_duty", "/exports/teams").json["features"]} == {
        "洪水综合队"
    }
    for sort in ("geojson", "kml", "xlsx"):
        content = client.get("county_duty", f"/exports/places?format={sort}").data
        upload = bring_up(f"again.{sort}", content).json
        seen = client.get("admin", f"/imports/files/{upload['id']}/preview?layer=places&crs=wgs84").json
        assert sorted(row["values"]["name"] for row in seen["items"]) == sorted(one["name"] for one in PLACES)
        assert not any(row["refused"] for row in seen["items"]), seen["items"]
        assert len(seen["on_map"]) == 3
