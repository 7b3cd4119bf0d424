"""What follows from the rows of call-outs after a rebuild: human numbers, and when each list is filled and climbs."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.callout import climbing
from command.callout.models import Callout, CalloutList
from command.core.numbering import recount
from command.core.rebuild import derived


@derived
def numbers(session: Session) -> None:
    """The last human number of each centre's day."""
    recount(session, session.execute(sa.select(Callout.world, Callout.home, Callout.number)))


@derived
def promises(session: Session) -> None:
    """What is promised for each list."""
    for row in session.execute(sa.select(CalloutList).order_by(CalloutList.id)).scalars():
        climbing.promise(session, row)
