"""Statements of the hottest paths: compiled once for each database, then given to its driver as they stand.

SQLAlchemy's way from a statement to the driver costs more than most of these statements do. They are still SQLAlchemy's, made from
the tables; only plain values come back (numbers, texts, bytes)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import psycopg

Maker = Callable[[Any], sa.ClauseElement]
_NUMBERED = psycopg.dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]
_INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class Statement:
    """A statement with named parameters. `clause`: the statement, or what makes it from a database's own `insert`; `columns`: which
    an insert fills, all if not said."""

    def __init__(self, clause: sa.ClauseElement | Maker, *, columns: Sequence[str] | None = None) -> None:
        self._clause, self._columns = clause, columns
        self._made: dict[str, _Compiled] = {}

    def run(self, connection: sa.Connection, *rows: Mapping[str, Any]) -> None:
        """Run it for each row of parameters. Its answers are not read: on PostgreSQL, inside a pipeline, it is only sent on, and
        what it raises comes with a later answer, at the latest with the COMMIT."""
        made, raw = self._for(connection), _raw(connection)
        with _wrapped(connection):
            made.send(raw, [made.bound(row) for row in rows])

    def one(self, connection: sa.Connection, given: Mapping[str, Any]) -> Any:
        """Its first row as a tuple, or None."""
        found = self.all(connection, given)
        return found[0] if found else None

    def all(self, connection: sa.Connection, given: Mapping[str, Any]) -> list[Any]:
        """All its rows as tuples."""
        made, raw = self._for(connection), _raw(connection)
        with _wrapped(connection):
            return made.rows(raw, made.bound(given))

    def soon(self, connection: sa.Connection, given: Mapping[str, Any]) -> Callable[[], list[Any]]:
        """All its rows, to be read later: on PostgreSQL, inside a pipeline, the answer comes with that of the next statement."""
        made, raw = self._for(connection), _raw(connection)
        with _wrapped(connection):
            asked = made.soon(raw, made.bound(given))

        def read() -> list[Any]:
            with _wrapped(connection):
                return asked()

        return read

    def _for(self, connection: sa.Connection) -> _Compiled:
        name = connection.dialect.name
        if name not in self._made:
            clause = (
                self._clause(_INSERTS[name])
                if not isinstance(self._clause, sa.ClauseElement)
                else self._clause
            )
            kind = _Positional if name == "sqlite" else _Numbered
            self._made[name] = kind(clause.compile(dialect=connection.dialect, column_keys=self._columns))
        return self._made[name]


def _raw(connection: sa.Connection) -> Any:
    return connection.connection.dbapi_connection


@contextmanager
def _wrapped(connection: sa.Connection) -> Iterator[None]:
    """The driver's errors as SQLAlchemy's, which is what callers know."""
    driver: Any = connection.dialect.loaded_dbapi
    try:
        yield
    except driver.Error as error:
        raise sa.exc.DBAPIError.instance(None, None, error, driver.Error) from error


class _Compiled:
    """One database's text of a statement, and how its driver takes each value."""

    def __init__(self, compiled: Any) -> None:
        self.text = str(compiled)
        self._names: list[str] = list(compiled.positiontup or compiled.binds)
        self._fixed: dict[str, Any] = {}
        self._forms: list[tuple[str, Callable[[Any], Any]]] = []
        for name, bind in compiled.binds.items():
            form = bind.type.dialect_impl(compiled.dialect).bind_processor(compiled.dialect)
            if not bind.required and bind.value is not None:
                self._fixed[name] = form(bind.value) if form else bind.value
            elif form is not None:
                self._forms.append((name, form))

    def bound(self, given: Mapping[str, Any]) -> Any:
        """The parameters by their names, as the driver takes them."""
        values = {**self._fixed, **given}
        for name, form in self._forms:
            values[name] = form(values[name])
        return values

    def send(self, raw: Any, rows: list[Any]) -> None:
        """Run it for each row; nobody reads the answers."""
        with raw.cursor() as cursor:
            cursor.later(self.text, rows)

    def rows(self, raw: Any, given: Any) -> list[Any]:
        """Run it; its rows."""
        rows: list[Any] = raw.execute(self.text, given).fetchall()
        return rows

    def soon(self, raw: Any, given: Any) -> Callable[[], list[Any]]:
        """Run it; what reads its rows."""
        cursor = raw.cursor()
        cursor.later(self.text, [given])
        read: Callable[[], list[Any]] = cursor.fetchall
        return read


class _Numbered(_Compiled):
    """PostgreSQL: straight to libpq inside a pipeline, through a cursor outside."""

    def __init__(self, compiled: Any) -> None:
        super().__init__(compiled)
        numbered = compiled.statement.compile(dialect=_NUMBERED, column_keys=compiled.column_keys)
        self._query = str(numbered).encode()
        self._places: list[str] = list(numbered.positiontup)

    def send(self, raw: Any, rows: list[Any]) -> None:
        straight = raw.straight
        if straight is None:
            super().send(raw, rows)
            return
        for row in rows:
            straight.send(self._query, [row[name] for name in self._places])

    def soon(self, raw: Any, given: Any) -> Callable[[], list[Any]]:
        straight = raw.straight
        if straight is None:
            return super().soon(raw, given)
        wanted = straight.send(self._query, [given[name] for name in self._places])
        return lambda: straight.rows(wanted)

    def rows(self, raw: Any, given: Any) -> list[Any]:
        return self.soon(raw, given)()


class _Positional(_Compiled):
    """SQLite."""

    def bound(self, given: Mapping[str, Any]) -> Any:
        values = super().bound(given)
        return [values[name] for name in self._names]

    def send(self, raw: Any, rows: list[Any]) -> None:
        if len(rows) == 1:
            raw.execute(self.text, rows[0])
        else:
            raw.executemany(self.text, rows)

    def soon(self, raw: Any, given: Any) -> Callable[[], list[Any]]:
        rows: list[Any] = raw.execute(
            self.text, given
        ).fetchall()  # unread, it would keep the connection in the past
        return lambda: rows
