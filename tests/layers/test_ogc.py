"""OGC API – Features: its own rules, the scope of the lists, and the programs that people really use: GDAL and OWSLib."""

from __future__ import annotations

import json
import os
import re
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from owslib.ogcapi.features import Features
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

import wsgi
from command.core.map.layers import LAYERS
from tests.county import DRILL, NOISE, OTHER, TOWN, County
from tests.layers.test_layers import HERE, placed
from tests.serving import PATIENCE_S

PAST_A_PAGE = 7


class Ogc:
    """Ask the OGC door as an account of the cast."""

    def __init__(self, running: wsgi.Running, cast: County) -> None:
        self.app, self.tokens = running.app, cast.tokens

    def ask(self, who: str | None, path: str, **headers: str) -> TestResponse:
        given = {"Authorization": f"Bearer {self.tokens[who]}"} if who else {}
        return self.app.test_client().get(f"/ogc{path}", headers={**given, **headers})

    def get(self, who: str, path: str) -> Any:
        answer = self.ask(who, path)
        assert answer.status_code == 200, answer.text
        return answer.json


@pytest.fixture
def ogc(running: wsgi.Running, cast: County) -> Ogc:
    return Ogc(running, cast)


@pytest.fixture
def served(running: wsgi.Running) -> Iterator[str]:
    """The application at an address that other programs can reach."""
    server = make_server("127.0.0.1", 0, running.app)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/ogc"
    server.shutdown()
    thread.join()


def link(document: Any, rel: str) -> str:
    """The address of a link, below /ogc."""
    found = next(one["href"] for one in document["links"] if one["rel"] == rel)
    parts = urlsplit(found)
    return parts.path.removeprefix("/ogc") + (f"?{parts.query}" if parts.query else "")


def test_it_leads_from_the_landing_page_to_every_feature(ogc: Ogc, cast: County) -> None:
    thing = placed(cast, "town_duty", "丰州漫堤", HERE, centre=TOWN)
    landing = ogc.get("town_duty", "/")
    assert landing["title"] == "烽燧 · 地图图层"
    conforms = ogc.get("town_duty", link(landing, "conformance"))["conformsTo"]
    assert "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core" in conforms
    listed = ogc.get("town_duty", link(landing, "data"))["collections"]
    assert {one["id"] for one in listed} == set(LAYERS)
    incidents = next(one for one in listed if one["id"] == "incidents")
    assert incidents["crs"] == ["http://www.opengis.net/def/crs/OGC/1.3/CRS84"]
    items = ogc.get("town_duty", link(incidents, "items"))
    assert [one["id"] for one in items["features"]] == [thing]
    assert items["numberReturned"] == 1
    one = ogc.get("town_duty", f"/collections/incidents/items/{thing}")
    assert (one["properties"]["title"], one["geometry"]) == ("丰州漫堤", HERE)
    for document in (landing, items, one):
        assert ogc.get("town_duty", link(document, "self"))
        assert ogc.ask("town_duty", link(document, "alternate")).content_type == "text/html; charset=utf-8"


def test_it_is_scoped_like_the_lists(ogc: Ogc, cast: County) -> None:
    noise = placed(cast, "noise_duty", "噪声", HERE, centre=NOISE)
    assert ogc.get("town_duty", "/collections/incidents/items")["features"] == []
    unseen = ogc.ask("town_duty", f"/collections/incidents/items/{noise}")
    nothing = ogc.ask("town_duty", "/collections/incidents/items/nothing")
    assert (unseen.status_code, unseen.json) == (404, nothing.json)
    assert ogc.ask("county_duty", f"/collections/incidents/items/{noise}").status_code == 200
    assert "teams" not in ogc.ask("village", "/collections").text
    assert ogc.ask("village", "/collections/teams").status_code == 404
    assert ogc.ask("village", "/collections/teams/items").status_code == 404
    assert "teams" not in ogc.ask("village", "/api").text
    assert ogc.ask(None, "/").status_code == 401


def test_it_names_its_world_in_the_address(ogc: Ogc, cast: County) -> None:
    placed(cast, "town_duty", "演练", HERE, centre=TOWN, world=DRILL)
    assert ogc.get("town_duty", "/collections/incidents/items?world=0")["features"] == []
    assert ogc.ask("town_duty", f"/collections/incidents/items?world={DRILL}").status_code == 403
    assert "world=0" in link(ogc.get("town_duty", "/?world=0"), "data")


@pytest.mark.parametrize("query", ["limit=0", "limit=x", "bbox=1,2", "datetime=soon", "colour=red", "f=xml"])
def test_what_it_cannot_use_is_a_bad_request(ogc: Ogc, query: str) -> None:
    answer = ogc.ask("county_duty", f"/collections/incidents/items?{query}")
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")
    assert ogc.ask("county_duty", "/collections?colour=red").status_code == 400
    assert ogc.ask("county_duty", "/collections/nothing").status_code == 404


