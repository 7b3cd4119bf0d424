"""Rate limits: one signed-in account may make 200 reads and 200 writes a second and then some (CONTRACT).

A fixed window of one second for each account, kept in this process: the limits libraries start a timer or a round trip for
every request, which cost 7 % of the hub (docs/decisions/limits.md). Sign-in has its own back-off.
"""

from __future__ import annotations

import time

from command.core.errors import TooMany

READS, WRITES, STRANGERS = 600, 600, 100
MOST_KNOWN = 20_000


class Limits:
    """How often each account or address came in the present second."""

    def __init__(self) -> None:
        self._second = 0
        self._counts: dict[tuple[str, str], int] = {}

    def check_read(self, who: str) -> None:
        """Refuse (429) when an account reads too fast."""
        self._hit("read", who, READS)

    def check_write(self, who: str) -> None:
        """Refuse (429) when an account writes too fast."""
        self._hit("write", who, WRITES)

    def check_stranger(self, source: str) -> None:
        """Refuse (429) when an address that has not signed in asks too fast."""
        self._hit("stranger", source, STRANGERS)

    def _hit(self, kind: str, who: str, most: int) -> None:
        second = int(time.monotonic())
        if second != self._second or len(self._counts) > MOST_KNOWN:
            self._second, self._counts = second, {}
        count = self._counts.get((kind, who), 0) + 1
        self._counts[kind, who] = count
        if count > most:
            raise TooMany(retry_after=1)
