"""The words of instructions: their flow (taxonomy, `instruction`), how urgent one is, and who takes which step."""

from __future__ import annotations

from typing import NamedTuple

from command.core.flow import Flow

INSTRUCTION_FLOW = Flow(
    name="instruction",
    zh={
        "draft": "草拟",
        "issued": "已下达",
        "accepted": "已签收",
        "in_progress": "执行中",
        "feedback": "已反馈",
        "done": "已完成",
        "verified": "已核验",
        "returned": "退回",
        "cancelled": "取消",
    },
    en={
        "draft": "Draft",
        "issued": "Issued",
        "accepted": "Accepted",
        "in_progress": "In progress",
        "feedback": "Fed back",
        "done": "Done",
        "verified": "Verified",
        "returned": "Returned",
        "cancelled": "Cancelled",
    },
    transitions=(
        ("draft", "issued"),
        ("issued", "accepted"),
        ("issued", "returned"),
        ("accepted", "in_progress"),
        ("in_progress", "feedback"),
        ("feedback", "done"),
        ("feedback", "in_progress"),
        ("done", "verified"),
        ("done", "in_progress"),
        ("returned", "issued"),
        ("draft", "cancelled"),
        ("issued", "cancelled"),
        ("accepted", "cancelled"),
        ("in_progress", "cancelled"),
    ),
    initial=("draft", "issued"),
)
ENDED = frozenset({"verified", "cancelled"})
# The receiver still owes something: late if its time passes in one of these.
OWED = frozenset({"issued", "accepted", "in_progress", "feedback"})
# Steps of the sender; all others are the receiver's (somebody else enters them only by proxy).
SENDERS = frozenset({"issued", "verified", "cancelled"})


class Urgency(NamedTuple):
    """How urgent: the rank of its alarm when nobody accepts, when it is late, and when it comes in."""

    zh: str
    en: str
    unaccepted: int
    overdue: int
    fresh: int
    accept_min: int


# 特急、加急、平件 as on official papers; the minutes are defaults of settings, a product proposal and no law.
URGENCIES: dict[str, Urgency] = {
    "flash": Urgency("特急", "Flash", 1, 2, 2, 5),
    "urgent": Urgency("加急", "Urgent", 2, 2, 3, 15),
    "routine": Urgency("平件", "Routine", 3, 3, 3, 60),
}


def groups() -> dict[str, dict[str, dict[str, str]]]:
    """The words of instructions for `GET /words`: group → code → {zh, en}."""
    return {
        "states.instruction": INSTRUCTION_FLOW.labels(),
        "urgencies": {code: {"zh": one.zh, "en": one.en} for code, one in URGENCIES.items()},
    }
