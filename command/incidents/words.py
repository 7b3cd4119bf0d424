"""The words of an incident: its states, levels, life risk and casualty fields, in Chinese and English."""

from __future__ import annotations

from typing import NamedTuple

from command.core.faults import label
from command.core.flow import Flow


class Word(NamedTuple):
    """One label in both languages."""

    zh: str
    en: str


INCIDENT_FLOW = Flow(
    name="incident",
    zh={
        "received": "接报",
        "verifying": "核实",
        "dismissed": "误报/分流",
        "confirmed": "已确认",
        "assessing": "研判定级",
        "responding": "处置中",
        "controlled": "已控制",
        "response_ended": "应急响应结束",
        "recovery": "善后恢复",
        "review": "调查评估",
        "archived": "归档",
    },
    en={
        "received": "Received",
        "verifying": "Verifying",
        "dismissed": "Dismissed",
        "confirmed": "Confirmed",
        "assessing": "Assessing",
        "responding": "Responding",
        "controlled": "Controlled",
        "response_ended": "Response ended",
        "recovery": "Recovery",
        "review": "Under review",
        "archived": "Archived",
    },
    transitions=(
        ("received", "verifying"),
        ("received", "confirmed"),
        ("received", "responding"),
        ("verifying", "confirmed"),
        ("verifying", "dismissed"),
        ("dismissed", "verifying"),
        ("confirmed", "assessing"),
        ("confirmed", "responding"),
        ("assessing", "responding"),
        ("assessing", "dismissed"),
        ("responding", "controlled"),
        ("controlled", "responding"),
        ("controlled", "response_ended"),
        ("response_ended", "recovery"),
        ("recovery", "review"),
        ("review", "archived"),
        ("response_ended", "review"),
        ("archived", "review"),
        ("response_ended", "responding"),
        ("recovery", "responding"),
        ("review", "responding"),
    ),
    initial=("received",),
)

# No team may be ordered to an incident in one of these.
CLOSED_STATES = frozenset({"dismissed", "archived"})

# The response is over: a changed casualty figure is a late one, and asks for a report of its own (补报).
OVER_STATES = frozenset({"dismissed", "response_ended", "recovery", "review", "archived"})

# 突发事件应对法 art.3; rank 1 is the gravest. Social-security events have none of them.
LEVELS: dict[str, Word] = {
    "I": Word("特别重大", "Particularly serious"),
    "II": Word("重大", "Serious"),
    "III": Word("较大", "Relatively serious"),
    "IV": Word("一般", "Ordinary"),
}
LEVEL_RANK: dict[str, int] = {"I": 1, "II": 2, "III": 3, "IV": 4}

LIFE_RISK: dict[str, Word] = {
    "none": Word("无", "None"),
    "possible": Word("可能有人员危险", "People may be in danger"),
    "people": Word("有人员失联、被困或生命危险", "People missing, trapped or in mortal danger"),
}

CASUALTY_FIELDS: dict[str, Word] = {
    "dead": Word("死亡", "Dead"),
    "missing": Word("失联", "Missing"),
    "trapped": Word("被困", "Trapped"),
    "serious": Word("重伤", "Seriously injured"),
    "light": Word("轻伤", "Lightly injured"),
    "poisoned": Word("中毒", "Poisoned"),
    "rescued": Word("已救出", "Rescued"),
    "evacuated": Word("已转移", "Evacuated"),
}

# The other figures that a level may rest on.
SIZE_FIELDS: dict[str, Word] = {
    "loss_wan": Word("直接经济损失（万元）", "Direct loss (10,000 yuan)"),
    "area_ha": Word("受害面积（公顷）", "Area affected (ha)"),
    "magnitude": Word("震级", "Magnitude"),
}

# What may be corrected, as the timeline names it.
EDITED: dict[str, Word] = {
    "title": Word("标题", "title"),
    "description": Word("经过", "description"),
    "place_text": Word("地点", "place in words"),
    "location": Word("位置", "position"),
    "village_code": Word("村", "village"),
    "road": Word("道路里程", "road and kilometre"),
    "kind": Word("类别", "kind"),
    "level": Word("级别", "level"),
    "life_risk": Word("人员危险", "danger to life"),
    "source": Word("来源", "source"),
    "occurred_at": Word("发生时间", "time of occurrence"),
    "casualties": Word("伤亡", "casualties"),
    "extra": Word("专项情况", "fields of the kind"),
    "dangers": Word("现场危险", "dangers to crews"),
    "on_scene": Word("现场联系人", "contact at the scene"),
    "loss_wan": Word("损失", "loss"),
    "area_ha": Word("面积", "area"),
    "magnitude": Word("震级", "magnitude"),
}
label({name: word.zh for table in (CASUALTY_FIELDS, EDITED) for name, word in table.items()})
label({
    "caller": "报告人", "confirmed": "已核实", "figure_id": "数字", "into": "并入的事件", "authority": "上级机关",
    "ref": "道路编号", "km": "公里数", "direction": "方向",
})  # fmt: skip

# A changed casualty figure asks for one of these (taxonomy: report kinds).
REPORT_DUE: dict[str, Word] = {
    "followup": Word("须续报", "follow-up report due"),
    "supplement": Word("须补报", "supplementary report due"),
}
BEYOND = Word("超出统计时限", "Beyond the time for counting")


def groups() -> dict[str, dict[str, dict[str, str]]]:
    """The words of incidents for `GET /words`: group → code → {zh, en}."""
    tables = {
        "levels": LEVELS,
        "life_risk": LIFE_RISK,
        "casualties": CASUALTY_FIELDS,
        "sizes": SIZE_FIELDS,
        "report_due": REPORT_DUE,
        "figure_marks": {"beyond": BEYOND},
    }
    said = {name: {c: w._asdict() for c, w in words.items()} for name, words in tables.items()}
    return {"states.incident": INCIDENT_FLOW.labels(), **said}
