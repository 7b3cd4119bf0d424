"""Files as counties hand them over: invented places, each inside the county."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from click.testing import CliRunner, Result

from command.core import cli
from command.core.errors import Problem
from command.imports.cli import commands
from tests.county import County

PLACES: list[dict[str, Any]] = [
    {"gid": "m1", "name": "红星煤矿", "kind": "煤矿", "aliases": "红星矿；老矿", "lon": 112.86, "lat": 36.83},
    {"gid": "s1", "name": "南沟小学", "kind": "小学", "aliases": "村东头老学校", "lon": 112.9, "lat": 36.9},
    {"gid": "r1", "name": "石盘水库", "kind": "水库", "aliases": "", "lon": 112.95, "lat": 36.95},
]


def collection(rows: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """Places as GeoJSON."""
    features = []
    for row in PLACES if rows is None else rows:
        told = {name: value for name, value in row.items() if name not in ("lon", "lat")}
        shape = {"type": "Point", "coordinates": [row["lon"], row["lat"]]}
        features.append({"type": "Feature", "properties": told, "geometry": shape})
    return {"type": "FeatureCollection", "features": features}


def geojson(folder: Path, rows: list[dict[str, Any]] | None = None, name: str = "places.geojson") -> Path:
    """A file of places."""
    file = folder / name
    file.write_text(json.dumps(collection(rows), ensure_ascii=False), encoding="utf-8")
    return file


def csv_text(rows: list[dict[str, Any]] | None = None) -> str:
    """Places as a table with Chinese headings."""
    heads = {"gid": "编号", "name": "地名", "kind": "类别", "aliases": "别名", "lon": "经度", "lat": "纬度"}
    lines = [",".join(heads.values())]
    lines += [",".join(str(row[name]) for name in heads) for row in (PLACES if rows is None else rows)]
    return "\r\n".join(lines) + "\r\n"


def terminal(cast: County, *words: str) -> Result:
    """`fengsui import …` on the county's own database."""
    group = cli.click.Group()
    system = cast.actor("system")
    tools = SimpleNamespace(
        do=lambda name, wish: _do(cast, name, wish), ask=lambda name, wish: cast.node.ask(name, wish, system)
    )
    commands(group, tools)
    return CliRunner().invoke(group, ["import", *words], catch_exceptions=False)


def _do(cast: County, name: str, wish: dict[str, Any]) -> dict[str, Any]:
    try:
        answer = cast.act("system", name, wish)
    except Problem as problem:
        raise cli.click.ClickException(problem.detail) from problem
    told: dict[str, Any] = json.loads(answer.body)
    if not answer.ok:
        raise cli.click.ClickException(told["detail"])
    return told
