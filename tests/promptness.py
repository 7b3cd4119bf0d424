"""How soon something happened. What is promised within a second is measured here, and only the machine's own stalls are taken off.

A thread that asks to be woken every 20 ms notes each time it was woken late: then nothing on this machine ran as it
should, and the time that it was late is not the product's. Being merely busy is no excuse: a thread that mostly
sleeps is woken in time on a busy machine.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import NamedTuple

BEAT_S = 0.02
STALL_S = 0.1
"""Later than this, the machine stalled."""


class Stall(NamedTuple):
    """From when the thread should have been woken until it was (monotonic seconds)."""

    since: float
    until: float


class Heart:
    """Beats in a thread of its own from `start` to `stop`."""

    def __init__(self) -> None:
        self.stalls: deque[Stall] = deque(maxlen=10_000)
        self._due = time.monotonic() + BEAT_S
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heart", daemon=True)

    def start(self) -> Heart:
        """Begin to beat."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Beat no more."""
        self._ended.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._ended.wait(max(0.0, self._due - time.monotonic())):
            now = time.monotonic()
            if now - self._due > STALL_S:
                self.stalls.append(Stall(self._due, now))
            self._due = now + BEAT_S

    def stalled(self, since: float, until: float) -> float:
        """Seconds between two moments (monotonic) in which the machine stood still."""
        stalls, due, now = list(self.stalls), self._due, time.monotonic()
        if now - due > STALL_S and (not stalls or stalls[-1].since != due):
            stalls.append(Stall(due, now))  # it is not woken yet
        return sum(max(0.0, min(until, stall.until) - max(since, stall.since)) for stall in stalls)

    def took(self, since: float, until: float | None = None) -> float:
        """Seconds from a moment (monotonic) to another (or now), without those in which the machine stood still."""
        end = time.monotonic() if until is None else until
        return end - since - self.stalled(since, end)

    def moment(self, wall_s: float) -> float:
        """A moment of the wall clock (seconds since 1970) as a monotonic one."""
        return wall_s - time.time() + time.monotonic()

    def held(self, since: float, seconds: float, until: float | None = None) -> None:
        """What began then has come (by `until`, else now) within so many seconds; AssertionError if not."""
        took = self.took(since, until)
        assert took <= seconds, f"{took:.3f} s, promised within {seconds} s; stalls: {list(self.stalls)}"
