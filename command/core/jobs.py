"""Work that time asks for: due rows, and jobs declared beside their domain. One leader per node runs them through act(),
so that a doubled run changes nothing: command id = job + due time (DESIGN §2). APScheduler is known only here."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

import sqlalchemy as sa
from apscheduler.schedulers.gevent import GeventScheduler

from command.core import clock, due
from command.core.access import system_actor
from command.core.actions import Command
from command.core.errors import Problem
from command.core.node import Node

log = logging.getLogger(__name__)
SPACE = uuid.UUID("6b1c2f0e-6f0b-5c1e-9d53-0a7a7c2f4e11")
LONGEST_SLEEP_S = 30.0
LEADER_LOCK = 7260
J_ = TypeVar("J_", bound=Callable[[Node], Any])


@dataclass(frozen=True)
class Job:
    """A job: asked every so many seconds, it decides by a query what is due and calls act()."""

    name: str
    seconds: int
    run: Callable[[Node], Any]


JOBS: dict[str, Job] = {}


def every(name: str, *, seconds: int) -> Callable[[J_], J_]:
    """Declare a job beside its domain."""

    def bind(run: J_) -> J_:
        JOBS[name] = Job(name, seconds, run)
        return run

    return bind


def command_id(name: str, at: datetime) -> str:
    """The id of a job's command: the same for the same due time."""
    return str(uuid.uuid5(SPACE, f"{name}@{clock.wire(at)}"))


def run_due(node: Node) -> int:
    """Do every promise whose time has come. Returns how many."""
    now = clock.real()
    rows = node.database.read(lambda session: due.ripe(session, now), world=None)
    for row in rows:
        command = Command(
            row.action, row.payload, system_actor(node.name), command_id(row.key, row.at), row.world
        )
        try:
            answer = node.act(command)
        except Problem as problem:
            log.error("due %s refused: %s", row.key, problem.detail)
        else:
            if not answer.ok:
                log.info("due %s: %s", row.key, answer.body.decode())
        node.database.write(partial(_done, row=row), world=row.world)
    return len(rows)


def _done(session: Any, row: due.Due) -> None:
    gone = sa.delete(due.Due).where(due.Due.world == row.world, due.Due.key == row.key, due.Due.at == row.at)
    session.execute(gone)


class Leader:
    """Runs jobs and due rows while it leads. SQLite's one process always leads; on PostgreSQL an advisory lock decides."""

    def __init__(self, node: Node) -> None:
        from gevent.event import Event

        self.node = node
        self.scheduler = GeventScheduler()
        self.woken = Event()
        self.lock: sa.Connection | None = None
        self.stopping = False
        self.leading = False
        self.next_look: datetime | None = None
        node.keepers.append(self.promised)

    def start(self) -> None:
        """Begin in the background."""
        import gevent

        gevent.spawn(self._loop)

    def stop(self) -> None:
        """End, and let another process lead."""
        self.stopping, self.leading = True, False
        self.woken.set()
        if self.scheduler.running:
            self.scheduler.shutdown(wait=False)
        if self.lock is not None:
            self.lock.close()

    def promised(self, at: datetime) -> None:
        """A promise was made: look again, unless the next look comes before it is due."""
        if self.next_look is None or at < self.next_look:
            self.woken.set()

    def leads(self) -> bool:
        """Whether this process may run jobs; tries to take the lock when nobody holds it."""
        if self.node.database.sqlite:
            return True
        if self.lock is not None:
            try:
                self.lock.execute(sa.select(sa.literal(1)))
                return True
            except sa.exc.DBAPIError:
                self.lock = None
        connection = self.node.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        connection.detach()  # a connection of its own: closing it ends the lock, a pooled one would keep it
        if connection.execute(sa.select(sa.func.pg_try_advisory_lock(LEADER_LOCK))).scalar_one():
            self.lock = connection
            return True
        connection.close()
        return False

    def _loop(self) -> None:
        while not self.stopping:
            self.woken.clear()
            self.next_look = None  # what is promised while it looks, it may not see
            try:
                wait = self._turn()
            except Exception:  # the jobs' edge: one broken turn is logged, the next is tried
                log.exception("a turn of the jobs failed")
                wait = 5.0
            self.next_look = clock.real() + timedelta(seconds=wait)
            self.woken.wait(wait)

    def _turn(self) -> float:
        """One look: do what is due. Returns the seconds until the next promise (capped)."""
        self.leading = self.leads()
        if not self.leading:
            return 2.0
        if not self.scheduler.running:
            for job in JOBS.values():
                self.scheduler.add_job(
                    self._run,
                    "interval",
                    (job,),
                    seconds=job.seconds,
                    id=job.name,
                    coalesce=True,
                    max_instances=1,
                )
            self.scheduler.start()
        run_due(self.node)
        at = self.node.database.read(due.next_at, world=None)
        if at is None:
            return LONGEST_SLEEP_S
        return max(0.0, min(LONGEST_SLEEP_S, (at - clock.real()).total_seconds()))

    def _run(self, job: Job) -> None:
        try:
            job.run(self.node)
        except Exception:  # the jobs' edge
            log.exception("job %s failed", job.name)
