"""`@after(Event)`: declared beside the domain, it says from a committed entry who is to be reached outside the screens.

It runs when the follower of the journal comes to the entry, not in the transaction that wrote it: it never blocks a write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from command.core.events import Event

if TYPE_CHECKING:
    from command.core.actions import Tx

Text = dict[str, str]


@dataclass(frozen=True)
class Told:
    """A committed entry, as it is told to those who follow."""

    seq: int
    type: str
    at: datetime
    received_at: datetime
    actor_name: str
    record: dict[str, Any]


@dataclass(frozen=True)
class Want:
    """Somebody to be reached. `recipient` names whom within the entry (never a number); `to` is the address, sealed at once.

    `text` stands in Chinese and English; `max_age` counts from the entry: what is older is not sent but listed as missed.
    `urgent` goes before all that waits. `parties` may see what became of it; `centre` may try again."""

    recipient: str
    whom: Text
    channel: str
    to: str | None
    text: Text
    max_age: timedelta
    purpose: str
    about: tuple[str, str]
    centre: str
    parties: frozenset[str]
    urgent: bool = field(default=False)


Follower = Callable[["Tx", Told], Iterable[Want]]
F_ = TypeVar("F_", bound=Follower)
_followers: dict[str, list[Follower]] = {}


def after(*events: type[Event]) -> Callable[[F_], F_]:
    """Say, once an entry of these events is committed, who is to be reached. It may be asked again for the same entry."""

    def bind(follower: F_) -> F_:
        for event in events:
            _followers.setdefault(event.type, []).append(follower)
        return follower

    return bind


def followers_of(type_: str) -> Iterable[Follower]:
    """Those who follow an event, in the order in which they were declared."""
    return _followers.get(type_, ())


def followed() -> list[str]:
    """The events that somebody follows."""
    return sorted(_followers)
