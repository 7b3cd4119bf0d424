"""The words of hazards: the flow, kinds and their usual forms, grades, sources, the five fulfilments, duties, colours."""

from __future__ import annotations

from command.core.faults import label
from command.core.flow import Flow
from command.hazards.kinds import ITEMS, TYPES, Word

HAZARD_FLOW = Flow(
    name="hazard",
    zh={
        "reported": "上报",
        "registered": "登记",
        "graded": "定级",
        "assigned": "交办",
        "listed": "挂牌",
        "rectifying": "整改中",
        "extension": "延期",
        "acceptance": "验收",
        "rejected": "验收不合格",
        "closed": "销号",
        "lookback": "复查回访",
        "monitored": "监测管控",
    },
    en={
        "reported": "Reported",
        "registered": "Registered",
        "graded": "Graded",
        "assigned": "Assigned",
        "listed": "Listed for supervision",
        "rectifying": "Being rectified",
        "extension": "Extension asked",
        "acceptance": "Awaiting acceptance",
        "rejected": "Not accepted",
        "closed": "Closed",
        "lookback": "Look-back",
        "monitored": "Under watch",
    },
    transitions=(
        ("reported", "registered"),
        ("registered", "graded"),
        ("graded", "assigned"),
        ("graded", "listed"),
        ("listed", "rectifying"),
        ("assigned", "rectifying"),
        ("rectifying", "extension"),
        ("extension", "rectifying"),
        ("rectifying", "acceptance"),
        ("acceptance", "rejected"),
        ("rejected", "rectifying"),
        ("acceptance", "closed"),
        ("closed", "lookback"),
        ("lookback", "rectifying"),
        ("lookback", "closed"),
        ("registered", "closed"),
        ("assigned", "listed"),
        ("rectifying", "listed"),
        ("graded", "monitored"),
        ("monitored", "closed"),
        ("monitored", "assigned"),
    ),
    initial=("reported",),
)

