"""A screen for tests: a WebSocket that speaks just enough Socket.IO, and reads only when the test says so."""

from __future__ import annotations

import json
import socket
import struct
from typing import Any

import websocket

LIVE = "/live"


class Screen:
    """One connection to `/live`, named; `receive_buffer` makes it small enough to fall behind."""

    def __init__(self, port: int, name: str, receive_buffer: int | None = None) -> None:
        options = [(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)] if receive_buffer else []
        self.web = websocket.create_connection(
            f"ws://127.0.0.1:{port}/socket.io/?EIO=4&transport=websocket", timeout=30, sockopt=options
        )
        assert self.web.recv().startswith("0{")
        self.web.send(f"40{LIVE},{json.dumps({'name': name})}")
        assert self.web.recv().startswith(f"40{LIVE},")
        self.pings = 0
        self._acks = 0

    def text(self) -> str:
        """The next text that is not a ping; pings are answered."""
        while (text := str(self.web.recv())) == "2":
            self.pings += 1
            self.web.send("3")
        return text

    def numbers(self, count: int) -> list[float]:
        """The numbers of the next `count` entries."""
        return [self.entry()["n"] for _ in range(count)]

    def entry(self) -> dict[str, Any]:
        """The next `entries` event; anything else is a failure."""
        head, text = f'42{LIVE},["entries",', self.text()
        assert text.startswith(head), text[:80]
        record: dict[str, Any] = json.loads(text[len(head) : -1])
        return record

    def ask(self, event: str, payload: Any) -> str:
        """Send an event that wants an ack; the head of the ack's text."""
        self._acks += 1
        self.web.send(f"42{LIVE},{self._acks}{json.dumps([event, payload])}")
        return f"43{LIVE},{self._acks}["

    def call(self, event: str, payload: Any) -> tuple[Any, list[Any]]:
        """Send an event and read to its ack; the answer and the entries that came before it."""
        head, entries = self.ask(event, payload), []
        while not (text := self.text()).startswith(head):
            entries.append(json.loads(text[text.index("[") :])[1])
        return json.loads(text[len(head) - 1 :])[0], entries

    def reset(self) -> None:
        """Break off without a goodbye, as a machine that loses its power or its network."""
        self.web.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.web.sock.close()

    def close(self) -> None:
        """Hang up; the socket is closed also when the other end is gone already."""
        plain = self.web.sock
        try:
            self.web.close(timeout=1)
        finally:
            if plain is not None:
                plain.close()
