"""A turn: something that only one process may do at a time for one database. It ends with its holder, however that ends.

On PostgreSQL it is an advisory lock of a connection of its own, on SQLite a lock on a file beside the database: both are
let go by the system when their process is killed, so that nothing must be cleaned up.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import sqlalchemy as sa

from command.core.store.database import Database

_LOCKS = sa.table(
    "pg_locks", sa.column("locktype"), sa.column("classid"), sa.column("objid"), sa.column("database")
)
_DATABASES = sa.table("pg_database", sa.column("oid"), sa.column("datname"))


class Turn:
    """The turn of one name; `number` is its lock on PostgreSQL."""

    def __init__(self, database: Database, data_dir: Path, name: str, number: int) -> None:
        self.database, self.path, self.number = database, data_dir / f"{name}.lock", number
        self._connection: sa.Connection | None = None
        self._handle: int | None = None

    @property
    def mine(self) -> bool:
        """Whether this process has it."""
        return self._connection is not None or self._handle is not None

    def take(self) -> bool:
        """Take it; False when anybody has it."""
        if self.mine:
            return False
        return self._take_file() if self.database.sqlite else self._take_lock()

    def give(self) -> None:
        """Let it go."""
        connection, self._connection = self._connection, None
        handle, self._handle = self._handle, None
        if connection is not None:
            connection.close()
        if handle is not None:
            os.close(handle)

    def taken(self) -> bool:
        """Whether any process has it."""
        if self.mine:
            return True
        if not self.database.sqlite:
            return (
                self.database.read(lambda session: session.execute(self._held()).first(), world=None)
                is not None
            )
        if self._take_file():
            self.give()
            return False
        return True

    def _take_file(self) -> bool:
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        self._handle = handle
        return True

    def _take_lock(self) -> bool:
        connection = self.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        connection.detach()  # a connection of its own: closing it ends the lock, a pooled one would keep it
        if connection.execute(sa.select(sa.func.pg_try_advisory_lock(self.number))).scalar_one():
            self._connection = connection
            return True
        connection.close()
        return False

    def _held(self) -> sa.Select[int]:
        here = sa.select(_DATABASES.c.oid).where(_DATABASES.c.datname == sa.func.current_database())
        return (
            sa.select(sa.literal(1))
            .select_from(_LOCKS)
            .where(
                _LOCKS.c.locktype == "advisory",
                _LOCKS.c.classid == 0,
                _LOCKS.c.objid == self.number,
                _LOCKS.c.database == here.scalar_subquery(),
            )
        )
