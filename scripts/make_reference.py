"""Write docs/reference.md from the registries and the settings: every action, question, list, intake, role and setting.

`python scripts/make_reference.py` writes it; `--check` says whether it is what the code says.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference.md"
DEPLOY = ROOT / "docs" / "deploy.md"
BEGIN = "<!-- settings: written by scripts/make_reference.py -->"
END = "<!-- end of settings -->"
sys.path.insert(0, str(ROOT))

import config
import wsgi  # noqa: F401  # puts the slices together
from command.centres.roles import DEFAULT_ROLES
from command.core.access import PERMISSIONS
from command.core.actions import ACTIONS
from command.core.doors import SCREENS
from command.core.intake import INTAKES
from command.core.queries import QUERIES
from command.core.records import KINDS

HEAD = """# Reference

Written by `scripts/make_reference.py` from the registries; do not edit.
Bodies and answers in full: `GET /api/openapi.json` of a running server. How the words are meant: [words.md](words.md).
"""


def _rows(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [" | ".join(("", *row, "")).strip() for row in (head, ("---",) * len(head), *rows)]
    return "\n".join(lines) + "\n"


def _table(title: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return f"\n## {title}\n{_rows(head, rows)}"


def _settings() -> list[tuple[str, ...]]:
    return [(_code(config.PREFIX + name), default, says) for name, (default, says) in config.SETTINGS.items()]


def _code(text: str | None) -> str:
    return f"`{text}`" if text else "–"


def _says(action: Any) -> str:
    return (
        action.says if action.says != action.name else "A step of a task by its own name (socket `do` only)."
    )


def page() -> str:
    """The whole page."""
    doors = [one for one in ACTIONS.values() if not one.inner]
    inner = [one for one in ACTIONS.values() if one.inner]
    actions = [
        (_code(one.name), _code(one.http), _code(one.needs), _says(one))
        for one in sorted(doors, key=lambda a: a.name)
    ]
    within = [(_code(one.name), one.says) for one in sorted(inner, key=lambda a: a.name)]
    asked = [
        (_code(one.name), _code(one.http), _code(one.needs), one.says)
        for one in sorted(QUERIES.values(), key=lambda q: q.name)
    ]
    lists = [
        (_code(f"GET /{one.path}"), _code(one.needs), ", ".join(_code(name) for name in one.filters) or "–")
        for one in KINDS.values()
        if one.path
    ]
    taken = [(_code(one.name), _code(one.http), _code(one.needs), one.says) for one in INTAKES.values()]
    roles = [
        (_code(code), zh, en, ", ".join(_code(one) for one in sorted(has)))
        for code, (zh, en, has) in DEFAULT_ROLES.items()
    ]
    rights = [(_code(code), says) for code, says in sorted(PERMISSIONS.items())]
    screens = [(_code(one.path), one.zh, one.en, _code(one.needs)) for one in SCREENS.values()]
    four = ("name", "route under `/api/v1`", "needs", "does")
    return HEAD + "".join(
        (
            _table("Actions", four, actions),
            _table("Actions of the system only", ("name", "does"), within),
            _table("Questions", four, asked),
            _table("Lists (and `/{id}` for one)", ("route", "needs", "filters"), lists),
            _table("Intakes", four, taken),
            _table("Screens", ("page", "zh", "en", "needs"), screens),
            _table("Roles an installation starts with", ("role", "zh", "en", "permissions"), roles),
            _table("Permissions", ("permission", "lets one"), rights),
            _table("Settings", ("variable", "default", "decides"), _settings()),
        )
    )


def deploy() -> str:
    """docs/deploy.md with its table of settings as config.py has it."""
    before, _, rest = DEPLOY.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{_rows(('variable', 'default', 'decides'), _settings())}{END}{after}"


if __name__ == "__main__":
    pages = {PAGE: page(), DEPLOY: deploy()}
    stale = [
        str(path.relative_to(ROOT))
        for path, text in pages.items()
        if not path.exists() or path.read_text("utf-8") != text
    ]
    if "--check" in sys.argv:
        sys.exit(f"{', '.join(stale)}: stale, run scripts/make_reference.py" if stale else 0)
    for path, text in pages.items():
        path.write_text(text, encoding="utf-8")
