"""What a reader gives, what it may not exceed, and which reader takes which file."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MB = 2**20
MOST_ROWS = 1_000_000
MOST_FIELDS = 300
MOST_TEXT = 4000
"""A longer text is cut: no column of ours takes it."""


class BadFile(ValueError):
    """A file that cannot be read: why, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


@dataclass(frozen=True)
class Row:
    """One feature: its number in the file (1 is the first), the file's own id, its fields, its geometry as GeoJSON."""

    number: int
    fields: dict[str, Any]
    geometry: dict[str, Any] | None = None
    id: str | None = None


@dataclass
class Source:
    """An opened file. `crs` is what the file itself says of its coordinates; `notes` what its owner should know."""

    rows: Iterable[Row]
    fields: list[str] = field(default_factory=list)
    crs: str | None = None
    notes: list[dict[str, str]] = field(default_factory=list)


Reader = Callable[[Path], Source]
READERS: dict[str, tuple[Reader, int]] = {}


def reader(*endings: str, most_bytes: int) -> Callable[[Reader], Reader]:
    """Register the reader of files whose names end so, and the size above which such a file is refused."""

    def bind(read: Reader) -> Reader:
        for ending in endings:
            READERS[ending] = (read, most_bytes)
        return read

    return bind


def ending_of(name: str) -> str | None:
    """The longest known ending of a file's name: `.osm.pbf` before `.pbf`."""
    low = name.lower()
    return max((one for one in READERS if low.endswith(one)), key=len, default=None)


def open_source(path: Path, name: str) -> Source:
    """Open a file by the ending of its name. BadFile when nobody reads such files, or it is too large or empty."""
    ending = ending_of(name)
    if ending is None:
        known = sorted(READERS)
        raise BadFile(
            f"不支持这种文件，可为 {'、'.join(known)}",
            f"no such files are read; these are: {', '.join(known)}",
        )
    read, most = READERS[ending]
    size = path.stat().st_size
    if size == 0:
        raise BadFile("文件为空", "the file is empty")
    if size > most:
        raise BadFile(
            f"文件超过 {most // MB} MB：请拆分或简化", f"larger than {most // MB} MB: split or simplify it"
        )
    return read(path)


def plain(value: Any) -> Any:
    """A field's value as JSON keeps it: no bytes, no NaN, no number that is none, long texts cut."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if abs(value) < 2**53 else str(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value[:100]]
    if isinstance(value, (bytes, bytearray)):
        return None
    if hasattr(value, "item"):  # a number of numpy
        return plain(value.item())
    return str(value).replace("\x00", "")[:MOST_TEXT]


def plain_fields(given: dict[str, Any]) -> dict[str, Any]:
    """The fields of a row, their names as text."""
    if len(given) > MOST_FIELDS:
        raise BadFile(f"超过 {MOST_FIELDS} 列", f"more than {MOST_FIELDS} columns")
    return {str(name).strip().lstrip("\ufeff")[:200]: plain(value) for name, value in given.items()}
