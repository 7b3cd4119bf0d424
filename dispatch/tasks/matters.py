"""What a shift hands over of tasks: orders that no team has answered yet."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from command.core.access import heard_by
from command.core.matters import Matters, matter
from command.core.queries import View, query
from command.incidents.models import Incident
from dispatch.tasks.models import Task


@query("tasks.matters", wish=Matters)
def matters(view: View, wish: Matters) -> list[dict[str, Any]]:
    """The orders on a party's incidents that wait for an answer, the oldest first."""
    mine = sa.select(Incident.id).where(Incident.live, heard_by("incident", Incident.id, [wish.party]))
    wanted = sa.select(Task).where(Task.open, Task.state == "ordered", Task.incident_id.in_(mine))
    found = []
    for row in view.session.execute(wanted.order_by(Task.ordered_at, Task.id)).scalars():
        said = (
            f"{row.team_name}未接令：{row.incident_title}",
            f"{row.team_name} has not accepted: {row.incident_title}",
        )
        found.append(
            matter("order", ("task", row.id), said, row.ordered_at or row.created_at, row.accept_due_at)
        )
    return found
