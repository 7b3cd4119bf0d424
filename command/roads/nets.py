"""Road nets as files: under DATA_DIR/roads, named by the digest of their content, so that what is there is what it is called."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from command.core import ids
from geo import roadnet
from geo.roadnet import CLASSES, BadNet, RoadNet

ROADS = "roads"


class About(NamedTuple):
    """What is in a road net: how much, of which class, and between which degrees."""

    counts: dict[str, Any]
    bounds: list[float]


def path_of(directory: Path, digest: str) -> Path:
    """Where the net of a digest lies."""
    return directory / ROADS / f"{digest}.npz"


def keep(directory: Path, net: RoadNet) -> str:
    """Keep a net, once. Returns its name."""
    path = path_of(directory, net.digest)
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_name(f".{net.digest}.{ids.new_id()}")
        roadnet.write(net, half)
        handle = os.open(half, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        half.replace(path)
    return net.digest


def load(directory: Path, digest: str) -> RoadNet:
    """The net of a digest. BadNet when it is not there, or not what its name says."""
    path = path_of(directory, digest)
    if not path.is_file():
        raise BadNet(f"there is no road net {digest[:12]} in {path.parent}")
    return roadnet.read(path, digest)


def about(directory: Path, digest: str) -> About:
    """What is in the net of a digest. BadNet when it is not there, or not what its name says."""
    return described(load(directory, digest))


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
