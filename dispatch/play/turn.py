"""One evening at a time for a county's data, whichever process plays it: a server's button, another server's, a terminal."""

from __future__ import annotations

from command.core import clock, installation
from command.core.node import Node
from command.core.store.turn import Turn

PLAY_LOCK = 7261
ASKED_TO_END = "play.end"


class Programme:
    """The turn to play, and how another process asks its holder to end."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.turn = Turn(node.database, node.data_dir, "play", PLAY_LOCK)
        self._since = ""

    def take(self) -> bool:
        """Take the turn; False while an evening is being played anywhere."""
        if not self.turn.take():
            return False
        self._since = clock.wire(clock.real())
        return True

    def give(self) -> None:
        """The evening is over."""
        self.turn.give()

    def on(self) -> bool:
        """Whether an evening is being played, here or elsewhere."""
        return self.turn.taken()

    def ask_to_end(self) -> None:
        """Ask whoever plays to end early."""
        now = clock.wire(clock.real())
        self.node.database.write(lambda session: installation.set_fact(session, ASKED_TO_END, now), world=0)

    def asked_to_end(self) -> bool:
        """Whether the one who plays here was asked to end."""
        asked = self.node.database.read(lambda session: installation.fact(session, ASKED_TO_END), world=None)
        return asked is not None and asked >= self._since
