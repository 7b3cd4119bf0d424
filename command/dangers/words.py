"""The words of danger areas: their sorts, and what a team that stands in one must do at once."""

from __future__ import annotations

from typing import NamedTuple


class Word(NamedTuple):
    """One word in both languages."""

    zh: str
    en: str


SORTS: dict[str, Word] = {
    "cordon": Word("警戒区", "Cordoned area"),
    "flood": Word("洪水淹没区", "Flooded area"),
    "landslide": Word("山洪泥石流危险区", "Debris-flow and landslide area"),
    "collapse": Word("坍塌危险区", "Collapse area"),
    "toxic": Word("有毒气体下风向", "Toxic gas, downwind"),
    "explosion": Word("爆炸危险区", "Explosion area"),
    "blasting": Word("爆破作业区", "Blasting area"),
    "power": Word("带电危险区", "Live-power area"),
    "fire": Word("火势蔓延区", "Fire-spread area"),
    "other": Word("危险区", "Danger area"),
}
ADVICE: dict[str, Word] = {
    "cordon": Word("立即退出警戒线外，听从现场指挥", "Leave the cordon at once; follow the scene commander"),
    "flood": Word("立即向高处撤离，不要涉水", "Go to high ground at once; do not wade"),
    "landslide": Word(
        "立即向两侧山坡高处撤离，不要顺沟跑", "Climb the slopes to either side at once; not along the gully"
    ),
    "collapse": Word("立即撤出，远离墙体和陡坎", "Get out at once; keep away from walls and edges"),
    "toxic": Word("立即向上风侧、侧风侧撤离，戴好防护", "Go upwind or crosswind at once; put on protection"),
    "explosion": Word(
        "立即撤离，就近找掩蔽，不用明火和电台", "Leave at once, take cover; no flame, no radio"
    ),
    "blasting": Word("立即撤到起爆警戒线外", "Go outside the blasting cordon at once"),
    "power": Word(
        "立即停步，双脚并拢小步退出，不碰任何导体", "Stop; shuffle out with feet together; touch nothing"
    ),
    "fire": Word(
        "立即沿预定路线撤向火烧迹地或安全区", "Leave by the planned way to burnt ground or the safe zone"
    ),
    "other": Word("立即离开，向指挥部报告位置", "Leave at once and report where you are"),
}
STATES: dict[str, Word] = {
    "planned": Word("待生效", "Planned"),
    "in_force": Word("生效中", "In force"),
    "lifted": Word("已解除", "Lifted"),
}


def groups() -> dict[str, dict[str, dict[str, str]]]:
    """The words of danger areas for `GET /words`: group → code → {zh, en}."""
    tables = {"danger_sorts": SORTS, "danger_advice": ADVICE, "states.danger_area": STATES}
    return {group: {code: word._asdict() for code, word in table.items()} for group, table in tables.items()}
