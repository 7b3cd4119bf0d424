"""`fengsui import LAYER FILE`: a file brought in from the terminal, through the same actions as everywhere."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from command.core import bringing
from command.core.access import system_actor
from command.core.errors import Problem
from command.core.faults import Wrong
from command.core.importers import IMPORTERS, Importer
from command.core.map.layers import LAYERS, LayerWish
from command.imports import exports, reading, uploads
from command.imports.contract import GivenRow
from command.imports.rows import checked_columns, matched
from geo.crs import Crs

Do = Callable[[str, dict[str, Any]], dict[str, Any]]
SHOWN = 20


def commands(fengsui: click.Group, tools: Any) -> None:
    """Add the group `import`."""

    @fengsui.group("import", invoke_without_command=False)
    def import_() -> None:
        """Bring in what others publish. A file brought in again changes only what changed in it."""

    for layer in IMPORTERS:
        _one(import_, tools, layer)
    _undoing(import_, tools)
    _exporting(fengsui, tools)


def _one(import_: click.Group, tools: Any, layer: str) -> None:
    importer = IMPORTERS[layer]
    told = "\n".join(
        f"  {one.name}{' *' if one.required else ''}: {one.zh} ({one.en})" for one in importer.columns
    )
    asked = [
        click.Argument(["file"], type=click.Path(exists=True, dir_okay=False, path_type=Path)),
        click.Option(
            ["--crs"], type=click.Choice([one.value for one in Crs]), required=True, help="its coordinates"
        ),
        click.Option(
            ["--source"],
            help="who published it (default: the file's name): with its own ids it says which row is which",
        ),
        click.Option(
            ["mapped", "--map"],
            multiple=True,
            metavar="COLUMN=FIELD",
            help="which field is a column; `id`: the source's own",
        ),
        click.Option(
            ["fixed", "--set"], multiple=True, metavar="COLUMN=VALUE", help="one value for all rows"
        ),
        click.Option(["--dry-run"], is_flag=True, help="look at every row and change nothing"),
        click.Option(
            ["--report"], type=click.Path(path_type=Path), help="write what became of each row (JSON)"
        ),
    ]
    says = f"{importer.zh} — {importer.en}.\n\n\b\nColumns (* must be there):\n{told}"
    import_.add_command(
        click.Command(layer, callback=partial(_bring_in, tools, importer), params=asked, help=says)
    )


def _bring_in(
    tools: Any, importer: Importer, file: Path, crs: str, source: str | None, mapped: tuple[str, ...],
    fixed: tuple[str, ...], dry_run: bool, report: Path | None,
) -> None:  # fmt: skip
    given = _pairs(mapped, "--map") | {name: f"={value}" for name, value in _pairs(fixed, "--set").items()}
    with TemporaryDirectory() as folder:
        inside = Path(folder) / bringing.FOLDER / "file"
        inside.mkdir(parents=True)
        about = _read(file, inside)
        fields = [one["name"] for one in about["fields"]]
        columns = _kept(importer, matched(importer, fields) | given, fields)
        manner = {"layer": importer.layer, "source": source or file.stem, "crs": crs, "columns": columns}
        if not dry_run:
            run = _bring(tools.do, manner, inside, about, file.name)
        items = _try(tools.do, manner, inside, about) if dry_run else _report(tools.ask, run)
    _tell(items, dry_run, report)


def _pairs(given: tuple[str, ...], option: str) -> dict[str, str]:
    pairs = {}
    for one in given:
        name, mark, value = one.partition("=")
        if not mark or not name or not value:
            raise click.ClickException(f"{option}: COLUMN=…, e.g. {option} name=MC")
        pairs[name] = value
    return pairs


def _read(file: Path, folder: Path) -> dict[str, Any]:
    try:
        return reading.read_into(file, file.name, folder)
    except Problem as problem:
        raise click.ClickException(f"{problem.said} — {problem.detail}") from problem


def _kept(importer: Importer, columns: dict[str, str], fields: list[str]) -> dict[str, str]:
    try:
        checked_columns(importer, columns, fields)
    except Wrong as wrong:
        raise click.ClickException(f"{wrong.zh} — {wrong}") from wrong
    return columns


def _parts(folder: Path, about: dict[str, Any]) -> Any:
    with click.progressbar(
        range(len(about["starts"])), label=f"{about['count']} rows", file=sys.stderr
    ) as numbers:
        for number in numbers:
            yield number, [_plain(row) for row in uploads.rows_in(folder, number)]


def _plain(row: GivenRow) -> dict[str, Any]:
    return row.model_dump()


def _try(do: Do, manner: dict[str, Any], folder: Path, about: dict[str, Any]) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    for number, rows in _parts(folder, about):
        items += do("import.try", {**manner, "part": number, "rows": rows})["items"]
    return items


def _bring(do: Do, manner: dict[str, Any], folder: Path, about: dict[str, Any], name: str) -> str:
    opened = {**manner, "file": name[-200:], "digest": about["digest"], "total": about["count"]}
    run = str(do("import.open", opened)["id"])
    for number, rows in _parts(folder, about):
        try:
            do("import.take", {"id": run, "part": number, "rows": rows})
        except click.ClickException:
            click.echo(
                f"import {run} stopped in part {number}: `fengsui import undo {run}` takes back what was done",
                err=True,
            )
            raise
    click.echo(f"import {run}")
    return run


def _report(ask: Do, run: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    more = True
    while more:
        after = items[-1]["number"] if items else 0
        told = ask("imports.report", {"id": run, "only": "all", "after": after, "limit": 20_000})
        items, more = items + told["items"], told["more"]
    return items


def _tell(items: list[dict[str, Any]], dry_run: bool, report: Path | None) -> None:
    counts = {did: sum(one["did"] == did for one in items) for did in ("made", "changed", "same", "refused")}
    faults = [one for one in items if one.get("said")]
    for one in faults[:SHOWN]:
        kind = "refused" if one["did"] == "refused" else "look at"
        click.echo(f"row {one['number']} {kind}: {one['said']['zh']} — {one['said']['en']}", err=True)
    if len(faults) > SHOWN:
        click.echo(f"… and {len(faults) - SHOWN} more: --report FILE has all", err=True)
    would = "would be " if dry_run else ""
    click.echo(
        f"{would}{counts['made']} new, {counts['changed']} changed, {counts['same']} as they were, {counts['refused']} refused"
    )
    if report is not None:
        report.write_text(json.dumps(items, ensure_ascii=False, indent=1), encoding="utf-8")
    if counts["refused"] or not items:
        raise click.exceptions.Exit(1)


def _undoing(import_: click.Group, tools: Any) -> None:
    @import_.command("undo")
    @click.argument("run")
    def undo(run: str) -> None:
        """Take an import back: what it made goes, what it changed stands as before. Refused when somebody changed it since."""
        state = ""
        while state != "undone":
            state = tools.do("import.undo", {"id": run})["state"]
        click.echo("taken back")


def _exporting(fengsui: click.Group, tools: Any) -> None:
    @fengsui.command("export")
    @click.argument("layer")
    @click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
    @click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
    def export(layer: str, file: Path, lang: str) -> None:
        """Write a layer into FILE, by its ending: .geojson, .kml or .xlsx."""
        sort = file.suffix.lower().removeprefix(".")
        if sort not in exports.MEDIA:
            raise click.ClickException(f"its ending says how: .{', .'.join(exports.MEDIA)}")
        if layer not in LAYERS:
            raise click.ClickException(f"there is no layer {layer}: {', '.join(LAYERS)}")
        node = tools.open_node(tools.load())
        try:
            made = node.look(
                lambda view: exports.made(view, LAYERS[layer], LayerWish(), sort, lang),
                system_actor(node.name),
            )
        finally:
            node.database.close()
        file.write_bytes(made)
        click.echo(f"{file}: {len(made)} bytes")
