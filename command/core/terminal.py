"""The terminal beside a running server: what the `fengsui` command writes goes to the one process that serves the SQLite file,
over a Unix socket in DATA_DIR (RULES 6): in the order of its queue, and its screens hear of it at once."""

from __future__ import annotations

import logging
import os
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from command.core import canonical, ids
from command.core.access import system_actor
from command.core.actions import Command
from command.core.errors import Problem
from command.core.node import Node

log = logging.getLogger(__name__)
NAME = "command.sock"
MOST_BYTES = 128 * 2**20
PATIENCE_S = 60.0


class Counter:
    """Takes commands from programs of the same account on this machine, one line of JSON each: {name, payload, command_id}."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.server: Any = None

    def start(self) -> None:
        """Open the socket; one that a killed server left is removed, for we hold its directory's lock."""
        from gevent.server import StreamServer

        with _short(self.node.data_dir) as path:
            Path(path).unlink(missing_ok=True)
            listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            before = os.umask(0o177)
            try:
                listener.bind(path)
            finally:
                os.umask(before)
        listener.listen(16)
        listener.setblocking(False)
        self.server = StreamServer(listener, self._answer)
        self.server.start()

    def stop(self) -> None:
        """Close the socket and take its name away."""
        if self.server is not None:
            self.server.stop()
            (self.node.data_dir / NAME).unlink(missing_ok=True)

    def _answer(self, one: Any, address: object) -> None:
        with one:
            if _account(one) not in (os.getuid(), 0):
                return
            one.settimeout(PATIENCE_S)
            try:
                asked = canonical.load(_line(one))
                answer = self._do(asked)
            except (OSError, ValueError, KeyError, TypeError) as error:
                log.warning("the terminal sent no command: %s", error)
                return
            one.sendall(canonical.dump(answer) + b"\n")

    def _do(self, asked: dict[str, Any]) -> dict[str, Any]:
        actor = system_actor(self.node.name)
        command = Command(str(asked["name"]), dict(asked["payload"]), actor, str(asked["command_id"]))
        try:
            answer = self.node.act(command)
        except Problem as problem:
            return {"ok": False, "value": problem.body(command.id)}
        return {"ok": answer.ok, "value": canonical.load(answer.body)}


class Refused(Exception):
    """The command was refused; the text says why."""


def do(settings: Any, open_node: Any, name: str, payload: dict[str, Any]) -> dict[str, Any]:
    """Do an action as this installation itself: through the running server if there is one, else on the database."""
    command_id = ids.new_id()
    answer = _through_server(settings.data_dir, {"name": name, "payload": payload, "command_id": command_id})
    if answer is None:
        node: Node = open_node(settings)
        try:
            return node.do(name, payload, system_actor(node.name), command_id)
        except (Problem, RuntimeError) as refusal:
            raise Refused(str(refusal)) from refusal
        finally:
            node.database.close()
    value: dict[str, Any] = answer["value"]
    if not answer["ok"]:
        raise Refused(str(value.get("detail")))
    return value


def _through_server(data_dir: Path, asked: dict[str, Any]) -> dict[str, Any] | None:
    """The running server's answer; None when no server listens here. A line that broke after it was sent is no answer."""
    with _short(data_dir) as path, socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as one:
        one.settimeout(PATIENCE_S)
        try:
            one.connect(path)
        except (FileNotFoundError, ConnectionRefusedError):
            return None
        try:
            one.sendall(canonical.dump(asked) + b"\n")
            answer: dict[str, Any] = canonical.load(_line(one))
        except (OSError, ValueError) as error:
            raise Refused("the server ended before it answered: look whether it was done") from error
    return answer


def _line(one: Any) -> bytes:
    parts, size = [], 0
    while part := one.recv(65536):
        parts.append(part)
        size += len(part)
        if part.endswith(b"\n"):
            return b"".join(parts)
        if size > MOST_BYTES:
            raise ValueError("too long")
    raise ValueError("cut short")


def _account(one: Any) -> int:
    """The user id of the program at the other end."""
    found = one.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    user: int = struct.unpack("3i", found)[1]
    return user


@contextmanager
def _short(data_dir: Path) -> Iterator[str]:
    """The socket's path by way of its open directory: a Unix socket's name may have 107 bytes only, a directory's more."""
    folder = os.open(data_dir, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{NAME}"
    finally:
        os.close(folder)
