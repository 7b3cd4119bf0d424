"""Signals: fleeting values (positions). Joined per tick, the last wins, told as columns of integers to those who hear the
topic; never kept here, never in the journal. A screen that comes, or that missed a frame, is told the whole of its topic."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import orjson

from command.core import clock
from command.core.live.fanout import Fanout
from command.core.live.relay import Relay
from command.core.live.subscriptions import Subscriptions

TICK_S = 0.25
CATCH_UP_TICKS = 8


class Spot(NamedTuple):
    """Where a thing is: 1e-6 degrees WGS-84, seconds since 1970; `topics` are those that may hear it. How exact that is, in
    metres, is told to the node's other processes only: they judge by it, a screen does not."""

    id: str
    lon: int
    lat: int
    at: int
    topics: tuple[str, ...]
    accuracy: float | None = None


def _nothing(world: int, topic: str) -> list[Spot]:
    return []


class Signals:
    """The fleeting side of one process's hub. `holds(world, topic)` says what a topic holds now."""

    def __init__(self, subscriptions: Subscriptions, fanout: Fanout) -> None:
        self.subscriptions, self.fanout = subscriptions, fanout
        self.holds: Callable[[int, str], Iterable[Spot]] = _nothing
        self.on_relayed: list[Callable[[int, Spot], None]] = []
        self.relay: Relay | None = None
        self.number = 0
        self._waiting: dict[int, dict[str, Spot]] = {}
        self._mine: dict[int, dict[str, Spot]] = {}
        self._owed: dict[str, set[str]] = {}
        self._whole: dict[tuple[int, str], tuple[int, bytes | None]] = {}

    def put(self, world: int, spot: Spot) -> None:
        """A new value: told at the next tick, here and by the node's other processes."""
        self._waiting.setdefault(world, {})[spot.id] = spot
        if self.relay is not None:
            self._mine.setdefault(world, {})[spot.id] = spot

    def share(self, url: str, channel: str) -> None:
        """Tell the node's other processes through Redis, and hear theirs."""
        self.relay = Relay(url, channel, self._relayed)
        self.relay.start()

    def tick(self) -> None:
        """Tell what came since the last tick: one frame a topic that somebody hears."""
        self.number += 1
        waiting, self._waiting = self._waiting, {}
        for world, spots in waiting.items():
            for topic, told in self._by_topic(world, spots.values()).items():
                sids = [one.sid for one in self.subscriptions.on(world, topic)]
                self._send(sids, topic, self._frame(topic, told))
        if self.relay is not None and self._mine:
            mine, self._mine = self._mine, {}
            for world, spots in mine.items():
                self.relay.tell([world, [tuple(spot) for spot in spots.values()]])
        if self._owed and not self.number % CATCH_UP_TICKS:
            owed, self._owed = self._owed, {}
            for sid, topics in owed.items():
                self.greet(sid, topics)

    def greet(self, sid: str, topics: Iterable[str]) -> None:
        """Tell one screen all that its topics hold now."""
        for topic in topics:
            listener = self.subscriptions.listeners.get(sid)
            if listener is None:
                return
            if topic in listener.topics and (payload := self._all(listener.world, topic)) is not None:
                self._send([sid], topic, payload)

    def _by_topic(self, world: int, spots: Iterable[Spot]) -> dict[str, list[Spot]]:
        found: dict[str, list[Spot]] = {}
        heard = self.subscriptions.heard
        for spot in spots:
            for topic in spot.topics:
                if topic in found:
                    found[topic].append(spot)
                elif heard(world, topic):
                    found[topic] = [spot]
        return found

    def _all(self, world: int, topic: str) -> bytes | None:
        """The frame of a whole topic, built once a tick for all who come at once."""
        kept = self._whole.get((world, topic))
        if kept is None or kept[0] != self.number:
            number, spots = self.number, list(self.holds(world, topic))
            self._whole = {key: value for key, value in self._whole.items() if value[0] == number}
            kept = self._whole[world, topic] = (number, self._frame(topic, spots) if spots else None)
        return kept[1]

    def _frame(self, topic: str, spots: list[Spot]) -> bytes:
        ids, lon, lat, at, _, _ = zip(*spots, strict=True)
        return orjson.dumps(
            {
                "topic": topic,
                "tick": self.number,
                "now": clock.wire(clock.real()),
                "ids": ids,
                "lon": lon,
                "lat": lat,
                "at": at,
            }
        )

    def _send(self, sids: list[str], topic: str, payload: bytes) -> None:
        for sid in self.fanout.send(sids, "signal", payload, durable=False):
            self._owed.setdefault(sid, set()).add(topic)

    def _relayed(self, message: Any) -> None:
        """Another process of this node tells what it took in."""
        world, spots = message
        for one in spots:
            name, lon, lat, at, topics, accuracy = one
            spot = Spot(name, lon, lat, at, tuple(topics), accuracy)
            self._waiting.setdefault(world, {})[spot.id] = spot
            for told in self.on_relayed:
                told(world, spot)
