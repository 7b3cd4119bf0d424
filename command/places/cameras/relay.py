"""Pictures that pass through this process (MJPEG) or whose call it made (WHEP): each is tied to one viewing and ends with the right
to it. Whatever takes the right away is told here: the time, the person, the camera, the account, the pass."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from command.core import clock
from command.core.auth import Auth, Signed
from command.core.errors import Problem, TooMany
from command.core.live.wire import Said
from command.core.node import Node
from command.places.cameras.viewing import Running, running

log = logging.getLogger(__name__)
LOOK_S = 5.0
"""A pass that grows too old is told by nobody: it is looked for."""
TELLING = frozenset({"camera", "camera_viewing", "user", "role", "device", "world"})
"""What an entry is about that may end a right to a picture."""
MOST = {"mjpeg": 8, "webrtc": 32}
"""Of a process: a picture through it costs it work with each piece, a call that it made only its beginning and its end."""


@dataclass
class Relay:
    """One picture that is being watched. `cut`: what ends it at the media server, called once."""

    signed: Signed
    world: int
    viewing: str
    protocol: str
    address: str
    until: datetime
    cut: Callable[[], None] = lambda: None
    over: bool = False
    timer: threading.Timer | None = field(default=None, repr=False)


class Relays:
    """Those of one process."""

    def __init__(self, node: Node, auth: Auth) -> None:
        self.node, self.auth = node, auth
        self._lock = threading.Lock()
        self._open: dict[tuple[int, str], Relay] = {}

    def begin(self, signed: Signed, world: int, viewing: str, found: Running) -> Relay:
        """Hold a place for a picture; one that was open for the same viewing ends. TooMany when the process carries no more."""
        relay = Relay(signed, world, viewing, found.protocol, found.address, found.until)
        with self._lock:
            before = self._open.pop((world, viewing), None)
            full = sum(one.protocol == relay.protocol for one in self._open.values()) >= MOST[relay.protocol]
            if not full:
                self._open[world, viewing] = relay
        if before is not None:
            self._cut(before)
        if full:
            raise TooMany(
                f"{MOST[relay.protocol]} pictures are being watched already: close one",
                zh=f"同时调看已达 {MOST[relay.protocol]} 路：请先关闭一路",
            )
        self._wind(relay)
        return relay

    def end(self, relay: Relay) -> None:
        """It is watched no more."""
        with self._lock:
            if self._open.get((relay.world, relay.viewing)) is relay:
                del self._open[relay.world, relay.viewing]
        self._cut(relay)

    def of(self, signed: Signed, world: int, viewing: str) -> Relay | None:
        """Somebody's own."""
        found = self._open.get((world, viewing))
        return found if found is not None and found.signed.actor.id == signed.actor.id else None

    def heard(self, world: int, entries: Sequence[Said]) -> None:
        """The journal says something: it may end a right."""
        if self._open and any(one.kind in TELLING for one in entries):
            self.node.later(self.look)

    def changed(self) -> None:
        """A pass has ended."""
        if self._open:
            self.node.later(self.look)

    def look(self) -> None:
        """Ask of each whether it may still be watched, and until when."""
        for relay in list(self._open.values()):
            if not self._still(relay):
                self.end(relay)

    def stop(self) -> None:
        """The process ends."""
        for relay in list(self._open.values()):
            self.end(relay)

    def _still(self, relay: Relay) -> bool:
        signed = self.auth.still(relay.signed.pass_hash)
        if signed is None or relay.world not in signed.actor.worlds:
            return False
        try:
            found = self.node.look(lambda view: running(view, relay.viewing), signed.actor, relay.world)
        except Problem:
            return False
        relay.signed = signed
        if found.until != relay.until:
            relay.until = found.until
            self._wind(relay)
        return found.address == relay.address

    def _wind(self, relay: Relay) -> None:
        """It ends by itself when its time is over."""
        if relay.timer is not None:
            relay.timer.cancel()
        left = (relay.until - clock.real()).total_seconds()
        relay.timer = threading.Timer(max(0.0, left), self.end, (relay,))
        relay.timer.daemon = True
        relay.timer.start()

    def _cut(self, relay: Relay) -> None:
        with self._lock:
            before, relay.over = relay.over, True
        if relay.timer is not None:
            relay.timer.cancel()
        if not before:
            relay.cut()


class Pacer:
    """Holds a stream to so many bytes a second: who sends more waits, and the media server leaves pictures out."""

    def __init__(self, rate: float, burst: float) -> None:
        self.rate, self.burst = rate, burst
        self.owed, self.at = 0.0, time.monotonic()

    def passed(self, count: int) -> None:
        """So many bytes went on; comes back when more may."""
        now = time.monotonic()
        self.owed = max(0.0, self.owed - (now - self.at) * self.rate) + count
        self.at = now
        if self.owed > self.burst:
            time.sleep((self.owed - self.burst) / self.rate)
