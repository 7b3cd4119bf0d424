"""Events: closed, typed, past tense. Each class says its wire name, who hears it, and the sentence of the timeline."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from command.core import journal

if TYPE_CHECKING:
    from command.core.actions import Tx

EVENTS: dict[str, type[Event]] = {}


class Event(BaseModel):
    """A thing that happened. `record` is the public state after it: never personal data (RULES 8)."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)

    type: ClassVar[str]
    kind: ClassVar[str]
    v: ClassVar[int] = 1

    record: Any
    parties: frozenset[str] = Field(default=frozenset(), exclude=True)
    gained: frozenset[str] = Field(default=frozenset(), exclude=True)
    lost: frozenset[str] = Field(default=frozenset(), exclude=True)
    said: dict[str, Any] = Field(default_factory=dict, exclude=True)

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "type" in cls.__dict__:
            if cls.type in EVENTS:
                raise TypeError(f"two events are called {cls.type}")
            EVENTS[cls.type] = cls

    def topics(self) -> frozenset[str]:
        """Who hears it: the parties of the thing, and the topics that hang on it. The one reviewed place."""
        return self.parties

    def changes(self) -> dict[str, int]:
        """topic → hear, gain or lose: those before ∪ those after (RULES 12)."""
        out = dict.fromkeys(self.topics(), journal.HEAR)
        out.update(dict.fromkeys(self.gained, journal.GAIN))
        out.update(dict.fromkeys(self.lost, journal.LOSE))
        return out

    def text(self) -> dict[str, str]:
        """The sentence of the timeline in both languages, as it was said when it happened."""
        return {"zh": self.type, "en": self.type}


Listener = Callable[["Tx", Any], None]
E_ = TypeVar("E_", bound=Listener)
_listeners: dict[str, list[Listener]] = {}


def on(*events: type[Event]) -> Callable[[E_], E_]:
    """Run inside the transaction of these events, after the action; may refuse it by raising a Problem."""

    def bind(listener: E_) -> E_:
        for event in events:
            _listeners.setdefault(event.type, []).append(listener)
        return listener

    return bind


def listeners_of(event: Event) -> Iterable[Listener]:
    """Those who listen to an event inside its transaction, in the order in which they were declared."""
    return _listeners.get(event.type, ())
