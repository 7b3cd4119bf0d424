"""What follows from the rows of responses and consultations after a rebuild: numbers, and whose term ends when."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import due
from command.core.numbering import recount
from command.core.rebuild import derived
from command.plans.lasting import ASK
from command.plans.models import Consultation, Response
from command.plans.words import IN_FORCE


@derived
def numbers(session: Session) -> None:
    """The last human number of each centre's day."""
    for model in (Response, Consultation):
        recount(session, session.execute(sa.select(model.world, model.home, model.number)))


@derived
def terms(session: Session) -> None:
    """Each response in force is asked about when its term is over, unless it was."""
    standing = sa.select(Response).where(Response.state.in_(IN_FORCE), Response.past_due.is_(False))
    for row in session.execute(standing.order_by(Response.id)).scalars():
        if row.expected_until is not None:
            due.promise(session, row.world, row.expected_until, ASK, {"id": row.id}, f"{ASK}:{row.id}")
