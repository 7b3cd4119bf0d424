"""What every lane has: the shape of a lane, a session of one world, how an outcome is carried from the thread that did the work."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, LiteralString, Protocol, TypeVar

from sqlalchemy.orm import Session

log = logging.getLogger(__name__)
T = TypeVar("T")
Job = Callable[[Session], T]
Then = Callable[[Any], None]

READERS = 4
READING: LiteralString = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


class Lanes(Protocol):
    def write(self, job: Job[T], world: int, then: Then | None = None) -> T: ...
    def read(self, job: Job[T], world: int | None) -> T: ...
    def read_long(self, job: Job[T], world: int | None) -> T: ...
    def glance(self, job: Job[T]) -> T: ...
    def close(self) -> None: ...


def new_session(bind: Any, world: int | None, **options: Any) -> Session:
    """A session of one world; None reads across worlds."""
    return Session(bind, expire_on_commit=False, info={"world": world}, **options)


def tell(then: Then | None, outcome: Any) -> None:
    """Wake others. It is committed by now: whoever asked gets the answer whatever the waker does, and so do those behind it;
    the tail and the keepers of promises look by themselves too."""
    if then is None:
        return
    try:
        then(outcome)
    except Exception:  # an edge: no transaction is left that could be undone
        log.exception("what follows a commit failed; the commit stands")


class Raised:
    """What a job raised, carried back to the one who asked for it."""

    def __init__(self, error: BaseException) -> None:
        self.error = error
