"""CAP brought by machines: addresses that are read by a job with their tags, and the door that takes only what is signed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

import config
import wsgi
from command.core import clock
from command.core.webhook import sign
from command.warnings import feeding
from tests.county import SECRET, County
from tests.doors import Doors
from tests.warnings.caps import alert, xml
from tests.warnings.test_taking import kept

GATEWAY = "a gateway secret of tests only, of good length"


@pytest.fixture
def source() -> Iterator[Any]:
    """A machine that gives documents by their path, each with a tag by which it says that nothing is new."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            tag, body = '"v1"', made.documents.get(self.path)
            known = self.headers.get("If-None-Match") == tag
            made.asked.append((self.path, known))
            self.send_response(404 if body is None else 304 if known else 200)
            self.send_header("ETag", tag)
            self.end_headers()
            if body is not None and not known:
                self.wfile.write(body.encode())

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    made: Any = HTTPServer(("127.0.0.1", 0), Handler)
    made.documents, made.asked = {"/cap.xml": xml(alert())}, []
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


def allow(cast: County, source: Any, path: str) -> None:
    """One of its addresses is read, its network allowed."""
    url = f"http://127.0.0.1:{source.server_port}{path}"
    allowed = {
        "warning.feeds": [url],
        "warning.feed_hosts": ["127.0.0.1"],
        "warning.feed_networks": ["127.0.0.0/8"],
    }
    for name, value in allowed.items():
        cast.do("admin", "setting.set", {"name": name, "centre": "140429", "value": value})


def turn(cast: County) -> int:
    """Its time has come."""
    for one in feeding._sources.values():
        one.next_at = feeding.reading.BEGINNING
    return feeding.read_feeds(cast.node)


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><id>x</id><updated>2026-07-21T00:00:00Z</updated>
<entry><id>1</id><link rel="self" href="/nothing"/><link type="application/cap+xml" href="/one.xml"/><link href="/page.html"/></entry>
<entry><id>2</id><link href="two.xml"/></entry></feed>"""
RSS = """<rss version="2.0"><channel><title>x</title><item><title>1</title><link> /one.xml </link></item>
<item><link>two.xml</link></item><item><title>without a link</title></item></channel></rss>"""


@pytest.mark.parametrize("words", [ATOM, RSS], ids=["atom", "rss"])
def test_each_alert_that_a_feed_lists_is_taken_once_and_what_is_new_with_the_next_turn(
    cast: County, source: Any, words: str
) -> None:
    numbers = [{"identifier": f"14042941600000_2026072123400{n}_1"} for n in range(3)]
    one, two, three = (xml(alert(**number)) for number in numbers)
    source.documents = {"/list": words, "/one.xml": one, "/two.xml": two}
    allow(cast, source, "/list")
    assert turn(cast) == 2
    assert [path for path, _ in source.asked] == ["/list", "/one.xml", "/two.xml"]
    assert kept(cast) == (2, 2)
    assert turn(cast) == 0
    assert source.asked[3:] == [("/list", True)], "the list is asked by its tag, its alerts not again"
    source.documents |= {"/list": words.replace("two.xml", "three.xml"), "/three.xml": three}
    feeding._sources[str(cast.node.data_dir), f"http://127.0.0.1:{source.server_port}/list"].tag = ""
    assert turn(cast) == 1
    assert kept(cast) == (3, 3)


def test_a_bad_alert_in_a_feed_is_refused_and_the_others_are_taken(cast: County, source: Any) -> None:
    source.documents = {
        "/list": ATOM,
        "/one.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        "/two.xml": xml(alert()),
    }
    allow(cast, source, "/list")
    for _ in range(2):
        turn(cast)
        assert kept(cast) == (1, 1)


def test_an_address_is_read_with_its_tag_and_only_where_it_is_allowed(cast: County, source: Any) -> None:
    url = f"http://127.0.0.1:{source.server_port}/cap.xml"
    allowed = {"warning.feeds": [url], "warning.feed_hosts": ["127.0.0.1"]}
    for name, value in allowed.items():
        cast.do("admin", "setting.set", {"name": name, "centre": "140429", "value": value})
    assert feeding.read_feeds(cast.node) == 0
    assert source.asked == [], "its network is not allowed"
    network = {"name": "warning.feed_networks", "centre": "140429", "value": ["127.0.0.0/8"]}
    cast.do("admin", "setting.set", network)
    for _ in range(2):
        turn(cast)
    assert source.asked == [("/cap.xml", False), ("/cap.xml", True)]
    assert kept(cast) == (1, 1)


def test_what_is_not_signed_is_not_heard(cast: County, client: Doors) -> None:
    answer = client.app.test_client().post("/gateways/cap", data=xml(alert()).encode())
    assert (answer.status_code, kept(cast)) == (401, (0, 0))


@pytest.fixture
def door(cast: County, county_url: str, tmp_path: Path) -> Iterator[Any]:
    """The house with a gateway's secret."""
    url = county_url.replace("sqlite:///", "sqlite:////", 1).replace("/////", "////")
    given = {"DATA_DIR": str(tmp_path), "DATABASE_URL": url, "SECRET_KEY": SECRET, "GATEWAY_SECRET": GATEWAY}
    made = wsgi.create_app(
        config.load({f"FENGSUI_{name}": value for name, value in given.items()}), cooperative=False
    )
    yield made.app.test_client()
    made.node.database.close()


def test_what_is_rightly_signed_is_taken_once_and_what_is_wrongly_signed_not_at_all(
    cast: County, door: Any
) -> None:
    body, now = xml(alert()).encode(), clock.wire(clock.real())
    other = xml(alert(identifier="14042941600000_20260721234009_1")).encode()
    old = "2020-01-01T00:00:00.000Z"

    def knock(at: str, signature: str, sent: bytes = body) -> Any:
        return door.post(
            "/gateways/cap", data=sent, headers={"Fengsui-Time": at, "Fengsui-Signature": signature}
        )

    right = "v1=" + sign(GATEWAY, now, body)
    for at, signature in (
        (now, "v1=00"), (now, ""), (now, right[3:]), (now, "v1=" + sign("another secret", now, body)),
        ("", right), (clock.wire(clock.real() + timedelta(seconds=1)), right), (old, "v1=" + sign(GATEWAY, old, body)),
    ):  # fmt: skip
        assert knock(at, signature).status_code == 401, (at, signature)
    assert knock(now, right, other).status_code == 401, "the signature is of another text"
    assert kept(cast) == (0, 0)
    for _ in range(2):  # brought again, it is had already
        assert knock(now, right).status_code == 204
    assert kept(cast) == (1, 1)
    broken = body.replace(b"urgency", b"haste")
    refused = knock(now, "v1=" + sign(GATEWAY, now, broken), broken)
    assert (refused.status_code, kept(cast)) == (422, (1, 1))
    assert refused.json["said"]["zh"].startswith("CAP")
