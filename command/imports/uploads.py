"""Files that were brought up to be imported: each in a folder of its own under DATA_DIR, read once by a process of its own,
its rows kept line by line so that a part of them is found at once."""

from __future__ import annotations

import shutil
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from command.core.bringing import FOLDER, GONE
from command.core.errors import Invalid, NotFound
from command.core.queries import parse
from command.imports.contract import GivenRow, Part

ROWS = "rows.jsonl"
ABOUT = "about.json"
PART = 50
"""Rows of one part of a file (as `geo.readers` writes them): some tens of milliseconds of the one writer."""


def folder_of(directory: Path, upload: str) -> Path:
    """Where a file that was brought up lies; NotFound when it is not there (any more)."""
    found = directory / FOLDER / upload
    if not (found / ABOUT).is_file():
        raise NotFound(GONE[0], zh=GONE[1])
    return found


def about(directory: Path, upload: str) -> dict[str, Any]:
    """What the reader found: fields, count, digest, notes."""
    told: dict[str, Any] = orjson.loads((folder_of(directory, upload) / ABOUT).read_bytes())
    return told


def rows_of(directory: Path, wish: Part) -> list[GivenRow]:
    """The rows of a part: those given with it, or those of a file that was brought up."""
    if (wish.rows is None) == (wish.upload is None):
        raise Invalid("rows or upload: one of them", zh="rows 与 upload 须且只能给一项")
    if wish.rows is not None:
        return wish.rows
    return rows_in(folder_of(directory, wish.upload or ""), wish.part)


def rows_in(folder: Path, part: int, parts: int = 1) -> list[GivenRow]:
    """The rows of one part, or of some, of a file of rows."""
    starts = orjson.loads((folder / ABOUT).read_bytes())["starts"]
    if part >= len(starts):
        return []
    with (folder / ROWS).open("rb") as lines:
        lines.seek(starts[part])
        return [given(line) for line in islice(lines, parts * PART)]


def given(line: bytes) -> GivenRow:
    """A row as the reader wrote it."""
    return parse(GivenRow, orjson.loads(line))


def clear(directory: Path, upload: str) -> None:
    """Delete a file that was brought up."""
    shutil.rmtree(directory / FOLDER / upload, ignore_errors=True)
