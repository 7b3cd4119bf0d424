"""The flow of a task (出动任务): its states, and how far one message may move it.

A team on the road reports what it can, when it can. So a message may name a later state than the next
one; the steps passed over are kept as skipped, and each may be filled in afterwards.
"""

from __future__ import annotations

from collections.abc import Collection

from command.core.flow import Flow

TASK_FLOW = Flow(
    name="task",
    zh={
        "reserved": "预派",
        "ordered": "已下达",
        "accepted": "已接令",
        "refused": "无法执行",
        "assembling": "集结中",
        "enroute": "赶赴途中",
        "on_scene": "已到场",
        "working": "处置中",
        "withdrawn": "撤收",
        "evacuated": "紧急撤离",
        "recalled": "召回",
        "returned": "归队",
        "cancelled": "撤销",
    },
    en={
        "reserved": "Reserved",
        "ordered": "Ordered",
        "accepted": "Accepted",
        "refused": "Refused",
        "assembling": "Assembling",
        "enroute": "En route",
        "on_scene": "On scene",
        "working": "Working",
        "withdrawn": "Withdrawn",
        "evacuated": "Evacuated",
        "recalled": "Recalled",
        "returned": "Returned",
        "cancelled": "Cancelled",
    },
    transitions=(
        ("reserved", "ordered"),
        ("reserved", "cancelled"),
        ("ordered", "accepted"),
        ("ordered", "refused"),
        ("ordered", "assembling"),
        ("ordered", "enroute"),
        ("ordered", "on_scene"),
        ("ordered", "recalled"),
        ("ordered", "cancelled"),
        ("refused", "ordered"),
        ("accepted", "assembling"),
        ("accepted", "enroute"),
        ("accepted", "on_scene"),
        ("accepted", "refused"),
        ("assembling", "enroute"),
        ("assembling", "on_scene"),
        ("enroute", "on_scene"),
        ("on_scene", "working"),
        ("on_scene", "withdrawn"),
        ("working", "withdrawn"),
        ("on_scene", "evacuated"),
        ("working", "evacuated"),
        ("evacuated", "working"),
        ("evacuated", "on_scene"),
        ("evacuated", "withdrawn"),
        ("withdrawn", "returned"),
        ("accepted", "recalled"),
        ("assembling", "recalled"),
        ("enroute", "recalled"),
        ("on_scene", "recalled"),
        ("working", "recalled"),
        ("evacuated", "recalled"),
        ("assembling", "refused"),
        ("enroute", "refused"),
        ("recalled", "returned"),
    ),
    initial=("reserved", "ordered"),
)

# The way a task goes when nothing goes wrong.
MAIN_LINE = ("ordered", "accepted", "assembling", "enroute", "on_scene", "working", "withdrawn", "returned")

# Somebody decided these; a message about a later state never implies that they happened.
DECISIONS = frozenset({"refused", "evacuated", "recalled", "cancelled"})

ENDED_STATES = frozenset({"refused", "returned", "cancelled"})
# A team in one of these is bound to its incident.
ENGAGED_STATES = frozenset(
    {
        "ordered",
        "accepted",
        "assembling",
        "enroute",
        "on_scene",
        "working",
        "withdrawn",
        "evacuated",
        "recalled",
    }
)
# Back to one of these from `evacuated` needs somebody named who declared it safe.
RELEASE_STATES = frozenset({"working", "on_scene"})


def next_states(state: str) -> tuple[str, ...]:
    """The states one listed step away, as a refusal names them."""
    return TASK_FLOW.onward(state)


def path(frm: str, to: str) -> tuple[str, ...] | None:
    """The shortest listed walk from one state to another, `to` last; None if there is none.

    It never passes through a decision (refused, evacuated, recalled, cancelled).
    """
    return TASK_FLOW.path(frm, to, avoid=DECISIONS)


def reachable(state: str, recorded: Collection[str]) -> frozenset[str]:
    """Every state that a message may name now.

    One listed step always, also back into a state met before (a refused task is ordered again);
    farther only into a state not yet recorded, skipped steps counting as recorded.
    """
    direct = set(next_states(state))
    far = {to for to in TASK_FLOW.states if to not in recorded and to != state and path(state, to)}
    return frozenset(direct | far)


def passed_over(frm: str, to: str, recorded: Collection[str]) -> tuple[str, ...]:
    """The steps to keep as skipped when a task goes from one state to another, in their order.

    They are the not yet recorded steps of the main line in between, also where a listed transition jumps
    over them (已下达 → 已到场 passes 已接令, 集结中 and 赶赴途中), so that each can be filled in later.
    """
    steps = set((path(frm, to) or ())[:-1])
    if frm in MAIN_LINE and to in MAIN_LINE:
        steps |= set(MAIN_LINE[MAIN_LINE.index(frm) + 1 : MAIN_LINE.index(to)])
    return tuple(s for s in TASK_FLOW.states if s in steps and s not in recorded)


def needs_release(frm: str, to: str) -> bool:
    """True if the step goes back to work after an emergency evacuation and so names who declared it safe."""
    return frm == "evacuated" and to in RELEASE_STATES


def groups() -> dict[str, dict[str, dict[str, str]]]:
    """The words of tasks for `GET /words`: group → code → {zh, en}."""
    return {"states.task": TASK_FLOW.labels()}
