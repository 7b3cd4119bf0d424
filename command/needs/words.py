"""The words of needs and of social forces that check in, and the field names that their faults are told by."""

from __future__ import annotations

from command.core.faults import label
from command.core.flow import Flow

NEED_FLOW = Flow(
    name="need",
    zh={"draft": "草拟", "published": "已发布", "met": "已满足", "withdrawn": "撤回", "lapsed": "已到期"},
    en={"draft": "Draft", "published": "Published", "met": "Met", "withdrawn": "Withdrawn", "lapsed": "Past its end"},
    transitions=(
        ("draft", "published"),
        ("draft", "withdrawn"),
        ("published", "met"),
        ("published", "withdrawn"),
        ("published", "lapsed"),
    ),
    initial=("draft",),
)  # fmt: skip
FORCE_FLOW = Flow(
    name="force",
    zh={"checked_in": "已报到", "assigned": "已编组", "checked_out": "已离开", "declined": "已婉拒"},
    en={"checked_in": "Checked in", "assigned": "Assigned", "checked_out": "Checked out", "declined": "Declined"},
    transitions=(
        ("checked_in", "assigned"),
        ("checked_in", "declined"),
        ("checked_in", "checked_out"),
        ("assigned", "assigned"),
        ("assigned", "checked_out"),
    ),
    initial=("checked_in",),
)  # fmt: skip
HERE = ("checked_in", "assigned")
"""Of a force in these states people are in the field."""
label(
    {
        "skill": "所需技能",
        "what": "需要什么",
        "place": "地点",
        "bring": "自带物品",
        "safety": "安全提示",
        "contact_post": "联系岗位",
        "published_by": "发布人",
        "organisation": "组织名称",
        "leader": "带队人",
        "need_id": "需求公告",
        "arrived_at": "报到时间",
        "arrived_where": "报到地点",
        "reports_to": "向谁报告",
        "briefed": "安全交底",
        "briefed_by": "交底人",
        "insurance_seen": "保险已核",
        "elsewhere": "可去何处",
        "counted_by": "清点人",
    }
)


def groups() -> dict[str, dict[str, dict[str, str]]]:
    """The words of needs for `GET /words`: group → code → {zh, en}."""
    return {"states.need": NEED_FLOW.labels(), "states.force": FORCE_FLOW.labels()}
