"""How a bench tells its result: a line for each figure with its budget beside it."""

from __future__ import annotations

import json
import platform
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Row:
    """One figure; a budget is a least or a most value, and without one the figure is only told."""

    what: str
    value: float
    unit: str = ""
    at_least: float | None = None
    at_most: float | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the budget is kept; None without a budget."""
        if self.at_least is not None:
            return self.value >= self.at_least
        return None if self.at_most is None else self.value <= self.at_most


def table(rows: list[Row]) -> str:
    """The figures as lines of text."""
    lines = []
    for row in rows:
        least, most = row.at_least, row.at_most
        budget = f"≥ {least:g}" if least is not None else f"≤ {most:g}" if most is not None else "–"
        verdict = {True: "kept", False: "MISSED", None: ""}[row.met]
        lines.append(f"{row.what:<58} {row.value:>10.3g} {row.unit:<4} {budget:>8}  {verdict:<6}  {row.note}")
    return "\n".join(lines)


def save(path: Path, name: str, rows: list[Row], detail: dict[str, Any], *, quick: bool) -> None:
    """Write a bench's figures as JSON."""
    path.mkdir(parents=True, exist_ok=True)
    found = {
        "bench": name,
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "quick": quick,
        "machine": f"{platform.processor() or platform.machine()}, Python {platform.python_version()}",
        "rows": [{**asdict(row), "met": row.met} for row in rows],
        "detail": detail,
    }
    (path / f"{name}.json").write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
