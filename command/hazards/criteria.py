"""What makes a hazard a major one: cases of law, each named with its article. They support a person's grade; they set none.

Of industries whose own 判定标准 is not written here, the grader names the standard and its clause (安全生产法第一百一十八条).
"""

from __future__ import annotations

from typing import Any, NamedTuple

from command.core.queries import Nothing, View, query
from command.hazards.kinds import Word

DECREE_16 = Word(
    "安全生产事故隐患排查治理暂行规定第三条", "Interim Provisions on Hazards (Decree 16), art. 3"
)
COAL_36 = Word("煤矿安全生产条例第三十六条", "Coal Mine Safety Regulations, art. 36")


class Criterion(NamedTuple):
    """One case: its words, its source, and the form of hazard it is for (None: any)."""

    word: Word
    source: Word
    item: str | None = None


def _coal(zh: str, en: str) -> Criterion:
    return Criterion(Word(zh, en), COAL_36, "coal_mine")


CRITERIA: dict[str, Criterion] = {
    "stop_and_time": Criterion(
        Word(
            "危害和整改难度较大，应全部或局部停产停业，经一定时间整改方能排除",
            "Large harm, hard to put right: work stops in whole or part, and it takes time",
        ),
        DECREE_16,
    ),
    "outside_cause": Criterion(
        Word("因外部因素影响致使单位自身难以排除", "Outside causes: the unit cannot remove it by itself"), DECREE_16
    ),
    "coal_over_capacity": _coal("超能力、超强度或者超定员组织生产", "Beyond capacity, intensity or staffing"),
    "coal_gas": _coal("瓦斯超限作业", "Work with gas over the limit"),
    "coal_outburst": _coal("突出矿井未按规定实施防突措施", "Outburst mine without its measures"),
    "coal_drainage": _coal("突出或高瓦斯矿井未建立抽采系统或系统不正常", "No working gas drainage where it is due"),
    "coal_ventilation": _coal("通风系统不完善、不可靠", "Ventilation incomplete or unreliable"),
    "coal_boundary": _coal("超层、越界开采", "Mining beyond seam or boundary"),
    "coal_water": _coal("有严重水患，未采取有效措施", "Grave water danger without effective measures"),
    "coal_rock_burst": _coal("有冲击地压危险，未采取有效措施", "Rock-burst danger without effective measures"),
    "coal_spontaneous": _coal("自然发火严重，未采取有效措施", "Grave spontaneous combustion without effective measures"),
    "coal_obsolete": _coal("使用应当淘汰的设备、工艺", "Equipment or process that must be given up"),
    "coal_monitoring": _coal("未建立监控与通信系统或系统不正常", "No working monitoring and communication"),
    "coal_slope": _coal("露天煤矿边坡超设计或严重变形，未采取有效措施", "Open-pit slope beyond design or badly deformed"),
    "coal_power": _coal("未按规定采用双回路供电", "No double-circuit power"),
    "coal_while_building": _coal("边建设边生产，或改扩建期间违规生产", "Producing while building or rebuilding"),
    "coal_contract": _coal("违规整体承包、转包或外包采掘与井巷维修", "Unlawful contracting of mining or maintenance"),
    "coal_reorganised": _coal("改制、合并、分立期间责任、机构或许可证不落实", "Reorganised without duties, body or licence"),
    "coal_other": _coal("其他重大事故隐患", "Another major hazard"),
}  # fmt: skip


def known(code: str, item: str | None) -> bool:
    """Whether there is such a case for this form of hazard."""
    found = CRITERIA.get(code)
    return found is not None and found.item in (None, item)


@query(
    "hazards.criteria", wish=Nothing, needs="hazard.read", http="GET /hazards/criteria", output=dict[str, Any]
)
def criteria(view: View, wish: Nothing) -> dict[str, Any]:
    """The cases by which a hazard is graded major, each with its article and the form it is for."""
    return {
        "items": [
            {"code": code, **one.word._asdict(), "source": one.source._asdict(), "item": one.item}
            for code, one in CRITERIA.items()
        ]
    }
