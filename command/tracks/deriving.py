"""What follows from the rows of tracks after a rebuild: the last numbers of statements, and when each thing is looked at next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core.numbering import recount
from command.core.rebuild import derived
from command.tracks import clocks
from command.tracks.models import CareCase, Family, Opinion, Statement, Track


@derived
def numbers(session: Session) -> None:
    """The last human number of each centre's day."""
    recount(session, session.execute(sa.select(Statement.world, Statement.home, Statement.number)))


@derived
def looks(session: Session) -> None:
    """When each thing that a time runs for is looked at next."""
    for model in (Track, Opinion, Family, CareCase):
        rows = session.execute(sa.select(model).order_by(model.id)).scalars()
        for row in cast(Iterable[clocks.Timed], rows):
            clocks.promise(session, row)
