"""What a shift hands over of alarms: those whose cause stands, with who took them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from command.alarms.models import Alarm
from command.core.access import heard_by
from command.core.matters import Matters, matter
from command.core.queries import View, query

OF_DUTY = ("handover:", "duty.")
"""The rota's own reminders are about the handover, and not a part of it."""
TOLD = ("instruction:", "unaccepted:", "instruction_late:", "supervised:", "response_term:", "warning_waits:",
        "force_waiting:", "force_missing:")  # fmt: skip
"""What a slice tells by itself, with how it stands: its alarm would be the same line twice."""


@query("alarms.matters", wish=Matters)
def matters(view: View, wish: Matters) -> list[dict[str, Any]]:
    """The live alarms of a party, the gravest first."""
    mine = heard_by("alarm", Alarm.id, [wish.party])
    wanted = sa.select(Alarm).where(Alarm.live, mine).order_by(Alarm.rank, Alarm.raised_at, Alarm.id)
    found = []
    for row in view.session.execute(wanted).scalars():
        if row.cause.startswith((*OF_DUTY, *TOLD)):
            continue
        by = row.acknowledged_by
        zh, en = (f"{by} 已确认", f"taken by {by}") if by else ("无人确认", "nobody took it")
        title = row.title
        said = (f"{title['zh']}（{zh}）", f"{title.get('en', title['zh'])} ({en})")
        found.append(matter("alarm", ("alarm", row.id), said, row.raised_at))
    return found
