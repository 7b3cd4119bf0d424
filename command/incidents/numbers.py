"""Human numbers: `<centre>-<yyyymmdd>-<nnn>`, counted per home, centre, day and world (RULES 41)."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from command.core.actions import Tx
from command.incidents.models import Counter

LOCAL = ZoneInfo("Asia/Shanghai")


def next_number(tx: Tx, centre: str) -> str:
    """The next number of a centre today (local date)."""
    day = tx.now.astimezone(LOCAL).strftime("%Y%m%d")
    insert = sqlite.insert if tx.session.get_bind().dialect.name == "sqlite" else postgresql.insert
    row = {"world": tx.world, "home": tx.node, "centre": centre, "day": day, "last": 1}
    counted = (
        insert(Counter)
        .values(row)
        .on_conflict_do_update(
            index_elements=[Counter.world, Counter.home, Counter.centre, Counter.day],
            set_={"last": Counter.last + 1},
        )
    )
    last: int = tx.session.execute(counted.returning(sa.literal_column("last"))).scalar_one()
    return f"{centre}-{day}-{last:03d}"