def test_next_leads_through_all_with_the_filters_kept(ogc: Ogc, cast: County) -> None:
    opened = {placed(cast, "town_duty", f"第{n}处", HERE, centre=TOWN) for n in range(5)}
    placed(cast, "county_duty", "别处", HERE, centre=OTHER)
    path, found = f"/collections/incidents/items?limit=2&centre={TOWN}&bbox=112,36,113,37", list[str]()
    while path:
        page = ogc.get("county_duty", path)
        found += [one["id"] for one in page["features"]]
        path = link(page, "next") if any(one["rel"] == "next" for one in page["links"]) else ""
    assert (set(found), len(found)) == (opened, 5)


def test_its_pages_are_for_eyes_and_escape_what_people_wrote(ogc: Ogc, cast: County) -> None:
    thing = placed(cast, "town_duty", "<script>alert(1)</script>", HERE, centre=TOWN)
    for path in ("/", "/collections", "/collections/incidents", "/collections/incidents/items",
                 f"/collections/incidents/items/{thing}", "/conformance"):  # fmt: skip
        answer = ogc.ask("town_duty", path, Accept="text/html,application/xhtml+xml,*/*;q=0.8")
        assert answer.content_type == "text/html; charset=utf-8", path
        assert "<script" not in answer.text
        assert '<html lang="zh-CN">' in answer.text
    assert "&lt;script&gt;" in ogc.ask("town_duty", "/collections/incidents/items?f=html").text
    assert "接报" in ogc.ask("town_duty", "/collections/incidents/items?f=html").text
    assert "Received" in ogc.ask("town_duty", "/collections/incidents/items?f=html&lang=en").text


def test_its_description_is_openapi_and_names_what_one_may_see(ogc: Ogc) -> None:
    told = ogc.get("county_duty", "/api")
    assert told["openapi"].startswith("3.0")
    assert {f"/collections/{name}/items" for name in LAYERS} <= set(told["paths"])
    items = told["paths"]["/collections/incidents/items"]["get"]["parameters"]
    assert {"limit", "bbox", "datetime", "state", "level"} <= {one["name"] for one in items}


def gdal(served: str, token: str, *command: str) -> str:
    """What a program of GDAL says."""
    env = {**os.environ, "GDAL_HTTP_HEADERS": f"Authorization: Bearer {token}", "no_proxy": "127.0.0.1"}
    done = subprocess.run(
        [*command], env=env, capture_output=True, text=True, timeout=4 * PATIENCE_S, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_gdal_reads_every_feature_past_the_page_with_chinese_intact(
    served: str, cast: County, tmp_path: Path
) -> None:
    titles = {f"丰州镇第{n}处漫堤" for n in range(PAST_A_PAGE)}
    for title in titles:
        placed(cast, "town_duty", title, HERE, centre=TOWN)
    placed(cast, "noise_duty", "噪声", HERE, centre=NOISE)
    token = cast.tokens["town_duty"]
    told = gdal(
        served, token, "ogrinfo", "-ro", "-al", "-so", "-oo", "PAGE_SIZE=2", f"OAPIF:{served}", "incidents"
    )
    assert f"Feature Count: {PAST_A_PAGE}" in told
    assert re.search(r"title: String", told)
    assert re.search(r"received_at: DateTime", told)
    out = tmp_path / "incidents.geojson"
    gdal(
        served,
        token,
        "ogr2ogr",
        "-f",
        "GeoJSON",
        "-oo",
        "PAGE_SIZE=2",
        str(out),
        f"OAPIF:{served}",
        "incidents",
    )
    found = json.loads(out.read_text(encoding="utf-8"))["features"]
    assert {one["properties"]["title"] for one in found} == titles
    assert len(found) == PAST_A_PAGE
    assert {tuple(one["geometry"]["coordinates"]) for one in found} == {tuple(HERE["coordinates"])}
    box = ("-spat", "112.9", "36.9", "113", "37")
    assert "Feature Count: 0" in gdal(
        served, token, "ogrinfo", "-ro", "-al", "-so", *box, f"OAPIF:{served}", "incidents"
    )


def test_gdal_reads_areas_as_polygons(served: str, cast: County) -> None:
    told = gdal(served, cast.tokens["county_duty"], "ogrinfo", "-ro", "-al", f"OAPIF:{served}", "areas")
    assert "Feature Count: 13" in told
    assert told.count("POLYGON ((") == 13
    assert "丰州镇" in told


def test_owslib_reads_every_feature_page_by_page(served: str, cast: County) -> None:
    opened = {placed(cast, "town_duty", f"第{n}处", HERE, centre=TOWN) for n in range(PAST_A_PAGE)}
    door = Features(served, headers={"Authorization": f"Bearer {cast.tokens['town_duty']}"})
    assert "incidents" in door.feature_collections()
    assert door.collection("incidents")["title"] == "事件"
    page = door.collection_items("incidents", limit=3)
    found = page["features"]
    while after := next((one["href"] for one in page["links"] if one["rel"] == "next"), None):
        page = door.collection_items("incidents", limit=3, after=re.search(r"after=([^&]+)", after)[1])  # type: ignore[index]
        found += page["features"]
    assert {one["id"] for one in found} == opened
    assert {one["properties"]["title"] for one in found} == {f"第{n}处" for n in range(PAST_A_PAGE)}
    assert door.collection_item("incidents", found[0]["id"])["properties"]["state"] == "received"
