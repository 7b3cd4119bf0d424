"""What a kind of incident is: its labels, icon, extra fields, what to ask, what to do first."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

FieldType = Literal["int", "number", "text", "bool", "choice"]
Klass = Literal["natural", "accident", "health", "social"]
MAX_TEXT = 500


class Say(NamedTuple):
    """One sentence in both languages."""

    zh: str
    en: str


@dataclass(frozen=True)
class Field:
    """One extra field of a kind, filled at intake or later; an absent value means not reported."""

    code: str
    zh: str
    en: str
    type: FieldType
    unit: str = ""
    choices: tuple[tuple[str, str, str], ...] = ()
    """For a choice: (code, zh, en) of each."""

    def fault(self, value: object) -> Say | None:
        """Why a value cannot stand in this field; None if it can. None (not reported) always can."""
        if value is None:
            return None
        if self.type == "bool":
            return None if isinstance(value, bool) else Say("须为是或否", "must be true or false")
        if self.type == "text":
            ok = isinstance(value, str) and len(value) <= MAX_TEXT
            return (
                None if ok else Say(f"须为不超过 {MAX_TEXT} 字的文字", f"must be text of at most {MAX_TEXT}")
            )
        if self.type == "choice":
            ok = isinstance(value, str) and value in {c[0] for c in self.choices}
            names = ", ".join(c[0] for c in self.choices)
            return None if ok else Say(f"须为 {names} 之一", f"must be one of {names}")
        return self._number_fault(value)

    def _number_fault(self, value: object) -> Say | None:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return Say("须为数字", "must be a number")
        if self.type == "int" and not isinstance(value, int):
            return Say("须为整数", "must be a whole number")
        if not math.isfinite(value) or not 0 <= value <= 10_000_000:
            return Say("须在 0 与一千万之间", "must lie between 0 and 10,000,000")
        return None


@dataclass(frozen=True)
class Kind:
    """One type or subtype of the taxonomy. A subtype starts from its parent and changes what differs."""

    code: str
    zh: str
    en: str
    klass: Klass
    icon: str
    parent: str | None = None
    graded: bool = True
    """False for social-security events, which have no statutory level."""
    thresholds: str | None = None
    """Name of the level table in thresholds.py; None: the level is never suggested (未定级)."""
    fields: tuple[Field, ...] = ()
    questions: tuple[Say, ...] = ()
    """What to ask the caller next, in order, in words to say aloud."""
    first_actions: tuple[Say, ...] = ()
    needs_skills: tuple[str, ...] = ()
    """Team skills useful here, most useful first."""
    hidden: bool = False
    """Not offered in menus (an inland county has no sea) but kept for imported data."""
    late_days: int = 30
    """Days from the occurrence in which a changed casualty figure reopens the report (493号 art.13)."""

    def faults(self, extra: Mapping[str, object]) -> dict[str, Say]:
        """Why the extra values of an incident of this kind cannot be taken: field code → reason."""
        known = {f.code: f for f in self.fields}
        out: dict[str, Say] = {}
        for code, value in extra.items():
            if code not in known:
                out[code] = Say("此类事件没有这一项", "this kind has no such field")
            elif (fault := known[code].fault(value)) is not None:
                out[code] = fault
        return out


def under(
    parent: Kind,
    code: str,
    zh: str,
    en: str,
    skills: tuple[str, ...] | None = None,
    fields: tuple[Field, ...] = (),
    icon: str | None = None,
) -> Kind:
    """A subtype: everything of its parent but its own name; `fields` are added to the parent's."""
    return replace(
        parent,
        code=code,
        zh=zh,
        en=en,
        parent=parent.code,
        icon=icon or parent.icon,
        fields=parent.fields + fields,
        needs_skills=parent.needs_skills if skills is None else skills,
    )


def say(*lines: str) -> tuple[Say, ...]:
    """Sentences written as `中文 | English`."""
    return tuple(Say(*(part.strip() for part in line.split("|", 1))) for line in lines)
