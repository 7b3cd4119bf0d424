"""What time will do with closures, derived from their rows again after a rebuild."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import due
from command.core.rebuild import derived
from command.roads.actions import BEGIN, END
from command.roads.models import Closure


@derived
def promises(session: Session) -> None:
    """Each closure that begins or ends by itself does so in its time."""
    for row in session.execute(
        sa.select(Closure).where(Closure.live.is_(True)).order_by(Closure.id)
    ).scalars():
        given = {"id": row.id}
        if row.state == "planned":
            due.promise(session, row.world, row.begins_at, "closure.begin", given, BEGIN + row.id)
        if row.ends_at is not None:
            due.promise(session, row.world, row.ends_at, "closure.expire", given, END + row.id)
