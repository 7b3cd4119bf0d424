"""Every kind of incident, by its code: the one registry that forms, icons, levels and first actions follow.

A new kind is one `Kind(...)` (or `under(...)`) in the module of its class.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import NamedTuple

from command.incidents.kinds.accident import PRIMARY
from command.incidents.kinds.base import Field, Kind, Say
from command.incidents.kinds.health import HEALTH
from command.incidents.kinds.lifeline import SECONDARY
from command.incidents.kinds.mines import MINES
from command.incidents.kinds.natural import NATURAL
from command.incidents.kinds.social import SOCIAL
from command.incidents.kinds.spelling import syllables

__all__ = ["CLASSES", "KINDS", "Field", "Kind", "KindClass", "Say", "classes", "find", "initials", "kind"]


class KindClass(NamedTuple):
    """One of the four classes of emergencies (突发事件应对法 art.2)."""

    code: str
    zh: str
    en: str
    graded: bool


CLASSES: tuple[KindClass, ...] = (
    KindClass("natural", "自然灾害", "Natural disaster", True),
    KindClass("accident", "事故灾难", "Accident disaster", True),
    KindClass("health", "公共卫生事件", "Public health event", True),
    KindClass("social", "社会安全事件", "Social security event", False),
)


def _register(kinds: tuple[Kind, ...]) -> MappingProxyType[str, Kind]:
    out: dict[str, Kind] = {}
    for k in kinds:
        if k.code in out:
            raise ValueError(f"two kinds with the code {k.code}")
        out[k.code] = k
    return MappingProxyType(out)


KINDS = _register((*NATURAL, *MINES, *PRIMARY, *SECONDARY, *HEALTH, *SOCIAL))


def kind(code: str) -> Kind:
    """The kind of this code. KeyError if there is none."""
    return KINDS[code]


def classes() -> list[tuple[KindClass, list[tuple[Kind, list[Kind]]]]]:
    """The whole tree for menus: each class with its types, each type with its subtypes."""
    return [
        (
            c,
            [
                (t, [s for s in KINDS.values() if s.parent == t.code])
                for t in KINDS.values()
                if t.klass == c.code and t.parent is None
            ],
        )
        for c in CLASSES
    ]


def initials(code: str) -> str:
    """First letters of the kind's Chinese name as typed without an input method (山洪 → sh)."""
    return "".join(said[0] for said in syllables(KINDS[code].zh))


def find(text: str, limit: int = 8) -> list[Kind]:
    """Kinds by initials (sh → 山洪), full pinyin, Chinese, English or code; the best match first."""
    q = "".join(text.lower().split())
    if not q:
        return []
    scored = [(score, i, k) for i, k in enumerate(KINDS.values()) if not k.hidden and (score := _match(k, q))]
    scored.sort(key=lambda row: (-row[0], row[2].parent is None, row[1]))
    return [k for _, _, k in scored[:limit]]


def _match(k: Kind, q: str) -> int:
    short, spelled = initials(k.code), "".join(syllables(k.zh))
    if q in (short, spelled, k.zh, k.code):
        return 100
    if short.startswith(q) or spelled.startswith(q) or k.zh.startswith(q):
        return 80
    english = k.en.lower().replace(" ", "")
    if english.startswith(q) or (len(q) > 1 and (q in k.zh or q in spelled or q in english)):
        return 50
    return 0
