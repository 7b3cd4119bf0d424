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
    """What came of an attempt: `handed`, `confirmed` (the recipient has it), `again` (may work later) or `refused` (never). `call`: what
    a voice gateway that waits for the end of its call heard (`deliveries.contract.Call`)."""

    kind: str
    zh: str = ""
    en: str = ""
    reference: str | None = None
    call: dict[str, Any] | None = None

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
    call = played(message) if message.channel == "voice" else None
    return Outcome(
        "handed",
        "模拟：写入模拟箱，未真正发出",
        "simulated: written to the outbox, not really sent",
        call=call,
    )


SPOKEN_PER_S = 4
"""Characters that a voice reads out in a second."""


def played(message: Message) -> dict[str, Any]:
    """How a simulated call ends: by the last digit of the number, so that the same number always does the same. 0–2 listen to the end
    and press 1, 3 and 4 listen to the end, 5 hangs up after a third, 6 is busy, 7 and 8 do not answer, 9 is nobody's number."""
    last = int(message.to[-1]) if message.to[-1:].isdigit() else 9
    of_s = max(1, -(-len(message.text) // SPOKEN_PER_S))
    if last > 5:
        result = {6: "busy", 9: "wrong_number"}.get(last, "no_answer")
        return {"result": result, "heard_s": None, "of_s": of_s, "key": None}
    heard = of_s if last < 5 else of_s // 3
    return {"result": "answered", "heard_s": heard, "of_s": of_s, "key": "1" if last < 3 else None}
