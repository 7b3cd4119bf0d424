"""Human numbers of hazards: `YH-<centre>-<yyyymmdd>-<nnn>`, counted per home, centre, day and world (RULES 41)."""

from __future__ import annotations

from typing import cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from command.core.actions import Tx
from command.core.clock import LOCAL
from command.hazards.models import HazardCounter

COUNTER = cast(sa.Table, HazardCounter.__table__)
MARK = "YH"


def _counted(insert: sqlite.Insert | postgresql.Insert) -> sa.Executable:
    upsert = insert.on_conflict_do_update(
        index_elements=list(COUNTER.primary_key), set_={"last": COUNTER.c.last + 1}
    )
    return upsert.returning(COUNTER.c.last)


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
    return f"{MARK}-{centre}-{day}-{last:03d}"
