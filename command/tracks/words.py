"""The words of tracks, in Chinese and English (taxonomy: tracks, dispute_heat)."""

from __future__ import annotations

from command.core.faults import label
from command.incidents.words import Word

TRACKS: dict[str, Word] = {
    "lawful": Word("依法办理", "Lawful handling"),
    "opinion": Word("舆论引导", "Public opinion"),
    "order": Word("社会面管控", "Public order"),
    "psych": Word("心理危机干预", "Psychological aid"),
    "insurance": Word("巨灾保险", "Catastrophe insurance"),
    "aftermath": Word("善后救助", "Aftermath and relief"),
    "investigation": Word("调查评估", "Investigation"),
}
THREE_SYNC = ("lawful", "opinion", "order")
"""三同步: the three that hold back 归档 of a social or flagged incident (taxonomy `three_sync`)."""
TRACK_STATES: dict[str, Word] = {
    "open": Word("待办", "To do"),
    "doing": Word("办理中", "Under way"),
    "done": Word("已办结", "Done"),
    "none": Word("不涉及", "Not concerned"),
}
SETTLED = frozenset({"done", "none"})
HEATS: dict[str, Word] = {
    "red": Word("红色（高）", "Red (high)"),
    "yellow": Word("黄色（中）", "Yellow (middle)"),
    "green": Word("绿色（低）", "Green (low)"),
}
VERDICTS: dict[str, Word] = {
    "unknown": Word("待核", "Unknown"),
    "true": Word("属实", "True"),
    "false": Word("不实", "False"),
}
OPINION_STATES: dict[str, Word] = {
    "open": Word("待回应", "To be answered"),
    "answered": Word("已回应", "Answered"),
    "dropped": Word("不予回应", "Not answered"),
}
STATEMENT_STATES: dict[str, Word] = {
    "draft": Word("草稿", "Draft"),
    "reviewing": Word("审批中", "Under approval"),
    "approved": Word("已批准", "Approved"),
    "published": Word("已发布", "Published"),
    "withdrawn": Word("已撤回", "Withdrawn"),
}
SIDES: dict[str, Word] = {"command": Word("指挥部", "Command"), "publicity": Word("宣传", "Publicity")}
FAMILY_STATES: dict[str, Word] = {
    "open": Word("对接中", "In touch"),
    "held": Word("姓名暂不公布", "Name held back"),
    "closed": Word("已结束", "Ended"),
}
CARE_GROUPS: dict[str, Word] = {
    "victim": Word("受灾人员", "Victim"),
    "family": Word("家属", "Family"),
    "rescuer": Word("救援人员", "Rescuer"),
}
CARE_STATES: dict[str, Word] = {
    "open": Word("干预中", "In care"),
    "closed": Word("已结案", "Closed"),
}
label(
    {
        "sort": "类型", "state": "状态", "owner_centre": "责任单位", "owner_post": "责任岗位", "due_at": "时限",
        "seen_where": "何处所见", "url": "网址", "claim": "说法", "heat": "热度", "verdict": "真假", "answers_centre": "回应单位",
        "answers_post": "回应岗位", "seen_at": "所见时间", "where": "何处", "by": "何人", "victim": "涉事人员姓名",
        "liaison": "对接人姓名", "liaison_phone": "对接人电话", "lodging": "家属住处", "relative": "家属姓名",
        "relative_phone": "家属电话", "how": "方式", "group": "对象", "colleague_id": "指定同事", "next_at": "下次时间",
    }
)  # fmt: skip


def groups() -> dict[str, dict[str, dict[str, str]]]:
    """The words of tracks for `GET /words`: group → code → {zh, en}."""
    tables = {
        "tracks": TRACKS, "states.track": TRACK_STATES, "opinion_heats": HEATS, "opinion_verdicts": VERDICTS,
        "states.opinion": OPINION_STATES, "states.statement": STATEMENT_STATES, "statement_sides": SIDES,
        "states.family": FAMILY_STATES, "care_groups": CARE_GROUPS, "states.care": CARE_STATES,
    }  # fmt: skip
    return {group: {code: word._asdict() for code, word in table.items()} for group, table in tables.items()}
