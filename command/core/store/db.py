"""The types and mixins of every table, and the one door for bulk writes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, Mapper, Session, make_transient_to_detached, mapped_column
from sqlalchemy.types import TypeDecorator

from command.core import canonical, ids
from command.core.store.statements import Statement

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UTCDateTime(TypeDecorator[datetime]):
    """An aware time, stored in UTC to the millisecond; a naive one is refused because SQLite would lose its zone."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        value = value.astimezone(UTC)
        value = value.replace(microsecond=value.microsecond // 1000 * 1000)  # as the journal tells it
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Json(TypeDecorator[Any]):
    """A JSON value kept as its canonical text: the same bytes on both databases."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> str | None:
        return None if value is None else canonical.dump(value).decode()

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Any:
        return None if value is None else canonical.load(value)


class Base(DeclarativeBase):
    """The one metadata."""

    metadata = sa.MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: UTCDateTime, dict[str, Any]: Json, list[Any]: Json, str: sa.Text}


class Worldly:
    """A row of state: in one world, which stands first in its key and has no default (RULES 16)."""

    world: Mapped[int] = mapped_column(sa.Integer, primary_key=True, autoincrement=False, sort_order=-20)


class Identified:
    """A row named by a UUIDv7."""

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True, default=ids.new_id, sort_order=-19)


class Owned:
    """A row that one node writes: its home, its epoch (term, n) and its version (RULES 21, 41)."""

    home: Mapped[str] = mapped_column(sa.String(12), sort_order=-10)
    term: Mapped[int] = mapped_column(sa.Integer, default=0, sort_order=-9)
    n: Mapped[int] = mapped_column(sa.Integer, default=0, sort_order=-8)
    version: Mapped[int] = mapped_column(sa.Integer, default=1, sort_order=-7)
    created_at: Mapped[datetime] = mapped_column(sort_order=-6)
    updated_at: Mapped[datetime] = mapped_column(sort_order=-5)


def insert_row(session: Session, row: Any) -> Any:
    """Store one new row of the session's world by a statement that is made once for its table, where the unit of work would
    plan it anew each time; afterwards the session knows the row as if it had written it itself (RULES 17)."""
    session.flush()  # what changed before it stands before it
    mapper = sa.inspect(type(row))
    for key, default in _defaults(mapper):
        if getattr(row, key) is None:
            setattr(row, key, default())
    values = {attribute.columns[0].name: getattr(row, attribute.key) for attribute in mapper.column_attrs}
    bulk_insert(session, cast(sa.Table, mapper.local_table), [values])
    make_transient_to_detached(row)
    session.add(row)
    return row


@cache
def _defaults(mapper: Mapper[Any]) -> tuple[tuple[str, Callable[[], Any]], ...]:
    """Attributes that have a value when nobody gave one, each with what makes it."""
    found = []
    for attribute in mapper.column_attrs:
        default: Any = attribute.columns[0].default
        if default is not None:
            made = partial(default.arg, None) if default.is_callable else partial(_as_is, default.arg)
            found.append((attribute.key, made))
    return tuple(found)


def _as_is(value: Any) -> Any:
    return value


@cache
def _insert_into(table: sa.Table, columns: tuple[str, ...]) -> Statement:
    return Statement(sa.insert(table), columns=columns)


def bulk_insert(session: Session, table: sa.Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert many rows of one world at once; the only bulk door (RULES 17): it checks what the ORM cannot."""
    if not rows:
        return
    world = session.info.get("world")
    if "world" in table.c and any(row.get("world") != world for row in rows):
        raise ValueError(f"rows of another world than {world} for {table.name}")
    _insert_into(table, tuple(rows[0])).run(session.connection(), *rows)
