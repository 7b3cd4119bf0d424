"""The door of road files: one is brought up, read beside everything else while the page is told how far it is, and kept for a day so
that it can be looked at before it is put in force by `road_net.take {upload}`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import shapely
from flask import Response, request

import geo
from command.core import bringing
from command.core.errors import Conflict, Invalid
from command.core.openapi import also
from command.core.web import PREFIX, Web
from command.places import register
from command.roads import nets
from command.roads.actions import WRITE
from geo import roadnet
from geo.crs import Crs
from geo.netfile import BROKEN, ENDINGS
from geo.roadnet import RoadNet

PATIENCE_S = 600.0

also(
    "POST /imports/roads",
    "Bring a road file up (its bytes, `?name=&crs=`). Answered line by line: `{ways}` while it is read; at the end `{net}`"
    " (its upload, counts, bounds, lines for a map, what was left out) or `{refused}`",
    "201",
    media="application/jsonl",
    signed=True,
)


def bind(running: Any) -> None:
    """Mount the door."""
    web: Web = running.web
    web.app.add_url_rule(f"{PREFIX}/imports/roads", "imports:roads", lambda: _bring_up(web), methods=["POST"])


def _bring_up(web: Web) -> Response:
    signed = web.signed()
    signed.actor.need(WRITE)
    signed.actor.need_hand()
    if web.world(signed):
        raise Conflict("Registers are read-only in a drill", zh="演练中登记资料只读")
    web.limits.check_write(signed.actor.id)
    name, crs = bringing.named(web), request.args.get("crs", "")
    ending = max((one for one in ENDINGS if name.lower().endswith(one)), key=len, default=None)
    if ending is None:
        raise Invalid(
            f"name: it ends with {', '.join(ENDINGS)}", zh=f"道路文件须为 {'、'.join(ENDINGS)} 格式"
        )
    if crs not in list(Crs):
        raise Invalid(f"crs: one of {', '.join(Crs)}", zh=f"crs 须为 {'、'.join(Crs)} 之一")
    upload, folder = bringing.new_folder(web.node.data_dir)
    file = folder / f"file{ending}"
    try:
        bringing.keep(file)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Response(_read(web, file, crs, upload), 201, content_type="application/jsonl")


def _read(web: Web, file: Path, crs: str, upload: str) -> Iterator[bytes]:
    """What is told while the file is read, and what came of it. Who goes away ends the reading."""
    folder, told = file.parent, None
    try:
        yield _line({"ways": 0})
        with bringing.reading:
            for ways in _ways_read(file, crs):
                yield _line({"ways": ways})
        told = web.node.beside(_found, folder)
    finally:
        file.unlink(missing_ok=True)
        if told is None or "refused" in told:
            shutil.rmtree(folder, ignore_errors=True)
    yield _line(told if "refused" in told else {"net": {"upload": upload, **told}})


def _line(value: dict[str, Any]) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)


def _ways_read(file: Path, crs: str) -> Iterator[int]:
    """Run the reader; how many ways it has read, as often as it says so."""
    home = str(Path(geo.__file__).resolve().parents[1])
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH"))))}
    asked = [sys.executable, "-m", "geo.netfile", str(file.resolve()), crs, str(file.parent.resolve())]
    with subprocess.Popen(
        asked, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as child:
        late = threading.Timer(PATIENCE_S, child.kill)
        late.start()
        try:
            for said in child.stdout or ():
                if said.strip().isdigit():
                    yield int(said)
        finally:
            late.cancel()
            child.kill()


def _found(folder: Path) -> dict[str, Any]:
    """What the reader wrote, with how much of it lies in the county; `refused` where it fell over."""
    try:
        told: dict[str, Any] = orjson.loads((folder / nets.ABOUT).read_bytes())
    except FileNotFoundError:
        return {"refused": {"zh": BROKEN[0], "en": BROKEN[1]}}
    if "refused" in told:
        return {"refused": told["refused"]}
    net = roadnet.read(folder / nets.NET, told["digest"])
    about = nets.described(net)
    return told | {"counts": about.counts, "bounds": about.bounds, "km_inside": round(_km_inside(net), 1)}


def _km_inside(net: RoadNet) -> float:
    """Kilometres of the roads whose middle lies in the county, by its public outline."""
    middle = (net.first[:-1] + net.first[1:] - 1) // 2
    inside = shapely.contains_xy(register.outline(), net.lon[middle], net.lat[middle])
    return float(net.length_m[inside].sum()) / 1000
