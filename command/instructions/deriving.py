"""What follows from the rows of instructions after a rebuild: numbers, photos, running clocks."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core.numbering import recount
from command.core.rebuild import derived
from command.instructions import clocks, photos
from command.instructions.models import Instruction


@derived
def numbers(session: Session) -> None:
    """The last human number of each centre's day."""
    recount(session, session.execute(sa.select(Instruction.world, Instruction.home, Instruction.number)))


@derived
def indexes_and_clocks(session: Session) -> None:
    """Which instruction carries a picture, and when each is looked at next."""
    for row in session.execute(sa.select(Instruction).order_by(Instruction.id)).scalars():
        photos.index(session, row.id, photos.names(row.feedback))
        clocks.promise(session, row)
