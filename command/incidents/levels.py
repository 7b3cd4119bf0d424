"""Suggesting a level: from the confirmed figures, and what it may come to. It never sets one.

An absent figure is not reported and never counts as 0. The possible level counts unconfirmed figures too,
and the missing and trapped with the dead (493号 art.12).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from command.incidents.kinds.base import Kind, Say
from command.incidents.thresholds import DANGEROUS_FROM, POISONED_ARE_INJURED, TABLES, Column
from command.incidents.words import CASUALTY_FIELDS, LEVEL_RANK, LEVELS


class Figure(NamedTuple):
    """One reported number, and whether it is confirmed."""

    value: float
    confirmed: bool = False


Figures = Mapping[str, Figure]
"""By field: the casualty fields, loss_wan, area_ha, magnitude. A field not reported is absent."""


@dataclass(frozen=True)
class Suggestion:
    """The two levels and why. None: no figure speaks for a level, or the kind has none."""

    confirmed: str | None
    possible: str | None
    because: tuple[Say, ...]


def suggest(kind: Kind, figures: Figures, worst: Figures | None = None) -> Suggestion:
    """The levels that the figures of an incident of this kind speak for; the gravest column decides.

    `worst` are the figures for the possible level where competing statements exist: the largest of each.
    """
    if not kind.graded:
        return Suggestion(None, None, (Say("社会安全事件不分级", "Social-security events have no level"),))
    if kind.thresholds is None:
        return Suggestion(
            None, None, (Say("此类事件无数量标准，须人工研判", "No numeric table: to be judged"),)
        )
    sure = _level(kind.thresholds, _confirmed(figures), counted=False)
    heard = figures if worst is None else worst
    may = _level(kind.thresholds, _possible(heard), counted=_counts_more(heard))
    if sure is None and may is None:
        return Suggestion(None, None, (Say("尚无可定级的数字", "No figure yet to grade by"),))
    because = []
    if sure is not None:
        because.append(Say(f"已核实：{sure[1].zh}", f"Confirmed: {sure[1].en}"))
    if may is not None and (sure is None or may != sure):
        because.append(Say(f"可能：{may[1].zh}", f"Possible: {may[1].en}"))
    return Suggestion(sure[0] if sure else None, may[0] if may else None, tuple(because))


def dangerous(figures: Figures) -> tuple[Say, ...]:
    """Why this is a 较大涉险 incident; empty if it is not. Unconfirmed figures count."""
    return tuple(
        Say(
            f"{CASUALTY_FIELDS[f].zh} {_number(figures[f].value)} 人，达到 {floor} 人",
            f"{CASUALTY_FIELDS[f].en}: {_number(figures[f].value)}, at least {floor}",
        )
        for f, floor in DANGEROUS_FROM.items()
        if f in figures and figures[f].value >= floor
    )


def _confirmed(figures: Figures) -> dict[str, float]:
    sure = {f: x.value for f, x in figures.items() if x.confirmed}
    if "dead" in sure:
        sure["deaths"] = sure["dead"]
    return sure


def _possible(figures: Figures) -> dict[str, float]:
    may = {f: x.value for f, x in figures.items()}
    heads = [may[f] for f in ("dead", "missing", "trapped") if f in may]
    if heads:
        may["deaths"] = sum(heads)
    return may


def _counts_more(figures: Figures) -> bool:
    return any(f in figures and figures[f].value > 0 for f in ("missing", "trapped"))


def _level(table: str, numbers: Mapping[str, float], counted: bool) -> tuple[str, Say] | None:
    """The gravest level of any column with its reason; `counted` says that the missing are among the dead."""
    found: list[tuple[int, str, Say]] = []
    for column in TABLES[table]:
        value = _column_value(table, column.code, numbers)
        if value is None:
            continue
        hit = next(((level, floor) for level, floor in column.floors if value >= floor), None)
        if hit is not None:
            reason = _reason(table, column, value, hit, counted)
            found.append((LEVEL_RANK[hit[0]], hit[0], reason))
    if not found:
        return None
    best = min(found, key=lambda row: row[0])
    return best[1], best[2]


def _column_value(table: str, column: str, numbers: Mapping[str, float]) -> float | None:
    if column != "serious_injuries":
        return numbers.get(column)
    fields = ("serious", "poisoned") if table in POISONED_ARE_INJURED else ("serious",)
    given = [numbers[f] for f in fields if f in numbers]
    return sum(given) if given else None


def _reason(table: str, column: Column, value: float, hit: tuple[str, float], counted: bool) -> Say:
    zh, en = column.zh, column.en
    if column.code == "deaths" and counted:
        zh, en = "死亡、失联和被困合计", "dead, missing and trapped together"
    if column.code == "serious_injuries" and table in POISONED_ARE_INJURED:
        zh, en = "重伤（含急性中毒）", "serious injuries (with acute poisoning)"
    level, floor = hit
    bound_zh, bound_en = _bound(column, level, floor)
    word = LEVELS[level]
    said = _number(value)
    unit = f" {column.unit_en}" if column.unit_en else ""
    return Say(
        f"{zh} {said} {column.unit_zh}，{bound_zh}：{word.zh}（{level}）",
        f"{en} {said}{unit}, {bound_en}: {word.en.lower()} ({level})",
    )


def _bound(column: Column, level: str, floor: float) -> tuple[str, str]:
    """`达到 3` where the level has a floor, `不足 3` where it is all that is under the next one."""
    if floor > 0:
        return f"达到 {_number(floor)}", f"at least {_number(floor)}"
    order = [name for name, _ in column.floors]
    ceiling = _number(column.floors[order.index(level) - 1][1])
    return f"不足 {ceiling}", f"under {ceiling}"


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else f"{value:g}"
