"""Time: the domain's clock for each world, the real one for security, receipts and the journal."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

Offset = Callable[[int], timedelta]
LOCAL = ZoneInfo("Asia/Shanghai")


def _no_offset(world: int) -> timedelta:
    return timedelta(0)


_offset: Offset = _no_offset


def use_offsets(offset: Offset) -> None:
    """Let drills say how far each world's clock stands from the real one."""
    global _offset
    _offset = offset


def real() -> datetime:
    """Now, aware, UTC, to the millisecond: what security, receipts and the journal use."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def now(world: int) -> datetime:
    """Now in a world: what the domain uses."""
    return real() if world == 0 else real() + _offset(world)


def wire(at: datetime) -> str:
    """RFC 3339 in UTC with milliseconds."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def hm(at: datetime) -> str:
    """Hours and minutes as the county's clocks on the wall show them, for words that leave the house."""
    return at.astimezone(LOCAL).strftime("%H:%M")


class Hybrid:
    """A hybrid logical clock: 48 bits of milliseconds, 16 of counter; never runs back (Kulkarni et al. 2014)."""

    def __init__(self) -> None:
        self._last = 0

    def tick(self, seen: int = 0) -> int:
        """The next stamp, later than any given and any seen."""
        wall = int(time.time() * 1000) << 16
        self._last = max(wall, self._last + 1, seen + 1)
        return self._last
