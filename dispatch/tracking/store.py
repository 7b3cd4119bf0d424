"""Where trails are kept: with SQLite a file of their own, written by a native thread, else tables of the database.

Rows go in as one JSON text in one statement, so that neither the hub nor the interpreter lock is held for each row. On
PostgreSQL that is INSERT … SELECT and not COPY, because COPY is refused where row-level security stands.
"""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable
from typing import Any, cast

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from command.core import journal
from command.core.node import Node
from command.core.store.database import side_file
from dispatch.tracking.models import Trail, TrailEnd

log = logging.getLogger(__name__)
DISK_LOW, DISK_FLOOR, LOOK_S = 0.10, 2 * 2**30, 10.0
COLUMNS = ("world", "team_id", "at", "received_at", "lon", "lat", "speed", "heading", "accuracy", "ahead")
TRAIL, END = (cast(sa.Table, model.__table__) for model in (Trail, TrailEnd))
Row = tuple[int, str, int, int, int, int, float | None, float | None, float | None, bool]
Run = Callable[[sa.Connection | Session], Any]


class Store:
    """Trails and last positions of a node. Rows wait until `flush()`; a reader sees them at once."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.file: sa.Engine | None = None
        if node.database.sqlite:
            self.file = side_file(node.data_dir / "trail.db")
            with self.file.begin() as connection:
                for table in (TRAIL, END):
                    table.create(connection, checkfirst=True)
        self.points: list[Row] = []
        self.ends: dict[tuple[int, str], Row] = {}
        self.writing: list[Row] = []
        self.thread: Any = None
        self.looked = -LOOK_S
        self.room = True

    def start(self) -> None:
        """Write beside the hub from now on."""
        if self.file is not None:
            from gevent.threadpool import ThreadPool

            self.thread = ThreadPool(1)

    def stop(self) -> None:
        """Write what waits, and give the thread back."""
        self.flush()
        if self.thread is not None:
            self.thread.kill()
            self.thread = None

    def flush(self) -> None:
        """Write what waits. What cannot be written is lost and said so: a trail never stops the work."""
        if not (self.points or self.ends):
            return
        points, ends = self.points, list(self.ends.values())
        self.points, self.ends, self.writing = [], {}, points
        try:
            if self._has_room():
                for world in sorted({row[0] for row in (*points, *ends)}):
                    self._write(
                        world,
                        [row for row in points if row[0] == world],
                        [row for row in ends if row[0] == world],
                    )
        except sa.exc.SQLAlchemyError:
            log.exception("%d points of trails could not be kept", len(points))
        finally:
            self.writing = []

    def _write(self, world: int, points: list[Row], ends: list[Row]) -> None:
        statements = [(_insert(table, postgres=self.file is None), orjson.dumps(rows).decode())
                      for table, rows in ((TRAIL, points), (END, ends)) if rows]  # fmt: skip

        def run(session: sa.Connection | Session) -> None:
            for statement, rows in statements:
                session.execute(statement, {"rows": rows})

        if self.file is None:
            self.node.database.write(run, world=world)
        elif self.thread is None:
            self._in_file(run)
        else:
            self.thread.apply(self._in_file, (run,))

    def _in_file(self, run: Run) -> Any:
        assert self.file is not None
        with self.file.begin() as connection:
            return run(connection)

    def _has_room(self) -> bool:
        """Positions are the first to yield when the disk runs full (RULES 36)."""
        if time.monotonic() - self.looked >= LOOK_S:
            self.looked = time.monotonic()
            usage = shutil.disk_usage(self.node.data_dir)
            room = usage.free >= min(usage.total * DISK_LOW, DISK_FLOOR)
            if self.room and not room:
                log.warning("the disk is nearly full: trails are not kept")
            self.room = room
        return self.room

    def ends_kept(self) -> list[Any]:
        """The last position of every team of every world."""
        query = sa.select(END)
        if self.file is None:
            return self.node.database.read(lambda session: list(session.execute(query).all()), world=None)
        found: list[Any] = self._in_file(lambda connection: list(connection.execute(query).all()))
        return found

    def prune(self, before: int) -> int:
        """Delete what is older than a time (ms since 1970). Returns how many points went."""
        old = sa.delete(TRAIL).where(TRAIL.c.at < before)

        def run(there: sa.Connection | Session) -> int:
            done: Any = there.execute(old)
            return int(done.rowcount)

        if self.file is not None:
            gone: int = (
                self._in_file(run) if self.thread is None else self.thread.apply(self._in_file, (run,))
            )
            return gone
        worlds = self.node.database.read(journal.worlds_of, world=None)
        return sum(self.node.database.write(run, world=world) for world in worlds)

    def way(
        self, session: Session, world: int, team_id: str, since: int, until: int, limit: int
    ) -> list[Any]:
        """The newest points of a team between two times (ms since 1970), oldest first; also those not yet written."""
        mine = sa.and_(TRAIL.c.world == world, TRAIL.c.team_id == team_id, TRAIL.c.at.between(since, until))
        query = (
            sa.select(*(TRAIL.c[name] for name in COLUMNS))
            .where(mine)
            .order_by(TRAIL.c.at.desc())
            .limit(limit)
        )
        waiting = [*self.writing, *self.points]

        def read(there: sa.Connection | Session) -> Any:
            return there.execute(query).all()

        rows = read(session) if self.file is None else self._in_file(read)
        found = {row[2]: tuple(row) for row in rows}
        for row in waiting:
            if row[0] == world and row[1] == team_id and since <= row[2] <= until:
                found.setdefault(row[2], row)
        return [found[at] for at in sorted(found)][-limit:]


def _insert(table: Any, *, postgres: bool) -> sa.sql.dml.Insert:
    """The statement that takes rows from one JSON text, bound as `rows`."""
    given = sa.bindparam("rows", type_=sa.Text())
    if not postgres:
        each = sa.func.json_each(given).table_valued("value")
        values = [sa.func.json_extract(each.c.value, f"$[{place}]") for place in range(len(COLUMNS))]
        verb = "OR IGNORE" if table is TRAIL else "OR REPLACE"
        return sqlite.insert(table).prefix_with(verb).from_select(COLUMNS, sa.select(*values))
    each = sa.func.json_array_elements(sa.cast(given, postgresql.JSON)).table_valued("value")
    cells = [
        sa.cast(each.c.value.op("->>")(sa.literal_column(str(place))), table.c[name].type)
        for place, name in enumerate(COLUMNS)
    ]
    insert = postgresql.insert(table).from_select(COLUMNS, sa.select(*cells))
    if table is TRAIL:
        return insert.on_conflict_do_nothing()
    newer = {name: insert.excluded[name] for name in COLUMNS[2:]}
    return insert.on_conflict_do_update(
        index_elements=["world", "team_id"], set_=newer, where=table.c.at < insert.excluded.at
    )
