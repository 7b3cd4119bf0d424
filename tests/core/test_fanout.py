"""Fan-out over real sockets: every screen, in order, whatever another screen does."""

from __future__ import annotations

import contextlib
import json
import signal
import struct
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import flask
import flask_socketio
import pytest
import websocket

from command.core.live import fanout
from tests.core.live_screen import LIVE, Screen
from tests.promptness import Heart

ROOT = Path(__file__).resolve().parents[2]
SMALL = 16 * 1024


@dataclass
class Server:
    """The server process of `live_server`, and the screens connected to it."""

    process: subprocess.Popen[str]
    port: int
    screens: list[Screen] = field(default_factory=list)

    def screen(self, name: str, receive_buffer: int | None = None) -> Screen:
        self.screens.append(Screen(self.port, name, receive_buffer))
        return self.screens[-1]

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
            body: bytes = answer.read()
        return body

    def facts(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.get("/facts"))
        return found

    def wait_for(self, true: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The server's facts once they are as wanted; AssertionError after 30 seconds."""
        end = time.monotonic() + 30
        while not true(facts := self.facts()):
            assert time.monotonic() < end, facts
        return facts


@contextlib.contextmanager
def _running(ping: float) -> Iterator[Server]:
    command = [sys.executable, "-m", "tests.core.live_server", str(ping)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        server = Server(process, int(process.stdout.readline()))
        try:
            yield server
        finally:
            for screen in server.screens:
                with contextlib.suppress(OSError, websocket.WebSocketException):
                    screen.close()
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=30) == 0
            assert process.stderr.read() == "", "the server logged nothing"


@pytest.fixture
def server() -> Iterator[Server]:
    with _running(20) as running:
        yield running


def test_it_gives_each_of_fifty_screens_every_frame_once_and_in_order(server: Server) -> None:
    screens = [server.screen(f"s{n}") for n in range(50)]
    asker = server.screen("asker")
    asker.call("go", {"first": 0, "count": 200})
    for screen in screens:
        assert screen.numbers(200) == list(range(200))
    assert server.facts()["frames"] == 200 * 51
    for screen in screens:  # nothing more is on the way: an answer is the next thing they hear
        assert screen.call("do", 1) == ({"ok": True, "result": 1}, [])


def test_it_keeps_the_order_of_stock_emits_and_direct_frames(server: Server) -> None:
    screens = [server.screen(f"s{n}") for n in range(5)]
    screens[0].ask("go", {"first": 0, "count": 100, "stock": True, "yield": True})
    for screen in screens[1:]:
        assert screen.numbers(200) == [n / 2 for n in range(200)]


def test_a_screen_that_stops_reading_delays_nobody_and_is_closed_at_the_cap(server: Server) -> None:
    slow, other = server.screen("slow", SMALL), server.screen("other")
    heard = []
    for first in range(0, 400, 10):
        heard += [entry["n"] for entry in other.call("go", {"first": first, "count": 10, "size": 4000})[1]]
    assert heard == list(range(400))
    facts = server.wait_for(lambda facts: facts["goodbyes"] == ["slow"])
    assert facts["closed_slow"] == 1
    assert facts["screens"] == ["other"]
    assert facts["waiting_bytes"] == 0
    with pytest.raises((OSError, websocket.WebSocketException)):
        slow.numbers(400)


def test_a_screen_that_lags_within_the_cap_still_gets_every_durable_frame(server: Server) -> None:
    slow, other = server.screen("slow", SMALL), server.screen("other")
    other.call("go", {"first": 0, "count": 100, "size": 4000})
    facts = server.facts()
    assert facts["lagging"] >= 1
    assert 0 < facts["waiting_bytes"] < 1_200_000
    answer = slow.ask("do", "still here")
    assert slow.numbers(100) == list(range(100))
    assert slow.text().startswith(answer), "the answer waits its turn behind the frames"
    assert server.wait_for(lambda facts: not facts["lagging"])["closed_slow"] == 0


def test_fleeting_frames_are_dropped_whole_for_a_screen_that_lags(server: Server) -> None:
    slow, other = server.screen("slow", SMALL), server.screen("other")
    missed = []
    for first in range(0, 300, 10):
        missed += other.call("go", {"first": first, "count": 10, "size": 4000, "durable": False})[0]["missed"]
    assert "slow" in missed, "the caller learns who missed a frame"
    facts = server.facts()
    assert facts["closed_slow"] == 0
    assert facts["dropped"] == len(missed)
    kept = slow.numbers(300 - missed.count("slow"))
    assert kept == sorted(kept)
    other.ask("go", {"first": 1000, "count": 1, "durable": False})
    assert slow.numbers(1) == [1000], "it hears the next ones again"


def test_answers_and_frames_mix_without_breaking_either(server: Server) -> None:
    screen, other = server.screen("acting"), server.screen("other")
    other.ask("go", {"first": 0, "count": 300, "yield": True, "size": 50})
    heads = [screen.ask("do", {"text": "汛情" * 2000, "n": n}) for n in range(30)]
    texts = [screen.text() for _ in range(330)]
    entries = [json.loads(text[text.index("[") :])[1]["n"] for text in texts if text.startswith("42")]
    answers = [text for text in texts if text.startswith("43")]
    assert entries == list(range(300))
    assert sorted(text[: text.index("[") + 1] for text in answers) == sorted(heads)
    assert all(json.loads(text[text.index("[") :])[0]["ok"] for text in answers)


def test_an_answer_larger_than_the_cap_reaches_a_screen_that_reads(server: Server) -> None:
    screen = server.screen("snapshot", SMALL)
    answer, _ = screen.call("big", 900_000)
    assert answer == "快" * 900_000


def test_a_screen_that_breaks_off_in_mid_send_harms_nobody(server: Server) -> None:
    broken, other = server.screen("broken", SMALL), server.screen("other")
    other.ask("go", {"first": 0, "count": 200, "size": 2000, "yield": True})
    assert other.numbers(50) == list(range(50))
    broken.reset()
    assert other.numbers(150) == list(range(50, 200))
    facts = server.wait_for(lambda facts: facts["goodbyes"] == ["broken"])
    assert (facts["sockets"], facts["waiting_bytes"]) == (1, 0)


def test_a_screen_on_long_polling_gets_every_frame_in_order_also_across_its_upgrade(server: Server) -> None:
    place = f"127.0.0.1:{server.port}/socket.io/?EIO=4&transport="
    url = f"http://{place}polling"
    with urllib.request.urlopen(url, timeout=30) as answer:
        sid = json.loads(answer.read()[1:])["sid"]

    def poll(body: bytes | None = None) -> list[str]:
        with urllib.request.urlopen(f"{url}&sid={sid}", data=body, timeout=30) as answer:
            text: str = answer.read().decode()
        return text.split("\x1e")

    poll(f'40{LIVE},{{"name": "polling"}}'.encode())
    assert poll()[0].startswith(f"40{LIVE}")
    other = server.screen("other")
    other.call("go", {"first": 0, "count": 20})
    heard = poll()
    other.call("go", {"first": 20, "count": 5})
    web = websocket.create_connection(f"ws://{place}websocket&sid={sid}", timeout=30)
    web.send("2probe")
    assert web.recv() == "3probe"
    other.call("go", {"first": 25, "count": 5})
    heard += [text for text in poll() if text != "6"]  # 6: nothing to say, the poll ends
    web.send("5")
    other.call("go", {"first": 30, "count": 20})
    while len(heard) < 50:
        heard += [text for text in [str(web.recv())] if text != "6"]
    web.close()
    assert [json.loads(text[text.index("[") :])[1]["n"] for text in heard] == list(range(50))
    assert server.facts()["fallback"] >= 25


def test_an_idle_screen_that_answers_pings_stays_and_a_dead_one_is_let_go() -> None:
    with _running(0.8) as server:
        living, _dead = server.screen("living"), server.screen("dead")
        living.web.settimeout(0.2)

        def only_one_is_left(facts: dict[str, Any]) -> bool:
            with contextlib.suppress(websocket.WebSocketTimeoutException):
                living.text()
            return living.pings >= 3 and facts["goodbyes"] == ["dead"]

        facts = server.wait_for(only_one_is_left)
        assert (facts["screens"], facts["sockets"]) == (["living"], 1)
        living.web.settimeout(30)
        living.ask("go", {"first": 0, "count": 1})
        assert living.numbers(1) == [0]


def test_it_closes_on_a_frame_that_is_not_masked(server: Server) -> None:
    screen = server.screen("bare")
    screen.web.sock.sendall(fanout.text_frame(b"3"))
    assert screen.web.recv_data(control_frame=True) == (8, (1002).to_bytes(2, "big"))


def test_it_puts_a_message_in_pieces_together(server: Server) -> None:
    screen = server.screen("pieces")
    text = f'42{LIVE},7["do","洪水{"。" * 30_000}"]'.encode()
    for fin, opcode, data in [(0, 1, text[:18]), (0, 0, text[18:23]), (1, 9, b"knock"), (1, 0, text[23:])]:
        frame = websocket.ABNF(fin=fin, opcode=opcode, data=data)
        frame.mask_value = 1
        screen.web.send_frame(frame)
    assert screen.web.recv_data(control_frame=True) == (10, b"knock")
    assert screen.text().startswith(f"43{LIVE},7[")


@pytest.mark.parametrize(
    ("opcode", "fin", "data", "code"),
    [(1, 1, b"x" * 1_000_001, 1009), (1, 1, b"\xff\xfe", 1007), (0, 1, b"lost", 1002), (3, 1, b"", 1002)],
)
def test_it_closes_on_a_message_that_is_too_big_or_malformed(
    server: Server, opcode: int, fin: int, data: bytes, code: int
) -> None:
    screen, other = server.screen("bad"), server.screen("other")
    with contextlib.suppress(OSError):  # the server need not read a message to its end to refuse it
        screen.web.sock.sendall(struct.pack("!BBQ", fin << 7 | opcode, 0xFF, len(data)) + bytes(4) + data)
    with contextlib.suppress(ConnectionError):
        assert screen.web.recv_data(control_frame=True) == (8, code.to_bytes(2, "big"))
    server.wait_for(lambda facts: facts["goodbyes"] == ["bad"])
    assert other.call("do", 1)[0]["ok"]


def test_it_sends_small_frames_without_delay_and_offers_no_compression(server: Server) -> None:
    screen = server.screen("one")
    screen.call("do", 1)
    assert server.facts()["nodelay"] is True
    assert "sec-websocket-extensions" not in screen.web.getheaders()


def test_it_lets_a_request_finish_when_told_to_stop_and_tells_the_screens(
    server: Server, heart: Heart
) -> None:
    screen = server.screen("told")
    command = [
        sys.executable,
        "-c",
        f"import urllib.request as u; print(u.urlopen('http://127.0.0.1:{server.port}/slow').read())",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as asking:
        server.wait_for(lambda facts: facts["working"] == 1)
        began = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        assert screen.web.recv_data(control_frame=True) == (8, (1001).to_bytes(2, "big"))
        assert server.process.wait(timeout=30) == 0
        heart.held(began, 5)
        assert asking.communicate()[0].strip() == "b'done'"


def test_it_measures_how_long_the_hub_stood_still(server: Server) -> None:
    screen = server.screen("one")
    began = time.monotonic()
    longest, _ = screen.call("stall", 0.2)
    assert 0.18 <= longest <= time.monotonic() - began
    assert server.facts()["stalls"] >= 1


def test_it_refuses_a_version_it_was_not_tested_with(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fanout, "_KNOWN", {"python-engineio": ("3.",)})
    with pytest.raises(RuntimeError, match="python-engineio"):
        fanout.Fanout(flask_socketio.SocketIO(flask.Flask(__name__), async_mode="gevent"))


def test_it_refuses_another_async_mode() -> None:
    with pytest.raises(RuntimeError, match="gevent"):
        fanout.Fanout(flask_socketio.SocketIO(flask.Flask(__name__), async_mode="threading"))


@pytest.mark.parametrize("size", [0, 125, 126, 65535, 65536])
def test_a_frame_says_its_length_as_the_standard_wants(size: int) -> None:
    frame = fanout.text_frame(b"x" * size)
    head = {
        0: b"\x81\x00",
        125: b"\x81\x7d",
        126: b"\x81\x7e\x00\x7e",
        65535: b"\x81\x7e\xff\xff",
        65536: b"\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00",
    }[size]
    assert frame == head + b"x" * size
