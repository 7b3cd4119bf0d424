"""LEC: how dangerous a working condition is, D = L × E × C (作业条件危险性分析), with its tables, result words and colours.

The scales are the published ones. Where a band begins differs between sources, so the lower edges are settings (`≥`); the
result only suggests: a grade is set by a person.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field
from sqlalchemy.orm import Session

from command.core.queries import Nothing, View, Wish, query
from command.core.settings import setting
from command.hazards.kinds import Word
from command.hazards.words import COLOURS

L: dict[float, Word] = {
    10: Word("完全可预料", "To be expected"),
    6: Word("相当可能", "Quite likely"),
    3: Word("可能但不经常", "Possible, not often"),
    1: Word("完全意外", "A surprise"),
    0.5: Word("可设想但很不可能", "Thinkable, very unlikely"),
    0.2: Word("极不可能", "Extremely unlikely"),
    0.1: Word("实际不可能", "Practically impossible"),
}
E: dict[float, Word] = {
    10: Word("连续暴露", "All the time"),
    6: Word("每天工作时间内", "Daily, at work"),
    3: Word("每周一次或偶然", "Weekly, or by chance"),
    2: Word("每月一次", "Monthly"),
    1: Word("每年几次", "A few times a year"),
    0.5: Word("非常罕见", "Very seldom"),
}
C: dict[float, Word] = {
    100: Word("大灾难许多人死亡", "Disaster, many dead"),
    40: Word("灾难数人死亡", "Several dead"),
    15: Word("一人死亡", "One dead"),
    7: Word("严重伤害", "Grave injury"),
    3: Word("重大致残", "Disabling injury"),
    1: Word("引人注目需救护", "First aid needed"),
}
SCALES = {"l": L, "e": E, "c": C}
# Result, colour of the risk map, and where the band begins; the last one begins at nothing.
BANDS: tuple[tuple[str, Word, str, float], ...] = (
    ("extreme", Word("极其危险，不能继续作业", "Extremely dangerous: stop work"), "red", 320),
    ("high", Word("高度危险，要立即整改", "Highly dangerous: rectify at once"), "orange", 160),
    ("marked", Word("显著危险，需要整改", "Markedly dangerous: rectify"), "yellow", 70),
    ("common", Word("一般危险，需要注意", "Ordinary danger: take care"), "blue", 20),
    ("slight", Word("稍有危险，可以接受", "Slight danger: acceptable"), "blue", 0),
)
Edge = Annotated[float, Field(gt=0, le=10_000)]
EDGES = {
    code: setting(f"hazard.lec.{code}", Edge, edge, zh=f"LEC“{word.zh[:4]}”起点", en=f"LEC: {code} begins at")
    for code, word, _, edge in BANDS
    if edge
}


class Lec(Wish):
    """The three factors, each a value of its scale."""

    l: Annotated[float, Field(gt=0, le=10)]  # noqa: E741  # as the method names it
    e: Annotated[float, Field(gt=0, le=10)]
    c: Annotated[float, Field(gt=0, le=100)]

    def off_scale(self) -> str | None:
        """The first factor that is no value of its scale."""
        return next((name for name, scale in SCALES.items() if getattr(self, name) not in scale), None)


def judged(session: Session, centre: str, lec: Lec) -> dict[str, Any]:
    """D, the result and its colour by the edges in force at a centre."""
    d = round(lec.l * lec.e * lec.c, 3)
    band = next(one for one in BANDS if not one[3] or d >= EDGES[one[0]](session, centre))
    return {"l": lec.l, "e": lec.e, "c": lec.c, "d": d, "result": band[0], "colour": band[2]}


def scales() -> dict[str, Any]:
    """The tables of the three factors."""
    return {
        name: [{"value": value, **word._asdict()} for value, word in scale.items()]
        for name, scale in SCALES.items()
    }


@query("hazards.lec", wish=Nothing, needs="hazard.read", http="GET /hazards/lec", output=dict[str, Any])
def calculator(view: View, wish: Nothing) -> dict[str, Any]:
    """The LEC calculator: its three scales, and the bands with where they begin at the asker's centre."""
    bands = [
        {"code": code, **word._asdict(), "colour": colour, "colour_word": COLOURS[colour]._asdict(),
         "from": EDGES[code](view.session, view.actor.centre[:9]) if edge else 0}
        for code, word, colour, edge in BANDS
    ]  # fmt: skip
    return {"scales": scales(), "bands": bands}
