"""The terminal beside a running server: one writer, one queue; a dead server's socket stands in nobody's way."""

from __future__ import annotations

import socket
import stat
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from command.core import terminal
from tests.serving import Served

WISH = {
    "username": "night_duty",
    "name": "夜班",
    "role": "county_duty",
    "centre": "140429",
    "password": "right horse battery",
}


def nobody(settings: Any) -> Any:
    """Opens no database: what still works went through the server."""
    raise AssertionError("the database was opened beside its server")


def said(served: Served, line: bytes) -> bytes:
    """What the server answers to a line on its socket."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as one:
        one.settimeout(30)
        one.connect(str(served.data_dir / terminal.NAME))
        one.sendall(line)
        one.shutdown(socket.SHUT_WR)
        return one.recv(65536)


def test_it_goes_through_the_server_and_outlives_its_death(serve: Callable[..., Served]) -> None:
    served = serve(demo=False)
    here = SimpleNamespace(data_dir=served.data_dir)
    path = served.data_dir / terminal.NAME
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert terminal.do(here, nobody, "user.create", WISH)["username"] == "night_duty"
    with pytest.raises(terminal.Refused, match="night_duty"):
        terminal.do(here, nobody, "user.create", WISH)
    with pytest.raises(terminal.Refused):
        terminal.do(here, nobody, "no.such", {})
    for line in (
        b"\n",
        b"[1]\n",
        b'{"name": 1}\n',
        b'{"name": "user.create", "payload": 3, "command_id": "x"}\n',
        b"\xff",
    ):
        assert said(served, line) == b"", line
    assert "night_duty" in served.fengsui("user", "list").stdout
    served.kill()
    assert path.exists()
    alone = served.fengsui("user", "disable", "night_duty")
    assert (alone.returncode, alone.stdout.strip()) == (0, "closed night_duty")
    served.start()
    assert served.fengsui("user", "password", "night_duty").returncode == 0
    assert served.fengsui("verify").returncode == 0
    served.stop()
    assert not path.exists()


def test_a_long_directory_has_a_socket_too(serve: Callable[..., Served], tmp_path: Path) -> None:
    """A Unix socket's name has at most 107 bytes; a directory of data may be deeper."""
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    deep.mkdir(parents=True)
    served = Served(deep, demo=False).start()
    try:
        assert served.fengsui("user", "create", "night_duty", "--role", "planner").returncode == 0
    finally:
        served.stop()
