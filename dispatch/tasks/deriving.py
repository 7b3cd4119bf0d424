"""What follows from the rows of tasks after a rebuild: which orders wait for an answer, and how long words from the scene stand."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.alarms.models import Alarm
from command.core import due
from command.core.rebuild import derived
from dispatch.tasks.calls import WORDS, WORDS_STAND
from dispatch.tasks.models import Task


@derived
def unanswered(session: Session) -> None:
    """Each order without an answer is looked at in its time, unless its alarm was raised already."""
    raised = set(
        session.execute(
            sa.select(Alarm.cause).where(Alarm.cause.startswith("unanswered:"), Alarm.live)
        ).scalars()
    )
    waiting = sa.select(Task).where(Task.state == "ordered", Task.alarm_at.is_not(None))
    for row in session.execute(waiting.order_by(Task.id)).scalars():
        if row.alarm_at is not None and f"unanswered:{row.id}" not in raised:
            key = f"task.overdue:{row.id}"
            due.promise(session, row.world, row.alarm_at, "task.overdue", {"id": row.id}, key)


@derived
def words(session: Session) -> None:
    """Words of a team that were not taken stand for a while, then leave the screens."""
    standing = sa.select(Alarm).where(Alarm.live, Alarm.cause.startswith(WORDS))
    for row in session.execute(standing.order_by(Alarm.id)).scalars():
        at, key = row.raised_at + WORDS_STAND, f"alarm.clear:{row.cause}"
        due.promise(session, row.world, at, "alarm.clear", {"cause": row.cause}, key)
