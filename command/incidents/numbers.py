"""Human numbers: `<centre>-<yyyymmdd>-<nnn>`, counted per home, centre, day and world (RULES 41)."""

from __future__ import annotations

from typing import cast
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from command.core.actions import Tx
from command.incidents.models import Counter

LOCAL = ZoneInfo("Asia/Shanghai")
COUNTER = cast(sa.Table, Counter.__table__)


def _counted(insert: sqlite.Insert | postgresql.Insert) -> sa.Executable:
    upsert = insert.on_conflict_do_update(
        index_elements=list(COUNTER.primary_key), set_={"last": COUNTER.c.last + 1}
    )
    return upsert.returning(COUNTER.c.last)


# Made once: one statement counts, whether the day has begun or not.
_COUNTED = {
    "sqlite": _counted(sqlite.insert(COUNTER)),
    "postgresql": _counted(postgresql.insert(COUNTER)),
}


def next_number(tx: Tx, centre: str) -> str:
    """The next number of a centre today (local date)."""
    day = tx.now.astimezone(LOCAL).strftime("%Y%m%d")
    connection = tx.session.connection()
    row = {"world": tx.world, "home": tx.node, "centre": centre, "day": day, "last": 1}
    last: int = connection.execute(_COUNTED[connection.dialect.name], row).scalar_one()
    return f"{centre}-{day}-{last:03d}"
