"""Human numbers: `<centre>-<yyyymmdd>-<nnn>`, counted per home, centre, day and world (RULES 41)."""

from __future__ import annotations

from typing import Any, cast
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from command.core.actions import Tx
from command.core.store.statements import Statement
from command.incidents.models import Counter

LOCAL = ZoneInfo("Asia/Shanghai")
COUNTER = cast(sa.Table, Counter.__table__)


def _counted(insert: Any) -> sa.ClauseElement:
    upsert: Any = insert(COUNTER).on_conflict_do_update(
        index_elements=list(COUNTER.primary_key), set_={"last": COUNTER.c.last + 1}
    )
    counted: sa.ClauseElement = upsert.returning(COUNTER.c.last)
    return counted


# One statement counts, whether the day has begun or not.
_COUNTED = Statement(_counted)


def next_number(tx: Tx, centre: str) -> str:
    """The next number of a centre today (local date)."""
    day = tx.now.astimezone(LOCAL).strftime("%Y%m%d")
    row = {"world": tx.world, "home": tx.node, "centre": centre, "day": day, "last": 1}
    (last,) = _COUNTED.one(tx.session.connection(), row)
    return f"{centre}-{day}-{last:03d}"
