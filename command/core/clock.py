"""Time: the domain's clock for each world, the real one for security, receipts and the journal."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Shanghai")


def real() -> datetime:
    """Now, aware, UTC, to the millisecond: what security, receipts and the journal use."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def now(world: int) -> datetime:
    """Now in a world: what the domain uses. A drill's clock goes with the real one."""
    return real()


def wire(at: datetime) -> str:
    """RFC 3339 in UTC with milliseconds."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def hm(at: datetime) -> str:
    """Hours and minutes as the county's clocks on the wall show them, for words that leave the house."""
    return at.astimezone(LOCAL).strftime("%H:%M")


def stamp(at: datetime) -> str:
    """Day and time of the county, to the second, as tables outside of the house sort them."""
    return at.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M:%S")


class Hybrid:
    """A hybrid logical clock: 48 bits of milliseconds, 16 of counter; never runs back (Kulkarni et al. 2014)."""

    def __init__(self) -> None:
        self._last = 0

    def tick(self, seen: int = 0) -> int:
        """The next stamp, later than any given and any seen."""
        wall = int(time.time() * 1000) << 16
        self._last = max(wall, self._last + 1, seen + 1)
        return self._last
