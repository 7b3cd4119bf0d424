"""`python -m geo.netfile FILE CRS FOLDER`: read the roads of an OpenStreetMap file in a process of its own, with a cap on memory and
time. Whatever a hostile file does, it does here.

Told line by line on the standard output: how many ways were read so far, and again each second while what was read is made a net, so
that whoever listens knows that it goes on, and who has gone away is missed. FOLDER/net.npz: the net; FOLDER/about.json: its digest,
counts of what was left out and lines for a map, or `refused` {zh, en}."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path
from threading import Event, Thread
from typing import Any

import numpy as np
import orjson
import shapely

from geo import osm, roadnet
from geo.crs import Crs
from geo.leaving import Left
from geo.readers.__main__ import limit
from geo.roadnet import CLASSES, BadNet, NoRoad, RoadNet

ENDINGS = (".osm.pbf", ".osm", ".osm.gz", ".osm.bz2")
SECONDS = 540
BEAT_S = 1.0
MOST_POINTS = 24_000
"""Points of the lines for a map: some 400 KB."""
STEPS_DEG = (0.0, 0.0002, 0.0005, 0.001, 0.002)
NO_ROAD = ("文件中没有可通行的道路", "there is no road in it that anybody may use")
BROKEN = ("文件无法读取（已损坏，或超出限制）", "it cannot be read (broken, or beyond the limits)")


def main(file: str, crs: str, folder: str) -> int:
    """Read one file. 0: read; 2: refused, about.json says why."""
    limit(SECONDS)
    out = Path(folder)
    try:
        told = _read(Path(file), Crs(crs), out)
    except BadNet as bad:
        zh, en = NO_ROAD if isinstance(bad, NoRoad) else BROKEN
        told = {"refused": {"zh": zh, "en": en}, "why": str(bad)}
    except (MemoryError, OSError, ValueError, OverflowError) as error:
        told = {
            "refused": {"zh": BROKEN[0], "en": BROKEN[1]},
            "why": f"{type(error).__name__}: {error}"[:300],
        }
    (out / "about.json").write_bytes(orjson.dumps(told))
    return 2 if "refused" in told else 0


def _read(file: Path, crs: Crs, out: Path) -> dict[str, Any]:
    left = Left()
    with Telling() as told:
        net = roadnet.moved(osm.roads(file, told.progress, left), crs)
        roadnet.write(net, out / "net.npz")
        lines, thinned = drawn(net)
    gone = [{"why": why, "count": count, "ids": left.ids[why]} for why, count in sorted(left.counts.items())]
    return {
        "digest": net.digest, "crs": str(crs), "ways": told.ways, "left": gone, "lines": lines, "thinned": thinned,
    }  # fmt: skip


class Telling:
    """Says how many ways were read, and says it again while nothing new is to be said."""

    def __init__(self) -> None:
        self.ways = 0
        self._over = Event()
        self._beat = Thread(target=self._go_on, daemon=True)

    def __enter__(self) -> Telling:
        self._beat.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._beat.join()

    def progress(self, ways: int) -> None:
        """So many were read."""
        self.ways = ways
        self._say()

    def _go_on(self) -> None:
        while not self._over.wait(BEAT_S):
            self._say()

    def _say(self) -> None:
        sys.stdout.write(f"{self.ways}\n")
        sys.stdout.flush()


def drawn(net: RoadNet, most: int = MOST_POINTS) -> tuple[list[dict[str, Any]], bool]:
    """The net as lines for a map, one MultiLineString for each class, the greatest first: coarser, and in the end without its
    smallest roads, until it has at most so many points. The second value: whether anything was left out or made straighter."""
    for step in STEPS_DEG:
        found = _lines(net, step)
        if sum(len(line) for _, lines in found for line in lines) <= most:
            return _told(found), step > 0
    kept: list[tuple[str, list[Any]]] = []
    points = 0
    for name, lines in found:
        points += sum(len(line) for line in lines)
        if points > most and kept:
            break
        kept.append((name, lines))
    return _told(kept), True


def _lines(net: RoadNet, step: float) -> list[tuple[str, list[Any]]]:
    which = np.repeat(np.arange(len(net)), np.diff(net.first))
    made: Any = shapely.linestrings(np.column_stack([net.lon, net.lat]), indices=which)
    found = []
    for number, name in enumerate(CLASSES):
        merged = shapely.line_merge(shapely.multilinestrings(made[net.road_class == number]))
        parts = shapely.get_parts(shapely.simplify(merged, step) if step else merged)
        if len(parts):
            coords = np.round(shapely.get_coordinates(parts), 5)
            ends = np.concatenate([[0], np.cumsum(shapely.get_num_coordinates(parts))])
            found.append((name, [coords[a:b].tolist() for a, b in pairwise(ends.tolist())]))
    return found


def _told(found: list[tuple[str, list[Any]]]) -> list[dict[str, Any]]:
    return [
        {"class": name, "geometry": {"type": "MultiLineString", "coordinates": lines}}
        for name, lines in found
    ]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
