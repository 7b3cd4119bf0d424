"""The two databases that a bench measures on: SQLite in the data directory, or a PostgreSQL cluster of the bench's own."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.services import PostgresCluster, postgis_programs

KINDS = ("SQLite", "PostgreSQL")


@contextmanager
def database(kind: str) -> Iterator[str | None]:
    """The URL of an empty database of this kind; None is SQLite where the server itself puts it. Every commit is flushed."""
    if kind == "SQLite":
        yield None
        return
    try:
        cluster = PostgresCluster(postgis_programs())
    except pytest.fail.Exception as missing:
        raise RuntimeError(str(missing)) from None
    try:
        cluster.create()
        yield cluster.url(cluster.new_database())
    finally:
        cluster.server.stop(signal.SIGINT)
        cluster.server.remove()
