"""Rate limits: one signed-in account may make 200 reads and 200 writes a second and then some (CONTRACT).

A fixed window of one second for each account, kept in this process: the limits libraries start a timer or a round trip for
every request, which cost 7 % of the hub (docs/decisions/limits.md). Where Redis is, the processes of a node tell each other
ten times a second what they counted, so that the limit holds for all of them together; where it is not, or away, it holds
for each process alone, and nobody is refused for that. Sign-in has its own back-off.
"""

from __future__ import annotations

import secrets
import time
from typing import Any

from command.core.errors import TooMany
from command.core.live.relay import Relay

READS, WRITES, STRANGERS = 600, 600, 100
MOST_KNOWN = 20_000
TELL_S = 0.1
TOLD_FROM = 5
"""Who came fewer times in a second than this is not worth telling."""
Key = tuple[str, str]


class Limits:
    """How often each account or address came in the present second."""

    def __init__(self) -> None:
        self.me = secrets.token_hex(6)
        self.relay: Relay | None = None
        self._second = 0
        self._counts: dict[Key, int] = {}
        self._elsewhere: dict[Key, int] = {}
        self._heard: dict[tuple[str, Key], int] = {}
        self._told: dict[Key, int] = {}

    def share(self, url: str, channel: str) -> None:
        """Count together with the node's other processes, through Redis."""
        import gevent

        self.relay = Relay(url, channel, self.hear, what="rate limits are counted")
        self.relay.start()
        gevent.spawn(self._keep_telling)

    def check_read(self, who: str) -> None:
        """Refuse (429) when an account reads too fast."""
        self._hit(("read", who), READS)

    def check_write(self, who: str) -> None:
        """Refuse (429) when an account writes too fast."""
        self._hit(("write", who), WRITES)

    def check_stranger(self, source: str) -> None:
        """Refuse (429) when an address that has not signed in asks too fast."""
        self._hit(("stranger", source), STRANGERS)

    def _hit(self, key: Key, most: int) -> None:
        self._turn(int(time.time()))
        count = self._counts.get(key, 0) + 1
        self._counts[key] = count
        if count + self._elsewhere.get(key, 0) > most:
            raise TooMany(retry_after=1)

    def _turn(self, second: int) -> None:
        """Begin to count anew when the second is another one."""
        if second != self._second or len(self._counts) > MOST_KNOWN:
            self._second = second
            self._counts, self._elsewhere, self._heard, self._told = {}, {}, {}, {}

    def hear(self, message: Any) -> None:
        """What another process counted so far in a second; of a second that is over nothing is kept."""
        process, second, counts = message
        self._turn(int(time.time()))
        if second != self._second:
            return
        for kind, who, count in counts:
            key = (kind, who)
            before = self._heard.get((process, key), 0)
            self._heard[process, key] = count
            self._elsewhere[key] = self._elsewhere.get(key, 0) + count - before

    def news(self) -> list[Any] | None:
        """What is worth telling and was not told yet: [process, second, [[kind, who, count]…]]."""
        if self._second != int(time.time()):
            return None
        news = {
            key: count
            for key, count in self._counts.items()
            if count >= TOLD_FROM and count != self._told.get(key)
        }
        self._told |= news
        return [self.me, self._second, [[*key, count] for key, count in news.items()]] if news else None

    def _keep_telling(self) -> None:
        import gevent

        while self.relay is not None and not self.relay.stopping:
            gevent.sleep(TELL_S)
            if (told := self.news()) is not None:
                self.relay.tell(told)
