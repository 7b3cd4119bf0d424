"""Which figures a text states: numbers of people beside the words for what became of them, in digits or Chinese numerals.

It errs to the side of asking: a number of people that it cannot assign is returned as unread, for a person to look at."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

FATES: dict[str, tuple[str, ...]] = {
    "dead": ("死亡", "遇难", "罹难", "身亡", "丧生", "牺牲", "死者", "遇难者"),
    "missing": ("失联", "失踪", "下落不明"),
    "trapped": ("被困",),
    "serious": ("重伤",),
    "light": ("轻伤",),
    "poisoned": ("中毒",),
    "rescued": ("获救", "救出", "脱险"),
    "evacuated": ("转移", "疏散"),
    "injured": ("受伤", "伤者"),
}
"""`injured` is no figure of its own: seriously and lightly injured together."""
_CODE = {word: code for code, words in FATES.items() for word in words}
_FATE = "|".join(sorted(_CODE, key=len, reverse=True))
_DIGIT = {one: value for value, one in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "俩": 2}
_UNIT = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_NUMBER = r"(?:\d[\d,]*|[〇零一二两三四五六七八九十百千万]+)"
_COUNT = re.compile(rf"(?<![第\d.])({_NUMBER})\s*(?:名|位|人|个人)")
_BEFORE = re.compile(
    rf"({_FATE})(?:人员|人数|群众|村民|居民|矿工|职工|师生|游客|者|的)*(?:已|约|共|共有|有|为|达|了|升至|增至|:)*\s*$"
)
_AFTER = re.compile(rf"^[^，。；、,;!?\d一二两三四五六七八九十百]{{0,10}}?({_FATE})")
_NOBODY = re.compile(r"(?:没有|尚无|未造成|无)人员?(伤亡|死亡|遇难|失联|失踪|被困|受伤)")


@dataclass
class Said:
    """What was read: one value a field; fields of which two values are said; numbers of people of which the fate is unclear."""

    figures: dict[str, int] = field(default_factory=dict)
    twice: dict[str, list[int]] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)


def figures_said(text: str) -> Said:
    """Read a text."""
    plain, said = unicodedata.normalize("NFKC", text), Said()
    taken: set[int] = set()
    for found in _NOBODY.finditer(plain):
        word = found.group(1)
        for code in ("dead", "injured") if word == "伤亡" else (_CODE[word],):
            _put(said, code, 0)
        taken.add(found.start(1))
    for count in _COUNT.finditer(plain):
        value = number(count.group(1))
        fate = _fate(plain, count, taken)
        if fate is None:
            said.unread.append(_around(plain, count))
        else:
            _put(said, fate, value)
    return said


def _fate(plain: str, count: re.Match[str], taken: set[int]) -> str | None:
    """The word of a number: the one straight before it, else the next one in its clause; none is used twice."""
    before = _BEFORE.search(plain, 0, count.start())
    if before is not None and before.start(1) not in taken:
        taken.add(before.start(1))
        return _CODE[before.group(1)]
    after = _AFTER.match(plain[count.end() :])
    if after is not None and count.end() + after.start(1) not in taken:
        taken.add(count.end() + after.start(1))
        return _CODE[after.group(1)]
    return None


def _put(said: Said, code: str, value: int) -> None:
    known = said.figures.setdefault(code, value)
    if known != value:
        said.twice[code] = sorted({known, value, *said.twice.get(code, [])})


def _around(plain: str, count: re.Match[str]) -> str:
    return plain[max(0, count.start() - 6) : count.end() + 10].strip()


def number(words: str) -> int:
    """`12`, `1,200`, `两`, `十二`, `一百零三` as a number."""
    if words[0].isdigit() and words[0] not in _DIGIT:
        return int(words.replace(",", ""))
    total = section = digit = 0
    for one in words:
        if one in _DIGIT:
            digit = _DIGIT[one]
        elif one == "万":
            total, section, digit = (total + section + digit) * _UNIT[one], 0, 0
        else:
            section, digit = section + (digit or 1) * _UNIT[one], 0
    return total + section + digit
