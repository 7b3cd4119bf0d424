"""PostgreSQL's connections: how few times a transaction waits for the database, and what a wait costs under gevent.

A round trip costs more than most statements. So a transaction that writes runs in one pipeline: what is read waits for its
answer, what is only written is sent on and heard of with the next answer, and the COMMIT goes with the last statements."""

from __future__ import annotations

import select
from collections import deque
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, LiteralString, TypeVar, cast

import psycopg
import sqlalchemy as sa
from psycopg.abc import PQGen, QueryNoTemplate

from command.core.store.straight import Straight

R_ = TypeVar("R_")
READ, WRITE = 1, 2
"""psycopg's Wait and Ready, and libev's events, are the same two bits."""


class Cursor(psycopg.Cursor[Any]):
    """In a pipeline, what SQLAlchemy asks is answered when it returns, as everywhere else; `later` only sends it on."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Cursor:
        """Run a statement and have its answer."""
        super().execute(query, params, **options)
        self._fetch_pipeline()
        return self

    def executemany(self, query: Any, params_seq: Any, *, returning: bool = False) -> None:
        """Run a statement for many rows, and know how many it met."""
        super().executemany(query, params_seq, returning=returning)
        connection: Any = self.connection
        if connection._pipeline is not None:
            connection._fetch_pipeline_now()

    def later(self, query: QueryNoTemplate, rows: list[Any]) -> None:
        """Send a statement for each row whose answers nobody reads; what it raises comes with a later answer, at the latest with
        the COMMIT."""
        connection: Any = self.connection
        with connection.held():
            for row in rows:
                super().execute(query, row, prepare=len(rows) > 1 or None)


class Connection(psycopg.Connection[Any]):
    """A connection that can be in a pipeline from its first statement to its COMMIT."""

    _begun = False
    _known: Straight | None = None

    @property
    def straight(self) -> Straight | None:
        """Where its statements go that are made once; None outside a pipeline."""
        if self._pipeline is None:
            return None
        if self._known is None:
            self._known = Straight(self)
        return self._known

    def _fetch_pipeline_now(self) -> None:
        """Have the answers of all that is out."""
        pipeline: Any = self._pipeline
        with self.lock:
            self.wait(pipeline._fetch_gen(flush=True))

    @contextmanager
    def one_pipeline(self, begin: LiteralString) -> Iterator[None]:
        """Run a transaction in one pipeline. Its BEGIN is ours: psycopg's own waits for an answer. Whoever catches an error of the
        database in it leaves it first (`leave_pipeline`): after one, a pipeline takes no more statements."""
        self.autocommit, self._begun = True, True
        self._pipeline = psycopg.Pipeline(self)
        self._pipeline.__enter__()
        try:
            self._later(begin)
            yield
        finally:
            self._abandon()  # after the COMMIT nothing is out; without one, nothing counts
            self.autocommit = False

    def _later(self, command: LiteralString) -> None:
        with self.cursor() as cursor:
            cast(Cursor, cursor).later(command, [None])

    def commit(self) -> None:
        """Commit. In a pipeline libpq learns only from a Sync that a transaction is open: psycopg's own would commit nothing."""
        if self._pipeline is None:
            super().commit()
            return
        self._later("COMMIT")
        try:
            self._pipeline.sync()
        except psycopg.Error:
            self.rollback()
            raise
        self._begun = False

    def rollback(self) -> None:
        """Undo; what is still out is undone with it."""
        self._abandon()
        super().rollback()
        if self._known is not None:
            self._known.forget()

    def leave_pipeline(self) -> None:
        """Hear all answers that are out, and go on without a pipeline."""
        if (pipeline := self._pipeline) is None:
            return
        try:
            if self._begun:
                pipeline.__exit__(None, None, None)
            else:  # nothing is out since the COMMIT: psycopg would make one more round trip to be told so
                pipeline._exit(None)
        finally:
            self._pipeline = None

    def _abandon(self) -> None:
        """Leave it though something else has failed: what is out is undone with the transaction, so nobody asks for it."""
        try:
            self.leave_pipeline()
        except psycopg.Error:
            return

    def send_held_back(self) -> None:
        """Give libpq what psycopg has queued, and what it means to tell the database of its prepared statements: answers come in the
        order in which libpq was given the questions."""
        if self._pipeline is None or not self._pipeline.level:  # level: it is being entered
            return
        deque(
            self._prepared.maintain_gen(self), maxlen=0
        )  # in a pipeline it only queues, and waits for nothing
        commands = self._pipeline.command_queue
        while commands:
            commands.popleft()()

    def held(self) -> AbstractContextManager[None]:
        """While it is entered, statements need not be on their way when they return."""
        return nullcontext()


