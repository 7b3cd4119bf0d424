"""CAP brought by machines: addresses that are read by a job with their tags, and the door that takes only what is signed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from command.warnings import feeding
from tests.county import County
from tests.doors import Doors
from tests.warnings.caps import alert, xml
from tests.warnings.test_taking import kept


@pytest.fixture
def source() -> Iterator[Any]:
    """A machine that gives one alert, and says by its tag that nothing is new."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = self.headers.get("If-None-Match") == '"v1"'
            made.asked.append(known)
            self.send_response(304 if known else 200)
            self.send_header("ETag", '"v1"')
            self.end_headers()
            if not known:
                self.wfile.write(xml(made.alert).encode())

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    made: Any = HTTPServer(("127.0.0.1", 0), Handler)
    made.alert, made.asked = alert(), []
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


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
        for one in feeding._sources.values():
            one.next_at = feeding.reading.BEGINNING
        feeding.read_feeds(cast.node)
    assert source.asked == [False, True]
    assert kept(cast) == (1, 1)


def test_what_is_not_signed_is_not_heard(cast: County, client: Doors) -> None:
    answer = client.app.test_client().post("/gateways/cap", data=xml(alert()).encode())
    assert (answer.status_code, kept(cast)) == (401, (0, 0))
