"""The words of duty, in Chinese and English (taxonomy: duty)."""

from __future__ import annotations

from command.core.faults import label
from command.incidents.words import Word

ROLES: dict[str, Word] = {
    "leader": Word("带班领导", "Leader on duty"),
    "director": Word("值班主任", "Duty director"),
    "officer": Word("值班员", "Duty officer"),
    "driver": Word("驾驶员", "Driver"),
    "expert": Word("专家备勤", "Expert on call"),
}
ANSWERING = ("leader", "director", "officer")
"""Whoever of these is named, the post is manned; a driver alone does not answer the telephone."""
STATES: dict[str, Word] = {
    "planned": Word("已排班", "Planned"),
    "near": Word("待接班", "To take over"),
    "on": Word("在岗", "On duty"),
    "ended": Word("已下班", "Ended"),
    "lapsed": Word("未接班", "Did not take over"),
    "dropped": Word("已撤销", "Dropped"),
}
LOG_SORTS: dict[str, Word] = {
    "call_in": Word("来电", "Call in"),
    "call_out": Word("去电", "Call out"),
    "paper": Word("来文", "Paper in"),
    "instruction": Word("指示批示", "Instruction"),
    "report": Word("报送", "Reported above"),
    "warning": Word("预警", "Warning"),
    "callout": Word("叫应", "Call-out"),
    "dispatch": Word("派遣", "Dispatch"),
    "check": Word("点名", "Roll-call"),
    "handover": Word("交接", "Handover"),
    "other": Word("其他", "Other"),
}
WRITTEN = ("call_in", "call_out", "paper", "instruction", "other")
"""What a person enters; the rest of the log comes from the journal by itself."""
MATTERS: dict[str, Word] = {
    "incident": Word("在办事件", "Open incident"),
    "deadline": Word("报告与时限", "Report or deadline"),
    "order": Word("未接令", "Unanswered order"),
    "instruction": Word("指令事项", "Instruction"),
    "promise": Word("电话承诺", "Promise"),
    "alarm": Word("告警", "Alarm"),
    "delivery": Word("未送达", "Not delivered"),
    "warning": Word("在效预警", "Warning in force"),
    "callout": Word("叫应", "Call-out"),
    "response": Word("在启响应", "Response under way"),
    "evacuation": Word("人员转移", "Evacuation"),
    "need": Word("需求公告", "Need"),
    "force": Word("社会力量", "Social force"),
    "other": Word("其他", "Other"),
}
ITEM_STATES: dict[str, Word] = {
    "open": Word("未确认", "Not looked at"),
    "accepted": Word("已接", "Accepted"),
    "deferred": Word("缓交", "Deferred"),
    "settled": Word("已办结", "Settled"),
}
HANDOVER_STATES: dict[str, Word] = {
    "open": Word("待签收", "Not accepted yet"),
    "accepted": Word("已签收", "Accepted"),
    "lapsed": Word("未签收", "Never accepted"),
}
REMARKS: dict[str, Word] = {
    "weather": Word("汛情火情雨情", "Flood, fire and rain"),
    "leaders_away": Word("领导外出", "Leaders away"),
    "equipment": Word("设备状态", "Equipment"),
    "other": Word("其他", "Other"),
}
CHECK_STATES: dict[str, Word] = {
    "asked": Word("待应答", "Asked"),
    "present": Word("在岗", "Present"),
    "missed": Word("未应答", "No answer"),
    "spared": Word("免查", "Not asked"),
}
label(
    {
        "begins_at": "接班时间",
        "ends_at": "结束时间",
        "deputy": "替班人",
        "deputy_number": "替班人号码",
        "remarks": "交班说明",
        "with_centre": "对方单位",
        "promise": "承诺事项",
        "promise_due_at": "承诺时限",
        "on_behalf": "代谁查岗",
    }
)


def groups() -> dict[str, dict[str, dict[str, str]]]:
    """The words of duty for `GET /words`: group → code → {zh, en}."""
    tables = {
        "duty_roles": ROLES, "states.duty": STATES, "duty_log": LOG_SORTS, "duty_matters": MATTERS,
        "duty_items": ITEM_STATES, "states.handover": HANDOVER_STATES, "duty_remarks": REMARKS, "states.duty_check": CHECK_STATES,
    }  # fmt: skip
    return {group: {code: word._asdict() for code, word in table.items()} for group, table in tables.items()}