class Cooperative(Connection):
    """Under gevent. psycopg's own wait goes through a new `select.poll` of gevent at every step of a statement, some thirty in one
    command; here the socket is looked at first, and the hub is asked only when nothing is there."""

    _look: Any = None
    _watchers: dict[int, Any]
    _holding = False
    _native = False

    @contextmanager
    def in_thread(self) -> Iterator[None]:
        """While it is entered, a native thread uses the connection and waits by itself: there is no hub."""
        self._native = True
        try:
            yield
        finally:
            self._native = False

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep what is sent until an answer is asked for: a packet for each statement wakes the database for each, and on a busy
        machine it then takes the processor from us every time."""
        self._holding = self._pipeline is not None
        try:
            yield
        finally:
            self._holding = False

    def wait(self, gen: PQGen[R_], interval: float = 0.1, timeout: float | None = None) -> R_:
        """Run a generator of psycopg to its end, giving way to other greenlets while the database works."""
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        try:
            # psycopg holds back what it closes (a prepared statement too many) until the next command: before a flush is asked
            # for, or its answer would never come
            self.send_held_back()
            wanted = next(gen)
            self.send_held_back()  # all of them into libpq's buffer; the generator flushes it once
            if self._holding:
                gen.close()
                return None  # type: ignore[return-value]  # a statement whose answer nobody reads
            while True:
                wanted = gen.send(self._ready(int(wanted)))
        except StopIteration as ended:
            value: R_ = ended.value
            return value

    def _ready(self, wanted: int) -> Any:
        """Which of the wanted bits are so now; waits for the first."""
        from gevent import get_hub, monkey

        if self._look is None:
            self._look, self._watchers = monkey.get_original("select", "poll")(), {}
        fd = self.pgconn.socket
        mask = (select.POLLIN if wanted & READ else 0) | (select.POLLOUT if wanted & WRITE else 0)
        while True:
            self._look.register(fd, mask)
            if found := self._look.poll(None if self._native else 0):
                return _bits(found[0][1], wanted)
            if wanted not in self._watchers:
                self._watchers[wanted] = get_hub().loop.io(fd, wanted)
            get_hub().wait(self._watchers[wanted])

    def close(self) -> None:
        """Close it, and what watched it."""
        for watcher in self.__dict__.pop("_watchers", {}).values():
            watcher.close()
        self._look = None
        super().close()


def _bits(events: int, wanted: int) -> int:
    if events & ~(select.POLLIN | select.POLLOUT):  # it broke: libpq will find out how
        return wanted
    return (READ if events & select.POLLIN else 0) | (WRITE if events & select.POLLOUT else 0)


def engine(url: str, *, cooperative: bool) -> sa.Engine:
    """The engine of a PostgreSQL database, with such connections."""
    made = sa.create_engine(
        url,
        pool_size=16,
        max_overflow=16,
        pool_pre_ping=False,
        isolation_level="READ COMMITTED",
        connect_args={"options": "-c timezone=UTC", "cursor_factory": Cursor},
    )
    kind = Cooperative if cooperative else Connection

    @sa.event.listens_for(made, "do_connect")
    def _connect(dialect: Any, record: Any, arguments: list[Any], options: dict[str, Any]) -> Any:
        return kind.connect(*arguments, **options)

    @sa.event.listens_for(made, "savepoint")
    def _savepoint(connection: sa.Connection, name: str) -> None:
        raw: Any = connection.connection.driver_connection  # what fails inside is caught: not in a pipeline
        raw.leave_pipeline()

    return made
