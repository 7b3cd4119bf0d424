"""Answers that a spreadsheet opens: CSV in which each cell is a text and never a formula (RULES 34)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from command.core.queries import Download

FORMULA = ("=", "+", "-", "@", "\t", "\r")
UTF8_MARK = "\ufeff"
"""Tells Excel which letters these are."""


def escaped(cell: Any) -> str:
    """A cell that a spreadsheet takes for a text and never for a formula."""
    text = str(cell if cell is not None else "")
    return f"'{text}" if text.startswith(FORMULA) else text


def sheet(name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Download:
    """A file of rows under a head."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([escaped(cell) for cell in row] for row in rows)
    return Download(UTF8_MARK + text.getvalue(), "text/csv; charset=utf-8", name)
