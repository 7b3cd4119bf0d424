"""Every step of a task: entered by the team, or for it by somebody named."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from command.core import clock
from command.core.access import permission
from command.core.actions import AHEAD, Tx, action
from command.core.errors import Conflict, Forbidden, Invalid
from command.incidents.queries import incident_row, parties
from dispatch.tasks import binding, flow, limits
from dispatch.tasks.contract import (
    SAID_BY_DESK,
    Proxy,
    StepTask,
    TaskOut,
    TaskStepped,
    Verb,
)
from dispatch.tasks.models import Task
from dispatch.tasks.queries import TASKS

STEP = permission("task.step", "enter a task's steps")
permission("task.proxy", "enter a task's steps for another")
permission("task.read", "see tasks of one's scope")

DESK_ONLY = frozenset({"reserved", "ordered", "recalled", "cancelled"})
VERBS = {
    "accept": "accepted",
    "refuse": "refused",
    "assemble": "assembling",
    "depart": "enroute",
    "arrive": "on_scene",
    "work": "working",
    "withdraw": "withdrawn",
    "evacuate": "evacuated",
    "recall": "recalled",
    "return": "returned",
    "cancel": "cancelled",
    "order_again": "ordered",
}


def always(payload: dict[str, Any]) -> bool:
    return True  # an order is always taken, also when the disk is nearly full


def start_clock(tx: Tx, task: Task) -> None:
    accept = limits.ACCEPT[task.mode](tx.session, tx.actor.centre)
    alarm = max(accept, limits.ALARM[task.mode](tx.session, tx.actor.centre))
    task.ordered_at = tx.at
    task.accept_due_at, task.alarm_at = tx.now + timedelta(seconds=accept), tx.now + timedelta(seconds=alarm)
    tx.due(task.alarm_at, "task.overdue", {"id": task.id}, key=f"task.overdue:{task.id}")


def step_of(
    tx: Tx, state: str, at: datetime, wish: StepTask | None, *, skipped: bool = False
) -> dict[str, Any]:
    proxy = wish.by_proxy.model_dump() if wish and wish.by_proxy and not skipped else None
    return {
        "state": state,
        "at": None if skipped else clock.wire(at),
        "received_at": clock.wire(tx.received_at),
        "by": tx.actor.name,
        "by_proxy": proxy,
        "reason": None if skipped or wish is None else wish.reason or _release(wish),
        "skipped": skipped,
        "ahead": tx.ahead,
    }


def _release(wish: StepTask) -> str | None:
    return f"安全解除：{wish.released_by}" if wish.released_by else None


def said_of(
    tx: Tx, task: Task, event: Any, *, fresh: bool = False, lost: frozenset[str] = frozenset(), **said: Any
) -> TaskOut:
    if not fresh:
        tx.touch(task)
    tx.session.flush()
    shown = tx.show(TASKS, task)
    tx.say(event(record=shown, parties=parties(tx.session, task.incident_id), lost=lost, said=said))
    if not said.get("goes_on"):
        binding.settle_team(tx, task.team_id)
    return shown


@action(
    "task.transition",
    wish=StepTask,
    needs=STEP,
    target="task",
    http="POST /tasks/{id}/transition",
    output=TaskOut,
    urgent=always,
)
def step_task(tx: Tx, task: Task, wish: StepTask) -> TaskOut:
    """Take a step of a task, or fill in one that was passed over."""
    if wish.to not in flow.TASK_FLOW.states:
        raise Invalid(
            f"to: one of {', '.join(flow.TASK_FLOW.states)}",
            zh=f"目标状态须为 {'、'.join(flow.TASK_FLOW.states)} 之一",
        )
    check_who(tx, task, wish)
    at = _time(tx, wish.at)
    skipped = next((step for step in task.steps if step["state"] == wish.to and step["skipped"]), None)
    if skipped is not None and wish.at is not None:
        return _fill_in(tx, task, wish, at)
    recorded = {step["state"] for step in task.steps}
    if wish.to not in flow.reachable(task.state, recorded):
        onward = sorted(flow.reachable(task.state, recorded), key=flow.TASK_FLOW.states.index)
        raise Conflict(
            f"{task.state} may go to {', '.join(onward) or 'nothing'}",
            zh=f"{flow.TASK_FLOW.zh[task.state]} 之后只能是：{'、'.join(flow.TASK_FLOW.zh[one] for one in onward) or '无'}",
            allowed=onward,
        )
    if flow.needs_release(task.state, wish.to) and not (wish.released_by or wish.by_proxy or wish.reason):
        raise Invalid("released_by: name who declared it safe", zh="须写明由谁宣布安全")
    return advance(tx, task, wish, at, recorded)


def advance(
    tx: Tx, task: Task, wish: StepTask, at: datetime, recorded: set[str], *, ends: bool = False
) -> TaskOut:
    before = task.state
    over = [
        step_of(tx, state, at, wish, skipped=True) for state in flow.passed_over(before, wish.to, recorded)
    ]
    taken = step_of(tx, wish.to, at, wish)
    task.steps = [*task.steps, *over, taken]
    task.times = {**task.times, wish.to: clock.wire(at)}
    task.state, task.hint = wish.to, None
    task.open = wish.to not in flow.ENDED_STATES and not ends
    task.refused_reason = wish.reason if wish.to == "refused" else task.refused_reason
    if wish.to == "ordered":
        start_clock(tx, task)
        binding.admit(tx, task)
        binding.settle_refusals(tx, task.incident_id)
    else:
        binding.answered(tx, task)
    shown = said_of(tx, task, TaskStepped, step=taken, before=before, goes_on=ends)
    binding.follow(tx, task)
    return shown


def _fill_in(tx: Tx, task: Task, wish: StepTask, at: datetime) -> TaskOut:
    filled = step_of(tx, wish.to, at, wish)
    task.steps = [filled if step["state"] == wish.to and step["skipped"] else step for step in task.steps]
    task.times = {**task.times, wish.to: clock.wire(at)}
    return said_of(tx, task, TaskStepped, step=filled, before=task.state, filled=True)


def _time(tx: Tx, at: datetime | None) -> datetime:
    if at is None or at <= tx.received_at + AHEAD:
        return at or tx.at
    if not tx.actor.device:
        raise Invalid(
            "at: more than two minutes ahead of the server's clock", zh="时间超前服务器时钟两分钟以上"
        )
    tx.ahead = True
    return tx.received_at


def check_who(tx: Tx, task: Task, wish: StepTask) -> None:
    """A team steps its own task; a desk steps for another, and then says who said so."""
    if tx.actor.team_id == task.team_id:
        if wish.to in DESK_ONLY:
            raise Forbidden("Only the desk that ordered may do this", zh="只有下令的值班席可以这样做")
        return
    tx.actor.need("task.proxy")
    home = incident_row(tx.session, task.incident_id).centre
    if not (tx.actor.covers(task.centre) or tx.actor.covers(home)):
        raise Forbidden("Another centre's task: ask the county", zh="属其他单位的任务：请报县里处理")
    if wish.by_proxy is None and wish.to not in DESK_ONLY and not tx.actor.system:
        wish.by_proxy = Proxy(person=tx.actor.name, channel=SAID_BY_DESK)


def _verb(name: str, state: str) -> None:
    @action(f"task.{name}", wish=Verb, needs=STEP, target="task", output=TaskOut, urgent=always)
    def step(tx: Tx, task: Task, wish: Verb) -> TaskOut:
        return step_task(tx, task, StepTask(to=state, **wish.model_dump()))

    step.__doc__ = f"Take the step `{state}` of a task."


for _name, _state in VERBS.items():
    _verb(_name, _state)
