"""What a report says before a person has touched it: built from the incident and the journal, in the order of the official form.

A follow-up (续报) carries what changed since the last report to the same recipient and nothing of the beginning again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.centres.models import Centre
from command.core import canonical, clock
from command.core.journal import Entry, EntryTopic
from command.incidents.kinds import CLASSES, KINDS
from command.incidents.models import Incident
from command.incidents.words import CASUALTY_FIELDS, LEVELS, LIFE_RISK
from command.sitreps.words import NOT_REPORTED, SECTIONS, figures_said

FIRST = (
    "source",
    "times",
    "place",
    "nature",
    "casualties",
    "loss",
    "course",
    "measures",
    "trend",
    "requests",
    "contact",
)
FORM: dict[str, tuple[str, ...]] = {
    "first": FIRST,
    "followup": ("changes", "course", "measures", "trend", "requests"),
    "supplement": ("changes", "casualties", "nature", "course", "contact"),
    "correction": ("changes", "casualties", "contact"),
    "daily": ("casualties", "changes", "course", "measures", "trend", "requests"),
    "final": ("summary", "nature", "casualties", "loss", "course", "measures", "contact"),
    "verified": ("summary", "casualties", "loss", "contact"),
}
ANEW = frozenset({"followup", "supplement", "correction", "daily"})
MOST_LINES = 12
COURSE = (
    "incident.opened",
    "incident.graded",
    "incident.moved",
    "incident.casualties",
    "report.added",
    "incident.command",
)
MEASURES = ("task.", "danger_area.")


def sections(
    session: Session,
    row: Incident,
    kind: str,
    changes: Mapping[str, Any],
    since: datetime | None,
    edited: Mapping[str, str],
) -> list[dict[str, Any]]:
    """The sections of a report in the order of its form; what a person wrote stays as it is."""
    after = since if kind in ANEW else None
    makers = {
        "source": lambda: _source(row),
        "times": lambda: f"发生时间：{_at(row.occurred_at)}；接报时间：{_at(row.received_at)}。",
        "place": lambda: _place(session, row),
        "nature": lambda: _nature(row),
        "casualties": lambda: _people(row),
        "loss": lambda: _loss(row),
        "changes": lambda: changed_words(changes),
        "course": lambda: "\n".join(_lines(session, row.id, COURSE, after)),
        "measures": lambda: "\n".join(_lines(session, row.id, MEASURES, after)),
        "contact": lambda: _contact(row),
        "summary": lambda: row.description or "",
    }
    return [
        {"code": code, "title": SECTIONS[code]._asdict(), "text": edited.get(code, makers.get(code, str)())}
        for code in FORM[kind]
    ]


def changed_words(changes: Mapping[str, Any]) -> str:
    """What differs from what was told last, old and new side by side."""
    said = [
        f"{CASUALTY_FIELDS[name].zh}：{_number(one['from'])} → {_number(one['to'])}"
        for name, one in changes.items()
    ]
    return "；".join(said) + "。" if said else "人员伤亡数字较上次报送无变化。"


def _number(value: int | None) -> str:
    return NOT_REPORTED.zh if value is None else f"{value} 人"


def _at(at: datetime) -> str:
    local = at.astimezone(clock.LOCAL)
    return f"{local.year}年{local.month}月{local.day}日{local:%H:%M}"


def _source(row: Incident) -> str:
    return f"{row.source}报告。" if row.source else "来源待补。"


def _place(session: Session, row: Incident) -> str:
    centre = session.get(Centre, row.centre)
    village = session.get(Centre, row.village_code) if row.village_code else None
    named = [one.name for one in (centre, village) if one is not None]
    return "".join(named) + (f"，{row.place_text}" if row.place_text else "") + "。"


def _nature(row: Incident) -> str:
    kind = KINDS[row.kind]
    klass = next(one for one in CLASSES if one.code == kind.klass)
    level = (
        f"{LEVELS[row.level].zh}（{row.level}级）" if row.level else "未定级" if klass.graded else "不分级"
    )
    more = "；属较大涉险事故" if row.dangerous else ""
    risk = "" if row.life_risk == "none" else f"；{LIFE_RISK[row.life_risk].zh}"
    return f"{klass.zh}・{kind.zh}，{level}{more}{risk}。"


def _people(row: Incident) -> str:
    doubtful = [CASUALTY_FIELDS[name].zh for name, one in row.figures.items() if not one["confirmed"]]
    return figures_said(row.casualties) + (f"（{'、'.join(doubtful)}待核实）" if doubtful else "") + "。"


def _loss(row: Incident) -> str:
    said = []
    if row.loss_wan is not None:
        said.append(f"直接经济损失约 {row.loss_wan:g} 万元")
    if row.area_ha is not None:
        said.append(f"受害面积 {row.area_ha:g} 公顷")
    if row.magnitude is not None:
        said.append(f"震级 {row.magnitude:g}")
    return "，".join(said) + "。" if said else "损失和影响范围正在核实。"


def _contact(row: Incident) -> str:
    one = row.on_scene or {}
    return f"现场联系人：{one.get('name')} {one.get('phone') or ''}".strip() if one else ""


def _lines(session: Session, incident_id: str, types: tuple[str, ...], after: datetime | None) -> list[str]:
    """Lines of the journal, oldest first, the newest kept."""
    topic = sa.select(EntryTopic.seq).where(EntryTopic.topic == f"incident:{incident_id}")
    wanted = sa.or_(*(Entry.type.startswith(one, autoescape=True) for one in types))
    query = sa.select(Entry.at, Entry.text).where(Entry.seq.in_(topic), Entry.text != b"{}", wanted)
    if after is not None:
        query = query.where(Entry.at > after)
    rows = session.execute(query.order_by(Entry.seq.desc()).limit(MOST_LINES)).all()
    return [f"{clock.hm(row.at)} {canonical.load(row.text)['zh']}" for row in reversed(rows)]