# While one of these lasts the deadline runs, whatever else is going on.
RUNNING = frozenset({"assigned", "listed", "rectifying", "extension", "rejected"})
LEVELS: dict[str, Word] = {"general": Word("一般隐患", "General"), "major": Word("重大隐患", "Major")}
SOURCES: dict[str, Word] = {
    "self": Word("自查", "Own check"),
    "inspection": Word("监督检查", "Inspection"),
    "grid": Word("网格巡查", "Grid patrol"),
    "report": Word("群众举报", "Reported by the public"),
    "monitor": Word("监测预警", "Monitoring"),
    "drill": Word("演练发现", "Found in a drill"),
    "incident": Word("事件暴露", "Laid bare by an incident"),
}
FIVE: dict[str, Word] = {
    "duty": Word("责任", "duty"),
    "measure": Word("措施", "measures"),
    "fund": Word("资金", "funds"),
    "deadline": Word("时限", "deadline"),
    "plan": Word("预案", "contingency plan"),
}
DUTIES: dict[str, Word] = {
    "territory": Word("属地责任", "Territorial duty"),
    "department": Word("部门责任", "Department's duty"),
    "unit": Word("企业责任", "Unit's duty"),
}
INTERIM: dict[str, Word] = {
    "stop_all": Word("停产停业", "Stop all work"),
    "stop_part": Word("局部停产", "Stop part of the work"),
    "evacuate": Word("撤人", "Move people out"),
    "cordon": Word("封控警戒", "Cordon off"),
    "watch": Word("专人值守", "Keep somebody on watch"),
    "cut_supply": Word("断电断气", "Cut power or gas"),
    "limit": Word("限载限行", "Limit load or traffic"),
}
STAGES: dict[str, Word] = {
    "before": Word("整改前", "Before"),
    "after": Word("整改后", "After"),
    "acceptance": Word("现场验收", "Acceptance on site"),
    "lookback": Word("回头看", "Look-back"),
}
CLOSED_HOW: dict[str, Word] = {
    "at_once": Word("当场整改", "Put right at once"),
    "accepted": Word("现场验收", "Accepted on site"),
    "looked_back": Word("回头看合格", "Look-back passed"),
    "dismissed": Word("不构成隐患", "No hazard"),
    "removed": Word("险情消除核销", "Danger gone, struck off"),
}
CLIMB: dict[str, Word] = {
    "unlisted": Word("重大隐患待挂牌", "Major, not listed yet"),
    "soon": Word("临近时限", "Deadline near"),
    "late": Word("逾期", "Overdue"),
    "circular": Word("逾期・拟通报", "Overdue: circular drafted"),
    "talk": Word("逾期・拟约谈", "Overdue: talk drafted"),
    "listing": Word("逾期・拟挂牌", "Overdue: listing drafted"),
    "unaccepted": Word("待验收超期", "Acceptance is late"),
    "lookback": Word("待回头看", "Look-back is due"),
}
NOTICES: dict[str, Word] = {
    "circular": Word("通报", "Circular"),
    "talk": Word("约谈", "Talk"),
    "listing": Word("挂牌督办", "Listing"),
}
NOTICE_STATES: dict[str, Word] = {
    "draft": Word("草稿", "Draft"),
    "signed": Word("已签发", "Signed"),
    "dropped": Word("不予签发", "Not signed"),
}
COLOURS: dict[str, Word] = {
    "red": Word("重大风险", "Major risk"),
    "orange": Word("较大风险", "Considerable risk"),
    "yellow": Word("一般风险", "Moderate risk"),
    "blue": Word("低风险", "Low risk"),
}
EDITED: dict[str, Word] = {
    "title": Word("名称", "title"),
    "description": Word("说明", "description"),
    "place_text": Word("地点", "place in words"),
    "location": Word("位置", "position"),
    "village_code": Word("村", "village"),
    "type": Word("类别", "type"),
    "item": Word("具体类型", "form"),
    "source": Word("来源", "source"),
    "threatened": Word("受威胁人数", "people threatened"),
    "basis": Word("依据", "legal basis"),
    "duty": FIVE["duty"],
    "measure": FIVE["measure"],
    "fund": FIVE["fund"],
    "plan": FIVE["plan"],
    "deadline": FIVE["deadline"],
    "interim": Word("临时措施", "interim measures"),
    "watch": Word("监测管控", "watch"),
}
label({name: word.zh for name, word in EDITED.items() if name != "title"})  # one name for one field
label(
    {
        "found_at": "发现时间",
        "reporter": "举报人",
        "after": "整改后照片",
        "at_once": "当场整改",
        "criteria": "判定情形",
        "standard": "判定标准",
        "lec": "作业条件危险性评价",
        "signed_by": "签发人",
        "territory": "属地责任",
        "department": "部门责任",
        "lead": "牵头责任",
        "granted": "是否同意",
        "stage": "阶段",
        "watcher": "监测人",
        "trigger": "预警条件",
        "route": "撤离路线",
        "shelter": "安置点",
        "people": "人数",
        "post": "职务",
        "addressee": "主送单位",
        "colour": "风险颜色",
        "control_level": "管控层级",
        "checklist": "检查清单",
        "every_days": "周期（天）",
        "assigned": "承担单位",
        "answers": "检查结果",
        "next_due": "下次检查时间",
    }
)


def groups() -> dict[str, dict[str, dict[str, str]]]:
    """The words of hazards for `GET /words`: group → code → {zh, en}."""
    tables = {
        "hazard_types": TYPES,
        "hazard_levels": LEVELS,
        "hazard_sources": SOURCES,
        "hazard_five": FIVE,
        "hazard_duties": DUTIES,
        "hazard_interim": INTERIM,
        "hazard_stages": STAGES,
        "hazard_closed": CLOSED_HOW,
        "hazard_climb": CLIMB,
        "hazard_notices": NOTICES,
        "hazard_notice_states": NOTICE_STATES,
        "risk_colours": COLOURS,
    }
    said = {name: {c: w._asdict() for c, w in words.items()} for name, words in tables.items()}
    items = {
        f"hazard_items.{kind}": {c: w._asdict() for c, w in rows.items()} for kind, rows in ITEMS.items()
    }
    return {"states.hazard": HAZARD_FLOW.labels(), **said, **items}
