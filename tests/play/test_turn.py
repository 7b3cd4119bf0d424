"""One evening at a time, whichever process plays it; a killed one lets the next begin."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from tests.serving import COMMAND_S, PATIENCE_S, ROOT, Served

SLOW = 1.0


def door(served: Served, method: str) -> requests.Response:
    """The first page's button."""
    body = {"speed": SLOW} if method == "POST" else None
    return requests.request(method, f"{served.url}/api/v1/demo/play", json=body, timeout=COMMAND_S)


def playing(served: Served) -> bool:
    """What the first page says."""
    told: bool = requests.get(f"{served.url}/api/v1/doors", timeout=PATIENCE_S).json()["playing"]
    return told


def comes_to(check: Callable[[], bool]) -> None:
    """Wait until it is so."""
    until = time.monotonic() + COMMAND_S
    while not check():
        assert time.monotonic() < until, "it did not come to pass"
        time.sleep(0.2)


@pytest.fixture
def pair(serve: Callable[..., Served], postgres_url: str) -> list[Served]:
    """Two processes on one PostgreSQL."""
    url = postgres_url.replace("+psycopg", "")
    first = serve(DATABASE_URL=url)
    return [first, serve(demo=False, data_dir=first.data_dir, DATABASE_URL=url)]


def test_two_processes_play_one_evening_and_either_ends_it(pair: list[Served]) -> None:
    first, second = pair
    assert door(first, "POST").status_code == 201
    assert playing(second)
    assert door(second, "POST").status_code == 409
    assert door(second, "DELETE").status_code == 200
    comes_to(lambda: not playing(first))
    assert door(second, "POST").status_code == 201
    assert door(first, "POST").status_code == 409
    second.kill()
    comes_to(lambda: not playing(first))
    assert door(first, "POST").status_code == 201
    assert door(first, "DELETE").json() == {"playing": False}


@pytest.fixture
def terminal() -> Iterator[Callable[[Served], subprocess.Popen[bytes]]]:
    """Play from a terminal: `terminal(server)`."""
    started: list[subprocess.Popen[bytes]] = []

    def play(served: Served) -> subprocess.Popen[bytes]:
        command = [str(Path(sys.executable).with_name("fengsui")), "demo", "play", "--speed", str(SLOW)]
        with served.log.open("ab") as log:
            started.append(subprocess.Popen(command, cwd=ROOT, env=served.env, stdout=log, stderr=log))
        return started[-1]

    yield play
    for one in started:
        one.kill()
        one.wait()


def test_the_terminal_and_the_button_do_not_play_at_once(
    fresh_server: Served, terminal: Callable[[Served], subprocess.Popen[bytes]]
) -> None:
    assert door(fresh_server, "POST").status_code == 201
    refused = fresh_server.fengsui("demo", "play")
    assert refused.returncode == 1
    assert "being played already" in refused.stderr
    assert door(fresh_server, "DELETE").json() == {"playing": False}
    player = terminal(fresh_server)
    comes_to(lambda: playing(fresh_server))
    assert door(fresh_server, "POST").status_code == 409
    player.send_signal(signal.SIGKILL)
    player.wait()
    assert not playing(fresh_server)
    again = terminal(fresh_server)
    comes_to(lambda: playing(fresh_server))
    assert door(fresh_server, "DELETE").status_code == 200
    assert again.wait(timeout=COMMAND_S) == 0
