"""The sender of a node: in the leading process it follows the journal and works through what is ripe, a few at a time.

Who leads is decided by the jobs' leader; should two believe it at once, cursor and leases keep them from doubling anything.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from command.core.deliveries import sending
from command.core.deliveries.sending import House, Ripe

log = logging.getLogger(__name__)
LOOK = timedelta(seconds=1)
BREATH_S = 0.1  # a storm of commits wakes it as often: looking ten times a second is soon enough, and costs the others little
HANDS, KEPT_FREE = 4, 1


class Sender:
    """Runs beside the hub; `leads` says whether this process may."""

    def __init__(self, house: House, leads: Callable[[], bool]) -> None:
        from gevent.event import Event
        from gevent.threadpool import ThreadPool

        self.house, self.leads = house, leads
        self.threads: Any = ThreadPool(HANDS)
        self.woken = Event()
        self.busy: set[tuple[int, str]] = set()
        self.seen: dict[int, int] = {}
        self.stopping = False
        house.node.wakers.append(lambda appended: self.woken.set())

    def start(self) -> None:
        """Begin in the background."""
        import gevent

        gevent.spawn(self._loop)

    def stop(self) -> None:
        """Take nothing more. What is under way keeps its lease until that runs out."""
        self.stopping = True
        self.woken.set()
        self.threads.kill()

    def _loop(self) -> None:
        import gevent

        while not self.stopping:
            gevent.sleep(BREATH_S)
            self.woken.clear()
            wait = LOOK.total_seconds()
            try:
                if self.leads():
                    wait = self._turn()
            except Exception:  # the sender's edge: one broken turn is logged, the next is tried
                log.exception("a turn of the deliveries failed")
            self.woken.wait(wait)

    def _turn(self) -> float:
        sending.follow(self.house.node, self.seen)
        for one in sending.ripe(self.house.node):
            if one.expired:
                sending.give_up(self.house.node, one)
            elif self._hand_free(one) and (one.world, one.id) not in self.busy:
                self._begin(one)
        if self.busy:  # whoever is done wakes this loop
            return LOOK.total_seconds()
        return max(0.05, sending.soonest(sending.next_at(self.house.node), LOOK))

    def _hand_free(self, one: Ripe) -> bool:
        """A hand is kept free for what is urgent: it must not wait behind a gateway that hangs."""
        return len(self.busy) < (HANDS if one.urgent else HANDS - KEPT_FREE)

    def _begin(self, one: Ripe) -> None:
        import gevent

        self.busy.add((one.world, one.id))
        gevent.spawn(self._one, one)

    def _one(self, one: Ripe) -> None:
        try:
            sending.attempt(self.house, one, self._beside)
        except Exception:  # the sender's edge: the lease runs out, and it is tried again
            log.exception("delivery %s", one.id)
        finally:
            self.busy.discard((one.world, one.id))
            self.woken.set()

    def _beside(self, function: Callable[..., Any], *arguments: Any) -> Any:
        return self.threads.apply(function, arguments)
