"""One play at a time within the server: begun by the first page's button, ended with the server or when asked."""

from __future__ import annotations

import logging
from typing import Any

from command.core.node import Node
from dispatch.play.hands import Inside
from dispatch.play.stage import DEFAULT_SPEED, Stage

log = logging.getLogger(__name__)


class Theatre:
    """The server's own stage. Under gevent: a play is a greenlet that only waits and acts."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self._greenlet: Any = None
        self._stop: Any = None

    @property
    def playing(self) -> bool:
        """Whether an evening is being played."""
        return self._greenlet is not None and not self._greenlet.dead

    def begin(self, speed: float = DEFAULT_SPEED) -> bool:
        """Begin an evening. False when one is being played."""
        import gevent
        from gevent.event import Event

        if self.playing:
            return False
        self._stop = Event()
        self._greenlet = gevent.spawn(self._play, Stage(Inside(self.node), self._stop, speed))
        return True

    def end(self, timeout: float | None = None) -> None:
        """End the evening early and wait until the county is in order again."""
        if self.playing:
            self._stop.set()
            self._greenlet.join(timeout)

    def _play(self, stage: Stage) -> None:
        try:
            stage.run()
        except Exception:  # the play's edge: whatever happens on the stage, the county is left in order
            log.exception("the play broke off")
        try:
            stage.end()
        except Exception:  # the same
            log.exception("the play could not tidy up; the next one begins with that")
        log.info("the play is over: %d beats, %d refused", stage.done, len(stage.refused))
