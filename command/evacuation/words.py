"""The words of evacuation, in Chinese and English, and the field names that its faults are told by."""

from __future__ import annotations

from command.core.faults import label
from command.incidents.words import Word

SORTS: dict[str, Word] = {
    "flash_flood": Word("山洪危险区", "Flash-flood zone"),
    "river": Word("河道漫滩", "River bank"),
    "dam": Word("水库、淤地坝下游", "Below a dam"),
    "slope": Word("地质灾害隐患点", "Landslide or rockfall site"),
    "tailings": Word("尾矿库下游", "Below a tailings dam"),
    "mine": Word("采空塌陷区", "Mined-out ground"),
    "building": Word("危房", "Unsafe houses"),
    "wildfire": Word("林缘村居", "Homes by the forest"),
    "site": Word("危险源周边", "Around a dangerous site"),
    "other": Word("其他", "Other"),
}
STATES: dict[str, Word] = {
    "open": Word("转移中", "Moving out"),
    "returning": Word("允许返回", "May return"),
    "ended": Word("已结束", "Ended"),
}
FIELDS: dict[str, Word] = {
    "people_done": Word("已转移", "moved"),
    "people_refused": Word("拒绝", "refused"),
    "people_unreached": Word("联系不上", "not reached"),
    "people_returned": Word("已返回", "returned"),
    "households_done": Word("已转移户", "households moved"),
    "households_refused": Word("拒绝户", "households refusing"),
    "households_unreached": Word("联系不上户", "households not reached"),
    "households_returned": Word("已返回户", "households returned"),
}
ARRIVED: dict[str, Word] = {
    "people_arrived": Word("到达", "arrived"),
    "households_arrived": Word("到达户", "households arrived"),
}
REASONS: dict[str, Word] = {
    "property": Word("放心不下房屋财物", "House and belongings"),
    "livestock": Word("牲畜无人照看", "Livestock"),
    "health": Word("年老体弱、行动不便", "Old, ill or cannot walk"),
    "disbelief": Word("不相信有险情", "Does not believe it"),
    "crops": Word("农活、生意走不开", "Work or crops"),
    "shelter": Word("不愿住安置点", "Will not stay in a shelter"),
    "other": Word("其他", "Other"),
}
OUTCOMES: dict[str, Word] = {
    "moved": Word("已劝离", "Persuaded, moved"),
    "refused": Word("仍拒绝", "Still refuses"),
    "absent": Word("家中无人", "Nobody at home"),
}
label(
    {
        "households": "户数",
        "people": "人数",
        "vulnerable": "需优先帮助人数",
        "counted_on": "核定日期",
        "responsible": "责任岗位",
        "keeper": "责任人",
        "destination": "安置去处",
        "destination_id": "安置去处",
        "route": "转移路线",
        "trigger": "转移条件",
        "zones": "转移单元",
        "decided_by": "决定人",
        "decided_at": "决定时间",
        "people_done": "已转移人数",
        "people_refused": "拒绝人数",
        "people_unreached": "联系不上人数",
        "people_returned": "已返回人数",
        "households_done": "已转移户数",
        "households_refused": "拒绝户数",
        "households_unreached": "联系不上户数",
        "households_returned": "已返回户数",
        "people_arrived": "到达人数",
        "households_arrived": "到达户数",
        "next_visit_at": "下次上门时间",
        "visitor": "上门岗位",
        "outcome": "上门结果",
        "kept_away": "不返回",
        "field": "数字项",
    }
)


def groups() -> dict[str, dict[str, dict[str, str]]]:
    """The words of evacuation for `GET /words`: group → code → {zh, en}."""
    tables = {
        "evacuation_sorts": SORTS, "states.evacuation": STATES, "evacuation_fields": {**FIELDS, **ARRIVED},
        "evacuation_reasons": REASONS, "evacuation_outcomes": OUTCOMES,
    }  # fmt: skip
    return {group: {code: word._asdict() for code, word in table.items()} for group, table in tables.items()}
