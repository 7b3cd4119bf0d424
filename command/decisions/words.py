"""The words of decisions, and what fields of them are called."""

from __future__ import annotations

from command.core.faults import label
from command.core.flow import Flow

DECISION_FLOW = Flow(
    name="decision",
    zh={"asked": "待决定", "decided": "已决定", "withdrawn": "已撤回"},
    en={"asked": "Asked", "decided": "Decided", "withdrawn": "Withdrawn"},
    transitions=(("asked", "decided"), ("asked", "withdrawn")),
    initial=("asked",),
)
SIMPLE = ("同意", "不同意")
"""The options of a question that is asked without any."""
label(
    {
        "question": "请示事项",
        "grounds": "依据和情况",
        "options": "备选方案",
        "option": "选定方案",
        "of": "请示对象",
    }
)


def groups() -> dict[str, dict[str, dict[str, str]]]:
    """The words of decisions for `GET /words`."""
    return {"states.decision": DECISION_FLOW.labels()}
