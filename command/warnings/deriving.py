"""What time will do with warnings, derived from their rows again after a rebuild."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import due
from command.core.rebuild import derived
from command.warnings.changing import EXPIRE
from command.warnings.models import WarningRow
from command.warnings.ordering import DRAFT, draft_key
from command.warnings.words import OWN_MATTER, PASSED_ON


@derived
def promises(session: Session) -> None:
    """Each warning that has an end runs out in its time."""
    wanted = sa.select(WarningRow).where(
        WarningRow.live.is_(True), WarningRow.ends_at.is_not(None), WarningRow.state.not_in(OWN_MATTER)
    )
    for row in session.execute(wanted.order_by(WarningRow.id)).scalars():
        if row.ends_at is not None:
            due.promise(session, row.world, row.ends_at, "warning.expire", {"id": row.id}, EXPIRE + row.id)


@derived
def looks(session: Session) -> None:
    """What each one that was passed on asks of whom is looked at once: it may not have been drafted, or closed, before the rebuild."""
    wanted = sa.select(WarningRow.id, WarningRow.world, WarningRow.updated_at)
    for row in session.execute(wanted.where(WarningRow.state.in_(PASSED_ON))):
        due.promise(session, row.world, row.updated_at, DRAFT, {"id": row.id}, draft_key(row.id))
