"""The words of call-outs (taxonomy: `status_flows.callout`, `warning.callout`, `warning.channels`)."""

from __future__ import annotations

from command.core.faults import label
from command.core.flow import Flow
from command.incidents.words import Word

CALLOUT_FLOW = Flow(
    name="callout",
    zh={
        "pending": "待叫应", "calling": "呼叫中", "answered": "已应答", "missed": "未应答", "escalated": "已升级",
        "door_visit": "上门叫应", "confirmed": "已确认", "acted": "已行动", "closed": "闭环",
    },
    en={
        "pending": "To be called", "calling": "Calling", "answered": "Answered", "missed": "No answer",
        "escalated": "Climbed", "door_visit": "At the door", "confirmed": "Confirmed", "acted": "Acted", "closed": "Closed",
    },
    transitions=(
        ("pending", "calling"), ("calling", "answered"), ("calling", "missed"), ("missed", "calling"), ("missed", "escalated"),
        ("escalated", "calling"), ("escalated", "door_visit"), ("door_visit", "confirmed"), ("answered", "confirmed"),
        ("confirmed", "acted"), ("acted", "closed"),
    ),
    initial=("pending",),
)  # fmt: skip
OUTCOMES: dict[str, Word] = {
    "answered": Word("已接听", "Answered"),
    "on_post": Word("已到岗", "On post"),
    "moved": Word("已转移", "Moved"),
    "missed": Word("未接", "No answer"),
    "visited": Word("已上门", "Visited"),
}
"""In the order of their keys, 1 to 5."""
ACTED = ("on_post", "moved", "visited")
"""What is counted: 有叫有应更要有为. That somebody answered is shown apart."""
LEVELS: dict[str, Word] = {
    "county": Word("县级责任人", "County"),
    "township": Word("乡镇责任人", "Township"),
    "village": Word("村级责任人", "Village"),
    "keeper": Word("包保人", "Household keeper"),
}
CHANNELS: dict[str, Word] = {
    "phone": Word("电话", "Telephone"),
    "robo_call": Word("机器人外呼", "Robo-call"),
    "sms": Word("短信", "SMS"),
    "wechat_group": Word("微信群", "WeChat group"),
    "broadcast": Word("应急广播", "Broadcast"),
    "loudspeaker": Word("大喇叭", "Loudspeaker"),
    "radio": Word("对讲机", "Radio"),
    "door_knock": Word("敲门", "Knock on the door"),
    "gong_whistle": Word("敲锣吹哨", "Gong or whistle"),
}
LINES: dict[str, Word] = {
    "landline": Word("座机", "Landline"),
    "mobile": Word("手机", "Mobile"),
    "satellite": Word("卫星电话", "Satellite telephone"),
    "radio": Word("对讲机", "Radio"),
}
label(
    {
        "areas": "范围",
        "outcome": "结果",
        "line": "号码",
        "attempt": "第几次",
        "warning_id": "预警",
        "share": "抽查比例",
        "wave": "批次",
    }
)


def groups() -> dict[str, dict[str, dict[str, str]]]:
    """The words of call-outs for `GET /words`: group → code → {zh, en}."""
    tables = {
        "callout_outcomes": OUTCOMES,
        "callout_levels": LEVELS,
        "callout_channels": CHANNELS,
        "callout_lines": LINES,
    }
    named = {group: {code: word._asdict() for code, word in table.items()} for group, table in tables.items()}
    return {"states.callout": CALLOUT_FLOW.labels(), **named}
