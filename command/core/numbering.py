"""Human numbers `<mark>-<centre>-<yyyymmdd>-<nnn>` of whatever a slice counts by the day: per home, mark, centre and world (RULES 41)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from command.core.actions import Tx
from command.core.clock import LOCAL
from command.core.store.db import Base, Worldly


class Numbered(Worldly, Base):
    """The last number of a mark on a centre's day."""

    __tablename__ = "numbered"
    home: Mapped[str] = mapped_column(sa.String(12), primary_key=True)
    mark: Mapped[str] = mapped_column(sa.String(8), primary_key=True)
    centre: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    day: Mapped[str] = mapped_column(sa.String(8), primary_key=True)
    last: Mapped[int]


TABLE = cast(sa.Table, Numbered.__table__)


def _counted(insert: sqlite.Insert | postgresql.Insert) -> sa.Executable:
    upsert = insert.on_conflict_do_update(
        index_elements=list(TABLE.primary_key), set_={"last": TABLE.c.last + 1}
    )
    return upsert.returning(TABLE.c.last)


_COUNTED = {"sqlite": _counted(sqlite.insert(TABLE)), "postgresql": _counted(postgresql.insert(TABLE))}


def next_number(tx: Tx, mark: str, centre: str) -> str:
    """The next number of a mark at a centre today (local date)."""
    day = tx.now.astimezone(LOCAL).strftime("%Y%m%d")
    connection = tx.session.connection()
    row = {"world": tx.world, "home": tx.node, "mark": mark, "centre": centre, "day": day, "last": 1}
    last: int = connection.execute(_COUNTED[connection.dialect.name], row).scalar_one()
    return f"{mark}-{centre}-{day}-{last:03d}"


def recount(session: Session, rows: Iterable[Any]) -> None:
    """After a rebuild: the last numbers as rows (world, home, number) have them."""
    last: dict[tuple[int, str, str, str, str], int] = {}
    for world, home, number in rows:
        mark, rest = number.split("-", 1)
        centre, day, count = rest.rsplit("-", 2)
        key = (world, home, mark, centre, day)
        last[key] = max(last.get(key, 0), int(count))
    for key, count in last.items():
        found = session.get(Numbered, key)
        if found is None:
            world, home, mark, centre, day = key
            session.add(Numbered(world=world, home=home, mark=mark, centre=centre, day=day, last=count))
        else:
            found.last = max(found.last, count)
