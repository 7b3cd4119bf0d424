"""What follows from the rows of call-outs after a rebuild: human numbers, when each list is filled and climbs, until when a warning's
call-out must have begun."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.callout import climbing, unstarted
from command.callout.models import Callout, CalloutList
from command.core import clock, due
from command.core.access import system_actor
from command.core.journal import Head
from command.core.numbering import recount
from command.core.queries import View
from command.core.rebuild import derived


@derived
def numbers(session: Session) -> None:
    """The last human number of each centre's day."""
    recount(session, session.execute(sa.select(Callout.world, Callout.home, Callout.number)))


@derived
def promises(session: Session) -> None:
    """What is promised for each list."""
    for row in session.execute(sa.select(CalloutList).order_by(CalloutList.id)).scalars():
        climbing.promise(session, row)


@derived
def watches(session: Session) -> None:
    """When a grave warning that nobody calls out is looked at."""
    world = session.info["world"]
    node = session.execute(sa.select(Head.origin).where(Head.world == world)).scalar_one_or_none() or ""
    system = View(session, system_actor(node), world, node, clock.now(world))
    for found in system.ask("warnings.in_force"):
        if unstarted.must(session, node, found) and unstarted.uncalled(session, found):
            wish = {"warning_id": found["id"]}
            at = unstarted.due_at(session, node, found)
            due.promise(session, world, at, unstarted.WATCH, wish, unstarted.watch_key(found["id"]))
