"""What follows from the rows of destructions after a rebuild: the last human number of each day."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core.numbering import recount
from command.core.rebuild import derived
from command.destruction.models import Destruction


@derived
def numbers(session: Session) -> None:
    """The last number of each centre's day."""
    recount(session, session.execute(sa.select(Destruction.world, Destruction.home, Destruction.number)))
