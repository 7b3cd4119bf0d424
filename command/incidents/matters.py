"""What a shift hands over of incidents: those that are open, and those whose change must still be reported."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from command.core.access import heard_by
from command.core.matters import Matters, matter
from command.core.queries import View, query
from command.incidents.models import Incident
from command.incidents.words import CLOSED_STATES, INCIDENT_FLOW

DUE = {"followup": ("续报", "follow-up report"), "supplement": ("补报", "supplementary report")}


@query("incidents.matters", wish=Matters)
def matters(view: View, wish: Matters) -> list[dict[str, Any]]:
    """The incidents of a party that are not closed, the oldest first, and the reports that are due."""
    mine = heard_by("incident", Incident.id, [wish.party])
    wanted = sa.select(Incident).where(Incident.live, Incident.state.notin_(CLOSED_STATES), mine)
    found = []
    for row in view.session.execute(wanted.order_by(Incident.received_at, Incident.id)).scalars():
        state = (INCIDENT_FLOW.zh[row.state], INCIDENT_FLOW.en[row.state])
        said = (f"{row.title}（{state[0]}）", f"{row.title} ({state[1]})")
        found.append(matter("incident", ("incident", row.id), said, row.received_at))
        if row.report_changed is not None:
            word = DUE[row.report_changed["due"]]
            since = datetime.fromisoformat(row.report_changed["since"])
            owed = (f"{row.title}：待{word[0]}", f"{row.title}: {word[1]} due")
            found.append(matter("deadline", ("incident", row.id), owed, since))
    return found
