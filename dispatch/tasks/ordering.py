"""Sending teams: ordering, reassigning, what an unanswered order does, and where teams go when incidents merge."""

from __future__ import annotations

from typing import Any

from command.core import clock
from command.core.access import permission, team_party
from command.core.actions import Tx, action
from command.core.errors import Conflict, Invalid, NotFound
from command.core.events import on
from command.incidents.events import IncidentMerged, IncidentMoved, IncidentUnmerged
from command.incidents.models import Incident
from command.incidents.queries import INCIDENTS, incident_row, parties
from command.incidents.words import CLOSED_STATES, INCIDENT_FLOW
from dispatch.suggest import memory
from dispatch.tasks import binding, flow
from dispatch.tasks.actions import advance, always, check_who, said_of, start_clock, step_of
from dispatch.tasks.contract import (
    OrderTeams,
    Reassign,
    StepTask,
    TaskMoved,
    TaskOrdered,
    TaskOut,
    TaskReserved,
    TasksOut,
)
from dispatch.tasks.models import Task
from dispatch.tasks.queries import TASKS
from dispatch.teams.models import Team
from dispatch.teams.queries import TEAMS
from dispatch.teams.words import ORDER_MODES, ORDER_NEEDS

ORDER = permission("task.order", "order teams")


@action(
    "task.order",
    wish=OrderTeams,
    needs=ORDER,
    target="incident",
    http="POST /incidents/{id}/tasks",
    status=201,
    output=TasksOut,
    urgent=always,
)
def order_teams(tx: Tx, incident: Incident, wish: OrderTeams) -> TasksOut:
    """Order teams to an incident: all of them or none."""
    _orderable(incident)
    teams = [_team(tx, team_id) for team_id in sorted(wish.team_ids)]
    for team in teams:
        _check_order(tx, incident, team, wish)
    made = {team.id: _order(tx, incident, team, wish) for team in teams}
    return TasksOut(items=[made[team_id] for team_id in wish.team_ids])


def _orderable(incident: Incident) -> None:
    if incident.merged_into:
        raise Conflict(
            "It was merged into another incident", zh="它已并入另一起事件", into=incident.merged_into
        )
    if incident.state in CLOSED_STATES:
        raise Conflict(f"The incident is {incident.state}", zh=f"事件已{INCIDENT_FLOW.zh[incident.state]}")


def _team(tx: Tx, team_id: str) -> Team:
    try:
        team = tx.find(TEAMS, team_id)
    except NotFound:
        raise Invalid(f"team_ids: there is no team {team_id}", zh=f"没有队伍 {team_id}") from None
    return team


def _check_order(tx: Tx, incident: Incident, team: Team, wish: OrderTeams) -> None:
    if binding.open_on(tx, incident.id, team.id):
        raise Conflict(f"{team.name} has an open task there", zh=f"{team.name} 在该事件已有任务")
    if not binding.on_duty(tx, team.id):
        raise Conflict(f"{team.name} is not on duty", zh=f"{team.name} 未备勤")
    missing = [need for need in ORDER_MODES[team.mode].needs if not getattr(wish.terms, need, None)]
    if missing and not wish.reserve:
        raise Invalid(
            "terms: an invitation names " + ", ".join(missing),
            zh="邀请须写明：" + "、".join(ORDER_NEEDS[one].zh for one in missing),
        )


def _order(tx: Tx, incident: Incident, team: Team, wish: OrderTeams, replaces: str | None = None) -> TaskOut:
    state = "reserved" if wish.reserve else "ordered"
    task = tx.add(
        Task(
            number=binding.number(tx, incident.id, incident.number),
            incident_id=incident.id,
            came_from=None,
            team_id=team.id,
            centre=team.centre,
            team_name=team.name,
            incident_title=incident.title,
            state=state,
            order=wish.order,
            mode=team.mode,
            via=team.via,
            call=team.call,
            terms=wish.terms.model_dump() if wish.terms else None,
            ordered_by=tx.actor.name,
            ordered_centre=tx.actor.centre,
            ordered_at=None,
            accept_due_at=None,
            alarm_at=None,
            times={state: clock.wire(tx.at)},
            steps=[step_of(tx, state, tx.at, None)],
            refused_reason=None,
            replaces=replaces,
            open=True,
            suggestion=memory.recall(tx.world, incident.id, team.id),
        )
    )
    if state == "ordered":
        start_clock(tx, task)
        binding.settle_refusals(tx, incident.id)
    binding.admit(tx, task)
    return said_of(tx, task, TaskReserved if wish.reserve else TaskOrdered, fresh=True)


