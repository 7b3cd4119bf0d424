"""What a deleted row leaves behind in the files of the database, and how it is overwritten.

SQLite: every connection has `secure_delete` on, so a deleted row is zeroed in its page; the page's older form lies in the write-ahead
log until that is checkpointed and cut. PostgreSQL: a deleted row stays in its table's file until the table is rewritten, which
`VACUUM FULL` does; the tables of personal data are small, and it gives up rather than make a call wait."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from command.core.store.database import Database

PATIENCE = "1500ms"


class InUse(Exception):
    """Somebody reads or writes there now: try again later."""


def scrub(database: Database, tables: Collection[str]) -> None:
    """Overwrite what deleted rows of these tables left. InUse when that has to wait."""
    if database.sqlite:
        _cut_log(database.engine)
    else:
        for table in sorted(tables):
            _rewrite(database.engine, table)


def _cut_log(engine: sa.Engine) -> None:
    raw = engine.raw_connection()
    try:
        busy, _, _ = raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        raw.close()
    if busy:
        raise InUse("the write-ahead log is being read")


def _rewrite(engine: sa.Engine, table: str) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.detach()  # its lock_timeout goes with it
        quoted = connection.dialect.identifier_preparer.quote(table)
        connection.exec_driver_sql(f"SET lock_timeout = '{PATIENCE}'")
        try:
            connection.exec_driver_sql(f"VACUUM (FULL) {quoted}")
        except sa.exc.OperationalError as error:
            raise InUse(str(error.orig)) from error
