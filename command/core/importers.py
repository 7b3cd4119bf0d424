"""Importers: what may be brought in from a file, declared by the slice that owns it (RULES 38). `command/imports` reads the
file, checks each row, runs it in parts, remembers what became of it, and takes a whole import back."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from command.core.faults import Wrong

Sort = Literal["text", "number", "whole", "list", "yes", "choice"]
YES = {"1", "true", "yes", "y", "是", "有"}
NO = {"0", "false", "no", "n", "否", "无"}
MOST_TEXT = 2000


@dataclass(frozen=True)
class Column:
    """One thing that a row may say. `also`: other names that files give it; `choices`: words of a file → our code."""

    name: str
    zh: str
    en: str
    sort: Sort = "text"
    required: bool = False
    also: tuple[str, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> frozenset[str]:
        """Every name under which a file may have it, folded."""
        return frozenset(folded(one) for one in (self.name, self.zh, self.en, *self.also))


@dataclass(frozen=True)
class SourceRow:
    """A row as a slice meets it: values cast by its columns, absent ones left out, the geometry in WGS-84."""

    number: int
    source: str
    source_id: str
    crs: str
    values: Mapping[str, Any]
    geometry: dict[str, Any] | None


Payload = dict[str, Any]
Maker = Callable[[SourceRow], Payload]


@dataclass(frozen=True)
class Importer:
    """How rows become things of one kind of record.

    `payload(row)` gives the input of the action `make`; the same names stand in the input of `change` and in the record, so that
    what stood before can be put back. `drop` takes a thing off its register. A register whose things are there already (areas)
    has no `make` and no `drop`, and `thing(row)` names the one that is meant. `settled(tx)` looks at the whole after a part, and may
    refuse all of it. The actions run with the installation's right,
    after the importer's own permission was asked of the one who imports. `private`: what of the payload is sealed by the slice (RULES
    8): its record shows a commitment, and what is kept to know a row again is keyed with the installation's secret."""

    layer: str
    record: str
    zh: str
    en: str
    needs: str
    columns: tuple[Column, ...]
    geometry: tuple[str, ...]
    payload: Maker
    change: str
    make: str | None = None
    drop: str | None = None
    thing: Callable[[SourceRow], str] | None = None
    key: tuple[str, ...] = ("name",)
    must_have_place: bool = False
    vertices: int = 10_000
    settled: Callable[[Any], None] | None = None
    private: tuple[str, ...] = ()

    def told(self) -> dict[str, Any]:
        """What a screen needs to offer it."""
        columns = [
            {"name": one.name, "zh": one.zh, "en": one.en, "sort": one.sort, "required": one.required}
            for one in self.columns
        ]
        return {
            "layer": self.layer,
            "zh": self.zh,
            "en": self.en,
            "columns": columns,
            "geometry": self.geometry,
        }


IMPORTERS: dict[str, Importer] = {}


def importer(layer: str, **how: Any) -> Callable[[Maker], Maker]:
    """Register an importer over the function that makes a row's payload; it may raise `Wrong` with what is wrong with the row."""

    def bind(payload: Maker) -> Maker:
        if layer in IMPORTERS:
            raise TypeError(f"two importers are called {layer}")
        IMPORTERS[layer] = Importer(layer=layer, payload=payload, **how)
        return payload

    return bind


At = Callable[[float, float], bool]
_homes: list[At] = []


def home(inside: At) -> At:
    """Let a slice say whether a WGS-84 point lies in or near the county: what lies elsewhere is taken, and marked."""
    _homes.append(inside)
    return inside


def near_home(lon: float, lat: float) -> bool:
    """Whether a point lies in or near the county; true where nobody can say."""
    return all(inside(lon, lat) for inside in _homes)


def folded(text: str) -> str:
    """A field's name without what differs from file to file: width, case, spaces, marks."""
    return re.sub(r"[\s_\-（()）:：.]+", "", unicodedata.normalize("NFKC", text)).casefold()


def cast(column: Column, value: Any) -> Any:
    """A file's value as the column's; None when nothing is said. Wrong when it cannot be read."""
    if value is None or (isinstance(value, float) and not math.isfinite(value) and column.sort == "text"):
        return None
    text = unicodedata.normalize("NFKC", str(value)).strip() if not isinstance(value, list) else ""
    if not isinstance(value, list) and not text:
        return None
    if len(text) > MOST_TEXT:
        raise Wrong(f"{column.en}: longer than {MOST_TEXT} characters", f"{column.zh}：超过 {MOST_TEXT} 字")
    return _CASTS[column.sort](column, value, text)


def _number(column: Column, value: Any, text: str) -> float:
    try:
        found = float(text.replace(",", ""))
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise Wrong(f"{column.en}: not a number", f"{column.zh}：不是数字")
    return found


def _whole(column: Column, value: Any, text: str) -> int:
    found = _number(column, value, text)
    if found != int(found):
        raise Wrong(f"{column.en}: not a whole number", f"{column.zh}：不是整数")
    return int(found)


def _list(column: Column, value: Any, text: str) -> list[str]:
    given = [str(one) for one in value] if isinstance(value, list) else re.split(r"[;,、|\n]", text)
    return [one.strip() for one in given if one.strip()]


def _yes(column: Column, value: Any, text: str) -> bool:
    if text.casefold() not in YES | NO:
        raise Wrong(f"{column.en}: yes or no", f"{column.zh}：须为是或否")
    return text.casefold() in YES


def _choice(column: Column, value: Any, text: str) -> str:
    known = {folded(word): code for word, code in column.choices.items()}
    known |= {folded(code): code for code in column.choices.values()}
    found = known.get(folded(text))
    if found is None:
        codes, words = list(dict.fromkeys(column.choices.values())), list(dict.fromkeys(column.choices))
        raise Wrong(
            f"{column.en}: {text[:20]} is none of {', '.join(codes[:8])}{', …' if len(codes) > 8 else ''}",
            f"{column.zh}：“{text[:20]}”不在 {'、'.join(words[:8])}{' 等' if len(words) > 8 else ''} 之内",
        )
    return found


def _text(column: Column, value: Any, text: str) -> str:
    if isinstance(value, float) and value == int(value):
        return str(int(value))  # a spreadsheet keeps codes as numbers
    return text


_CASTS: dict[str, Callable[[Column, Any, str], Any]] = {
    "text": _text, "number": _number, "whole": _whole, "list": _list, "yes": _yes, "choice": _choice,
}  # fmt: skip
