"""What a task binds: the team's freedom, who may see the incident, the incident's own state, the clock and its alarm."""

from __future__ import annotations

import sqlalchemy as sa

from command.alarms.models import Alarm
from command.core.access import centre_party, team_party
from command.core.actions import Tx
from command.incidents.models import Incident
from command.incidents.queries import incident_row
from command.incidents.words import INCIDENT_FLOW
from dispatch.tasks.flow import ENGAGED_STATES
from dispatch.tasks.models import Task
from dispatch.teams.models import Team, TeamState

UNDER_WAY = frozenset({"accepted", "assembling", "enroute", "on_scene", "working"})
BEFORE_RESPONSE = frozenset({"received", "verifying", "confirmed", "assessing"})
OUT = frozenset({"refused", "cancelled"})
REFUSED = "refused:"


def number(tx: Tx, incident_id: str, incident_number: str) -> str:
    """The task's human number: the incident's, and which task of it."""
    count = tx.session.execute(
        sa.select(sa.func.count()).select_from(Task).where(Task.incident_id == incident_id)
    ).scalar_one()
    return f"{incident_number}-T{count + 1:02d}"


def open_on(tx: Tx, incident_id: str, team_id: str, but: str = "") -> bool:
    """Whether the team has an open task on the incident."""
    query = sa.select(Task.id).where(
        Task.incident_id == incident_id, Task.team_id == team_id, Task.open, Task.id != but
    )
    return tx.session.execute(query).first() is not None


def on_duty(tx: Tx, team_id: str) -> bool:
    """Whether the team is on duty in this world."""
    query = sa.select(TeamState.on_duty).where(TeamState.team_id == team_id)
    return bool(tx.session.execute(query).scalar_one_or_none())


def hanging(tx: Tx, incident_id: str, came_from: str | None) -> list[Task]:
    """The tasks of an incident, or only those that came from another."""
    query = sa.select(Task).where(Task.incident_id == incident_id).order_by(Task.id)
    if came_from is not None:
        query = query.where(Task.came_from == came_from)
    return list(tx.session.execute(query).scalars())


def admit(tx: Tx, task: Task) -> None:
    """The team, while its task is open, and its centre may see the incident they are sent to."""
    add = [*([team_party(task.team_id)] if task.open else []), centre_party(task.centre)]
    tx.act("incident.admit", {"id": task.incident_id, "add": add}, as_system=True)


def _dismiss(tx: Tx, task: Task) -> None:
    """A team that will not come, or is back, need not see the incident any more; nor its centre when no team of it came."""
    there = sa.select(Task).where(Task.incident_id == task.incident_id, Task.id != task.id)
    others = list(tx.session.execute(there).scalars())
    remove = []
    if not any(one.open and one.team_id == task.team_id for one in others):
        remove.append(team_party(task.team_id))
    came = [one for one in (task, *others) if one.state not in OUT]
    if not any(one.centre == task.centre for one in came):
        remove.append(centre_party(task.centre))
    tx.act("incident.admit", {"id": task.incident_id, "remove": remove}, as_system=True)


def answered(tx: Tx, task: Task) -> None:
    """An order was answered or taken back: its clock stops, its alarm is over."""
    tx.call_off(f"task.overdue:{task.id}")
    tx.act("alarm.clear", {"cause": f"unanswered:{task.id}"}, as_system=True)


def settle_refusals(tx: Tx, incident_id: str) -> None:
    """Another team was ordered, or the incident is over: nobody waits any more for what a refusal left open."""
    open_ = sa.select(Alarm.cause).where(
        Alarm.live, Alarm.incident_id == incident_id, Alarm.cause.startswith(REFUSED)
    )
    for cause in tx.session.execute(open_.order_by(Alarm.id)).scalars():
        tx.act("alarm.clear", {"cause": cause}, as_system=True)


def follow(tx: Tx, task: Task) -> None:
    """What a step means for the incident: the first acceptance moves it; who refuses, returns or is sent elsewhere is out."""
    if not task.open:
        _dismiss(tx, task)
    if task.state == "refused":
        _offer_next(tx, task)
    if task.state in UNDER_WAY:
        incident = incident_row(tx.session, task.incident_id)
        if incident.state in BEFORE_RESPONSE:
            _respond(tx, incident)


def _respond(tx: Tx, incident: Incident) -> None:
    for state in INCIDENT_FLOW.path(incident.state, "responding", avoid=("dismissed",)) or ():
        tx.act("incident.transition", {"id": incident.id, "to": state}, as_system=True)


def _offer_next(tx: Tx, task: Task) -> None:
    incident = incident_row(tx.session, task.incident_id)
    reason = f"：{task.refused_reason}" if task.refused_reason else ""
    tx.act(
        "alarm.raise",
        {
            "cause": REFUSED + task.id,
            "rank": 1 if incident.life_risk == "people" else 2,
            "life_risk": incident.life_risk == "people",
            "title": {"zh": f"{task.team_name} 无法执行{reason}", "en": f"{task.team_name} cannot{reason}"},
            "detail": {"zh": f"{incident.title}・改派下一支", "en": f"{incident.title}: send the next team"},
            "incident_id": incident.id,
            "task_id": task.id,
            "team_id": task.team_id,
            "centre": incident.centre,
            "parties": sorted({"county", centre_party(incident.centre)}),
        },
        as_system=True,
    )


def settle_team(tx: Tx, team_id: str) -> None:
    """A team is engaged while a task binds it, reserved while one is only held for it, else free."""
    states = set(
        tx.session.execute(sa.select(Task.state).where(Task.team_id == team_id, Task.open)).scalars()
    )
    status = "engaged" if states & ENGAGED_STATES else "reserved" if "reserved" in states else "available"
    if tx.session.get(Team, team_id) is not None:
        tx.act("team.status", {"id": team_id, "status": status}, as_system=True)
