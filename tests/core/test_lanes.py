"""What follows a commit may fail; nobody who waits for an answer pays for it."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable

import gevent
import pytest
from sqlalchemy.orm import Session

from command.core.access import audiences, set_audience
from command.core.store.database import Database
from tests.serving import PATIENCE_S


def in_a_hub_of_its_own(work: Callable[[], None]) -> None:
    """Run what uses gevent in a thread of its own, thus on a hub of its own: on this thread's, greenlets that other tests left
    behind would be served first, and one that blocks would hold everything."""
    failed: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001  # raised again below, on the thread of the test
            failed.append(error)
        finally:
            gevent.get_hub().destroy(destroy_loop=True)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(2 * PATIENCE_S)
    assert not thread.is_alive(), stacks()
    if failed:
        raise failed[0]


def stacks() -> str:
    """Where every thread of this process stands: what a wait that does not end waits for."""
    return "\n".join("".join(traceback.format_stack(frame)) for frame in sys._current_frames().values())


def test_it_answers_all_who_wait_when_what_follows_one_commit_fails(
    county_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    woken: list[int] = []

    def write(database: Database, number: int) -> int:
        def then(outcome: int) -> None:
            woken.append(outcome)
            if outcome == 1:
                raise RuntimeError("the waker fell over")

        def job(session: Session) -> int:
            set_audience(session, "thing", str(number), ["county"])
            return number

        return database.write(job, world=0, then=then)

    def all_at_once() -> None:
        # as a serving process has it: writes that wait together are committed together
        database = Database(county_url, cooperative=county_url.startswith("sqlite"))
        asking = [gevent.spawn(write, database, number) for number in range(4)]
        gevent.joinall(asking, timeout=PATIENCE_S)
        assert all(one.ready() for one in asking), stacks()
        assert [one.value for one in asking] == [0, 1, 2, 3]
        stored = database.read(lambda session: audiences(session, "thing", map(str, range(4))), world=0)
        assert stored == {str(number): ["county"] for number in range(4)}
        database.close()

    with caplog.at_level(logging.ERROR):
        in_a_hub_of_its_own(all_at_once)
    assert sorted(woken) == [0, 1, 2, 3]
    assert "the waker fell over" in caplog.text
