"""What follows from the rows of decisions after a rebuild: numbers, and which is looked at when."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import due
from command.core.numbering import recount
from command.core.rebuild import derived
from command.decisions.actions import LOOK
from command.decisions.models import Decision


@derived
def numbers(session: Session) -> None:
    """The last human number of each centre's day."""
    recount(session, session.execute(sa.select(Decision.world, Decision.home, Decision.number)))


@derived
def limits(session: Session) -> None:
    """Each open question is looked at when its time has passed, unless it was."""
    asked = sa.select(Decision).where(Decision.state == "asked", Decision.late.is_(None))
    for row in session.execute(asked.order_by(Decision.id)).scalars():
        if row.due_at is not None:
            due.promise(session, row.world, row.due_at, LOOK, {"id": row.id}, f"{LOOK}:{row.id}")
