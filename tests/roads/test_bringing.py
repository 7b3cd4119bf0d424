"""A road file brought up over HTTP: looked at before it is in force, put in force, put back; whatever is wrong changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

import wsgi
from geo.crs import Crs, to_wgs84
from tests.county import County
from tests.doors import Doors
from tests.roads.files import PLACES, WAYS, written
from tests.roads.nets import in_force as put
from tests.roads.test_import import in_force

BringUp = Callable[..., TestResponse]
SAID = {"source": "测试局 2026-11", "licence": "ODbL 1.0"}


@pytest.fixture
def bring_up(running: wsgi.Running, cast: County) -> BringUp:
    """Send a road file's bytes as somebody."""

    def send(name: str, content: bytes, crs: str = "wgs84", who: str = "admin") -> TestResponse:
        return running.app.test_client().post(
            "/api/v1/imports/roads",
            query_string={"name": name, "crs": crs},
            data=content,
            headers={"Authorization": f"Bearer {cast.tokens[who]}"},
        )

    return send


@pytest.fixture
def file(tmp_path: Path) -> bytes:
    return written(tmp_path / "own.osm.pbf").read_bytes()


def lines(answer: TestResponse) -> list[dict[str, Any]]:
    return [json.loads(line) for line in answer.data.splitlines()]


def test_it_is_looked_at_put_in_force_and_put_back(
    bring_up: BringUp, client: Doors, cast: County, file: bytes
) -> None:
    before = put(cast)
    end = cast.end()
    answer = bring_up("武乡.osm.pbf", file)
    assert (answer.status_code, answer.content_type) == (201, "application/jsonl")
    told = lines(answer)
    assert [one["ways"] for one in told[:-1]] == [0, len(WAYS) - 1]  # the river is no way for anybody
    net = told[-1]["net"]
    assert {one["why"]: (one["count"], one["ids"]) for one in net["left"]} == {
        "kind": (1, [4]), "nobody": (1, [5]), "cut": (1, [6]), "turn": (1, [7]),
    }  # fmt: skip
    assert net["counts"]["stretches"] == 4
    assert net["km_inside"] == pytest.approx(net["counts"]["km"], abs=0.1)
    assert {one["class"] for one in net["lines"]} == {"primary", "residential", "unclassified"}
    drawn = [at for one in net["lines"] for line in one["geometry"]["coordinates"] for at in line]
    assert {tuple(at) for at in drawn} == set(PLACES.values())
    assert not net["thinned"]
    assert (cast.end(), in_force(cast).id) == (end, before["id"])  # only looked at

    taken = client.post("admin", "/road_nets", {"upload": net["upload"], **SAID, "synthetic": True})
    assert taken.status_code == 201, taken.text
    row = in_force(cast)
    assert (row.id, row.file, row.source_crs, row.synthetic) == (
        taken.json["id"],
        net["digest"],
        "wgs84",
        True,
    )
    way = client.get("county_duty", "/routes?from=112.86,36.83&to=112.88,36.84").json
    assert way["basis"]["code"] == "sketch"
    assert client.post("admin", f"/road_nets/{row.id}/withdraw", {}).status_code == 200
    assert in_force(cast).id == before["id"]


def test_it_is_moved_from_the_coordinates_that_it_was_said_to_have(
    bring_up: BringUp, client: Doors, cast: County, file: bytes
) -> None:
    net = lines(bring_up("a.osm.pbf", file, "gcj02"))[-1]["net"]
    drawn = {tuple(at) for one in net["lines"] for line in one["geometry"]["coordinates"] for at in line}
    assert len(drawn) == len(PLACES)
    for lon, lat in PLACES.values():
        there = to_wgs84(lon, lat, Crs.GCJ02)
        assert any(at == pytest.approx(there, abs=2e-5) for at in drawn)
    client.post("admin", "/road_nets", {"upload": net["upload"], **SAID, "source_crs": "bd09"})
    assert in_force(cast).source_crs == "gcj02"  # as the file was read, whatever is said afterwards


def test_it_reads_plain_osm_too_and_says_how_much_lies_elsewhere(bring_up: BringUp, tmp_path: Path) -> None:
    far = written(tmp_path / "far.osm", shift=3.0).read_bytes()
    net = lines(bring_up("far.osm", far))[-1]["net"]
    assert net["counts"]["km"] > 3
    assert net["km_inside"] == 0


def test_what_cannot_be_taken_is_refused_with_a_sentence_and_nothing_is_kept(
    bring_up: BringUp, client: Doors, cast: County, running: wsgi.Running, tmp_path: Path, file: bytes
) -> None:
    folder = running.node.data_dir / "imports"
    end = cast.end()
    for name, content in (
        ("a.osm.pbf", b"no map at all"),
        ("a.osm", b"<osm><way"),
        ("cut.osm.pbf", file[:200]),
    ):
        refused = lines(bring_up(name, content))[-1]["refused"]
        assert "无法读取" in refused["zh"]
        assert "cannot be read" in refused["en"]
    bare = tmp_path / "bare.osm"
    bare.write_text('<osm version="0.6"><node id="1" lat="36.8" lon="112.8"/></osm>', encoding="utf-8")
    assert "没有可通行的道路" in lines(bring_up("bare.osm", bare.read_bytes()))[-1]["refused"]["zh"]
    for name, crs in (("a.gpkg", "wgs84"), ("../a.osm.pbf", "wgs84"), ("a.osm.pbf", "mars"), ("", "wgs84")):
        answer = bring_up(name, file, crs)
        assert (answer.status_code, answer.content_type) == (422, "application/problem+json"), name
    assert bring_up("a.osm.pbf", b"").status_code == 422
    for who in ("county_duty", "town_duty", "auditor", "wall"):
        assert bring_up("a.osm.pbf", file, who=who).status_code == 403
    gone = "00000000-0000-7000-8000-000000000000"
    for said in ({"upload": gone}, {"upload": "../roads"}, {}, {"upload": gone, "file": "0" * 64}):
        assert client.post("admin", "/road_nets", {**said, **SAID}).status_code == 422, said
    assert list(folder.glob("*")) == []
    assert cast.end() == end
    assert not (running.node.data_dir / "roads").exists()


def test_who_goes_away_while_it_is_read_leaves_nothing(
    running: wsgi.Running, cast: County, file: bytes
) -> None:
    headers = {"Authorization": f"Bearer {cast.tokens['admin']}"}
    answer = running.app.test_client().post(
        "/api/v1/imports/roads?name=a.osm.pbf&crs=wgs84", data=file, headers=headers, buffered=False
    )
    told = answer.response
    assert json.loads(next(iter(told))) == {"ways": 0}
    answer.close()
    assert list((running.node.data_dir / "imports").glob("*")) == []
