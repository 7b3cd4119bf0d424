"""Which teams are bound to which incident now, as numbers need it: no name, no place, no words."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from command.core.queries import Nothing, View, query
from dispatch.tasks.models import Task
from dispatch.tasks.queries import task_visible


@query("tasks.standing", wish=Nothing, needs="task.read", output=dict[str, Any])
def standing(view: View, wish: Nothing) -> dict[str, Any]:
    """Each open task that the actor may see: its incident, its team, its state."""
    statement = sa.select(Task.incident_id, Task.team_id, Task.state).where(
        Task.open, task_visible(view.actor)
    )
    return {"items": [tuple(row) for row in view.session.execute(statement)]}
