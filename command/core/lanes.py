"""Lanes: where database work runs, so that it neither blocks the hub nor waits behind a lock it cannot see.

`Combining` is SQLite under gevent: waiting writes are taken together by one native thread, a savepoint each (but for one
that waits alone), one commit.
`Direct` is everything else: PostgreSQL's own concurrency, or a plain process (CLI, tests) with a lock around SQLite's writer.
"""

from __future__ import annotations

import _thread
import logging
import threading
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import worlds

log = logging.getLogger(__name__)
T = TypeVar("T")
Job = Callable[[Session], T]
Then = Callable[[Any], None]

BATCH = 64
READERS = 4


class Lanes(Protocol):
    def write(self, job: Job[T], world: int, then: Then | None = None) -> T: ...
    def read(self, job: Job[T], world: int | None) -> T: ...
    def glance(self, job: Job[T]) -> T: ...
    def close(self) -> None: ...


def build(engine: sa.Engine, *, sqlite: bool, cooperative: bool) -> Lanes:
    """The lanes for this database in this kind of process."""
    if sqlite:
        return Combining(engine) if cooperative else Plain(engine)
    return Pooled(engine)


def _session(bind: Any, world: int | None, **options: Any) -> Session:
    return Session(bind, expire_on_commit=False, info={"world": world}, **options)


def _tell(then: Then | None, outcome: Any) -> None:
    """Wake others. It is committed by now: whoever asked gets the answer whatever the waker does, and so do those behind it;
    the tail and the keepers of promises look by themselves too."""
    if then is None:
        return
    try:
        then(outcome)
    except Exception:  # an edge: no transaction is left that could be undone
        log.exception("what follows a commit failed; the commit stands")


class Pooled:
    """PostgreSQL: one session, one transaction, one pooled connection per job, in one pipeline."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self.looker = engine.execution_options(postgresql_readonly=True, isolation_level="AUTOCOMMIT")
        self.looking: sa.Connection | None = None

    def write(self, job: Job[T], world: int, then: Then | None = None) -> T:
        outcome = self._run(job, world, "BEGIN ISOLATION LEVEL READ COMMITTED")
        _tell(then, outcome)
        return outcome

    def read(self, job: Job[T], world: int | None) -> T:
        return self._run(job, world, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")

    def _run(self, job: Job[T], world: int | None, begin: str) -> T:
        with self.engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
            with (
                raw.one_pipeline(begin),
                connection.begin(),
                _session(connection, world, join_transaction_mode="rollback_only") as session,
            ):
                worlds.wall(session, world)
                outcome = job(session)
                session.flush()
            return outcome

    def glance(self, job: Job[T]) -> T:
        """On a connection kept for it, without a transaction: each statement is one round trip."""
        connection, self.looking, fresh = self.looking, None, False
        if connection is None:
            connection, fresh = self.looker.connect(), True
        try:
            if fresh:
                worlds.look_across(connection)
            with _session(connection, None) as session:
                found = job(session)
        except (
            BaseException
        ):  # whatever ended it, a killed greenlet too: it is nobody's any more; raised again
            connection.close()
            raise
        if self.looking is not None:
            connection.close()  # somebody looked at the same time
        else:
            self.looking = connection
        return found

    def close(self) -> None:
        if self.looking is not None:
            self.looking.close()


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

    def glance(self, job: Job[T]) -> T:
        return self._read_here(job, None)

    def _read_here(self, job: Job[T], world: int | None) -> T:
        """Read on the connection of the thread that calls."""
        connection = self._reader()
        with connection.begin(), _session(connection, world) as session:
            return job(session)

    def write(self, job: Job[T], world: int, then: Then | None = None) -> T:
        with self.lock:
            outcome = self._batch([(job, world)])[0]
        if isinstance(outcome, _Raised):
            raise outcome.error
        _tell(then, outcome)
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


class _Raised:
    """What a job raised, carried back to the one who asked for it."""

    def __init__(self, error: BaseException) -> None:
        self.error = error


def _alone(connection: sa.Connection, job: Job[Any], world: int) -> Any:
    """A job that waits alone needs no savepoint: the transaction is its own."""
    worlds.enter(world)
    try:
        with (
            connection.begin(),
            _session(connection, world, join_transaction_mode="rollback_only") as session,
        ):
            outcome = job(session)
            session.flush()
            return outcome
    except Exception as error:  # noqa: BLE001  # carried, not swallowed: raised again where the job was asked for
        return _Raised(error)


def _savepoint(connection: sa.Connection, job: Job[Any], world: int) -> Any:
    worlds.enter(world)
    with _session(connection, world, join_transaction_mode="create_savepoint") as session:
        try:
            outcome = job(session)
            session.commit()
            return outcome
        except Exception as error:  # noqa: BLE001  # carried, not swallowed: raised again where the job was asked for
            session.rollback()
            return _Raised(error)


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
        if isinstance(outcome, _Raised):
            raise outcome.error
        answer: T = outcome
        return answer

    def _read_there(self, job: Job[Any], world: int | None) -> Any:
        try:
            return self._read_here(job, world)
        except Exception as error:  # noqa: BLE001  # carried to the greenlet that asked; the pool would print it
            return _Raised(error)

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
            outcomes = [_Raised(error)] * len(batch)
        for ticket, outcome in zip(batch, outcomes, strict=True):
            if isinstance(outcome, _Raised):
                ticket.result.set_exception(outcome.error)
            else:
                _tell(ticket.then, outcome)
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
