"""What follows from the rows of alarms after a rebuild: whom nobody has taken yet, the leader on duty will hear of."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.alarms.leaders import WAIT, due_key
from command.alarms.models import Alarm
from command.core import due
from command.core.rebuild import derived


@derived
def escalations(session: Session) -> None:
    """An alarm of the first rank without a name is told on: at once, where its time has passed meanwhile."""
    waiting = sa.select(Alarm).where(Alarm.live, Alarm.rank == 1, Alarm.acknowledged_at.is_(None))
    for row in session.execute(waiting.order_by(Alarm.id)).scalars():
        at = row.raised_at + timedelta(seconds=WAIT(session, row.centre or row.home))
        due.promise(session, row.world, at, "alarm.escalate", {"id": row.id}, due_key(row.id))
