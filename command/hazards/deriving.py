"""What follows from the rows of hazards after a rebuild: indexes, the last numbers, the promised reminders."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import due
from command.core.rebuild import derived
from command.hazards import steps
from command.hazards.models import Hazard, HazardCounter
from command.hazards.queries import index


@derived
def indexes(session: Session) -> None:
    """Which hazard carries a picture, and which belongs to an incident."""
    for row in session.execute(sa.select(Hazard.id, Hazard.photos, Hazard.incidents)).all():
        index(session, row.id, [one["photo"] for one in row.photos], row.incidents)


@derived
def counters(session: Session) -> None:
    """The last human number of each centre's day: the next hazard goes on from there."""
    last: dict[tuple[int, str, str, str], int] = {}
    for row in session.execute(sa.select(Hazard.world, Hazard.home, Hazard.number)):
        _, centre, day, number = row.number.split("-")
        key = (row.world, row.home, centre, day)
        last[key] = max(last.get(key, 0), int(number))
    for (world, home, centre, day), number in last.items():
        found = session.get(HazardCounter, (world, home, centre, day))
        if found is None:
            session.add(HazardCounter(world=world, home=home, centre=centre, day=day, last=number))
        else:
            found.last = max(found.last, number)


@derived
def reminders(session: Session) -> None:
    """The next date of each hazard that has one."""
    for row in session.execute(sa.select(Hazard).order_by(Hazard.id)).scalars():
        coming = steps.next_climb(session, row)
        if coming is not None:
            due.promise(session, row.world, coming[0], steps.CHASE, {"id": row.id}, steps.due_key(row.id))
