"""How slowly a client may speak. Who sends a request byte by byte to hold a connection open is cut off, everybody else goes on.

The head of a request must be here within `read_s` seconds of its first byte. A body may take as long again, and a
second more for each `LEAST` bytes that came, so that a photo over a thin line still arrives. A connection that says
nothing between two requests is kept for `IDLE`; one that became a WebSocket is watched by its pings instead.
"""

from __future__ import annotations

import io
import time
from typing import Any

READ_S = 30.0
IDLE = 75.0
LEAST = 4096
"""Bytes a second of a body that are always quick enough: GPRS carries as much."""


class TooSlow(TimeoutError):
    """The request did not come in time; the connection is of no more use."""


class Pace(io.RawIOBase):
    """The reading side of one connection, under the rule of the phase that it is in."""

    def __init__(self, sock: Any, read_s: float) -> None:
        self.sock, self.read_s = sock, read_s
        self.until: float | None = None
        self.idle = False
        self.late = False

    def wait(self) -> None:
        """The next request may begin."""
        self.idle, self.until = True, time.monotonic() + IDLE

    def body(self) -> None:
        """The head is here; what follows is a body."""
        self.idle, self.until = False, time.monotonic() + self.read_s

    def free(self) -> None:
        """It is a WebSocket from now on."""
        self.idle, self.until = False, None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """What has come, as soon as something has; TooSlow when the time is over."""
        if self.until is None:
            return int(self.sock.recv_into(buffer))
        left = self.until - time.monotonic()
        if left <= 0:
            raise self._over()
        self.sock.settimeout(left)
        try:
            count = int(self.sock.recv_into(buffer))
        except TimeoutError:
            raise self._over() from None
        finally:
            self.sock.settimeout(None)
        if self.idle:
            self.idle, self.until = False, time.monotonic() + self.read_s
        else:
            self.until += count / LEAST
        return count

    def _over(self) -> TooSlow:
        self.late = not self.idle
        return TooSlow("the request did not come in time")
