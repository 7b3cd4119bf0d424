"""The tables by which a level is suggested. Data, not rules: half-open ranges, 以上 included, 以下 not.

Sources: production_safety 国务院令493号 art.3; forest_fire 森林防火条例 art.40; geological 地质灾害防治条例
art.4. The tables for earthquakes and pollution are the usual ones of the plans and await the county's own.
"""

from __future__ import annotations

from typing import NamedTuple


class Column(NamedTuple):
    """One column of a table: what is counted, and from which count each level begins."""

    code: str
    zh: str
    en: str
    unit_zh: str
    unit_en: str
    floors: tuple[tuple[str, float], ...]
    """(level, smallest value of that level), gravest first; a value under the last floor gives no level."""


def _deaths(i: float, ii: float, iii: float, iv: float = 0) -> Column:
    return Column("deaths", "死亡", "deaths", "人", "", (("I", i), ("II", ii), ("III", iii), ("IV", iv)))


def _injuries(iv: float = 0) -> Column:
    floors = (("I", 100.0), ("II", 50.0), ("III", 10.0), ("IV", iv))
    return Column("serious_injuries", "重伤", "serious injuries", "人", "", floors)


def _loss(*floors: tuple[str, float]) -> Column:
    return Column("loss_wan", "直接经济损失", "direct loss", "万元", "×10,000 yuan", floors)


TABLES: dict[str, tuple[Column, ...]] = {
    "production_safety": (
        _deaths(30, 10, 3),
        _injuries(),
        _loss(("I", 10000), ("II", 5000), ("III", 1000), ("IV", 0)),
    ),
    "forest_fire": (
        Column(
            "area_ha",
            "受害森林面积",
            "forest area",
            "公顷",
            "ha",
            (("I", 1000), ("II", 100), ("III", 1), ("IV", 0)),
        ),
        _deaths(30, 10, 3, 1),
        _injuries(1),
    ),
    "geological": (
        _deaths(30, 10, 3),
        _loss(("I", 1000), ("II", 500), ("III", 100), ("IV", 0)),
    ),
    "earthquake": (
        _deaths(300, 50, 10),
        Column(
            "magnitude", "震级", "magnitude", "级", "", (("I", 7.0), ("II", 6.0), ("III", 5.0), ("IV", 4.0))
        ),
    ),
    "environment": (
        _deaths(30, 10, 3),
        Column("poisoned", "中毒", "poisoned", "人", "", (("I", 100), ("II", 50), ("III", 10), ("IV", 0))),
        Column(
            "evacuated",
            "疏散转移",
            "evacuated",
            "人",
            "",
            (("I", 50000), ("II", 10000), ("III", 5000), ("IV", 0)),
        ),
        _loss(("I", 10000), ("II", 2000), ("III", 500), ("IV", 0)),
    ),
}

# 493号 art.3 counts the acutely poisoned with the seriously injured.
POISONED_ARE_INJURED = frozenset({"production_safety"})

# 较大涉险事故: reportable although nobody has died (总局令21号 art.26).
DANGEROUS_FROM: dict[str, int] = {"trapped": 3, "missing": 3, "poisoned": 3, "evacuated": 500}
