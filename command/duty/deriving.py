"""What time will do with the rota and the checks, derived from their rows again after a rebuild."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import clock, due
from command.core.rebuild import derived
from command.duty.checks import END
from command.duty.gaps import GAP, gap_of
from command.duty.invented import CARRY, next_carry
from command.duty.models import Duty, DutyCheck
from command.duty.turning import TURN, next_turn


@derived
def promises(session: Session) -> None:
    """Each centre with a rota is turned on in its time and looked at before its gap; each open question ends in its time."""
    world = session.info["world"]
    now = clock.now(world)
    for centre in session.execute(sa.select(Duty.centre).where(Duty.live).distinct()).scalars():
        given = {"centre": centre}
        if (at := next_turn(session, centre, now)) is not None:
            due.promise(session, world, at, "duty.turn", given, TURN + centre)
        if (at := gap_of(session, centre, now)[1]) is not None:
            due.promise(session, world, at, "duty.gap", given, GAP + centre)
        if (at := next_carry(session, centre)) is not None:
            due.promise(session, world, at, "duty.invent", given, CARRY + centre)
    for row in session.execute(sa.select(DutyCheck).where(DutyCheck.live).order_by(DutyCheck.id)).scalars():
        due.promise(session, world, row.answer_by, "duty_check.end", {"id": row.id}, END + row.id)
