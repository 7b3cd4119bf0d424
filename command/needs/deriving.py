"""What follows from the rows of needs and forces after a rebuild: numbers, ends of needs, reminders."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core.numbering import recount
from command.core.rebuild import derived
from command.needs import actions, reminding
from command.needs.models import Force, Need


@derived
def numbers(session: Session) -> None:
    """The last human number of each centre's day."""
    for model in (Need, Force):
        recount(session, session.execute(sa.select(model.world, model.home, model.number)))


@derived
def clocks(session: Session) -> None:
    """When each need ends, when each force is looked at."""
    kinds: tuple[tuple[Any, Any], ...] = ((Need, actions.promise), (Force, reminding.promise))
    for model, promise in kinds:
        for row in session.execute(sa.select(model).where(model.live).order_by(model.id)).scalars():
            promise(session, row)
