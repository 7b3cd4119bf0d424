"""The direction of imports, the edges where outside frameworks may appear, and the sizes that keep a module readable.

Read from the source itself: an import inside a function counts as much as one at the top.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OURS = ("config", "wsgi", "command", "dispatch", "geo", "drills")
LONGEST_MODULE = 300
LONGEST_FUNCTION = 40

CORE = ("command.core",)
BASE = (*CORE, "geo")
GROUND = ("command.centres", "command.places")
# Who may import whom besides itself. A slice that is not named here follows the rule of its package.
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "geo": (),
    "config": (),
    "command.core": (),
    "command.centres": BASE,
    "command.places": BASE,
    "command.link": CORE,
    "command.incidents": (*BASE, *GROUND),
    "command": (*BASE, *GROUND, "command.incidents"),
    "dispatch.suggest": (*BASE, "dispatch.teams"),
    # a task is of a team: it may read teams as a higher package would
    "dispatch.tasks": ("geo", "command", "dispatch.suggest", "dispatch.teams", "dispatch.tracking"),
    # an impact says when teams can be there: it reads them as a suggestion does
    "dispatch.impact": ("geo", "command", "dispatch.suggest", "dispatch.teams", "dispatch.tracking"),
    # a danger area warns teams: those on a task, where they are
    "dispatch.dangers": ("geo", "command", "dispatch.tasks", "dispatch.teams", "dispatch.tracking"),
    # it makes the demo large, and marks what it makes as invented
    "dispatch.play": ("geo", "command", "dispatch.teams"),
    "dispatch": ("geo", "command", "dispatch.suggest"),
    "drills": ("geo", "command", "dispatch"),
    "wsgi": OURS,
}
# What of a slice those above it may read: never its actions or jobs, they are called by name through act().
SHOWN_ABOVE = ("contract", "models", "queries", "words")
# Besides, of these alone: tables without a database, the events that did not fit into a contract, what lives in memory.
DOORS = {
    "command.incidents": ("kinds", "events"),
    "command.places": ("register", "areas"),
    "command.roads": ("ways", "travelling"),
    "dispatch.tracking": ("latest", "dwelling"),
}
# The rolls of a package: they put its slices together and load its demo, so they stand above all of them.
ROLLS = ("slices", "screens", "demo", "founding")
LAYERS = ("contract", "models", "queries", "actions", "jobs")
# The named edges: the only modules that know these frameworks.
EDGES = {
    "flask": ("command.core.", "screens"),
    "flask_socketio": ("command.core.",),
    "socketio": ("command.core.", "command.link."),
    "engineio": ("command.core.",),
    "geventwebsocket": ("command.core.",),
    "apscheduler": ("command.core.jobs",),
}


@dataclass(frozen=True)
class Import:
    """One import: who, what, and on which line."""

    module: str
    target: str
    line: int
    only_for_types: bool = False

    def __str__(self) -> str:
        return f"{self.module}:{self.line} imports {self.target}"


@cache
def modules() -> dict[str, Path]:
    """Every module of ours by its dotted name."""
    found = {}
    for top in OURS:
        files = [ROOT / f"{top}.py"] if (ROOT / f"{top}.py").exists() else sorted((ROOT / top).rglob("*.py"))
        for path in files:
            if "migrations" not in path.parts:
                found[".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")] = path
    return found


@cache
def tree(name: str) -> ast.Module:
    return ast.parse(modules()[name].read_text(encoding="utf-8"))


def imports_of(name: str) -> Iterator[Import]:
    """Every import of a module, relative ones resolved, `from package import module` down to the module."""
    unrun = {
        id(inner)
        for node in ast.walk(tree(name))
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
        for inner in ast.walk(node)
    }
    package = name if modules()[name].name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(name, alias.name, node.lineno, id(node) in unrun)
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")
            start = ".".join(parts[: len(parts) - node.level + 1]) if node.level else ""
            base = ".".join(part for part in (start, node.module or "") if part)
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                yield Import(name, inner if inner in modules() else base, node.lineno, id(node) in unrun)


def our_imports() -> list[Import]:
    """Every import of one module of ours by another."""
    every = (one for name in modules() for one in imports_of(name))
    return [one for one in every if one.target.split(".")[0] in OURS]


def slice_of(name: str) -> str:
    """`command.incidents.actions` → `command.incidents`; a top-level module or package of pure functions → itself."""
    parts = name.split(".")
    return (
        ".".join(parts[:2]) if parts[0] in ("command", "dispatch", "drills") and len(parts) > 1 else parts[0]
    )


def within(name: str, places: tuple[str, ...]) -> bool:
    return any(name == place or name.startswith(f"{place}.") for place in places)


def is_allowed(one: Import) -> bool:
    mine, theirs = slice_of(one.module), slice_of(one.target)
    if mine == theirs or theirs in ("command", "dispatch", "drills"):
        return True
    package = mine.split(".")[0]
    if is_roll(one.module) and (
        theirs.split(".")[0] == package or is_roll(one.target) or one.target == "command.incidents.vocabulary"
    ):
        return True
    allowed = MAY_IMPORT.get(mine, MAY_IMPORT[package])
    parts = one.target.removeprefix(f"{theirs}.").split(".")
    # a part of a slice that is a folder of its own has the same files
    shown = parts[0] in (*SHOWN_ABOVE, *DOORS.get(theirs, ())) or (
        len(parts) > 1 and parts[-1] in SHOWN_ABOVE
    )
    if within(theirs, allowed):
        return shown or mine == "wsgi" or theirs in (*BASE, "dispatch.suggest")
    sibling = package == theirs.split(".")[0]
    return sibling and mine not in MAY_IMPORT and one.target in (f"{theirs}.contract", f"{theirs}.words")


def is_roll(name: str) -> bool:
    """Whether a module puts a package together: `command.slices`, `command.founding.demo`."""
    parts = name.split(".")
    return parts[0] in ("command", "dispatch", "drills") and len(parts) > 1 and parts[1] in ROLLS


def test_every_import_goes_in_the_agreed_direction() -> None:
    assert [str(one) for one in our_imports() if not is_allowed(one)] == []


def test_nobody_imports_the_composition_root_and_only_it_reads_the_settings() -> None:
    wrong = [one for one in our_imports() if one.target in ("wsgi", "config") and one.module != "wsgi"]
    assert [str(one) for one in wrong] == []


def test_within_a_slice_each_file_imports_only_to_its_left() -> None:
    wrong = []
    for one in our_imports():
        here, there = one.module.rpartition(".")[2], one.target.rpartition(".")[2]
        same_slice = slice_of(one.module) == slice_of(one.target) != "command.core"
        if same_slice and here in LAYERS and there in LAYERS and LAYERS.index(there) > LAYERS.index(here):
            wrong.append(str(one))
    assert wrong == []


@pytest.mark.parametrize("framework", sorted(EDGES))
def test_a_framework_is_known_only_at_its_edge(framework: str) -> None:
    wrong = []
    for name in modules():
        for one in imports_of(name):
            at_edge = name == "wsgi" or any(edge in f"{name}." for edge in EDGES[framework])
            if one.target.split(".")[0] == framework and not at_edge:
                wrong.append(str(one))
    assert wrong == []


def test_no_action_reaches_outside() -> None:
    """What acts writes rows; what sends is a gateway, called by the sender beside the hub (RULES 5)."""
    outside = ("socket", "ssl", "http", "urllib.request", "requests", "smtplib", "subprocess",
               "command.core.gateways", "command.core.outbound", "command.core.webhook", "command.core.deliveries.sending")  # fmt: skip
    acting = [
        name for name in modules()
        if any(one.target == "command.core.actions" for one in imports_of(name)) and "@action(" in modules()[name].read_text("utf-8")
    ]  # fmt: skip
    assert len(acting) > 10
    wrong = [str(one) for name in acting for one in imports_of(name) if within(one.target, outside)]
    assert wrong == []


def test_geo_knows_no_database_and_no_web() -> None:
    outside = {"flask", "sqlalchemy", "geoalchemy2", "psycopg", "sqlite3", "gevent", "pydantic"}
    wrong = [str(one) for name in modules() if within(name, ("geo",)) for one in imports_of(name)
             if one.target.split(".")[0] in outside]  # fmt: skip
    assert wrong == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph: dict[str, set[str]] = {name: set() for name in modules()}
    for one in our_imports():
        if one.target in graph and one.target != one.module and not one.only_for_types:
            graph[one.module].add(one.target)
    # Take away whoever imports nobody that is left, or is imported by nobody; what stays stands in a circle.
    while graph:
        imported = set().union(*graph.values())
        free = {name for name, targets in graph.items() if not targets & graph.keys() or name not in imported}
        if not free:
            break
        graph = {name: targets - free for name, targets in graph.items() if name not in free}
    assert graph == {}


def test_no_module_is_longer_than_one_can_read() -> None:
    lengths = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in modules().items()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_no_function_is_longer_than_a_page() -> None:
    long = {}
    for name in modules():
        for node in ast.walk(tree(name)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    long[f"{name}.{node.name}"] = length
    assert long == {}


def test_every_module_says_what_it_answers_for() -> None:
    silent = [
        name for name, path in modules().items() if path.stat().st_size and not ast.get_docstring(tree(name))
    ]
    assert silent == []


def test_the_screens_never_import_each_other_and_the_kernel_knows_no_screen() -> None:
    wrong = []
    source = ROOT / "static" / "src"
    for path in sorted([*source.rglob("*.ts"), *source.rglob("*.vue")]):
        inside = path.relative_to(source).parts
        if path.name.endswith(".test.ts"):
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            if " from '" not in line and not line.startswith("import '"):
                continue
            target = line.split("'")[-2]
            if not target.startswith("."):
                continue
            reached = (path.parent / target).resolve().relative_to(source.resolve()).parts
            to_screen = reached[0] == "screens" and (inside[0] != "screens" or inside[1] != reached[1])
            kernel_up = inside[0] == "kernel" and reached[0] in ("parts", "screens")
            if to_screen or kernel_up:
                wrong.append(f"{'/'.join(inside)} imports {target}")
    assert wrong == []
