"""Screens on the real hub, in this process: all that a browser would be sent is written down instead of framed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from command.core.auth import Auth, Signed
from command.core.limits import Limits
from command.core.live.hub import Hub
from command.core.live.snapshots import Snapshots
from command.core.live.topics import allowed
from tests.county import County

KEPT_EVERY = 5
"""So many looks between two that also hold what the hub keeps against what is."""


class Recorder:
    """In place of the fan-out's sockets: what goes to each socket, in order."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, Any]] = []

    def send(self, sids: Sequence[str], event: str, payload: bytes, *, durable: bool) -> None:
        """Write down a message to some sockets."""
        self.sent += [(sid, event, orjson.loads(payload)) for sid in sids]


class Screens:
    """Screens of people of the cast, and the operations that their stores went through."""

    def __init__(self, cast: County) -> None:
        self.cast, self.recorder = cast, Recorder()
        self.hub = Hub(cast.node, Auth(cast.node), self.recorder, Limits())
        for world in (0, 7):
            self.hub.tail._enter(world)
        self.looks = 0
        self.who: dict[str, str] = {}
        self.operations: dict[str, list[dict[str, Any]]] = {}

    def open(self, name: str, who: str, *topics: str) -> None:
        """A screen of somebody begins to watch topics."""
        self.who[name], self.operations[name] = who, []
        self._connect(name, who)
        self.watch(name, *topics)

    def watch(self, name: str, *topics: str) -> None:
        """The screen asks for topics from nothing, as a browser does at first and after `resync`."""
        for topic, answer in self._ask(name, topics).items():
            held = "cursor" in answer
            self.operations[name].append({"do": "snapshot" if held else "drop", "topic": topic, **answer})
        self.hub._flush(self.hub.subscriptions.listeners[name])

    def _connect(self, name: str, who: str) -> None:
        self.hub.connected(name, Signed(self.cast.actor(who), f"pass of {name}", ""))

    def _ask(self, name: str, topics: Sequence[str]) -> dict[str, Any]:
        answer = orjson.loads(orjson.dumps(self.hub.watch(name, {"topics": dict.fromkeys(topics)})))
        found: dict[str, Any] = answer["topics"]
        return found

    def catch_up(self) -> None:
        """Everything committed since is told; what the hub sends becomes operations of the stores."""
        self.hub.tail.tell()
        while self.recorder.sent:
            sent, self.recorder.sent = self.recorder.sent, []
            for name, event, message in sent:
                self._take(name, event, message)

    def _take(self, name: str, event: str, message: Any) -> None:
        if event == "entries":
            self.operations[name].append({"do": "entries", "message": message})
        elif event == "resync":
            self.watch(name, message["topic"])
        elif event == "drop":
            self.operations[name].append({"do": "drop", "topic": message["topic"]})

    def fresh(self, name: str) -> dict[str, Any]:
        """New snapshots of what the screen hears now, nothing of them kept from before: what its store must be equal to, and what
        the hub gives that has kept what it built."""
        heard = sorted(self.hub.subscriptions.listeners[name].topics)
        self._connect("fresh", self.who[name])
        kept, self.hub.snapshots = self.hub.snapshots, Snapshots(self.cast.node)
        answers = self._ask("fresh", heard)
        self.hub.snapshots = kept
        self.looks += 1
        if self.looks % KEPT_EVERY == 0:
            assert self._ask("fresh", heard) == answers, f"what is kept for {name} is not what is"
        self.hub.gone("fresh")
        return answers

    def told(self) -> list[str]:
        """Screens that were sent something since they were last looked at."""
        return [name for name, done in self.operations.items() if done]

    def rightful(self, name: str) -> list[str]:
        """Topics that the screen hears although it may not: none."""
        listener = self.hub.subscriptions.listeners[name]
        actor = self.cast.actor(self.who[name])
        return [
            one
            for one in sorted(listener.topics)
            if not self.cast.node.database.read(lambda s, one=one: allowed(s, actor, one), world=0)
        ]
