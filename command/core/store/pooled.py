"""PostgreSQL's lanes: its own concurrency; a session, a transaction and a pooled connection for each job, in one pipeline."""

from __future__ import annotations

from typing import Any, LiteralString

import sqlalchemy as sa

from command.core.store import worlds
from command.core.store.lane import READERS, READING, Job, Raised, T, Then, new_session, tell


class Pooled:
    """PostgreSQL: one session, one transaction, one pooled connection per job, in one pipeline."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self.looker = engine.execution_options(postgresql_readonly=True, isolation_level="AUTOCOMMIT")
        self.looking: sa.Connection | None = None

    def write(self, job: Job[T], world: int, then: Then | None = None) -> T:
        outcome = self._run(job, world, "BEGIN ISOLATION LEVEL READ COMMITTED")
        tell(then, outcome)
        return outcome

    def read(self, job: Job[T], world: int | None) -> T:
        return self._run(job, world, READING)

    def read_long(self, job: Job[T], world: int | None) -> T:
        return self.read(job, world)

    def _run(self, job: Job[T], world: int | None, begin: LiteralString) -> T:
        with self.engine.connect() as connection:
            return self._on(connection, job, world, begin)

    def _on(self, connection: sa.Connection, job: Job[T], world: int | None, begin: LiteralString) -> T:
        """One transaction on a connection, in one pipeline."""
        raw: Any = connection.connection.driver_connection
        with (
            raw.one_pipeline(begin),
            connection.begin(),
            new_session(connection, world, join_transaction_mode="rollback_only") as session,
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
            with new_session(connection, None) as session:
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


class Aside(Pooled):
    """PostgreSQL under gevent: what waits for the database waits on the hub, what works for long works in a native thread."""

    def __init__(self, engine: sa.Engine) -> None:
        super().__init__(engine)
        from gevent.threadpool import ThreadPool

        self.threads = ThreadPool(READERS)

    def read_long(self, job: Job[T], world: int | None) -> T:
        """The connection is taken and given back on the hub, whose pool it is; between, only the thread touches it."""
        with self.engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
            try:
                with raw.in_thread():
                    outcome = self.threads.apply(self._there, (connection, job, world))
            except BaseException:  # who asked is gone, and the thread may still be at it; raised again
                connection.invalidate()
                raise
        if isinstance(outcome, Raised):
            raise outcome.error
        answer: T = outcome
        return answer

    def _there(self, connection: sa.Connection, job: Job[Any], world: int | None) -> Any:
        try:
            return self._on(connection, job, world, READING)
        except Exception as error:  # noqa: BLE001  # carried to the greenlet that asked; the pool would print it
            return Raised(error)

    def close(self) -> None:
        self.threads.kill()
        super().close()
