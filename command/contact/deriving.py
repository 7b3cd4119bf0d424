"""What follows from the rows of contacts after a rebuild: a township that is cut is alarmed in its time."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.contact.actions import cause
from command.contact.contract import ALARM, SILENT
from command.contact.models import Link
from command.core import due
from command.core.rebuild import derived


@derived
def alarms(session: Session) -> None:
    """A township that is cut since its last change of state."""
    cut = sa.select(Link).where(Link.state == "cut").order_by(Link.id)
    for row in session.execute(cut).scalars():
        at = row.updated_at + ALARM - SILENT
        due.promise(session, row.world, at, "link.alarm", {"id": row.id}, cause(row.id))
