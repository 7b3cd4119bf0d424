"""What follows a commit may fail; nobody who waits for an answer pays for it."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Iterator

import gevent
import pytest
from sqlalchemy.orm import Session

from command.core.access import audiences, set_audience
from command.core.database import Database
from tests.serving import PATIENCE_S


@pytest.fixture
def database(county_url: str) -> Iterator[Database]:
    """The database as a serving process has it: writes that wait together are committed together."""
    found = Database(county_url, cooperative=county_url.startswith("sqlite"))
    yield found
    found.close()


def stacks() -> str:
    """Where every thread of this process stands: what a wait that does not end waits for."""
    return "\n".join("".join(traceback.format_stack(frame)) for frame in sys._current_frames().values())


def test_it_answers_all_who_wait_when_what_follows_one_commit_fails(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    woken: list[int] = []

    def write(number: int) -> int:
        def then(outcome: int) -> None:
            woken.append(outcome)
            if outcome == 1:
                raise RuntimeError("the waker fell over")

        def job(session: Session) -> int:
            set_audience(session, "thing", str(number), ["county"])
            return number

        return database.write(job, world=0, then=then)

    with caplog.at_level(logging.ERROR):
        asking = [gevent.spawn(write, number) for number in range(4)]
        gevent.joinall(asking, timeout=PATIENCE_S)
    assert all(one.ready() for one in asking), stacks()
    assert [one.value for one in asking] == [0, 1, 2, 3]
    assert sorted(woken) == [0, 1, 2, 3]
    assert "the waker fell over" in caplog.text
    stored = database.read(lambda session: audiences(session, "thing", map(str, range(4))), world=0)
    assert stored == {str(number): ["county"] for number in range(4)}
