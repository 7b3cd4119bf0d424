"""What time will do with danger areas, derived from their rows again after a rebuild."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import due
from command.core.rebuild import derived
from command.dangers.actions import ASK, BEGIN
from command.dangers.models import DangerArea


@derived
def promises(session: Session) -> None:
    """Each area that is planned begins in its time; past its end its centre is asked."""
    for row in session.execute(
        sa.select(DangerArea).where(DangerArea.live.is_(True)).order_by(DangerArea.id)
    ).scalars():
        given = {"id": row.id}
        if row.state == "planned":
            due.promise(session, row.world, row.begins_at, "danger_area.begin", given, BEGIN + row.id)
        if row.ends_at is not None:
            due.promise(session, row.world, row.ends_at, "danger_area.ask", given, ASK + row.id)
