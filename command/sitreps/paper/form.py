"""What stands on a report's paper, in the order of an official information paper, whichever program sets it. Always in Chinese:
it goes to offices above."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from command.core import clock
from command.incidents.words import CASUALTY_FIELDS
from command.sitreps.contract import SitrepOut
from command.sitreps.words import CHANNELS, KINDS, NOT_REPORTED, RECIPIENTS

ORDER = "一二三四五六七八九十"
HEAD = "突发事件信息"
DRAFT = "草稿・未签发・不得报出"
DRILL = "【演练】"


@dataclass(frozen=True)
class Paper:
    """A report as it lies on the table."""

    head: str
    issue: str
    signer: str
    to: str
    title: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    figures: tuple[tuple[str, str, str], ...]
    base: str
    author: str
    date: str
    foot: tuple[str, ...]
    mark: str
    unclassified: str = "非涉密"


def paper(report: SitrepOut, author: str, names: Mapping[str, str], *, drill: bool, demo: bool) -> Paper:
    """The paper of a report: `author` is its centre's name, `names` those of the offices."""
    kind = KINDS[report.kind].zh + (_nth(report.ordinal) if report.kind in ("followup", "daily") else "")
    told = [names.get(one, RECIPIENTS[one].zh) for one in report.to]
    about = f"关于“{report.incident_title}”的{kind}" if report.incident_title else f"{kind}"
    at = datetime.fromisoformat(report.signed["at"]) if report.signed else report.figures_at
    marks = [
        *([DRILL] if drill else []),
        *(["演示数据"] if demo else []),
        *([] if _may_go(report) else [DRAFT]),
    ]
    return Paper(
        head=f"{author}{HEAD}", issue=f"{report.number}・{kind}", signer=f"签发人：{_signer(report)}", to="、".join(told),
        title=about, parts=_parts(report), figures=_figures(report), base=_base(report), author=author, date=_day(at),
        foot=_foot(report), mark="　".join(marks),
    )  # fmt: skip


def _may_go(report: SitrepOut) -> bool:
    return report.signed is not None or report.kind in ("phone_flash", "nil")


def _signer(report: SitrepOut) -> str:
    if report.signed is None:
        return "　　　　"
    waits = "（口头签发，待确认）" if report.signed["oral"] and not report.signed["confirmed_at"] else ""
    return f"{report.signed['name']}{waits}"


def _nth(ordinal: int) -> str:
    return ORDER[ordinal - 1] if ordinal <= len(ORDER) else str(ordinal)


def _parts(report: SitrepOut) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Sections that say something, numbered; one alone bears no number."""
    said = [one for one in report.sections if one["text"].strip()]
    heads = ["" if len(said) == 1 else f"{_nth(n)}、{one['title']['zh']}" for n, one in enumerate(said, 1)]
    return tuple(
        (head, tuple(one["text"].strip().split("\n"))) for head, one in zip(heads, said, strict=True)
    )


def _figures(report: SitrepOut) -> tuple[tuple[str, str, str], ...]:
    base = report.base["figures"] if report.base else {}
    named = [
        one for one in CASUALTY_FIELDS if report.figures.get(one) is not None or base.get(one) is not None
    ]
    return tuple(
        (CASUALTY_FIELDS[one].zh, _number(base.get(one)), _number(report.figures.get(one))) for one in named
    )


def _number(value: Any) -> str:
    return NOT_REPORTED.zh if value is None else f"{value}"


def _base(report: SitrepOut) -> str:
    if report.base is None:
        return "首次报送"
    return f"上次报送：{KINDS[report.base['kind']].zh} {_time(report.base['at'])}"


def _foot(report: SitrepOut) -> tuple[str, ...]:
    sent = [f"报出：{_sent(one)}" for one in report.sent]
    checked = f"　审核：{report.reviewed['by']}" if report.reviewed else ""
    return (*sent, f"起草：{report.drafted_by}{checked}　数字截至 {_time(clock.wire(report.figures_at))}")


def _sent(one: Mapping[str, Any]) -> str:
    got = f"，{one['received']['person']} {_time(one['received']['at'])} 签收" if one["received"] else ""
    return (
        f"{RECIPIENTS[one['to']].zh} {one['person']}（{CHANNELS[one['channel']].zh} {_time(one['at'])}）{got}"
    )


def _time(at: str) -> str:
    local = datetime.fromisoformat(at).astimezone(clock.LOCAL)
    return f"{local.month}月{local.day}日{local:%H:%M}"


def _day(at: datetime) -> str:
    local = at.astimezone(clock.LOCAL)
    return f"{local.year}年{local.month}月{local.day}日"
