"""Road nets as files: under DATA_DIR/roads, named by the digest of their content, so that what is there is what it is called."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import orjson

from command.core import bringing, ids
from command.core.errors import NotFound
from geo import roadnet
from geo.roadnet import CLASSES, BadNet, RoadNet

ROADS = "roads"
NET, ABOUT = "net.npz", "about.json"
"""Of a net that was brought up: its columns, and what the reader found."""


class About(NamedTuple):
    """What is in a road net: how much, of which class, and between which degrees."""

    counts: dict[str, Any]
    bounds: list[float]


class Found(NamedTuple):
    """A net that lies in DATA_DIR/roads: its digest, what is in it, and in which coordinates it was brought up, where it was."""

    file: str
    about: About
    crs: str | None = None


def path_of(directory: Path, digest: str) -> Path:
    """Where the net of a digest lies."""
    return directory / ROADS / f"{digest}.npz"


def keep(directory: Path, net: RoadNet) -> str:
    """Keep a net, once. Returns its name."""
    _settle(directory, net.digest, lambda half: roadnet.write(net, half))
    return net.digest


def _settle(directory: Path, digest: str, write: Callable[[Path], object]) -> None:
    """Put a net's file where it belongs, whole or not at all."""
    path = path_of(directory, digest)
    if path.is_file():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{digest}.{ids.new_id()}")
    write(half)
    handle = os.open(half, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    half.replace(path)


def adopt(directory: Path, upload: str) -> Found:
    """Keep a net that was brought up. BadNet when it is not there (any more), or not what it was when it was read."""
    try:
        folder = bringing.folder_of(directory, upload)
        told = orjson.loads((folder / ABOUT).read_bytes())
    except (NotFound, FileNotFoundError) as error:
        raise BadNet("nothing was brought up under this name") from error
    if "digest" not in told:
        raise BadNet("what was brought up is no road net")
    net = roadnet.read(folder / NET, told["digest"])
    _settle(directory, net.digest, lambda half: shutil.copyfile(folder / NET, half))
    return Found(net.digest, described(net), told["crs"])


def find(directory: Path, digest: str) -> Found:
    """The net of a digest. BadNet when it is not there, or not what its name says."""
    return Found(digest, described(load(directory, digest)))


def load(directory: Path, digest: str) -> RoadNet:
    """The net of a digest. BadNet when it is not there, or not what its name says."""
    path = path_of(directory, digest)
    if not path.is_file():
        raise BadNet(f"there is no road net {digest[:12]} in {path.parent}")
    return roadnet.read(path, digest)


def described(net: RoadNet) -> About:
    """What is in a net."""
    km = np.bincount(net.road_class, weights=net.length_m, minlength=len(CLASSES)) / 1000
    by_class = {name: round(float(one), 1) for name, one in zip(CLASSES, km, strict=True) if one > 0}
    counts = {
        "stretches": len(net),
        "junctions": net.junctions,
        "km": round(net.kilometres, 1),
        "km_by_class": by_class,
    }
    if len(net.turn_at):
        counts["turns"] = len(net.turn_at)
    return About(counts, [round(one, 6) for one in net.bounds])
