"""Reading tasks."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core.access import Actor, heard_by
from command.core.records import Criterion, RecordType, public, record
from command.incidents.models import Incident
from command.incidents.queries import of_live_incidents
from dispatch.tasks.contract import TaskOut
from dispatch.tasks.models import Task


def show_tasks(session: Session, rows: Sequence[Task]) -> list[TaskOut]:
    """Tasks as the public sees them."""
    return [public(TaskOut, row) for row in rows]


def task_visible(actor: Actor) -> Criterion:
    """SQL: a team sees its own tasks; all others those of the incidents they see, and those of their own teams."""
    if actor.system:
        return sa.true()
    if actor.team_id is not None:
        return sa.and_(Task.team_id == actor.team_id)
    seen = heard_by("incident", Task.incident_id, actor.parties)
    return seen


def _topic(topic: str) -> Criterion | None:
    if topic.startswith("team:"):
        mine = sa.select(Incident.id).where(Incident.live, heard_by("incident", Incident.id, [topic]))
        return sa.and_(Task.team_id == topic.removeprefix("team:"), Task.incident_id.in_(mine))
    return of_live_incidents(Task, topic)


TASKS = record(
    RecordType(
        "task",
        Task,
        TaskOut,
        show_tasks,
        visible=task_visible,
        in_topic=_topic,
        path="tasks",
        needs="task.read",
        order=(Task.id,),
        children_of="incident",
        filters={
            "incident_id": lambda v: Task.incident_id == v,
            "team_id": lambda v: Task.team_id == v,
            "state": lambda v: Task.state.in_(v.split(",")),
            "open": lambda v: Task.open == (v in ("true", "1")),
        },
    )
)


def open_tasks(session: Session, team_ids: Sequence[str]) -> list[Task]:
    """The open tasks of teams in this world."""
    query = sa.select(Task).where(Task.open, Task.team_id.in_(team_ids)).order_by(Task.id)
    return list(session.execute(query).scalars())
