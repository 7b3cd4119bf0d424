"""What follows from the rows of incidents after a rebuild: the last number of each day, and what is promised for a time."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import due
from command.core.rebuild import derived
from command.incidents import late
from command.incidents.models import Counter, Incident
from command.incidents.sharing import due_key


@derived
def counters(session: Session) -> None:
    """The last human number of each centre's day: the next incident goes on from there."""
    last: dict[tuple[int, str, str, str], int] = {}
    for row in session.execute(sa.select(Incident.world, Incident.home, Incident.number)):
        centre, day, number = row.number.rsplit("-", 2)
        key = (row.world, row.home, centre, day)
        last[key] = max(last.get(key, 0), int(number))
    for (world, home, centre, day), number in last.items():
        found = session.get(Counter, (world, home, centre, day))
        if found is None:
            session.add(Counter(world=world, home=home, centre=centre, day=day, last=number))
        else:
            found.last = max(found.last, number)


@derived
def windows(session: Session) -> None:
    """The end of each window for late casualty changes that is still open."""
    for row in session.execute(sa.select(Incident).order_by(Incident.id)).scalars():
        if late.waits(row):
            due.promise(
                session, row.world, late.until_of(row), late.END, {"id": row.id}, late.due_key(row.id)
            )


@derived
def shares(session: Session) -> None:
    """The end of each share that has one."""
    for row in session.execute(sa.select(Incident).order_by(Incident.id)).scalars():
        for one in row.shares:
            if one["until"] is not None:
                wish = {"id": row.id, "centre": one["centre"]}
                at, key = datetime.fromisoformat(one["until"]), due_key(row.id, one["centre"])
                due.promise(session, row.world, at, "incident.unshare", wish, key)
