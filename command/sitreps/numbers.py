"""Human numbers of reports: `BS-<centre>-<yyyymmdd>-<nnn>`, counted per home, centre, day and world (RULES 41)."""

from __future__ import annotations

from typing import Any, cast

import sqlalchemy as sa

from command.core.actions import Tx
from command.core.clock import LOCAL
from command.core.store.statements import Statement
from command.sitreps.models import SitrepCounter

COUNTER = cast(sa.Table, SitrepCounter.__table__)
MARK = "BS"


def _counted(insert: Any) -> sa.ClauseElement:
    upsert: Any = insert(COUNTER).on_conflict_do_update(
        index_elements=list(COUNTER.primary_key), set_={"last": COUNTER.c.last + 1}
    )
    counted: sa.ClauseElement = upsert.returning(COUNTER.c.last)
    return counted


_COUNTED = Statement(_counted)


def next_number(tx: Tx, centre: str) -> str:
    """The next number of a centre today (local date)."""
    day = tx.now.astimezone(LOCAL).strftime("%Y%m%d")
    row = {"world": tx.world, "home": tx.node, "centre": centre, "day": day, "last": 1}
    (last,) = _COUNTED.one(tx.session.connection(), row)
    return f"{MARK}-{centre}-{day}-{last:03d}"
