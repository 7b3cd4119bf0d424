"""What follows from the rows of evacuation after a rebuild: human numbers, and the reminders of visits."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core.numbering import recount
from command.core.rebuild import derived
from command.evacuation import visits
from command.evacuation.models import Evacuation, Refusal


@derived
def numbers(session: Session) -> None:
    """The last human number of each centre's day."""
    recount(session, session.execute(sa.select(Evacuation.world, Evacuation.home, Evacuation.number)))


@derived
def reminders(session: Session) -> None:
    """Each household that is to be visited again."""
    for row in session.execute(sa.select(Refusal).where(Refusal.live).order_by(Refusal.id)).scalars():
        visits.promise(session, row)
