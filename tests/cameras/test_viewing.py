"""Watching a camera: for a purpose, by those who may, for some minutes, each time written down; its address told to nobody else."""

from __future__ import annotations

import base64
import hashlib
import json
import logging
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa

from command.core import accesslog, clock
from command.core.map.layers import LAYERS
from command.core.records import KINDS
from command.core.store.db import Base
from command.places.cameras import addresses
from tests.cameras import ground
from tests.cameras.ground import ADDRESS, MARKER, MEDIA, STREAM
from tests.county import SECRET, TOWN, County
from tests.doors import Doors


def begun(client: Doors, camera: str, who: str = "town_duty", **body: Any) -> Any:
    return client.post(who, f"/cameras/{camera}/view", {"purpose": "weather", **body})


@pytest.fixture
def camera(cast: County) -> str:
    """A camera of the township with a stream."""
    ground.allow(cast, MEDIA)
    return ground.camera(cast, stream=STREAM)


def readings(cast: County) -> list[tuple[str, str, str]]:
    rows = cast.node.database.read(
        lambda s: s.execute(sa.select(accesslog.AccessEntry)).scalars().all(), world=None
    )
    return [(row.actor, row.what, row.thing) for row in rows]


def test_the_address_is_handed_out_for_a_purpose_until_a_time_and_each_time_is_a_line(
    client: Doors, cast: County, camera: str
) -> None:
    viewing = begun(client, camera, purpose="search", note="寻找走失老人")
    assert viewing.status_code == 201, viewing.text
    path = f"/camera_viewings/{viewing.json['id']}"
    assert readings(cast) == [], "who only stated a purpose has no address yet"
    got = client.get("town_duty", f"{path}/stream").json
    assert readings(cast) == [(cast.users["town_duty"], "camera search", camera)]
    assert cast.node.database.read(lambda session: [*accesslog.verify(session)], world=None) == []
    parts = urlsplit(got["url"])
    _, live, token, expires, cam, _ = parts.path.split("/")
    assert (live, cam, parts.query, got["timed"]) == ("live", "cam01", MARKER, True)
    key = addresses.key_of(SECRET)
    assert token == expected(f"{expires}/live/cam01/ {key}")
    assert got["until"] == viewing.json["until"]
    assert int(expires) == int(clock_of(got["signed_until"])) < clock_of(got["until"])
    assert clock_of(got["signed_until"]) - clock.real().timestamp() <= 60, "asked for anew while it plays"
    assert got["marks"] == [token, expires]
    on = client.post("town_duty", f"{path}/prolong")
    assert on.json["prolonged"] == 1
    client.get("town_duty", f"{path}/stream")
    assert [what for _, what, _ in readings(cast)] == ["camera search"] * 2, "what goes on is logged too"
    assert client.post("town_duty", f"{path}/end").json["ended_at"] is not None
    assert client.get("town_duty", f"{path}/stream").status_code == 410
    assert client.post("town_duty", f"{path}/prolong").status_code == 410
    assert len(readings(cast)) == 2


def expected(text: str) -> str:
    """What nginx computes, written down independently."""
    return base64.urlsafe_b64encode(hashlib.md5(text.encode()).digest()).decode().rstrip("=")


