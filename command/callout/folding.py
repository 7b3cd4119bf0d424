"""What the attempts of one person come to: pure functions. The order in which attempts came in says nothing, so that a township
that was cut off may tell later what was answered before; a correction takes one attempt out and may put another in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from command.callout.words import ACTED

Attempt = Mapping[str, Any]


class Standing(NamedTuple):
    """Where a person stands: state of the flow, how often nobody answered, what was done, when it was answered first."""

    state: str
    tries: int
    acts: list[str]
    answered_at: datetime | None


def effective(attempts: Sequence[Attempt]) -> list[Attempt]:
    """The attempts that hold: no later one corrects them, and they say an outcome. A re-call tests what was said, it says nothing
    of its own."""
    corrected = {one["corrects"] for one in attempts if one["corrects"] is not None}
    return [one for one in attempts if one["n"] not in corrected and one["outcome"] and not one["sample"]]


def standing(attempts: Sequence[Attempt], *, escalated: bool = False, door: bool = False) -> Standing:
    """The sum of the attempts and of how far it climbed."""
    held = effective(attempts)
    said = {one["outcome"] for one in held}
    acts = [one for one in ACTED if one in said]
    tries = sum(1 for one in held if one["outcome"] == "missed")
    reached = [datetime.fromisoformat(one["at"]) for one in held if one["outcome"] != "missed"]
    pressed = any((one.get("call") or {}).get("key") for one in held)
    state = _state(said, bool(acts), escalated, door or pressed)
    return Standing(state, tries, acts, min(reached, default=None))


def _state(said: set[str], acted: bool, escalated: bool, door: bool) -> str:
    if said & {"on_post", "moved"}:
        return "acted"
    if acted:  # somebody stood at the door
        return "confirmed"
    if "answered" in said:
        return "confirmed" if door else "answered"
    if door:
        return "door_visit"
    if escalated:
        return "escalated"
    return "missed" if "missed" in said else "pending"
