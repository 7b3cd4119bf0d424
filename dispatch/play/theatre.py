"""The server's own play: begun by the first page's button, ended with the server or when asked, here or by another process."""

from __future__ import annotations

import logging
from typing import Any

from command.core.node import Node
from dispatch.play.hands import Inside
from dispatch.play.stage import DEFAULT_SPEED, Stage
from dispatch.play.turn import Programme

log = logging.getLogger(__name__)
LOOK_S = 0.5
ENDS_WITHIN_S = 60.0


class Theatre:
    """The server's own stage. Under gevent: a play is a greenlet that only waits and acts."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.programme = Programme(node)
        self._greenlet: Any = None
        self._stop: Any = None

    @property
    def playing(self) -> bool:
        """Whether an evening is being played, by this process or another."""
        return self._here or self.programme.on()

    @property
    def _here(self) -> bool:
        return self._greenlet is not None and not self._greenlet.dead

    def begin(self, speed: float = DEFAULT_SPEED) -> bool:
        """Begin an evening. False when one is being played, by whichever process."""
        import gevent
        from gevent.event import Event

        if self._here or not self.programme.take():
            return False
        self._stop = Event()
        self._greenlet = gevent.spawn(self._play, Stage(Inside(self.node), self._stop, speed))
        return True

    def end(self, timeout: float | None = None) -> None:
        """End the evening early and wait until the county is in order again."""
        import gevent

        if self._here:
            self._stop.set()
            self._greenlet.join(timeout)
        elif self.programme.on():
            self.programme.ask_to_end()
            with gevent.Timeout(timeout or ENDS_WITHIN_S, False):
                while self.programme.on():
                    gevent.sleep(LOOK_S)

    def _heed(self) -> None:
        """Another process may ask this one to end."""
        while not self._stop.wait(LOOK_S):
            if self.programme.asked_to_end():
                self._stop.set()

    def _play(self, stage: Stage) -> None:
        import gevent

        heeding = gevent.spawn(self._heed)
        try:
            self._act(stage)
        finally:
            heeding.kill()
            self.programme.give()

    def _act(self, stage: Stage) -> None:
        try:
            stage.run()
        except Exception:  # the play's edge: whatever happens on the stage, the county is left in order
            log.exception("the play broke off")
        try:
            stage.end()
        except Exception:  # the same
            log.exception("the play could not tidy up; the next one begins with that")
        log.info("the play is over: %d beats, %d refused", stage.done, len(stage.refused))
