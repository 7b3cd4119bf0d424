"""What the law asks of a county at each level, as a table that the county may change: 突发事件应对法 art.66 and art.67 (2024).

Red and orange ask for what both articles name, yellow and blue for what art.66 names. The short words are this system's; which post
answers, and which houses are told to do it, is the county's own business: a setting, with the article beside each line.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from command.core.settings import setting

ALL, GRAVE = ["red", "orange", "yellow", "blue"], ["red", "orange"]
AREAS = "areas"
"""Each township that the warning strikes."""
MONITOR, PREPARE = "突发事件应对法 第六十六条", "突发事件应对法 第六十七条"
HOUSES: dict[str, tuple[str, ...]] = {
    "monitor": (AREAS,), "inform": ("publicity",), "standby": (AREAS,), "reserves": ("reserves", AREAS), "guard": ("police",),
    "lifelines": ("transport", "power"), "advise": ("publicity",), "move": (AREAS,), "close": (AREAS, "police"),
}  # fmt: skip
"""Which houses are told by instruction, by default; what is in nobody's hand but the county's own stays a line of its list."""


class Duty(BaseModel):
    """One line of the table: at which levels, by which law, what, by whom."""

    model_config = ConfigDict(extra="forbid")

    code: str = Field(pattern=r"^[a-z_]{2,24}$")
    levels: list[str] = Field(min_length=1, max_length=4)
    law: str = Field(max_length=60)
    zh: str = Field(min_length=1, max_length=120)
    en: str = Field(min_length=1, max_length=200)
    post_zh: str = Field(min_length=1, max_length=40)
    post_en: str = Field(min_length=1, max_length=60)
    to: list[Annotated[str, Field(pattern=r"^[a-z]{2,20}$")]] = Field(default=[], max_length=12)


def _row(code: str, law: str, zh: str, en: str, post_zh: str, post_en: str) -> dict[str, Any]:
    levels = GRAVE if law == PREPARE else ALL
    return {
        "code": code, "levels": levels, "law": law, "zh": zh, "en": en, "post_zh": post_zh, "post_en": post_en,
        "to": list(HOUSES.get(code, ())),
    }  # fmt: skip


DEFAULT = [
    _row("plan", MONITOR, "启动应急预案", "Start the plan", "带班领导", "Leader on duty"),
    _row("monitor", MONITOR, "加强监测、值守和信息报告", "Watch closer, staff the duty rooms, report", "值班主任", "Duty director"),
    _row("assess", MONITOR, "随时分析评估、会商", "Assess, consult", "值班主任", "Duty director"),
    _row("inform", MONITOR, "向社会发布提示、警告和求助电话", "Tell the public what to expect, whom to ring", "宣传", "Publicity"),
    _row("standby", PREPARE, "队伍和负有职责人员待命，动员后备", "Teams to stand-by, reserves called", "县应急局", "Emergency bureau"),
    _row("reserves", PREPARE, "物资、设备、避难场所就绪", "Supplies, equipment and shelters ready", "物资保障组", "Supplies group"),
    _row("guard", PREPARE, "重点单位、重要设施加强守护", "Guard what is important", "公安局", "Police"),
    _row("lifelines", PREPARE, "保障交通、通信、供水、供电等", "Keep roads, lines, water and power working", "主管部门", "Departments"),
    _row("advise", PREPARE, "发布避险建议、劝告", "Advise people how to keep safe", "宣传", "Publicity"),
    _row("move", PREPARE, "转移、疏散并安置受威胁人员", "Move people in danger, house them", "乡镇主要负责人", "Heads of townships"),
    _row("close", PREPARE, "关闭或限制易受危害场所，控制聚集活动", "Close exposed places, limit gatherings", "主管部门", "Departments"),
]  # fmt: skip
DUTIES = setting(
    "warning.duties", Annotated[list[Duty], Field(min_length=1, max_length=40)], DEFAULT,
    zh="预警期应做事项（法条、责任岗位、下达单位）", en="What a warning asks for (law, post, houses)",
)  # fmt: skip
URGENCY = setting(
    "warning.order_urgency", dict[Literal["red", "orange", "yellow", "blue"], Literal["flash", "urgent", "routine"]],
    {"red": "flash", "orange": "urgent", "yellow": "routine", "blue": "routine"},
    zh="预警期指令缓急（按级别；本县规定，非法定）", en="Urgency of a warning's instructions by level (the county's own rule)",
)  # fmt: skip


def table(session: Session, centre: str) -> list[dict[str, Any]]:
    """The table in force, as plain values."""
    return [one if isinstance(one, dict) else one.model_dump() for one in DUTIES(session, centre)]


def opened(session: Session, centre: str, level: str, before: list[Any]) -> list[Any]:
    """The list of a level: what was there stays with who did it, what the level asks for besides is added."""
    known = {one["code"] for one in before}
    fresh = [
        {
            "code": one["code"], "law": one["law"], "text": {"zh": one["zh"], "en": one["en"]},
            "post": {"zh": one["post_zh"], "en": one["post_en"]}, "done_by": None, "done_at": None, "note": None,
        }
        for one in table(session, centre)
        if level in one["levels"] and one["code"] not in known
    ]  # fmt: skip
    return [*before, *fresh]
