"""Moving pictures that pass through the server, on real streams: they end when the right does, whoever goes on reading, and tell no
address."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import requests

import wsgi
from command.core import clock
from command.core.errors import TooMany
from command.places.cameras.addresses import key_of
from command.places.cameras.relay import MOST, Pacer, Relay, Relays
from command.places.cameras.viewing import Running
from tests.cameras.media import Media
from tests.doors import Doors
from tests.serving import PATIENCE_S, Served

WHO = "county_duty"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    own = Served(tmp_path_factory.mktemp("passing")).start()
    yield own
    own.stop()


@pytest.fixture
def media(served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Media]:
    """A media server that the county allows."""
    made = Media(
        tmp_path_factory.mktemp("media"), key_of((served.data_dir / "secret.key").read_text().strip())
    )
    for name, value in (("allow_hosts", [made.host]), ("allow_networks", ["127.0.0.0/8"])):
        served.post("admin", "/settings", {"name": f"camera.{name}", "centre": "140429", "value": value})
    yield made
    made.close()


def viewing(served: Served, media: Media, protocol: str = "mjpeg", who: str = WHO) -> tuple[str, str]:
    """(camera, viewing) of somebody who begins to watch."""
    point = {"type": "Point", "coordinates": [112.86, 36.83]}
    made = served.post(WHO, "/cameras", {"name": "河道枪机", "location": point, "centre": "140429100"})["id"]
    served.post(WHO, f"/cameras/{made}/address", media.address(protocol))
    return made, served.post(who, f"/cameras/{made}/view", {"purpose": "weather"})["id"]


class Watching:
    """Reads a picture as it comes, in a thread of its own."""

    def __init__(self, served: Served, viewing: str, headers: dict[str, str] | None = None) -> None:
        given = headers or {"Authorization": f"Bearer {served.tokens[WHO]}"}
        url = f"{served.url}/api/v1/camera_viewings/{viewing}/picture"
        self.answer = requests.get(url, headers=given, stream=True, timeout=PATIENCE_S)
        self.pictures, self.over = threading.Semaphore(0), threading.Event()
        self.head = b""
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        try:
            for piece in self.answer.iter_content(4096):
                self.head = self.head or piece
                for _ in range(piece.count(b"\xff\xd8\xff")):
                    self.pictures.release()
        except requests.RequestException:
            self.answer.close()  # cut in the middle, as it may be
        finally:
            self.over.set()

    def plays(self) -> None:
        """Three pictures came."""
        for _ in range(3):
            assert self.pictures.acquire(timeout=PATIENCE_S)

    def ends(self, media: Media) -> None:
        """Here and at the media server."""
        assert self.over.wait(PATIENCE_S), "the picture goes on though the right to it has ended"
        assert media.left.acquire(timeout=PATIENCE_S), "the media server still sends"


def ended(served: Served, camera: str, viewing: str) -> None:
    served.post(WHO, f"/camera_viewings/{viewing}/end")


def retired(served: Served, camera: str, viewing: str) -> None:
    served.post(WHO, f"/cameras/{camera}/retire")


def moved(served: Served, camera: str, viewing: str) -> None:
    served.post(WHO, f"/cameras/{camera}/address", {})


@pytest.mark.parametrize("how", [ended, retired, moved])
def test_a_picture_that_passes_ends_with_the_right_to_it(
    served: Served, media: Media, how: Callable[[Served, str, str], None]
) -> None:
    camera, mine = viewing(served, media)
    watching = Watching(served, mine)
    watching.plays()
    assert watching.answer.headers["Content-Type"] == "application/octet-stream", "never shown as a page"
    assert watching.head.startswith(b"--ffmpeg")
    _, other = viewing(served, media)
    beside = Watching(served, other)
    how(served, camera, mine)
    watching.ends(media)
    beside.plays()
    served.post(WHO, f"/camera_viewings/{other}/end")
    beside.ends(media)
    assert served.ask(WHO, "GET", f"/camera_viewings/{mine}/picture").status_code in (404, 410)


def test_it_ends_when_whoever_watches_signs_out(served: Served, media: Media) -> None:
    session = requests.Session()
    account = {"username": WHO, "password": served.account(WHO)["password"]}
    csrf = session.post(f"{served.url}/api/v1/session", json=account, timeout=PATIENCE_S).json()["csrf"]
    _, mine = viewing(served, media)
    cookie = "; ".join(f"{one.name}={one.value}" for one in session.cookies)
    watching = Watching(served, mine, {"Cookie": cookie})
    watching.plays()
    session.delete(f"{served.url}/api/v1/session", headers={"X-CSRF-Token": csrf}, timeout=PATIENCE_S)
    watching.ends(media)


def test_who_does_not_read_holds_nothing_open(served: Served, media: Media) -> None:
    media.how = "flood"
    _, mine = viewing(served, media)
    headers = {"Authorization": f"Bearer {served.tokens[WHO]}"}
    url = f"{served.url}/api/v1/camera_viewings/{mine}/picture"
    stuck = requests.get(url, headers=headers, stream=True, timeout=PATIENCE_S)
    assert media.full.wait(PATIENCE_S), "what nobody reads is taken without end"
    served.post(WHO, f"/camera_viewings/{mine}/end")
    assert media.left.acquire(timeout=PATIENCE_S)
    stuck.close()


def test_what_is_no_picture_is_not_passed_on_and_said(served: Served, media: Media) -> None:
    _, mine = viewing(served, media)
    for how, zh in (("words", "应答不是画面"), ("refuse", "拒绝或无此画面"), ("redirect", "拒绝或无此画面")):
        media.how = how
        refused = served.ask(WHO, "GET", f"/camera_viewings/{mine}/picture")
        assert (refused.status_code, zh in refused.text, "<html>" in refused.text) == (502, True, False)
        assert refused.json()["said"]["en"].startswith("No picture: ")
    assert media.host not in refused.text


def test_only_ones_own_viewing_of_such_a_camera_is_passed(served: Served, media: Media) -> None:
    _, mine = viewing(served, media)
    _, whole = viewing(served, media, "hls")
    path = f"/camera_viewings/{mine}/picture"
    for who, status in (("county_leader", 404), ("planner", 403), ("admin", 403)):
        assert served.ask(who, "GET", path).status_code == status, who
        assert served.ask(who, "POST", f"/camera_viewings/{mine}/call").status_code == status, who
    assert served.ask(WHO, "GET", f"/camera_viewings/{whole}/picture").status_code == 404
    assert served.ask(WHO, "POST", f"/camera_viewings/{mine}/call").status_code == 404
    told = served.get(WHO, f"/camera_viewings/{mine}/stream")
    assert (told["url"], media.host in str(told)) == (None, False)
    before = len(served.get("auditor", "/access-log?what=camera%20weather")["items"])
    watching = Watching(served, mine)
    watching.plays()
    assert len(served.get("auditor", "/access-log?what=camera%20weather")["items"]) == before + 1
    served.post(WHO, f"/camera_viewings/{mine}/end")
    watching.ends(media)


def opened(
    relays: Relays, running: wsgi.Running, viewing: str, seconds: float = 600
) -> tuple[Relay, threading.Event]:
    """A picture that may be watched for some time."""
    until = clock.real() + timedelta(seconds=seconds)
    found = Running("mjpeg", "weather", "c", "https://m/", "https://m/", until, [], [])
    signed: Any = running.auth
    relay, cut = relays.begin(signed, 0, viewing, found), threading.Event()
    relay.cut = cut.set
    return relay, cut


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_it_ends_by_itself_when_the_time_is_over_and_a_second_takes_the_place_of_the_first(
    running: wsgi.Running, client: Doors
) -> None:
    relays = Relays(running.node, running.auth)
    short, cut = opened(relays, running, "a", 0.2)
    assert cut.wait(PATIENCE_S)
    assert short.over
    first, first_cut = opened(relays, running, "b")
    second, second_cut = opened(relays, running, "b")
    assert (first.over, first_cut.is_set(), second.over, second_cut.is_set()) == (True, True, False, False)
    relays.end(first)
    assert not second.over, "the end of the first is not the end of the second"
    relays.stop()
    assert second_cut.is_set()


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_process_carries_so_many_and_no_more(running: wsgi.Running, client: Doors) -> None:
    relays = Relays(running.node, running.auth)
    held = [opened(relays, running, str(number))[0] for number in range(MOST["mjpeg"])]
    with pytest.raises(TooMany, match="close one"):
        opened(relays, running, "more")
    relays.end(held[0])
    opened(relays, running, "more")
    relays.stop()


def test_a_picture_is_held_to_its_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("command.places.cameras.relay.time.monotonic", lambda: now[0])
    monkeypatch.setattr("command.places.cameras.relay.time.sleep", lambda s: now.__setitem__(0, now[0] + s))
    pacer = Pacer(rate=1000, burst=500)
    for _ in range(100):
        pacer.passed(300)
    assert now[0] - 100 == pytest.approx((100 * 300 - 500) / 1000, abs=0.5)
