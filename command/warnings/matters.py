"""What a shift hands over of warnings: those in force with what of their list is not done, those that wait for a person, drafts."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from command.core.access import COUNTY
from command.core.matters import Matters, matter
from command.core.queries import View, query
from command.warnings.contract import title_of
from command.warnings.models import WarningRow
from command.warnings.words import IN_FORCE, STATES

WAITS = ("更新待发", "an update waits")


@query("warnings.matters", wish=Matters)
def matters(view: View, wish: Matters) -> list[dict[str, Any]]:
    """Of the county's desk all that is not over; of a township's those that strike it and its own drafts, the oldest first."""
    county = wish.party == COUNTY
    wanted = (
        sa.select(WarningRow).where(WarningRow.live.is_(True)).order_by(WarningRow.start_at, WarningRow.id)
    )
    found = []
    for row in view.session.execute(wanted).scalars():
        own = county or row.centre == wish.centre
        struck = row.state in IN_FORCE and wish.centre in row.struck
        if own or struck:
            said = _said(row, county)
            found.append(matter("warning", ("warning", row.id), said, row.start_at, row.ends_at))
    return found


def _said(row: WarningRow, county: bool) -> tuple[str, str]:
    """What it is called and how it stands; what of the law's list is undone is the county's to know."""
    state, title = STATES[row.state], title_of(row.category, row.event, row.level)
    more = [(state.zh, state.en.lower())]
    if row.pending is not None:
        more.append(WAITS)
    undone = sum(1 for one in row.checks if one["done_by"] is None)
    if county and undone and row.state in IN_FORCE:
        more.append((f"{undone} 项未落实", f"{undone} lines not done"))
    return (
        f"{title['zh']}（{'，'.join(zh for zh, _ in more)}）",
        f"{title['en']} ({', '.join(en for _, en in more)})",
    )
