"""Rebuilding: an entry of the journal brought back into rows. The only way in which an entry changes rows (RULES 9).

A record holds all public columns of its row, so that applying a journal to an empty database of either sort gives the same
rows. What follows from the rows (the last human numbers, what is promised for a time) is derived from them again by
`settle`. What is private (callers, their keys, passwords, private numbers) does not come back, by design: it was never in the
journal, so that it can be erased; nor does what one installation alone knows (passes, receipts, until when a display is shown
to visitors).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from geoalchemy2 import Geometry
from sqlalchemy.orm import Session

from command.core import canonical
from command.core.access import set_audience
from command.core.records import KINDS, AnyRecord
from command.core.store import spatial
from command.core.store.spatial import Point

Deriver = Callable[[Session], None]
_DERIVERS: list[Deriver] = []


def derived(derive: Deriver) -> Deriver:
    """Register what a slice derives from its rows after they came back: twice gives the same as once."""
    _DERIVERS.append(derive)
    return derive


def settle(session: Session) -> None:
    """After all entries of a world: bring back what follows from its rows."""
    for derive in _DERIVERS:
        derive(session)
    session.flush()


def apply(session: Session, entry: Any) -> bool:
    """Bring a row to the state that an entry tells, unless it is there or further already. Returns whether it changed.

    `entry` is a row of the journal; the session must be in the entry's world."""
    if session.info["world"] != entry.world:
        raise ValueError(f"an entry of world {entry.world} in a session of world {session.info['world']}")
    kind = KINDS[entry.kind]
    record = dict(kind.out.model_validate(canonical.load(entry.record)))
    changed = False
    if kind.worldly or not entry.world:  # a drill reads registers, it never writes them
        changed = _bring_back(session, kind, record, entry.world)
    if kind.beside is not None:
        changed = kind.beside(session, record) or changed
    return changed


def _bring_back(session: Session, kind: AnyRecord, record: dict[str, Any], world: int) -> bool:
    values = _columns(kind, record, world)
    row = session.get(kind.model, _key(kind, values))
    if row is not None and (row.term, row.n, row.version) >= _stamp(values):
        return False
    if row is None:
        session.add(kind.model(**values))
    else:
        for name, value in values.items():
            setattr(row, name, value)
    session.flush()
    if kind.worldly and "audience" in record:
        set_audience(session, kind.kind, record["id"], record["audience"])
    return True


def _stamp(values: dict[str, Any]) -> tuple[int, int, int]:
    return values["term"], values["n"], values["version"]


def _columns(kind: AnyRecord, record: dict[str, Any], world: int) -> dict[str, Any]:
    """The row's columns by attribute. A column that the record does not tell is a KeyError: nothing is guessed."""
    told = {**record, "world": world, "version": record.get("own_version", record["version"])}
    return {
        attribute.key: _value(attribute.columns[0], told[attribute.key])
        for attribute in sa.inspect(kind.model).column_attrs
    }


def _value(column: sa.ColumnElement[Any], value: Any) -> Any:
    if isinstance(column.type, Geometry):
        return spatial.stored(Point.model_validate(value) if value is not None else None)
    return value


def _key(kind: AnyRecord, values: dict[str, Any]) -> tuple[Any, ...]:
    mapper = sa.inspect(kind.model)
    return tuple(values[mapper.get_property_by_column(column).key] for column in mapper.primary_key)
