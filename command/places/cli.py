"""`fengsui import areas`: official boundaries from a GeoJSON file, through the same action as everywhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from command.core.errors import Problem
from command.places import areas, register
from geo.crs import Crs

MOST_BYTES = 64 * 2**20


def commands(fengsui: click.Group, tools: Any) -> None:
    """Add the group `import`."""

    @fengsui.group("import")
    def import_() -> None:
        """Bring in what others publish."""

    @import_.command("areas")
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @click.option(
        "--crs", type=click.Choice([one.value for one in Crs]), required=True, help="its coordinates"
    )
    @click.option("--source", required=True, help="who published it, and when")
    @click.option(
        "--map", "mapped", multiple=True, metavar="code=FIELD", help="where the division code stands"
    )
    @click.option("--dry-run", is_flag=True, help="look at every row and change nothing")
    def import_areas(file: Path, crs: str, source: str, mapped: tuple[str, ...], dry_run: bool) -> None:
        """Take the official areas of townships from a GeoJSON file; what cannot be taken is listed with its reason."""
        taken, refused = _sorted(_features(file), _field(mapped), Crs(crs))
        for said in refused:
            click.echo(said, err=True)
        if dry_run:
            click.echo(f"{len(taken)} can be taken, {len(refused)} cannot")
        elif taken:
            click.echo(_take(tools, {"source": source, "crs": crs, "areas": taken}))
        if refused or not taken:
            raise click.exceptions.Exit(1)


def _field(mapped: tuple[str, ...]) -> str:
    for one in mapped:
        name, _, field = one.partition("=")
        if name != "code" or not field:
            raise click.ClickException("--map: code=FIELD, e.g. --map code=XZQDM")
        return field
    return "code"


def _features(file: Path) -> list[Any]:
    if file.stat().st_size > MOST_BYTES:
        raise click.ClickException(f"{file.name} is larger than {MOST_BYTES // 2**20} MB: simplify its lines")
    try:
        found = json.loads(file.read_bytes())["features"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise click.ClickException(f"{file.name} is no GeoJSON FeatureCollection") from error
    if not isinstance(found, list):
        raise click.ClickException(f"{file.name} is no GeoJSON FeatureCollection")
    return found


def _sorted(features: list[Any], field: str, crs: Crs) -> tuple[list[dict[str, Any]], list[str]]:
    """(areas that can be taken, what is wrong with each of the others)."""
    taken: list[dict[str, Any]] = []
    refused = []
    for number, feature in enumerate(features, 1):
        try:
            code, shape = _row(feature, field)
            areas.checked(code, shape, crs)
        except (Problem, TypeError, KeyError, ValueError) as problem:
            refused.append(
                f"row {number}: {getattr(problem, 'detail', None) or f'no {field} or no geometry'}"
            )
        else:
            taken.append({"code": code, "shape": shape})
    return taken, refused


def _row(feature: Any, field: str) -> tuple[str, dict[str, Any]]:
    """A row's township code and its shape. Official files name townships by 9 digits or by 12 with three zeros."""
    code, shape = str(feature["properties"][field]).strip(), feature["geometry"]
    short = code.removesuffix("000") if len(code) == 12 else code
    if register.township(short) is None:
        raise ValueError(code)
    return short, {"type": shape["type"], "coordinates": shape["coordinates"]}


def _take(tools: Any, wish: dict[str, Any]) -> str:
    done = tools.do("areas.import", wish)
    return f"{len(done['changed'])} official areas in force, {len(done['unchanged'])} were already"
