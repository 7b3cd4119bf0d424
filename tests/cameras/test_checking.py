"""Whether cameras work: looked at on real streams, only where that was allowed; only a change is an entry, the look itself has an age."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from command.core import clock, outbound
from command.places.cameras import jobs
from command.places.cameras.addresses import key_of
from command.places.cameras.checking import look
from tests.cameras import ground
from tests.cameras.media import Media
from tests.county import SECRET, County
from tests.doors import Doors

LOOPBACK = ["127.0.0.0/8"]


@pytest.fixture
def media(tmp_path: Path) -> Iterator[Media]:
    """The county's media server."""
    made = Media(tmp_path / "media", key_of(SECRET))
    yield made
    made.close()


def asked(media: Media, protocol: str = "hls", **more: Any) -> str | None:
    """A look at a stream; other hosts, networks or another key by name."""
    given: dict[str, Any] = {
        "hosts": [media.host],
        "networks": LOOPBACK,
        "key": key_of(SECRET),
        "seconds": 20.0,
        **more,
    }
    until = clock.real() + timedelta(seconds=60)
    address = given.pop("address", None) or media.address(protocol)["address"]
    return look(protocol, address, given["key"], until, given["hosts"], given["networks"], given["seconds"])


def test_it_sees_real_streams_of_each_sort(media: Media) -> None:
    media.start_hls()
    assert {protocol: asked(media, protocol) for protocol in ("hls", "mjpeg", "webrtc")} == dict.fromkeys(
        ("hls", "mjpeg", "webrtc")
    )
    assert asked(media, "hls", key="another key") == "status", "the media server lets in only what was signed"


@pytest.mark.parametrize(
    ("how", "protocol", "reason"),
    [
        ("refuse", "hls", "status"),
        ("redirect", "mjpeg", "status"),
        ("words", "hls", "picture"),
        ("words", "mjpeg", "picture"),
    ],
)
def test_it_says_why_there_is_no_picture(media: Media, how: str, protocol: str, reason: str) -> None:
    media.how = how
    assert asked(media, protocol) == reason
    assert len(media.asked) == 1, "it asks once, and follows nobody"


def test_it_waits_no_longer_than_it_may(media: Media) -> None:
    media.how = "hang"
    begun = time.monotonic()
    assert asked(media, seconds=1.0) == "silent"
    assert time.monotonic() - begun < 15, "one second was given; the machine may be slow"
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        assert asked(media, address=f"http://127.0.0.1:{port}/x", hosts=["127.0.0.1"]) == "silent"


@pytest.mark.parametrize(
    "ip", ["127.0.0.1", "169.254.169.254", "10.0.0.1", "192.168.1.1", "::1", "::ffff:127.0.0.1", "0.0.0.0"]
)
def test_it_reaches_no_inner_address_that_was_not_allowed(
    media: Media, monkeypatch: pytest.MonkeyPatch, ip: str
) -> None:
    def resolve(host: str, port: int, **_: Any) -> list[Any]:
        family = socket.AF_INET6 if ":" in ip else socket.AF_INET
        return [(family, socket.SOCK_STREAM, 6, "", (ip, port))]

    monkeypatch.setattr(outbound.socket, "getaddrinfo", resolve)
    for scheme in ("http", "https"):
        address = f"{scheme}://{ground.MEDIA}:{media.port}/live/cam01/index.m3u8"
        assert asked(media, address=address, hosts=[ground.MEDIA], networks=[]) == "inside"
    assert asked(media, address=f"http://elsewhere.example:{media.port}/x") == "host"
    assert media.asked == []


def turn(cast: County, later: float = 0.0) -> int:
    """One turn of the leader's job, so many seconds from now."""
    now = clock.real() + timedelta(seconds=later)
    with patch.object(jobs.clock, "real", lambda: now):
        return jobs.check(cast.node)


def told(cast: County, after: int) -> list[tuple[str, str]]:
    return [(one.type, one.actor) for one in cast.entries(after=after)]


def test_only_changes_are_entries_and_each_look_has_an_age(cast: County, client: Doors, media: Media) -> None:
    media.start_hls()
    ground.allow(cast, media.host, allow_networks=LOOPBACK)
    camera = ground.camera(cast, stream=media.address("hls"))
    bare = ground.camera(cast, name="没有画面")

    def shown(thing: str = camera) -> Any:
        one = client.get("town_duty", f"/cameras/{thing}").json
        return one["state"], one["reason"], one["checked_at"] is not None

    assert (shown(), shown(bare)) == (("unknown", None, False), ("none", None, False))
    before = cast.end()
    assert turn(cast) == 1
    assert (shown(), shown(bare)) == (("online", None, True), ("none", None, False))
    assert turn(cast, 60) == 0, "it is not its time yet"
    assert turn(cast, 130) == 1
    assert told(cast, before) == [("camera.settled", "system")], "what stays the same is no entry"
    media.how = "refuse"
    assert turn(cast, 260) == 1
    assert shown()[0] == "online", "one miss may be a moment's trouble"
    assert turn(cast, 290) == 1, "it is looked at again in the next turn"
    assert shown() == ("offline", "status", True)
    media.how = "serve"
    assert turn(cast, 420) == 1
    assert shown() == ("online", None, True)
    assert len(told(cast, before)) == 3
    assert cast.flaws() == []


def test_a_host_that_is_allowed_no_longer_is_not_asked(cast: County, client: Doors, media: Media) -> None:
    ground.allow(cast, media.host, allow_networks=LOOPBACK)
    camera = ground.camera(cast, stream=media.address("hls"))
    ground.allow(cast)
    turn(cast)
    turn(cast, 40)
    one = client.get("town_duty", f"/cameras/{camera}").json
    assert (one["state"], one["reason"], media.asked) == ("offline", "host", [])
