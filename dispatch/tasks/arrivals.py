"""How long it took from the report to the first team on the scene, incident by incident."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from pydantic import AwareDatetime

from command.core.queries import View, Wish, query
from command.incidents.models import Incident
from command.incidents.queries import incident_visible
from dispatch.tasks.models import Task


class Between(Wish):
    """Incidents received from `since` up to `until`."""

    since: AwareDatetime
    until: AwareDatetime


@query("tasks.arrivals", wish=Between, needs="task.read", output=dict[str, Any])
def arrivals(view: View, wish: Between) -> dict[str, Any]:
    """Each incident that a team has reached: when it was received, and after how many seconds the first team was there."""
    statement = (
        sa.select(Incident.id, Incident.received_at, Task.times)
        .join(Task, sa.and_(Task.world == Incident.world, Task.incident_id == Incident.id))
        .where(
            Incident.received_at >= wish.since,
            Incident.received_at < wish.until,
            incident_visible(view.actor),
        )
    )
    first: dict[str, tuple[datetime, float]] = {}
    for incident_id, received_at, times in view.session.execute(statement):
        if "on_scene" not in times:
            continue
        took = max(0.0, (datetime.fromisoformat(times["on_scene"]) - received_at).total_seconds())
        if incident_id not in first or took < first[incident_id][1]:
            first[incident_id] = (received_at, took)
    return {"items": sorted(first.values())}
