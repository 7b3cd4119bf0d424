"""A step that the team's positions suggest: kept with the task, confirmed or denied by a person, never taken by itself."""

from __future__ import annotations

from command.core import clock
from command.core.actions import Tx, action
from command.core.errors import Conflict
from command.core.queries import Nothing
from dispatch.tasks import flow
from dispatch.tasks.actions import STEP, always, check_who, said_of
from dispatch.tasks.contract import Hint, StepTask, TaskHinted, TaskOut
from dispatch.tasks.models import Task
from dispatch.tasks.queries import TASKS


@action("task.hint", wish=Hint, target="task", inner=True, output=TaskOut)
def hint(tx: Tx, task: Task, wish: Hint) -> TaskOut:
    """Suggest a step, once: what was denied is not suggested again, what cannot be taken is not suggested at all."""
    known = task.hint or {}
    recorded = {step["state"] for step in task.steps}
    if known.get("to") == wish.to or wish.to not in flow.reachable(task.state, recorded):
        return tx.show(TASKS, task)
    task.hint = {"to": wish.to, "at": clock.wire(wish.at), "metres": wish.metres, "no": False, "by": None}
    return said_of(tx, task, TaskHinted, goes_on=True)


@action(
    "task.deny_hint",
    wish=Nothing,
    needs=STEP,
    target="task",
    http="POST /tasks/{id}/deny-hint",
    output=TaskOut,
    urgent=always,
)
def deny(tx: Tx, task: Task, wish: Nothing) -> TaskOut:
    """Say that the team is not where its positions suggest."""
    known = task.hint
    if known is None or known["no"]:
        raise Conflict("There is nothing to deny", zh="没有待确认的位置提示")
    check_who(tx, task, StepTask(to=known["to"]))
    task.hint = {**known, "no": True, "by": tx.actor.name}
    return said_of(tx, task, TaskHinted, goes_on=True)