def clock_of(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def test_a_viewing_ends_by_itself_and_is_not_prolonged_for_ever(
    client: Doors, cast: County, camera: str
) -> None:
    path = f"/camera_viewings/{begun(client, camera).json['id']}"
    for _ in range(5):
        assert client.post("town_duty", f"{path}/prolong").status_code == 200
    again = client.post("town_duty", f"{path}/prolong")
    assert (again.status_code, "重新说明用途" in again.text) == (409, True)
    later = clock.real() + timedelta(minutes=11)
    with patch.object(clock, "real", lambda: later):
        assert client.get("town_duty", f"{path}/stream").status_code == 410


def test_it_asks_for_a_purpose_that_makes_sense(client: Doors, cast: County, camera: str) -> None:
    incident = cast.open()["id"]
    theirs = cast.noise["incident"]
    for body, status in (
        ({"purpose": "nosy"}, 422), ({}, 201), ({"purpose": "other"}, 422), ({"purpose": "other", "note": "领导视察"}, 201),
        ({"purpose": "incident"}, 422), ({"purpose": "incident", "incident_id": incident}, 201),
        ({"purpose": "incident", "incident_id": theirs}, 422), ({"purpose": "weather", "note": "x" * 201}, 422),
    ):  # fmt: skip
        assert begun(client, camera, **body).status_code == status, body
    bare = ground.camera(cast, name="没有画面")
    refused = begun(client, bare)
    assert (refused.status_code, "没有画面地址" in refused.text) == (409, True)


def test_only_those_who_may_watch_it_and_only_ones_own_viewing(
    client: Doors, cast: County, camera: str
) -> None:
    assert begun(client, camera, "planner").status_code == 403, "sees where it is, may not watch"
    assert begun(client, camera, "wall").status_code == 403
    assert begun(client, camera, "admin").status_code == 403, "keeps the register, does not watch"
    for who in ("other_duty", "water_duty", "town_team"):
        assert begun(client, camera, who).status_code == 404
    path = f"/camera_viewings/{begun(client, camera).json['id']}/stream"
    assert client.get("town_leader", path).status_code == 404
    assert client.get("county_duty", path).status_code == 404
    assert client.get("auditor", path).status_code == 403
    assert begun(client, camera, "county_duty").status_code == 201
    assert begun(client, camera, "town_leader").status_code == 201
    assert [what for _, what, _ in readings(cast)] == []


def test_a_camera_that_was_retired_meanwhile_is_watched_no_more(
    client: Doors, cast: County, camera: str
) -> None:
    path = f"/camera_viewings/{begun(client, camera).json['id']}/stream"
    client.post("town_duty", f"/cameras/{camera}/address", {})
    assert client.get("town_duty", path).status_code == 410
    client.post("town_duty", f"/cameras/{camera}/address", STREAM)
    assert client.get("town_duty", path).status_code == 200
    client.post("town_duty", f"/cameras/{camera}/retire")
    assert client.get("town_duty", path).status_code == 404
    kept = sa.text("SELECT count(*) FROM camera_stream")
    assert cast.node.database.read(lambda s: s.execute(kept).scalar_one(), world=0) == 0, (
        "its address is destroyed"
    )


def test_auditors_see_who_watched_what_and_why(client: Doors, cast: County, camera: str) -> None:
    incident = cast.open()["id"]
    viewing = begun(client, camera, purpose="incident", incident_id=incident, note="看水位").json
    listed = client.get("auditor", f"/camera_viewings?camera_id={camera}").json["items"]
    assert [(one["by"], one["purpose"], one["incident_id"], one["camera_name"]) for one in listed] == [
        ("甲 town_duty", "incident", incident, "丰州桥头")
    ]
    assert client.get("auditor", f"/camera_viewings/{viewing['id']}/note").json == {"note": "看水位"}
    assert readings(cast)[-1] == (cast.users["auditor"], "camera note", viewing["id"])
    assert client.get("town_duty", f"/camera_viewings/{viewing['id']}/note").status_code == 403
    assert client.get("county_duty", "/camera_viewings").json["items"] == []
    assert (
        "调看摄像头 丰州桥头（事件处置）"
        in client.get("auditor", "/journal?limit=1000&type=camera_viewing.begun").text
    )


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("rtsp://media.wuxiang.example/{token}{expires}", "RTSP"),
        ("https:///x/{token}/{expires}/", "https"),
        ("https://user:hidden@media.wuxiang.example/{token}/{expires}/a", "用户名和密码"),
        ("https://elsewhere.example/{token}/{expires}/a", "不在设置"),
        ("https://media.wuxiang.example:8443x/{token}/{expires}/a", "https"),
        ("https://media.wuxiang.example/a/index.m3u8?hidden", "{token}"),
    ],
)
def test_an_address_that_will_not_do_is_refused_and_not_repeated(
    client: Doors, cast: County, camera: str, address: str, word: str
) -> None:
    refused = client.post("town_duty", f"/cameras/{camera}/address", {"protocol": "hls", "address": address})
    assert (refused.status_code, word in refused.text, "hidden" in refused.text) == (422, True, False), (
        refused.text
    )


