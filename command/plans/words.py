"""The words of plans and responses: levels, the flow of a plan's edition, the flow of a response (taxonomy, `response`)."""

from __future__ import annotations

from typing import NamedTuple

from command.core.flow import Flow


class Word(NamedTuple):
    """One word in both languages."""

    zh: str
    en: str


# 突发事件应对法 art. 71: each plan fixes its own four; apart from the level of the incident and of the warning.
LEVELS: dict[str, Word] = {
    "R1": Word("一级", "Level 1"),
    "R2": Word("二级", "Level 2"),
    "R3": Word("三级", "Level 3"),
    "R4": Word("四级", "Level 4"),
}
GRAVEST_FIRST = tuple(LEVELS)
MODELS: dict[str, Word] = {
    "hierarchy": Word(
        "分级负责（四级县、三级市、二级及以上省）", "By rank: 4 county, 3 city, 2 and 1 province"
    ),
    "county_internal": Word("县内分级（一至四级均由县启动）", "County's own four levels"),
}
PLAN_FLOW = Flow(
    name="plan",
    zh={"draft": "草稿", "approved": "已审批", "in_force": "施行中", "replaced": "已替换", "withdrawn": "已撤销"},
    en={"draft": "Draft", "approved": "Approved", "in_force": "In force", "replaced": "Replaced", "withdrawn": "Withdrawn"},
    transitions=(
        ("draft", "approved"),
        ("approved", "in_force"),
        ("in_force", "replaced"),
        ("draft", "withdrawn"),
        ("approved", "withdrawn"),
        ("in_force", "withdrawn"),
    ),
    initial=("draft",),
)  # fmt: skip
RESPONSE_FLOW = Flow(
    name="response",
    zh={
        "suggested": "建议",
        "pending_approval": "待审批",
        "active": "已启动",
        "adjusted": "已调整",
        "ended": "已终止",
        "rejected": "不启动",
    },
    en={
        "suggested": "Suggested",
        "pending_approval": "Awaiting approval",
        "active": "Active",
        "adjusted": "Adjusted",
        "ended": "Ended",
        "rejected": "Not activated",
    },
    transitions=(
        ("suggested", "pending_approval"),
        ("suggested", "rejected"),
        ("pending_approval", "active"),
        ("pending_approval", "rejected"),
        ("active", "adjusted"),
        ("adjusted", "active"),
        ("active", "ended"),
        ("adjusted", "ended"),
    ),
    initial=("suggested", "pending_approval"),
)
IN_FORCE = ("active", "adjusted")
INCIDENT_LEVELS = {"I": "特别重大", "II": "重大", "III": "较大", "IV": "一般"}
COLOURS: dict[str, Word] = {
    "red": Word("红色", "red"),
    "orange": Word("橙色", "orange"),
    "yellow": Word("黄色", "yellow"),
    "blue": Word("蓝色", "blue"),
}


def graver(one: str, other: str) -> str:
    """The graver of two response levels."""
    return min(one, other, key=GRAVEST_FIRST.index)


def groups() -> dict[str, dict[str, dict[str, str]]]:
    """The words of plans for `GET /words`: group → code → {zh, en}."""
    tables = {"response_levels": LEVELS, "plan_models": MODELS}
    told = {group: {code: word._asdict() for code, word in table.items()} for group, table in tables.items()}
    return {**told, "states.plan": PLAN_FLOW.labels(), "states.response": RESPONSE_FLOW.labels()}
