"""The kinds as plain rows for a browser: classes, their types, their subtypes."""

from __future__ import annotations

from typing import Any

from command.incidents.kinds import classes, initials
from command.incidents.kinds.base import Field, Kind, Say
from command.incidents.thresholds import TABLES

INHERITED = ("fields", "questions", "first_actions")


def tree() -> list[dict[str, Any]]:
    """What `GET /kinds` answers with: each class with `types`, each type with `subtypes`, all texts {zh, en}.

    A subtype says fields, questions and first_actions only where they differ from its type's. A kind with
    `hidden: true` is named but not offered.
    """
    return [
        {
            "code": c.code,
            "zh": c.zh,
            "en": c.en,
            "graded": c.graded,
            "types": [
                _row(head) | {"subtypes": [_differing(_row(k), _row(head)) for k in subs]}
                for head, subs in types
            ],
        }
        for c, types in classes()
    ]


def _row(k: Kind) -> dict[str, Any]:
    return {
        "code": k.code,
        "zh": k.zh,
        "en": k.en,
        "class": k.klass,
        "type": k.parent or k.code,
        "parent": k.parent,
        "icon": k.icon,
        "initials": initials(k.code),
        "graded": k.graded,
        "level_by": [c.code for c in TABLES[k.thresholds]] if k.thresholds else [],
        "hidden": k.hidden,
        "late_days": k.late_days,
        "needs_skills": list(k.needs_skills),
        "fields": [_field(f) for f in k.fields],
        "questions": [_text(s) for s in k.questions],
        "first_actions": [_text(s) for s in k.first_actions],
    }


def _differing(row: dict[str, Any], head: dict[str, Any]) -> dict[str, Any]:
    return {name: v for name, v in row.items() if name not in INHERITED or v != head[name]}


def _field(f: Field) -> dict[str, Any]:
    return {
        "name": f.code,
        "label": {"zh": f.zh, "en": f.en},
        "type": f.type,
        "unit": f.unit or None,
        "options": [{"code": code, "label": {"zh": zh, "en": en}} for code, zh, en in f.choices],
    }


def _text(said: Say) -> dict[str, str]:
    return {"zh": said.zh, "en": said.en}
