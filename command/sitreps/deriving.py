"""What follows from the rows of reports after a rebuild: the last numbers, the clocks that will run out, the looks that are due."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import due
from command.core.rebuild import derived
from command.incidents.models import Incident
from command.sitreps import clocks
from command.sitreps.following import FOLLOW, LAPSE, follow_key, lapse_key
from command.sitreps.models import Reporting, Sitrep, SitrepCounter


@derived
def counters(session: Session) -> None:
    """The last human number of each centre's day: the next report goes on from there."""
    last: dict[tuple[int, str, str, str], int] = {}
    for row in session.execute(sa.select(Sitrep.world, Sitrep.home, Sitrep.number)):
        _, centre, day, number = row.number.split("-")
        key = (row.world, row.home, centre, day)
        last[key] = max(last.get(key, 0), int(number))
    for (world, home, centre, day), number in last.items():
        found = session.get(SitrepCounter, (world, home, centre, day))
        if found is None:
            session.add(SitrepCounter(world=world, home=home, centre=centre, day=day, last=number))
        else:
            found.last = max(found.last, number)


@derived
def looks(session: Session) -> None:
    """Each incident is looked at once: what is owed of it may not have been said before the rebuild."""
    for row in session.execute(sa.select(Incident.id, Incident.world, Incident.updated_at)):
        due.promise(session, row.world, row.updated_at, FOLLOW, {"id": row.id}, follow_key(row.id))


@derived
def lapses(session: Session) -> None:
    """The next clock of each that runs out."""
    for row in session.execute(sa.select(Reporting).order_by(Reporting.id)).scalars():
        if (at := clocks.next_due(row.clocks)) is not None:
            due.promise(session, row.world, at, LAPSE, {"id": row.id}, lapse_key(row.id))