def test_an_address_without_a_signature_needs_a_setting(client: Doors, cast: County, camera: str) -> None:
    ground.allow(cast, MEDIA, unsigned=True)
    plain = {"protocol": "hls", "address": f"https://{MEDIA}/cam.m3u8"}
    assert client.post("town_duty", f"/cameras/{camera}/address", plain).json["protocol"] == "hls"
    got = client.get("town_duty", f"/camera_viewings/{begun(client, camera).json['id']}/stream").json
    assert (got["url"], got["timed"]) == (plain["address"], False)


def test_the_address_is_in_no_record_list_layer_journal_export_log_or_table(
    client: Doors, cast: County, camera: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    viewing = begun(client, camera, note=MARKER).json
    shown = client.get("town_duty", f"/camera_viewings/{viewing['id']}/stream")
    assert MARKER in shown.text, "only here"
    client.post(
        "town_duty", f"/cameras/{camera}/address", {"protocol": "hls", "address": ADDRESS, "x": MARKER}
    )
    client.post("town_duty", f"/cameras/{camera}/address", {"protocol": "hls", "address": f"ftp://{MARKER}"})
    cast.do("system", "camera.settle", {"id": camera, "state": "online"})
    paths = [f"/{one.path}?limit=1000" for one in KINDS.values() if one.path] + [
        f"/layers/{name}" for name in LAYERS
    ]
    paths += [
        f"/cameras/{camera}",
        "/cameras/near?lon=112.86&lat=36.83",
        "/layers/cameras.kml",
        f"/camera_viewings/{viewing['id']}",
    ]
    for who in ("county_duty", "town_duty", "admin", "auditor"):
        for path in paths:
            assert MARKER not in client.get(who, path).text, (who, path)
    assert MARKER not in client.get("auditor", "/journal?limit=1000").text
    assert MARKER not in caplog.text

    def rows(session: Any) -> list[str]:
        return [
            f"{table.name}: {value!r}"
            for table in Base.metadata.sorted_tables
            for row in session.connection().execute(sa.select(table))
            for value in row
        ]

    found = cast.node.database.read(rows, world=None)
    assert len(found) > 1000
    assert [one[:60] for one in found if MARKER in one] == []


def test_the_players_page_is_opened_for_the_one_media_server_and_no_other_page_is(
    running: Any, client: Doors, camera: str
) -> None:
    def policy(who: str, path: str) -> str:
        headers = {"Authorization": f"Bearer {client.tokens[who]}"}
        answer = running.app.test_client().get(path, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.headers["Content-Security-Policy"]

    viewing = begun(client, camera).json["id"]
    opened = policy("town_duty", f"/camera/{viewing}")
    assert f"connect-src 'self' https://{MEDIA};" in opened
    assert f"media-src 'self' blob: https://{MEDIA}" in opened
    assert "img-src 'self' data: blob:;" in opened, "not for what it does not need"
    assert "*" not in opened
    for who, path in (
        ("town_leader", f"/camera/{viewing}"),
        ("town_duty", "/camera/none"),
        ("town_duty", "/"),
    ):
        assert MEDIA not in policy(who, path)
    client.post("town_duty", f"/camera_viewings/{viewing}/end")
    assert MEDIA not in policy("town_duty", f"/camera/{viewing}")


def test_a_drill_watches_nothing_that_is_not_enrolled(client: Doors, cast: County, camera: str) -> None:
    assert (
        client.post("town_duty", f"/cameras/{camera}/view", {"purpose": "drill"}, world=7).status_code == 403
    )
    assert json.loads(client.get("town_duty", f"/cameras/{camera}").text)["centre"] == TOWN
