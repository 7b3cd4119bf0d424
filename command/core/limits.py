"""Rate limits: one signed-in account may make 200 reads and 200 writes a second and then some (CONTRACT); sign-in has its own back-off."""

from __future__ import annotations

from limits import RateLimitItemPerSecond
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

from command.core.errors import TooMany

READS = RateLimitItemPerSecond(600)
WRITES = RateLimitItemPerSecond(600)
STRANGERS = RateLimitItemPerSecond(100)


class Limits:
    """Counts in memory, or in Redis so that several processes count together."""

    def __init__(self, redis_url: str | None = None) -> None:
        self.limiter = FixedWindowRateLimiter(storage_from_string(redis_url or "memory://"))

    def check_read(self, who: str) -> None:
        """Refuse (429) when an account reads too fast."""
        self._hit(READS, "read", who)

    def check_write(self, who: str) -> None:
        """Refuse (429) when an account writes too fast."""
        self._hit(WRITES, "write", who)

    def check_stranger(self, source: str) -> None:
        """Refuse (429) when an address that has not signed in asks too fast."""
        self._hit(STRANGERS, "stranger", source)

    def _hit(self, item: RateLimitItemPerSecond, kind: str, who: str) -> None:
        if not self.limiter.hit(item, kind, who):
            raise TooMany(retry_after=1)
