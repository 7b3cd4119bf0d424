"""What ends when a right ends: topics are dropped, sockets closed (RULES 12)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from command.core.auth import Auth
from command.core.live import topics
from command.core.live.subscriptions import Listener, Subscriptions
from command.core.live.wire import Said
from command.core.node import Node

Emit = Callable[[Sequence[str], str, dict[str, Any]], None]


class Ending:
    """The rights of the sockets of one process. `close_socket`: how a socket is closed, said by what serves them."""

    def __init__(self, node: Node, auth: Auth, subscriptions: Subscriptions, emit: Emit) -> None:
        self.node, self.auth, self.subscriptions, self._emit = node, auth, subscriptions, emit
        self.close_socket: Callable[[str], None] = lambda sid: None
        self.on_ended: list[Callable[[], None]] = []
        auth.on_ended.append(self._told)

    def audience_lost(self, world: int, entry: Said) -> None:
        """Before the entry is told: those who looked at the thing alone and lost it hear no more of it."""
        for alone in topics.alone(entry.kind, entry.thing):
            self._recheck([(listener, [alone]) for listener in self.subscriptions.on(world, alone)])

    def rights_changed(self, users: set[str] | None) -> None:
        """Accounts changed (None: all may have): their sockets hear what they may hear now, or close (RULES 12)."""
        self.auth.forget()
        listeners = [
            one
            for one in self.subscriptions.listeners.values()
            if users is None or one.signed.actor.id in users
        ]
        if not listeners:
            return
        now = self.auth.still_all({one.signed.pass_hash for one in listeners})
        asked = []
        for listener in listeners:
            signed = now[listener.signed.pass_hash]
            if signed is None:
                self.close_socket(listener.sid)
            else:
                self.subscriptions.sign(listener, signed)
                asked.append((listener, list(listener.topics)))
        self._recheck(asked)

    def _recheck(self, asked: Sequence[tuple[Listener, Sequence[str]]]) -> None:
        """Whoever may no longer hear one of these topics hears it no longer; one look for each world."""
        by_world: dict[int, list[tuple[Listener, Sequence[str]]]] = {}
        for listener, some in asked:
            if listener.world in listener.signed.actor.worlds:
                by_world.setdefault(listener.world, []).append((listener, some))
            else:
                self._drop(listener, some)
        for world, those in by_world.items():

            def lost(session: Session, those: Any = those) -> list[tuple[Listener, list[str]]]:
                return [
                    (one, [topic for topic in some if not topics.allowed(session, one.signed.actor, topic)])
                    for one, some in those
                ]

            for listener, gone in self.node.database.read(lost, world=world):
                if gone:
                    self._drop(listener, gone)

    def _drop(self, listener: Listener, lost: Sequence[str]) -> None:
        self.subscriptions.change(listener, remove=lost)
        for topic in lost:
            self._emit([listener.sid], "drop", {"topic": topic})

    def sweep(self) -> None:
        """Close sockets whose pass has ended: at once when somebody signs out or is revoked, and by looking when one expires."""
        listeners = list(self.subscriptions.listeners.values())
        ended = self.auth.ended({one.signed.pass_hash for one in listeners})
        for listener in listeners:
            if listener.signed.pass_hash in ended:
                self.close_socket(listener.sid)

    def ended_elsewhere(self) -> None:
        """Another process ended a pass."""
        self.auth.forget()
        self.sweep()
        self._told()

    def _told(self) -> None:
        """A pass ended: whatever else is open by one is asked about."""
        for told in self.on_ended:
            told()

    def keep(self) -> None:
        self.auth.keep({one.signed.pass_hash for one in self.subscriptions.listeners.values()})
