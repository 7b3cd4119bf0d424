"""The database: one engine per kind, and the lanes that reads and writes take.

SQLite has one writer: a native thread that takes waiting jobs in order, one savepoint each, one commit a batch (RULES 6).
PostgreSQL jobs run each in a transaction of their own. Reads go beside the hub, never on it.
"""

from __future__ import annotations

import importlib
import os
import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from geoalchemy2 import load_spatialite

from command.core.store import lanes, postgres, worlds
from command.core.store.lane import Job, T, Then


class Database:
    """One database, with a lane for writes and lanes for reads."""

    def __init__(self, url: str, *, cooperative: bool = False) -> None:
        self.url = sa.make_url(url)
        self.sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = (
            _sqlite_engine(self.url) if self.sqlite else postgres.engine(url, cooperative=cooperative)
        )
        self.lanes = lanes.build(self.engine, sqlite=self.sqlite, cooperative=cooperative)
        worlds.install()

    def write(self, job: Job[T], *, world: int, then: Then | None = None) -> T:
        """Run the job in a transaction of the given world and commit; raise what it raised, with nothing stored. `then` is
        called with the outcome as soon as it is committed, before anything else goes on: it only wakes others."""
        return self.lanes.write(job, world, then)

    def read(self, job: Job[T], *, world: int | None) -> T:
        """Run a reading job beside the hub. `world` None reads across worlds (journal, verify, export)."""
        return self.lanes.read(job, world)

    def read_long(self, job: Job[T], *, world: int | None) -> T:
        """Run a reading job that also works for long on what it reads: in a native thread on either database (RULES 15)."""
        return self.lanes.read_long(job, world)

    def glance(self, job: Job[T]) -> T:
        """A look at a few rows by their keys, across worlds, where the caller runs: less work than the way beside the hub
        (RULES 6). The job only asks the database; on SQLite nothing else runs meanwhile."""
        return self.lanes.glance(job)

    def ping(self) -> None:
        """Raise when the database does not answer."""
        self.read(lambda session: session.execute(sa.select(sa.literal(1))).scalar_one(), world=None)

    def close(self) -> None:
        """Give back connections and threads."""
        self.lanes.close()
        self.engine.dispose()


def _sqlite_engine(url: sa.URL) -> sa.Engine:
    """SQLite with SpatiaLite, WAL, foreign keys, and fsync at every commit (FULL)."""
    os.environ.setdefault("SPATIALITE_LIBRARY_PATH", "mod_spatialite")
    module: Any = None
    if not hasattr(
        sqlite3.Connection, "enable_load_extension"
    ):  # a Python built without loadable extensions (pyenv)
        module = importlib.import_module("pysqlite3.dbapi2")
    fresh = not Path(url.database or "").exists()
    engine = sa.create_engine(
        url,
        module=module,
        poolclass=sa.NullPool,
        connect_args={"check_same_thread": False, "isolation_level": None},
    )

    @sa.event.listens_for(engine, "connect")
    def _connected(connection: Any, record: Any) -> None:
        nonlocal fresh
        connection.execute("PRAGMA busy_timeout=10000")
        connection.execute("PRAGMA journal_mode=WAL")
        if fresh:
            load_spatialite(connection, transaction=True, init_mode="WGS84")
            fresh = False
        else:
            connection.enable_load_extension(True)
            connection.load_extension("mod_spatialite")
            connection.enable_load_extension(False)
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA secure_delete=ON")  # what is deleted is overwritten (scrub.py)
        connection.execute("PRAGMA foreign_keys=ON")

    @sa.event.listens_for(engine, "begin")
    def _begun(connection: sa.Connection) -> None:
        connection.exec_driver_sql(
            "BEGIN" if connection.get_execution_options().get("reader") else "BEGIN IMMEDIATE"
        )

    return engine


def side_file(path: Path) -> sa.Engine:
    """A SQLite file of its own, beside the database, for what may lack its last moments after a power cut (RULES 6)."""
    engine = sa.create_engine(
        f"sqlite:///{path}",
        poolclass=sa.NullPool,
        connect_args={"check_same_thread": False, "isolation_level": None},
    )

    @sa.event.listens_for(engine, "connect")
    def _connected(connection: Any, record: Any) -> None:
        for setting in ("busy_timeout=10000", "journal_mode=WAL", "synchronous=NORMAL"):
            connection.execute(f"PRAGMA {setting}")

    @sa.event.listens_for(engine, "begin")
    def _begun(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine
