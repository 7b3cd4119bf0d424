"""Pictures of the ground from outside: only what is set is asked, the key stays here, and nothing hangs on a source that is silent."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import config
import wsgi
from tests.county import COUNTY, SECRET, County
from tests.doors import Doors

KEY = "tk-of-the-county-0123456789"


def picture() -> bytes:
    """A small PNG."""
    kept = io.BytesIO()
    Image.new("RGB", (8, 8), "#334455").save(kept, "PNG")
    return kept.getvalue()


class Outside(ThreadingHTTPServer):
    """Another house's server of pictures: what it was asked for, and what it answers next."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.asked: list[str] = []
        self.status, self.media, self.body = 200, "image/png", picture()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def source(self, **more: Any) -> dict[str, Any]:
        """It as a source of the setting."""
        url = f"http://127.0.0.1:{self.server_port}/wmts?row={{y}}&col={{x}}&matrix={{z}}&tk={{key}}"
        return {
            "id": "vec",
            "zh": "矢量底图",
            "en": "Vector",
            "url": url,
            "credit": "示意来源",
            "max_zoom": 12,
            **more,
        }


class _Answers(BaseHTTPRequestHandler):
    server: Outside

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.send_response(self.server.status)
        self.send_header("Content-Type", self.server.media)
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *said: Any) -> None:
        """Nothing."""


@pytest.fixture
def outside() -> Iterator[Outside]:
    found = Outside()
    yield found
    found.shutdown()
    found.server_close()


@pytest.fixture
def doors(cast: County, county_url: str, tmp_path: Path) -> Iterator[Doors]:
    """The doors of an application that has a key."""
    url = county_url.replace("sqlite:///", "sqlite:////", 1).replace("/////", "////")
    given = {"DATA_DIR": str(tmp_path), "DATABASE_URL": url, "SECRET_KEY": SECRET, "MAP_KEY": KEY}
    running = wsgi.create_app(
        config.load({f"FENGSUI_{name}": value for name, value in given.items()}), cooperative=False
    )
    yield Doors(running.app, cast.tokens)
    running.node.database.close()


def put(cast: County, *sources: dict[str, Any], networks: tuple[str, ...] = ("127.0.0.0/8",)) -> None:
    """Set the county's sources."""
    for name, value in (("map.allow_networks", list(networks)), ("map.online", list(sources))):
        cast.do("admin", "setting.set", {"name": name, "centre": COUNTY, "value": value})


def tile(doors: Doors, path: str, who: str | None = "town_duty") -> Any:
    """A picture asked for at its own address."""
    head = {"Authorization": f"Bearer {doors.tokens[who]}"} if who else {}
    return doors.app.test_client().get(f"/tiles/online/{path}", headers=head)


def test_a_picture_passes_through_with_the_key_that_no_screen_sees(
    doors: Doors, cast: County, outside: Outside
) -> None:
    put(cast, outside.source())
    listed: Any = doors.get("town_duty", "/map/online")
    assert listed.status_code == 200, listed.text
    assert listed.json["items"] == [
        {"id": "vec", "zh": "矢量底图", "en": "Vector", "credit": "示意来源", "max_zoom": 12}
    ]
    answer = tile(doors, "vec/9/417/198")
    assert (answer.status_code, answer.content_type, answer.data) == (200, "image/png", picture())
    assert answer.headers["Cache-Control"] == "private, max-age=86400"
    assert outside.asked == [f"/wmts?row=198&col=417&matrix=9&tk={KEY}"]
    assert KEY not in listed.text
    assert all(KEY.encode() not in one.record for one in cast.entries())


def test_none_is_asked_unless_one_is_set_and_only_by_who_sees_layers(
    doors: Doors, cast: County, outside: Outside
) -> None:
    assert doors.get("town_duty", "/map/online").json == {"items": [], "next": None}
    assert tile(doors, "vec/9/417/198").status_code == 404
    put(cast, outside.source())
    assert tile(doors, "vec/9/417/198", None).status_code == 401
    assert tile(doors, "vec/9/417/198", "town_team").status_code == 403
    for wrong in ("vec/13/1/1", "vec/3/8/0", "vec/3/0/8", "other/3/0/0"):
        assert tile(doors, wrong).status_code == 404, wrong
    assert outside.asked == []


def test_what_is_no_picture_or_not_allowed_is_not_passed_on(
    doors: Doors, cast: County, outside: Outside
) -> None:
    put(cast, outside.source(), networks=())
    refused = tile(doors, "vec/1/0/0")
    assert refused.status_code == 502
    assert "map.allow_networks" in refused.text
    assert outside.asked == []
    put(cast, outside.source())
    outside.media, outside.body = "text/html", b"<script>alert(1)</script>"
    assert tile(doors, "vec/1/0/0").status_code == 502
    outside.media, outside.status = "image/png", 403
    assert tile(doors, "vec/1/0/0").status_code == 502
    outside.status = 404
    assert tile(doors, "vec/1/0/0").status_code == 404
    outside.status, outside.body = 200, b"x" * 1_000_001
    assert tile(doors, "vec/1/0/0").status_code == 502


def test_a_source_that_is_silent_is_not_asked_for_each_picture_anew(
    doors: Doors, cast: County, outside: Outside
) -> None:
    put(cast, outside.source())
    outside.shutdown()
    outside.server_close()
    said = [tile(doors, f"vec/2/{x}/0").json["detail"] for x in range(3)]
    assert said[1:] == ["对方刚才没有答复"] * 2 or said[1:] == ["It did not answer a moment ago"] * 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "ftp://host/{z}/{x}/{y}"}, {"url": "https://host/{z}/{x}"}, {"url": "https://{x}.host/{z}/{x}/{y}"},
        {"url": "https://user@host/{z}/{x}/{y}"}, {"id": "../x"}, {"max_zoom": 30}, {"script": "x"},
    ],
)  # fmt: skip
def test_a_source_that_is_none_is_refused(
    doors: Doors, cast: County, outside: Outside, wrong: dict[str, Any]
) -> None:
    body = {"name": "map.online", "centre": COUNTY, "value": [outside.source(**wrong)]}
    assert doors.post("admin", "/settings", body).status_code == 422
    assert doors.get("town_duty", "/map/online").json == {"items": [], "next": None}
