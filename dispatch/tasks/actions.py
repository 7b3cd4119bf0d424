"""Ordering teams, and every step of a task: entered by the team, or for it by somebody named."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from command.core import clock
from command.core.access import permission, team_party
from command.core.actions import AHEAD, Tx, action
from command.core.errors import Conflict, Forbidden, Invalid
from command.core.events import on
from command.incidents.contract import IncidentMerged, IncidentUnmerged
from command.incidents.models import Incident
from command.incidents.queries import incident_row, parties
from command.incidents.words import CLOSED_STATES
from dispatch.suggest import memory
from dispatch.tasks import binding, flow
from dispatch.tasks.contract import (
    OrderTeams,
    Reassign,
    StepTask,
    TaskMoved,
    TaskOrdered,
    TaskOut,
    TaskReserved,
    TasksOut,
    TaskStepped,
    Verb,
)
from dispatch.tasks.models import Task
from dispatch.teams.models import Team
from dispatch.teams.words import ORDER_MODES

ORDER = permission("task.order", "order teams")
STEP = permission("task.step", "enter a task's steps")
permission("task.proxy", "enter a task's steps for another")
permission("task.read", "see tasks of one's scope")

DESK_ONLY = frozenset({"reserved", "ordered", "recalled", "cancelled"})
VERBS = {"accept": "accepted", "refuse": "refused", "assemble": "assembling", "depart": "enroute", "arrive": "on_scene",
         "work": "working", "withdraw": "withdrawn", "evacuate": "evacuated", "recall": "recalled", "return": "returned",
         "cancel": "cancelled", "order_again": "ordered"}  # fmt: skip


def _life_risk(payload: dict[str, Any]) -> bool:
    return True  # an order is always taken, also when the disk is nearly full


@action("task.order", wish=OrderTeams, needs=ORDER, target="incident", http="POST /incidents/{id}/tasks",
        status=201, output=TasksOut, urgent=_life_risk)  # fmt: skip
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
        raise Conflict("It was merged into another incident", into=incident.merged_into)
    if incident.state in CLOSED_STATES:
        raise Conflict(f"The incident is {incident.state}")


def _team(tx: Tx, team_id: str) -> Team:
    from command.core.errors import NotFound

    try:
        team: Team = tx.find("team", team_id)
    except NotFound:
        raise Invalid(f"team_ids: there is no team {team_id}") from None
    return team


def _check_order(tx: Tx, incident: Incident, team: Team, wish: OrderTeams) -> None:
    if binding.open_on(tx, incident.id, team.id):
        raise Conflict(f"{team.name} has an open task there")
    if not binding.on_duty(tx, team.id):
        raise Conflict(f"{team.name} is not on duty")
    missing = [need for need in ORDER_MODES[team.mode].needs if not getattr(wish.terms, need, None)]
    if missing and not wish.reserve:
        raise Invalid("terms: an invitation names " + ", ".join(missing))


def _order(tx: Tx, incident: Incident, team: Team, wish: OrderTeams, replaces: str | None = None) -> TaskOut:
    state = "reserved" if wish.reserve else "ordered"
    task = tx.add(
        Task(
            number=binding.number(tx, incident.id, incident.number), incident_id=incident.id, came_from=None, team_id=team.id,
            centre=team.centre, team_name=team.name, incident_title=incident.title, state=state, order=wish.order, mode=team.mode,
            via=team.via, call=team.call, terms=wish.terms.model_dump() if wish.terms else None, ordered_by=tx.actor.name,
            ordered_centre=tx.actor.centre,
            ordered_at=None, accept_due_at=None, alarm_at=None, times={state: clock.wire(tx.at)},
            steps=[_step(tx, state, tx.at, None)], refused_reason=None, replaces=replaces, open=True,
            suggestion=memory.recall(tx.world, incident.id, team.id),
        )
    )  # fmt: skip
    if state == "ordered":
        _start_clock(tx, task)
    binding.admit(tx, task)
    return _said(tx, task, TaskReserved if wish.reserve else TaskOrdered, fresh=True)


def _start_clock(tx: Tx, task: Task) -> None:
    mode = ORDER_MODES[task.mode]
    task.ordered_at = tx.at
    task.accept_due_at, task.alarm_at = tx.now + timedelta(seconds=mode.accept_s), tx.now + timedelta(seconds=mode.alarm_s)
    tx.due(task.alarm_at, "task.overdue", {"id": task.id}, key=f"task.overdue:{task.id}")


def _step(tx: Tx, state: str, at: datetime, wish: StepTask | None, *, skipped: bool = False) -> dict[str, Any]:
    proxy = wish.by_proxy.model_dump() if wish and wish.by_proxy and not skipped else None
    return {"state": state, "at": None if skipped else clock.wire(at), "received_at": clock.wire(tx.received_at), "by": tx.actor.name,
            "by_proxy": proxy, "reason": None if skipped or wish is None else wish.reason or _release(wish),
            "skipped": skipped, "ahead": tx.ahead}  # fmt: skip


def _release(wish: StepTask) -> str | None:
    return f"安全解除：{wish.released_by}" if wish.released_by else None


def _said(tx: Tx, task: Task, event: Any, *, fresh: bool = False, **said: Any) -> TaskOut:
    if not fresh:
        tx.touch(task)
    tx.session.flush()
    shown: TaskOut = tx.show("task", task)
    tx.say(event(record=shown, parties=parties(tx.session, task.incident_id), said=said))
    binding.settle_team(tx, task.team_id)
    return shown


@action("task.transition", wish=StepTask, needs=STEP, target="task", http="POST /tasks/{id}/transition",
        output=TaskOut, urgent=_life_risk)  # fmt: skip
def step_task(tx: Tx, task: Task, wish: StepTask) -> TaskOut:
    """Take a step of a task, or fill in one that was passed over."""
    if wish.to not in flow.TASK_FLOW.states:
        raise Invalid(f"to: one of {', '.join(flow.TASK_FLOW.states)}")
    _check_who(tx, task, wish)
    at = _time(tx, wish.at)
    skipped = next((step for step in task.steps if step["state"] == wish.to and step["skipped"]), None)
    if skipped is not None and wish.at is not None:
        return _fill_in(tx, task, wish, at)
    recorded = {step["state"] for step in task.steps}
    if wish.to not in flow.reachable(task.state, recorded):
        onward = sorted(flow.reachable(task.state, recorded), key=flow.TASK_FLOW.states.index)
        raise Conflict(f"{task.state} may go to {', '.join(onward) or 'nothing'}", allowed=onward)
    if flow.needs_release(task.state, wish.to) and not (wish.released_by or wish.by_proxy or wish.reason):
        raise Invalid("released_by: name who declared it safe")
    return _advance(tx, task, wish, at, recorded)


def _advance(tx: Tx, task: Task, wish: StepTask, at: datetime, recorded: set[str]) -> TaskOut:
    before = task.state
    over = [_step(tx, state, at, wish, skipped=True) for state in flow.passed_over(before, wish.to, recorded)]
    taken = _step(tx, wish.to, at, wish)
    task.steps = [*task.steps, *over, taken]
    task.times = {**task.times, wish.to: clock.wire(at)}
    task.state = wish.to
    task.open = wish.to not in flow.ENDED_STATES
    task.refused_reason = wish.reason if wish.to == "refused" else task.refused_reason
    if wish.to == "ordered":
        _start_clock(tx, task)
        binding.admit(tx, task)
    else:
        binding.answered(tx, task)
    shown = _said(tx, task, TaskStepped, step=taken, before=before)
    binding.follow(tx, task)
    return shown


def _fill_in(tx: Tx, task: Task, wish: StepTask, at: datetime) -> TaskOut:
    filled = _step(tx, wish.to, at, wish)
    task.steps = [filled if step["state"] == wish.to and step["skipped"] else step for step in task.steps]
    task.times = {**task.times, wish.to: clock.wire(at)}
    return _said(tx, task, TaskStepped, step=filled, before=task.state, filled=True)


def _time(tx: Tx, at: datetime | None) -> datetime:
    if at is None or at <= tx.received_at + AHEAD:
        return at or tx.at
    if not tx.actor.device:
        raise Invalid("at: more than two minutes ahead of the server's clock")
    tx.ahead = True
    return tx.received_at


def _check_who(tx: Tx, task: Task, wish: StepTask) -> None:
    """A team steps its own task; a desk steps for another, and then says who said so."""
    if tx.actor.team_id == task.team_id:
        if wish.to in DESK_ONLY:
            raise Forbidden("Only the desk that ordered may do this")
        return
    tx.actor.need("task.proxy")
    home = incident_row(tx.session, task.incident_id).centre
    if not (tx.actor.covers(task.centre) or tx.actor.covers(home)):
        raise Forbidden("Another centre's task: ask the county")
    if wish.by_proxy is None and wish.to not in DESK_ONLY and not tx.actor.system:
        from dispatch.tasks.contract import Proxy

        wish.by_proxy = Proxy(person=tx.actor.name, channel="desk")


def _verb(name: str, state: str) -> None:
    @action(f"task.{name}", wish=Verb, needs=STEP, target="task", output=TaskOut, urgent=_life_risk)
    def step(tx: Tx, task: Task, wish: Verb) -> TaskOut:
        return step_task(tx, task, StepTask(to=state, **wish.model_dump()))

    step.__doc__ = f"Take the step `{state}` of a task."


for _name, _state in VERBS.items():
    _verb(_name, _state)


@action("task.reassign", wish=Reassign, needs=ORDER, target="task", http="POST /tasks/{id}/reassign",
        status=201, output=TaskOut, urgent=_life_risk)  # fmt: skip
def reassign(tx: Tx, task: Task, wish: Reassign) -> TaskOut:
    """Recall a team from one incident and order it to another, as one act."""
    _check_who(tx, task, StepTask(to="recalled"))
    incident: Incident = tx.find("incident", wish.incident_id)
    if incident.id == task.incident_id:
        raise Invalid("incident_id: it is there already")
    _orderable(incident)
    to = "cancelled" if task.state == "reserved" else "recalled"
    if not flow.TASK_FLOW.can(task.state, to):
        raise Conflict(f"{task.state} cannot be recalled", allowed=list(flow.next_states(task.state)))
    recorded = {step["state"] for step in task.steps}
    _advance(tx, task, StepTask(to=to, reason=wish.reason or f"改派 {incident.title}"), tx.at, recorded)
    task.open = False
    team: Team = tx.find("team", task.team_id)
    order = OrderTeams(team_ids=[team.id], order=wish.order)
    if binding.open_on(tx, incident.id, team.id):
        raise Conflict(f"{team.name} has an open task there")
    return _order(tx, incident, team, order, replaces=task.id)


@action("task.overdue", target="task", inner=True, output=TaskOut)
def overdue(tx: Tx, task: Task, wish: object) -> TaskOut:
    """Nobody answered an order in time: alarm the one who sent it, and offer the next team."""
    shown: TaskOut = tx.show("task", task)
    if task.state != "ordered":
        return shown
    incident = incident_row(tx.session, task.incident_id)
    tx.act(
        "alarm.raise",
        {
            "cause": f"unanswered:{task.id}", "rank": 1 if incident.life_risk == "people" else 2,
            "life_risk": incident.life_risk == "people",
            "title": {"zh": f"{task.team_name} 未接令", "en": f"{task.team_name} has not accepted"},
            "detail": {"zh": f"{incident.title}・改派下一支", "en": f"{incident.title}: send the next team"},
            "incident_id": incident.id, "task_id": task.id, "team_id": task.team_id, "centre": incident.centre,
            "parties": sorted(party for party in parties(tx.session, incident.id) if party != team_party(task.team_id)),
        },
        as_system=True,
    )  # fmt: skip
    return shown


@on(IncidentMerged, IncidentUnmerged)
def move_tasks(tx: Tx, event: Any) -> None:
    """Teams go with their incident when it is merged, and back when it is taken out."""
    merged = isinstance(event, IncidentMerged)
    old, new = (event.record.id, event.said["into"]) if merged else (event.said["from"], event.record.id)
    for task in binding.hanging(tx, old, came_from=None if merged else new):
        task.incident_id, task.came_from = new, old if merged else None
        if merged and binding.open_on(tx, new, task.team_id, but=task.id):
            task.open = False
        elif not merged:
            task.open = task.state not in flow.ENDED_STATES
        _said(tx, task, TaskMoved)
        binding.admit(tx, task)
