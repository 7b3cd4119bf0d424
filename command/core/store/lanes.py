"""Lanes: where database work runs, so that it neither blocks the hub nor waits behind a lock it cannot see.

`Combining` is SQLite under gevent: waiting writes are taken together by one native thread, a savepoint each (but for one
that waits alone), one commit.
`Plain` is SQLite in a plain process (CLI, tests), with a lock around the writer; `pooled.py` has PostgreSQL's.
"""

from __future__ import annotations

import _thread
import threading
from collections import deque
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from command.core.store import worlds
from command.core.store.lane import READERS, Job, Lanes, Raised, T, Then, new_session, tell
from command.core.store.pooled import Aside, Pooled

BATCH = 64


def build(engine: sa.Engine, *, sqlite: bool, cooperative: bool) -> Lanes:
    """The lanes for this database in this kind of process."""
    if sqlite:
        return Combining(engine) if cooperative else Plain(engine)
    return Aside(engine) if cooperative else Pooled(engine)


class _Held(_thread._local):
    """One SQLite connection for each operating-system thread (not greenlet)."""

    connection: sa.Connection | None = None


class Plain:
    """SQLite in a plain process: a connection per thread, a lock around the writer."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self.reading = engine.execution_options(reader=True)
        self.lock = threading.RLock()
        self.held = _Held()
        self.writer: sa.Connection | None = None
        self.opened: list[sa.Connection] = []

    def _reader(self) -> sa.Connection:
        if self.held.connection is None:
            self.held.connection = self.reading.connect()
            self.opened.append(self.held.connection)
        return self.held.connection

    def read(self, job: Job[T], world: int | None) -> T:
        return self._read_here(job, world)

    def read_long(self, job: Job[T], world: int | None) -> T:
        return self.read(job, world)

    def glance(self, job: Job[T]) -> T:
        return self._read_here(job, None)

    def _read_here(self, job: Job[T], world: int | None) -> T:
        """Read on the connection of the thread that calls."""
        connection = self._reader()
        with connection.begin(), new_session(connection, world) as session:
            return job(session)

    def write(self, job: Job[T], world: int, then: Then | None = None) -> T:
        with self.lock:
            outcome = self._batch([(job, world)])[0]
        if isinstance(outcome, Raised):
            raise outcome.error
        tell(then, outcome)
        answer: T = outcome
        return answer

    def _batch(self, jobs: Iterable[tuple[Job[Any], int]]) -> list[Any]:
        """Run jobs in order, a savepoint each, one commit for all. Runs on the one writing thread."""
        if self.writer is None:
            self.writer = self.engine.connect()
            worlds.register_function(self.writer)
        jobs, outcomes = list(jobs), []
        if len(jobs) == 1:
            return [_alone(self.writer, *jobs[0])]
        with self.writer.begin():
            for job, world in jobs:
                outcomes.append(_savepoint(self.writer, job, world))
        return outcomes

    def close(self) -> None:
        for connection in [*self.opened, *([self.writer] if self.writer else [])]:
            connection.close()
        self.opened, self.writer = [], None


def _alone(connection: sa.Connection, job: Job[Any], world: int) -> Any:
    """A job that waits alone needs no savepoint: the transaction is its own."""
    worlds.enter(world)
    try:
        with (
            connection.begin(),
            new_session(connection, world, join_transaction_mode="rollback_only") as session,
        ):
            outcome = job(session)
            session.flush()
            return outcome
    except Exception as error:  # noqa: BLE001  # carried, not swallowed: raised again where the job was asked for
        return Raised(error)


def _savepoint(connection: sa.Connection, job: Job[Any], world: int) -> Any:
    worlds.enter(world)
    with new_session(connection, world, join_transaction_mode="create_savepoint") as session:
        try:
            outcome = job(session)
            session.commit()
            return outcome
        except Exception as error:  # noqa: BLE001  # carried, not swallowed: raised again where the job was asked for
            session.rollback()
            return Raised(error)


class Combining(Plain):
    """SQLite under gevent: one native writer, native readers; greenlets wait, the hub does not."""

    def __init__(self, engine: sa.Engine) -> None:
        super().__init__(engine)
        from gevent.threadpool import ThreadPool

        self.writer_thread = ThreadPool(1)
        self.reader_threads = ThreadPool(READERS)
        self.waiting: deque[_Ticket] = deque()
        self.draining = False

    def read(self, job: Job[T], world: int | None) -> T:
        outcome = self.reader_threads.apply(self._read_there, (job, world))
        if isinstance(outcome, Raised):
            raise outcome.error
        answer: T = outcome
        return answer

    def _read_there(self, job: Job[Any], world: int | None) -> Any:
        try:
            return self._read_here(job, world)
        except Exception as error:  # noqa: BLE001  # carried to the greenlet that asked; the pool would print it
            return Raised(error)

    def write(self, job: Job[T], world: int, then: Then | None = None) -> T:
        import gevent

        ticket = _Ticket(job, world, then)
        self.waiting.append(ticket)
        if not self.draining:
            self.draining = True
            gevent.spawn(self._drain)
        answer: T = ticket.result.get()
        return answer

    def _drain(self) -> None:
        try:
            while self.waiting:
                batch = [self.waiting.popleft() for _ in range(min(BATCH, len(self.waiting)))]
                self._settle(batch)
        finally:
            self.draining = False

    def _settle(self, batch: list[_Ticket]) -> None:
        try:
            outcomes = self.writer_thread.apply(self._batch, ([(one.job, one.world) for one in batch],))
        except Exception as error:  # noqa: BLE001  # the commit itself failed: nobody's work is stored, everybody hears it
            outcomes = [Raised(error)] * len(batch)
        for ticket, outcome in zip(batch, outcomes, strict=True):
            if isinstance(outcome, Raised):
                ticket.result.set_exception(outcome.error)
            else:
                tell(ticket.then, outcome)
                ticket.result.set(outcome)

    def close(self) -> None:
        self.writer_thread.kill()
        self.reader_threads.kill()
        super().close()


class _Ticket:
    def __init__(self, job: Job[Any], world: int, then: Then | None) -> None:
        from gevent.event import AsyncResult

        self.job, self.world, self.then = job, world, then
        self.result: Any = AsyncResult()
