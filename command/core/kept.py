"""Registers that nearly every command looks into (settings, official areas), kept in memory. What is kept is never trusted blindly:
each transaction asks the database once, along with its first statement, whether they have changed since."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, cast
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core.store.db import Owned
from command.core.store.statements import Statement

V_ = TypeVar("V_")
MARKS, CHANGED = "marks of registers", "changed registers"
_REGISTERS: dict[str, Kept[Any]] = {}


class Kept(Generic[V_]):
    """What `load` makes of a register's table, until the register changes."""

    def __init__(self, model: type[Owned], load: Callable[[Session], V_]) -> None:
        self.table = cast(sa.Table, cast(Any, model).__table__)
        self.load = load
        self._found: WeakKeyDictionary[sa.Engine, tuple[Any, V_]] = WeakKeyDictionary()
        _REGISTERS[self.table.name] = self

    def get(self, session: Session) -> V_:
        """As the register stands for this transaction; what the transaction itself changed is read anew."""
        if self.table.name in session.info.get(CHANGED, ()):
            session.flush()
            return self.load(session)
        engine, mark = session.get_bind().engine, marks(session)[self.table.name]
        known = self._found.get(engine)
        if known is None or known[0] != mark:
            known = self._found[engine] = (mark, self.load(session))
        return known[1]


def changed(session: Session, row: Any) -> None:
    """A row was added or changed in this transaction."""
    if row.__tablename__ in _REGISTERS:
        session.info.setdefault(CHANGED, set()).add(row.__tablename__)


def look(session: Session) -> None:
    """Ask for the marks now; whoever needs them reads the answer later. It travels with the statement that comes next."""
    session.info[MARKS] = _marks().soon(session.connection(), {})


def marks(session: Session) -> dict[str, Any]:
    """What changes when a register changes, by its table: how many rows, their versions together, the last change."""
    if MARKS not in session.info:
        look(session)
    asked = session.info[MARKS]
    if callable(asked):
        asked = session.info[MARKS] = {name: tuple(mark) for name, *mark in asked()}
    found: dict[str, Any] = asked
    return found


_made: dict[int, Statement] = {}


def _marks() -> Statement:
    """One statement for all registers, made when the slices have declared them."""
    if len(_REGISTERS) not in _made:
        parts = [
            sa.select(
                sa.literal(name),
                sa.func.count(),
                sa.func.sum(one.table.c.version),
                sa.func.max(one.table.c.updated_at),
            ).select_from(one.table)
            for name, one in sorted(_REGISTERS.items())
        ]
        _made[len(_REGISTERS)] = Statement(sa.union_all(*parts))
    return _made[len(_REGISTERS)]
