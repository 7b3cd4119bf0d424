"""How long the hub stood still: a stop of the event loop delays every screen, so it is measured and told."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import gevent

PERIOD = 0.01
ALARM = 0.05


class StallWatch:
    """A timer in the hub that notices how late it is called; a stop of `s` is seen as s - 10 ms to s."""

    def __init__(
        self, on_stall: Callable[[float, float], None] | None = None, *, alarm: float = ALARM
    ) -> None:
        """`on_stall(seconds, cpu_seconds)` is called in a greenlet for each stop longer than `alarm` seconds.

        Little CPU in a long stop means that the machine was busy elsewhere, not that our code held the loop.
        """
        self._on_stall = on_stall
        self._alarm = alarm
        self._timer: Any = None
        self._due = 0.0
        self._cpu = 0.0
        self._longest = 0.0
        self._busiest = 0.0
        self.stalls = 0

    def start(self) -> None:
        """Begin to watch the current thread's hub."""
        self._timer = gevent.get_hub().loop.timer(PERIOD, repeat=PERIOD)
        self._mark()
        self._timer.start(self._tick)

    def stop(self) -> None:
        """End the watch."""
        if self._timer is not None:
            self._timer.close()
            self._timer = None

    def longest(self) -> float:
        """The longest stop, in seconds, since this was last asked."""
        longest, self._longest = self._longest, 0.0
        return longest

    def busiest(self) -> float:
        """The most CPU, in seconds, that this thread used without coming back to the loop, since this was last asked: what our own
        code held it, however busy the machine is."""
        busiest, self._busiest = self._busiest, 0.0
        return busiest

    def _tick(self) -> None:
        late = time.monotonic() - self._due
        self._busiest = max(self._busiest, time.thread_time() - self._cpu)
        if late > self._longest:
            self._longest = late
        if late > self._alarm:
            self.stalls += 1
            if self._on_stall is not None:
                gevent.spawn(self._on_stall, late, time.thread_time() - self._cpu)
        self._mark()

    def _mark(self) -> None:
        self._due = time.monotonic() + PERIOD
        self._cpu = time.thread_time()
