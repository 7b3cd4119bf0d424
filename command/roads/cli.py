"""`fengsui import roads`: a road net from an OpenStreetMap extract, through the same action as everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from command.roads import nets
from geo import osm, roadnet
from geo.crs import Crs
from geo.roadnet import BadNet, RoadNet

MOST_BYTES = 512 * 2**20
OSM_LICENCE = "ODbL 1.0, © OpenStreetMap contributors"


def commands(fengsui: click.Group, tools: Any) -> None:
    """Add `roads` to the group `import`."""
    group = fengsui.commands["import"]
    assert isinstance(group, click.Group)

    @group.command("roads")
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @click.option(
        "--crs", type=click.Choice([one.value for one in Crs]), required=True, help="its coordinates"
    )
    @click.option("--source", required=True, help="who published it, and as of when")
    @click.option("--licence", default=OSM_LICENCE, show_default=True)
    @click.option("--dry-run", is_flag=True, help="read it, say what is in it, and change nothing")
    def import_roads(file: Path, crs: str, source: str, licence: str, dry_run: bool) -> None:
        """Take the roads of an `.osm.pbf` extract into force, in the place of those before."""
        net = _read(file, Crs(crs))
        told = nets.described(net)
        click.echo(
            f"{told.counts['stretches']} stretches, {told.counts['junctions']} junctions, {told.counts['km']:.0f} km"
        )
        if dry_run:
            return
        wish = {
            "file": nets.keep(tools.load().data_dir, net),
            "source": source,
            "licence": licence,
            "source_crs": crs,
        }
        done = tools.do("road_net.take", wish)
        click.echo(f"in force: {done['source']} ({done['licence']}), register {done['id']}")

    @group.command("roads-undo")
    @click.argument("register")
    def undo(register: str) -> None:
        """Take a road net out of force, by its name in the register: the one before it is in force again."""
        done = tools.do("road_net.withdraw", {"id": register})
        click.echo(f"withdrawn: {done['source']}")


def _read(file: Path, crs: Crs) -> RoadNet:
    if file.stat().st_size > MOST_BYTES:
        raise click.ClickException(
            f"{file.name} is larger than {MOST_BYTES // 2**20} MB: cut out the county (osmium extract)"
        )

    def progress(ways: int) -> None:
        click.echo(f"{file.name}: {ways} ways read", err=True)

    try:
        return roadnet.moved(osm.roads(file, progress), crs)
    except BadNet as bad:
        raise click.ClickException(str(bad)) from bad
