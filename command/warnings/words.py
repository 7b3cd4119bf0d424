"""The words of warnings: levels, states, who they come from, what the law asks for at each level."""

from __future__ import annotations

from typing import NamedTuple


class Word(NamedTuple):
    """One word in both languages."""

    zh: str
    en: str


LEVELS: dict[str, Word] = {  # 突发事件应对法 art.63: 一级红 二级橙 三级黄 四级蓝
    "red": Word("红色", "Red"),
    "orange": Word("橙色", "Orange"),
    "yellow": Word("黄色", "Yellow"),
    "blue": Word("蓝色", "Blue"),
}
SEVERITY = {"red": "Extreme", "orange": "Severe", "yellow": "Moderate", "blue": "Minor"}
"""Our own mapping (the national profile's words were not seen): taxonomy.yaml, warning_levels."""
STATES: dict[str, Word] = {
    "received": Word("接收", "Received"),
    "relayed": Word("已转发", "Relayed"),
    "draft": Word("拟发", "Draft"),
    "reviewing": Word("审核", "In review"),
    "issued": Word("已发布", "Issued"),
    "updated": Word("已更新", "Updated"),
    "cancelled": Word("已解除", "Cancelled"),
    "expired": Word("已过期", "Expired"),
}
TRANSITIONS: frozenset[tuple[str, str]] = frozenset(
    {
        ("received", "relayed"), ("relayed", "updated"), ("relayed", "cancelled"), ("relayed", "expired"),
        ("draft", "reviewing"), ("reviewing", "draft"), ("reviewing", "issued"), ("issued", "updated"),
        ("updated", "updated"), ("issued", "cancelled"), ("updated", "cancelled"), ("issued", "expired"),
        ("updated", "expired"),
    }
)  # fmt: skip
OWN_MATTER = frozenset({"draft", "reviewing"})
IN_FORCE = frozenset({"relayed", "issued", "updated"})
"""What is in force: it has been passed on, and it is not over."""
PASSED_ON = IN_FORCE | {"cancelled", "expired"}
SOURCES: dict[str, Word] = {
    "weather": Word("气象", "Weather service"),
    "water": Word("水文水利", "Water"),
    "land": Word("自然资源（地质）", "Natural resources"),
    "forest": Word("林草（火险）", "Forestry"),
    "emergency": Word("应急", "Emergency management"),
    "quake": Word("地震", "Earthquake service"),
    "health": Word("卫健", "Health"),
    "police": Word("公安", "Police"),
    "environment": Word("生态环境", "Environment"),
    "power": Word("电力", "Power"),
    "other": Word("其他", "Other"),
}
CHANNELS: dict[str, Word] = {
    "cap": Word("CAP", "CAP"),
    "phone": Word("电话", "Telephone"),
    "fax": Word("传真", "Fax"),
    "paper": Word("来文", "Paper"),
    "other": Word("其他", "Other"),
}
ENDED: dict[str, Word] = {
    "cancelled": Word("已解除", "cancelled"),
    "expired": Word("到期", "ran out"),
    "outside": Word("与本县无关", "not for this county"),
    "record": Word("仅存档", "kept for the record"),
}
MANDATORY: dict[str, Word] = {  # 突发事件应对法 art.64
    "category": Word("类别", "the category"),
    "level": Word("级别", "the level"),
    "start_at": Word("起始时间", "when it begins"),
    "area": Word("影响范围", "the area"),
    "advice": Word("警示事项", "what to beware of"),
    "measures": Word("应采取的措施", "what to do"),
    "issuer": Word("发布单位", "who issued it"),
    "issued_at": Word("发布时间", "when it was issued"),
}


def groups() -> dict[str, dict[str, dict[str, str]]]:
    """The words of warnings for `GET /words`: group → code → {zh, en}."""
    tables = {
        "warning_levels": LEVELS, "states.warning": STATES, "warning_sources": SOURCES, "warning_channels": CHANNELS,
        "warning_ended": ENDED, "warning_fields": MANDATORY,
    }  # fmt: skip
    return {group: {code: word._asdict() for code, word in table.items()} for group, table in tables.items()}