@action(
    "task.reassign",
    wish=Reassign,
    needs=ORDER,
    target="task",
    http="POST /tasks/{id}/reassign",
    status=201,
    output=TaskOut,
    urgent=always,
)
def reassign(tx: Tx, task: Task, wish: Reassign) -> TaskOut:
    """Recall a team from one incident and order it to another, as one act."""
    check_who(tx, task, StepTask(to="recalled"))
    incident = tx.find(INCIDENTS, wish.incident_id)
    if incident.id == task.incident_id:
        raise Invalid("incident_id: it is there already", zh="该队已在这起事件")
    _orderable(incident)
    to = "cancelled" if task.state == "reserved" else "recalled"
    if not flow.TASK_FLOW.can(task.state, to):
        raise Conflict(
            f"{task.state} cannot be recalled",
            zh=f"{flow.TASK_FLOW.zh[task.state]} 不能召回",
            allowed=list(flow.next_states(task.state)),
        )
    recorded = {step["state"] for step in task.steps}
    step = StepTask(to=to, reason=wish.reason or f"改派 {incident.title}")
    advance(tx, task, step, tx.at, recorded, ends=True)
    team = tx.find(TEAMS, task.team_id)
    order = OrderTeams(team_ids=[team.id], order=wish.order)
    if binding.open_on(tx, incident.id, team.id):
        raise Conflict(f"{team.name} has an open task there", zh=f"{team.name} 在该事件已有任务")
    return _order(tx, incident, team, order, replaces=task.id)


@action("task.overdue", target="task", inner=True, output=TaskOut)
def overdue(tx: Tx, task: Task, wish: object) -> TaskOut:
    """Nobody answered an order in time: alarm the one who sent it, and offer the next team."""
    shown = tx.show(TASKS, task)
    if task.state != "ordered":
        return shown
    tx.call_off(f"task.overdue:{task.id}")
    incident = incident_row(tx.session, task.incident_id)
    tx.act(
        "alarm.raise",
        {
            "cause": f"unanswered:{task.id}",
            "rank": 1 if incident.life_risk == "people" else 2,
            "life_risk": incident.life_risk == "people",
            "title": {"zh": f"{task.team_name} 未接令", "en": f"{task.team_name} has not accepted"},
            "detail": {"zh": f"{incident.title}・改派下一支", "en": f"{incident.title}: send the next team"},
            "incident_id": incident.id,
            "task_id": task.id,
            "team_id": task.team_id,
            "centre": incident.centre,
            "parties": sorted(
                party for party in parties(tx.session, incident.id) if party != team_party(task.team_id)
            ),
        },
        as_system=True,
    )
    return shown


@on(IncidentMoved)
def settle_ended(tx: Tx, event: IncidentMoved) -> None:
    """An incident that is over waits for nobody."""
    if event.record.state in (*CLOSED_STATES, "response_ended"):
        binding.settle_refusals(tx, event.record.id)


@on(IncidentMerged, IncidentUnmerged)
def move_tasks(tx: Tx, event: Any) -> None:
    """Teams go with their incident when it is merged, and back when it is taken out."""
    merged = isinstance(event, IncidentMerged)
    old, new = (event.record.id, event.said["into"]) if merged else (event.said["from"], event.record.id)
    for task in binding.hanging(tx, old, came_from=None if merged else new):
        if merged and binding.open_on(
            tx, new, task.team_id
        ):  # asked before it moves: a team has one open task there
            task.open = False
        elif not merged:
            task.open = task.state not in flow.ENDED_STATES
        task.incident_id, task.came_from = new, old if merged else None
        tx.session.flush()
        binding.admit(tx, task)
        lost = parties(tx.session, old) - parties(tx.session, new)
        said_of(tx, task, TaskMoved, lost=lost if merged else lost | {f"incident:{old}"})
