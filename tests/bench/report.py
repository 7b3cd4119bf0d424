"""How a bench tells its result: a line for each figure, with its reference of the same run and its budget beside it."""

from __future__ import annotations

import json
import platform
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Row:
    """One figure. A budget is a least or a most value, of the figure or of its ratio to the reference, a figure of something
    bare that was measured in the same run; without a budget the figure is only told."""

    what: str
    value: float
    unit: str = ""
    at_least: float | None = None
    at_most: float | None = None
    note: str = ""
    reference: float | None = None
    of: str = ""
    ratio_at_least: float | None = None
    ratio_at_most: float | None = None

    @property
    def ratio(self) -> float | None:
        """The figure as a multiple of its reference."""
        return self.value / self.reference if self.reference else None

    @property
    def met(self) -> bool | None:
        """Whether every budget is kept; None without a budget."""
        kept = [
            _kept(value, least, most)
            for value, least, most in (
                (self.value, self.at_least, self.at_most),
                (self.ratio, self.ratio_at_least, self.ratio_at_most),
            )
            if least is not None or most is not None
        ]
        return all(kept) if kept else None

    @property
    def budget(self) -> str:
        """The budgets in signs; those of the ratio end in ×."""
        signs = (
            (self.at_least, "≥ {:g}"),
            (self.at_most, "≤ {:g}"),
            (self.ratio_at_least, "≥ {:g} ×"),
            (self.ratio_at_most, "≤ {:g} ×"),
        )
        return ", ".join(sign.format(bound) for bound, sign in signs if bound is not None) or "–"


def _kept(value: float | None, least: float | None, most: float | None) -> bool:
    return value is not None and (least is None or value >= least) and (most is None or value <= most)


HEAD = f"{'':<62} {'figure':>10} {'':<5} {'reference':>18} {'ratio':>7}  {'budget':<16} "


def table(rows: list[Row]) -> str:
    """The figures as lines of text."""
    lines = [HEAD.rstrip()]
    for row in rows:
        reference = f"{row.of} {row.reference:.3g}" if row.reference is not None else ""
        ratio = f"{row.ratio:.2f} ×" if row.ratio is not None else ""
        verdict = {True: "kept", False: "MISSED", None: ""}[row.met]
        lines.append(
            f"{row.what:<62} {row.value:>10.3g} {row.unit:<5} {reference:>18} {ratio:>7}  {row.budget:<16} "
            f"{verdict:<6}  {row.note}"
        )
    return "\n".join(lines)


def save(path: Path, name: str, rows: list[Row], detail: dict[str, Any], *, quick: bool) -> None:
    """Write a bench's figures as JSON."""
    path.mkdir(parents=True, exist_ok=True)
    found = {
        "bench": name,
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "quick": quick,
        "machine": f"{platform.processor() or platform.machine()}, Python {platform.python_version()}",
        "rows": [{**asdict(row), "ratio": row.ratio, "met": row.met} for row in rows],
        "detail": detail,
    }
    (path / f"{name}.json").write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
