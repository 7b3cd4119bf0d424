"""What follows from the rows of requisitions after a rebuild: human numbers."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core.numbering import recount
from command.core.rebuild import derived
from command.requisitions.models import Requisition


@derived
def numbers(session: Session) -> None:
    """The last human number of each centre's day."""
    recount(session, session.execute(sa.select(Requisition.world, Requisition.home, Requisition.number)))
