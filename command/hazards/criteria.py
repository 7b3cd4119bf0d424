"""What makes a hazard a major one: cases that support a person's grade and set none. They are a setting, which the county edits.

The texts of the law were not at hand when these lines were written: each names where it is to be looked up and says that it is
still to be checked, and none of them is a quotation. Whoever has compared one with the text marks it `checked`.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, Field
from sqlalchemy.orm import Session

from command.core.faults import Wrong
from command.core.queries import Nothing, View, Wish, query
from command.core.settings import setting
from command.hazards.kinds import ITEMS

FORMS = frozenset(code for items in ITEMS.values() for code in items)
Words = Annotated[str, Field(min_length=1, max_length=200)]


class Case(Wish):
    """One case: its words, where it is to be looked up, whether somebody has, and the form of hazard it is for (None: any)."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")
    zh: Words
    en: Words
    source_zh: Words
    source_en: Words
    checked: bool = False
    item: str | None = None


def _sound(cases: list[Case]) -> list[Case]:
    if len({one.code for one in cases}) < len(cases):
        raise Wrong("each code once", "代码不能重复")
    if unknown := {one.item for one in cases if one.item is not None} - FORMS:
        raise Wrong(f"item: there is no form {sorted(unknown)[0]}", f"没有具体类型 {sorted(unknown)[0]}")
    return cases


def _coal(code: str, zh: str, en: str) -> dict[str, Any]:
    return {
        "code": code, "zh": zh, "en": en, "source_zh": "煤矿安全生产条例第三十六条",
        "source_en": "Coal Mine Safety Regulations, art. 36", "checked": False, "item": "coal_mine",
    }  # fmt: skip


def _general(code: str, zh: str, en: str) -> dict[str, Any]:
    return {
        "code": code, "zh": zh, "en": en, "source_zh": "安全生产事故隐患排查治理暂行规定第三条",
        "source_en": "Interim Provisions on Hazards (Decree 16), art. 3", "checked": False, "item": None,
    }  # fmt: skip


DEFAULT = [
    _general(
        "stop_and_time",
        "危害和整改难度较大，应全部或局部停产停业，经一定时间整改方能排除",
        "Large harm, hard to put right: work stops in whole or part, and it takes time",
    ),
    _general("outside_cause", "因外部因素影响致使单位自身难以排除", "Outside causes: the unit cannot remove it by itself"),
    _coal("coal_over_capacity", "超能力、超强度或者超定员组织生产", "Beyond capacity, intensity or staffing"),
    _coal("coal_gas", "瓦斯超限作业", "Work with gas over the limit"),
    _coal("coal_outburst", "突出矿井未按规定实施防突措施", "Outburst mine without its measures"),
    _coal("coal_drainage", "突出或高瓦斯矿井未建立抽采系统或系统不正常", "No working gas drainage where it is due"),
    _coal("coal_ventilation", "通风系统不完善、不可靠", "Ventilation incomplete or unreliable"),
    _coal("coal_boundary", "超层、越界开采", "Mining beyond seam or boundary"),
    _coal("coal_water", "有严重水患，未采取有效措施", "Grave water danger without effective measures"),
    _coal("coal_rock_burst", "有冲击地压危险，未采取有效措施", "Rock-burst danger without effective measures"),
    _coal("coal_spontaneous", "自然发火严重，未采取有效措施", "Grave spontaneous combustion without effective measures"),
    _coal("coal_obsolete", "使用应当淘汰的设备、工艺", "Equipment or process that must be given up"),
    _coal("coal_monitoring", "未建立监控与通信系统或系统不正常", "No working monitoring and communication"),
    _coal("coal_slope", "露天煤矿边坡超设计或严重变形，未采取有效措施", "Open-pit slope beyond design or badly deformed"),
    _coal("coal_power", "未按规定采用双回路供电", "No double-circuit power"),
    _coal("coal_while_building", "边建设边生产，或改扩建期间违规生产", "Producing while building or rebuilding"),
    _coal("coal_contract", "违规整体承包、转包或外包采掘与井巷维修", "Unlawful contracting of mining or maintenance"),
    _coal("coal_reorganised", "改制、合并、分立期间责任、机构或许可证不落实", "Reorganised without duties, body or licence"),
    _coal("coal_other", "其他重大事故隐患", "Another major hazard"),
]  # fmt: skip
CASES = setting(
    "hazard.criteria", Annotated[list[Case], Field(max_length=200), AfterValidator(_sound)], DEFAULT,
    zh="重大隐患判定情形", en="Cases of a major hazard",
)  # fmt: skip


def cases(session: Session, centre: str) -> dict[str, dict[str, Any]]:
    """The cases in force at a centre, by their codes."""
    return {one["code"]: one for one in CASES(session, centre)}


def known(session: Session, centre: str, code: str, item: str | None) -> bool:
    """Whether there is such a case for this form of hazard."""
    found = cases(session, centre).get(code)
    return found is not None and found["item"] in (None, item)


def _source(one: dict[str, Any]) -> dict[str, str]:
    """Where it is to be looked up; until somebody has, it says so."""
    zh, en = ("", "") if one["checked"] else ("（待核对）", " (to be checked)")
    return {"zh": one["source_zh"] + zh, "en": one["source_en"] + en}


@query(
    "hazards.criteria", wish=Nothing, needs="hazard.read", http="GET /hazards/criteria", output=dict[str, Any]
)
def criteria(view: View, wish: Nothing) -> dict[str, Any]:
    """The cases by which a hazard is graded major, each with where it is to be looked up, whether it was checked, and its form."""
    return {
        "items": [
            {
                "code": code, "zh": one["zh"], "en": one["en"], "item": one["item"], "checked": one["checked"],
                "source": _source(one),
            }
            for code, one in cases(view.session, view.actor.centre[:9]).items()
        ]
    }  # fmt: skip
