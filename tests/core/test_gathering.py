"""Questions that come at once are read together, each from a reading that began after it was asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Mapping

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core.live.gathering import SIDE_BY_SIDE, Gathering
from command.core.store.database import Database
from tests.county import County
from tests.serving import PATIENCE_S

MANY = 30


class Slow:
    """A reading that waits until it is let go; it tells which keys each reading had."""

    def __init__(self, database: Database, wrong: str = "") -> None:
        self.rounds: list[list[str]] = []
        self.begun, self.go = threading.Semaphore(0), threading.Event()
        self.wrong = wrong
        self.gathering = Gathering(database, self.read)

    def asked(self) -> int:
        """How many questions are being read or wait to be."""
        waiting = sum(len(one.keys) for one in list(self.gathering._next.values()))
        return waiting + sum(map(len, self.rounds))

    def read(self, session: Session, keys: Iterable[str]) -> Mapping[str, str]:
        asked = list(keys)
        self.rounds.append(asked)
        self.begun.release()
        assert self.go.wait(PATIENCE_S)
        if self.wrong in asked and self.wrong:
            raise ValueError(self.wrong)
        return {key: f"{key}{session.execute(sa.select(sa.literal(1))).scalar_one()}" for key in asked}


def ask_all(slow: Slow, keys: list[str]) -> dict[str, object]:
    """What each of these is answered when all ask while the first of them are being read."""
    heard: dict[str, object] = {}

    def ask(key: str) -> None:
        try:
            heard[key] = slow.gathering.ask(key, 0)
        except ValueError as error:
            heard[key] = error

    threads = [threading.Thread(target=ask, args=(key,)) for key in keys]
    for thread in threads[:1]:
        thread.start()
    assert slow.begun.acquire(timeout=PATIENCE_S)
    for thread in threads[1:]:
        thread.start()
    until = time.monotonic() + PATIENCE_S
    while slow.asked() < len(keys):
        assert time.monotonic() < until, heard
    slow.go.set()
    for thread in threads:
        thread.join(PATIENCE_S)
    return heard


@pytest.fixture
def database(cast: County) -> Database:
    return cast.node.database


@pytest.mark.parametrize("kind", ["postgres"], indirect=True)
def test_it_reads_together_what_is_asked_while_it_is_busy(database: Database) -> None:
    keys = [f"key{number}" for number in range(MANY)]
    slow = Slow(database)
    assert ask_all(slow, keys) == {key: f"{key}1" for key in keys}
    assert slow.rounds[0] == ["key0"]
    assert len(slow.rounds) <= SIDE_BY_SIDE + 1
    assert sorted(key for some in slow.rounds for key in some) == sorted(keys)  # each once


@pytest.mark.parametrize("kind", ["postgres"], indirect=True)
def test_it_lets_nobody_pay_for_the_question_of_another(database: Database) -> None:
    keys = ["right", "wrong", "also right"]
    heard = ask_all(Slow(database, wrong="wrong"), keys)
    assert isinstance(heard.pop("wrong"), ValueError)
    assert heard == {"right": "right1", "also right": "also right1"}


def test_it_answers_from_a_reading_that_began_after_the_question(database: Database) -> None:
    slow = Slow(database)
    slow.go.set()
    assert slow.gathering.ask("a", 0) == "a1"
    assert slow.gathering.ask("a", 0) == "a1"
    assert slow.rounds == [["a"], ["a"]]
