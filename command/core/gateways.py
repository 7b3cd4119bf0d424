"""Gateways: what carries a message out of the house. One shape for all; which one serves a channel is a setting.

A gateway runs in a native thread beside the hub. It never decides whether, when or how often to send: `deliveries` does.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import orjson

from command.core import clock
from command.core.deliveries import channels

FILES_KEPT = 30


@dataclass(frozen=True)
class Message:
    """One message as a gateway gets it. `id` is the same in each attempt: a gateway that has it already drops the second."""

    id: str
    world: int
    channel: str
    to: str
    text: str
    purpose: str
    made_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Route:
    """What the house lends to a gateway for one attempt."""

    directory: Path
    secret: str = ""
    url: str | None = None
    hosts: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    deadline_s: float = 10.0


@dataclass(frozen=True)
class Outcome:
    """What came of an attempt: `handed`, `confirmed` (the recipient has it), `again` (may work later) or `refused` (never)."""

    kind: str
    zh: str = ""
    en: str = ""
    reference: str | None = None

    @property
    def reason(self) -> dict[str, str]:
        """Why, in both languages; empty when there is nothing to say."""
        return {"zh": self.zh, "en": self.en} if self.zh else {}


Send = Callable[[Message, Route], Outcome]
S_ = TypeVar("S_", bound=Send)
GATEWAYS: dict[str, Send] = {}


def gateway(kind: str, *served: str) -> Callable[[S_], S_]:
    """Register a kind of gateway and the channels that it can serve."""

    def bind(send: S_) -> S_:
        if kind in GATEWAYS:
            raise TypeError(f"two gateways are called {kind}")
        GATEWAYS[kind] = send
        channels.offer(kind, *served)
        return send

    return bind


@gateway(channels.SIMULATOR, *channels.CHANNELS)
def simulate(message: Message, route: Route) -> Outcome:
    """Write the message into DATA_DIR/outbox, a JSON line each, for the owner's eyes only. Nothing leaves the house."""
    outbox = route.directory / "outbox"
    outbox.mkdir(mode=0o700, exist_ok=True)
    now = clock.real()
    file = outbox / f"{now:%Y-%m-%d}-{message.channel}.jsonl"
    fresh = not file.exists()
    line: dict[str, Any] = {
        "simulated": True, "at": clock.wire(now), "id": message.id, "world": message.world,
        "channel": message.channel, "to": message.to, "text": message.text, "purpose": message.purpose,
    }  # fmt: skip
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, orjson.dumps(line) + b"\n")
    finally:
        os.close(handle)
    if fresh:
        for old in sorted(outbox.glob("*.jsonl"))[:-FILES_KEPT]:
            old.unlink(missing_ok=True)
    return Outcome(
        "handed", "模拟：写入模拟箱，未真正发出", "simulated: written to the outbox, not really sent"
    )
