"""Clients that speak byte by byte to hold connections open: each is cut off in time, and nobody else feels them."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from tests.serving import PATIENCE_S, Live, Served

READ_S = 3
HEAD = "POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that waits three seconds for a request."""
    own = Served(tmp_path_factory.mktemp("slow"), READ_S=str(READ_S)).start()
    yield own
    own.stop()


class Slow:
    """A client that says one byte each fifth of a second until it is cut off."""

    def __init__(self, server: Served, begins: bytes) -> None:
        self.line = socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE_S)
        self.line.sendall(begins)
        self.began, self.ended, self.told = time.monotonic(), 0.0, b""
        self.done = threading.Event()
        self.threads = [threading.Thread(target=run) for run in (self._speak, self._hear)]
        for thread in self.threads:
            thread.start()

    def _speak(self) -> None:
        while not self.done.wait(0.2):
            try:
                self.line.sendall(b"x")
            except OSError:
                return

    def _hear(self) -> None:
        try:
            while piece := self.line.recv(4096):
                self.told += piece
        except ConnectionError:
            pass  # cut off without a word is cut off too
        finally:
            self.ended = time.monotonic()
            self.done.set()

    def end(self) -> bytes:
        """What it was told before it was cut off."""
        cut = self.done.wait(PATIENCE_S)
        self.done.set()
        for thread in self.threads:
            thread.join()
        self.line.close()
        assert cut, f"still held after {time.monotonic() - self.began:.0f} s"
        return self.told


def body(path: str) -> bytes:
    """A request whose body is announced and does not come."""
    return HEAD.format(path=path, length=900_000).encode() + b'{"username": "'


def test_it_cuts_off_who_is_slow_and_serves_the_others(
    server: Served, live: Callable[[Served, str], Live]
) -> None:
    screen = live(server, "county_duty")
    screen.watch("county")
    slow = {
        "before the head": Slow(server, b"G"),
        "in the head": Slow(server, b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: "),
        "in a body": Slow(server, body("/api/v1/session")),
        "in a body that nobody reads": Slow(server, body("/api/v1/nowhere")),
        "in chunks": Slow(
            server, b"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n"
        ),
    }
    opened = server.post("county_duty", "/incidents", {"kind": "flash_flood", "village_code": "140429100003"})
    assert screen.item("incident.opened", id=opened["id"])
    told = {name: one.end() for name, one in slow.items()}
    for name in ("before the head", "in the head", "in a body"):
        assert told[name].startswith(b"HTTP/1.1 408 "), (name, told[name])
    assert told["in a body that nobody reads"].startswith(b"HTTP/1.1 404 ")
    assert all(one.ended - one.began >= READ_S - 0.5 for one in slow.values()), "nobody is cut off early"
    assert not screen.ended, "a screen that says little is not slow"
    assert server.get("county_duty", "/incidents?limit=1")["items"]
    assert "Traceback" not in server.log.read_text()


def test_it_takes_a_body_that_comes_steadily_over_a_thin_line(server: Served) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE_S) as line:
        piece = b" " * 8192
        line.sendall(HEAD.format(path="/api/v1/session", length=10 * len(piece)).encode())
        began = time.monotonic()
        for turn in range(10):
            line.sendall(piece)
            threading.Event().wait(began + (turn + 1) * READ_S / 8 - time.monotonic())
        assert time.monotonic() - began > READ_S
        assert line.recv(4096).startswith(b"HTTP/1.1 413 "), "read to its end and refused for what it is"
