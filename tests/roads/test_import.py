"""Roads from a real OpenStreetMap extract: taken by the terminal, in force at once, put back; a bad file changes nothing."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click
import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from command.core import cli, ids, records
from command.core.access import system_actor
from command.imports.cli import commands as imports
from command.roads.cli import commands as roads
from command.roads.queries import net_in_force
from geo.crs import Crs, from_wgs84
from tests.county import County

REAL = Path(__file__).resolve().parents[1] / "data" / "rural_finland.osm.pbf"


def run(cast: County, *arguments: str) -> Result:
    """`fengsui import …` on this county."""
    group = click.Group()
    tools: Any = cli.Tools(
        lambda settings: cast.node, lambda: None, lambda: SimpleNamespace(data_dir=cast.node.data_dir)
    )
    object.__setattr__(
        tools,
        "do",
        lambda name, payload: cast.node.do(name, payload, system_actor(cast.node.name), ids.new_id()),
    )
    imports(group, tools)
    roads(group, tools)
    return CliRunner().invoke(group, ["import", *arguments])


def in_force(cast: County) -> Any:
    """The register's row of the net in force."""
    return cast.node.database.read(lambda session: net_in_force(session), world=0)


def test_it_takes_a_real_extract_and_puts_it_back(cast: County) -> None:
    done = run(cast, "roads", str(REAL), "--crs", "wgs84", "--source", "OSM 芬兰样例 2020")
    assert done.exit_code == 0, done.output
    row = in_force(cast)
    assert (row.source, row.licence, row.synthetic) == (
        "OSM 芬兰样例 2020",
        "ODbL 1.0, © OpenStreetMap contributors",
        False,
    )
    assert row.counts["km"] == pytest.approx(66, abs=1)
    assert f"{row.counts['stretches']} stretches" in done.output
    again = run(cast, "roads", str(REAL), "--crs", "wgs84", "--source", "OSM 芬兰样例 2020")
    assert in_force(cast).id == row.id, again.output
    assert run(cast, "roads-undo", row.id).exit_code == 0
    assert in_force(cast) is None


def test_it_changes_nothing_on_a_dry_run_or_a_bad_file(cast: County, tmp_path: Path) -> None:
    end = cast.end()
    assert run(cast, "roads", str(REAL), "--crs", "wgs84", "--source", "OSM", "--dry-run").exit_code == 0
    bad = tmp_path / "bad.osm.pbf"
    bad.write_bytes(b"no map at all")
    refused = run(cast, "roads", str(bad), "--crs", "wgs84", "--source", "OSM")
    assert refused.exit_code == 1
    assert "cannot be read as .osm.pbf" in refused.output
    assert run(cast, "roads", str(REAL), "--source", "OSM").exit_code == 2  # nobody said in which coordinates
    assert cast.end() == end
    assert not (cast.node.data_dir / "roads").exists()


def test_it_moves_roads_of_an_offset_map_to_where_they_are() -> None:
    from geo.roadnet import moved
    from tests.roads.nets import ladder

    net = ladder()
    shifted = [
        from_wgs84(lon, lat, Crs.GCJ02) for lon, lat in zip(net.lon.tolist(), net.lat.tolist(), strict=True)
    ]
    from dataclasses import replace

    import numpy as np

    lon, lat = np.array(shifted).T
    back = moved(replace(net, lon=lon, lat=lat), Crs.GCJ02)
    assert np.abs(back.lon - net.lon).max() < 1e-5
    assert np.abs(back.lat - net.lat).max() < 1e-5
    assert back.length_m == pytest.approx(net.length_m, rel=1e-3)


def test_its_record_is_read_by_those_who_drive(cast: County) -> None:
    from tests.roads.nets import in_force as put

    made = put(cast)
    kind = records.KINDS["road_net"]
    for who, count in (("other_team", 1), ("keeper", 0)):
        query = sa.select(sa.func.count()).select_from(kind.model).where(kind.visible(cast.actor(who)))
        seen = cast.node.database.read(
            lambda session, query=query: session.execute(query).scalar_one(), world=0
        )
        assert seen == count
    assert made["bounds"] == pytest.approx([112.8, 36.83, 112.92, 36.85])
