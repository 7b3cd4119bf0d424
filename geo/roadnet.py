"""A road net as plain columns: junctions, the stretches between them, what each allows, and their lines.

It knows no file format and no vehicle's speed: `osm.py` makes one, `route.py` travels on it. It is written and read as columns
without code in them, and named by a digest of its content, so that the same roads always have the same name.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from shapely import MultiPoint, get_coordinates

from geo.barring import Barred, rows_of
from geo.crs import Crs, shape_to_wgs84
from geo.distance import MEAN_RADIUS_M

FORMAT = 1
CAR, TRUCK, OFFROAD, FOOT = 1, 2, 4, 8
MOTOR = CAR | TRUCK | OFFROAD
CLASSES = (
    "motorway", "trunk", "primary", "secondary", "tertiary", "unclassified", "residential", "living_street",
    "service", "track", "path",
)  # fmt: skip
"""From the greatest to the smallest; links count as their road, all that is only walked as `path`."""
Floats = NDArray[np.float64]


class BadNet(ValueError):
    """Columns that are no road net: broken, of another format, or not what their name says."""


class NoRoad(BadNet):
    """A file that can be read and holds no road that anybody may use."""


@dataclass(frozen=True)
class Way:
    """A road as a map has it: where it runs (node numbers), its class, speed, and who may use which direction.

    `forward`, `backward`: bits of CAR, TRUCK, OFFROAD, FOOT. `height_m`, `weight_t`: nan where nothing is said."""

    nodes: Sequence[int]
    road_class: str
    speed_kmh: float
    forward: int
    backward: int
    name: str = ""
    ref: str = ""
    height_m: float = float("nan")
    weight_t: float = float("nan")


@dataclass(frozen=True)
class RoadNet:
    """Stretches of road between junctions, as columns. Lines are WGS-84 degrees; `first[i]:first[i + 1]` are the points of
    stretch i, from junction `a` to junction `b`. `label` counts into `labels`, pairs of (name, number). Row i of the turns: from one
    stretch at a junction into another, barred to these vehicles."""

    a: NDArray[np.int32]
    b: NDArray[np.int32]
    length_m: NDArray[np.float32]
    speed_kmh: NDArray[np.float32]
    road_class: NDArray[np.uint8]
    forward: NDArray[np.uint8]
    backward: NDArray[np.uint8]
    height_m: NDArray[np.float32]
    weight_t: NDArray[np.float32]
    label: NDArray[np.int32]
    first: NDArray[np.int64]
    lon: Floats
    lat: Floats
    junctions: int
    labels: tuple[tuple[str, str], ...] = field(default=(("", ""),))
    turn_from: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    turn_at: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    turn_to: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    turn_kinds: NDArray[np.uint8] = field(default_factory=lambda: np.empty(0, np.uint8))

    def __len__(self) -> int:
        return len(self.a)

    @property
    def kilometres(self) -> float:
        """Length of all roads, each counted once."""
        return float(self.length_m.sum(dtype=np.float64)) / 1000

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees."""
        return float(self.lon.min()), float(self.lat.min()), float(self.lon.max()), float(self.lat.max())

    def line(self, stretch: int) -> list[tuple[float, float]]:
        """The points of a stretch, from a to b."""
        part = slice(int(self.first[stretch]), int(self.first[stretch + 1]))
        return list(zip(self.lon[part].tolist(), self.lat[part].tolist(), strict=True))

    @cached_property
    def digest(self) -> str:
        """The name of this content: the same roads, the same name, whatever file they came from."""
        made = hashlib.sha256(json.dumps([FORMAT, self.junctions, self.labels], ensure_ascii=False).encode())
        for name in (*COLUMNS, *TURNS):  # a net without turns has the name that it had before there were any
            made.update(np.ascontiguousarray(getattr(self, name)).tobytes())
        return made.hexdigest()


COLUMNS = {
    "a": np.int32, "b": np.int32, "length_m": np.float32, "speed_kmh": np.float32, "road_class": np.uint8,
    "forward": np.uint8, "backward": np.uint8, "height_m": np.float32, "weight_t": np.float32, "label": np.int32,
    "first": np.int64, "lon": np.float64, "lat": np.float64,
}  # fmt: skip
TURNS = {"turn_from": np.int32, "turn_at": np.int32, "turn_to": np.int32, "turn_kinds": np.uint8}
assert set(COLUMNS) | set(TURNS) | {"junctions", "labels"} == {one.name for one in fields(RoadNet)}


def build(
    ways: Iterable[Way],
    lon: Floats,
    lat: Floats,
    rules: Iterable[Barred] = (),
    stopped: Mapping[int, int] | None = None,
) -> RoadNet:
    """The net of some ways over numbered nodes: cut wherever ways meet or end. `rules`: turns barred between ways, by their place
    in `ways`; `stopped`: nodes that some vehicles do not pass. ValueError when no way is left."""
    listed = list(ways)
    places = [at for at, way in enumerate(listed) if len(way.nodes) > 1 and way.forward | way.backward]
    kept = [listed[at] for at in places]
    if not kept:
        raise ValueError("no road in it")
    uses = np.zeros(len(lon), dtype=np.int64)
    uses[list(stopped or ())] += 1
    for way in kept:
        np.add.at(uses, np.asarray(way.nodes), 1)
        uses[[way.nodes[0], way.nodes[-1]]] += 1  # an end is a junction also where nothing else begins
    cut = [(at, way, nodes) for at, way in zip(places, kept, strict=True) for nodes in _cut(way.nodes, uses)]
    rows = [(way, nodes) for _, way, nodes in cut]
    pairs = [(nodes[0], nodes[-1]) for _, nodes in rows]
    ends = np.array(pairs, dtype=np.int64)
    used, at = np.unique(ends, return_inverse=True)
    at_ends: NDArray[np.int32] = at.reshape(-1, 2).astype(np.int32)
    flat = np.concatenate([np.asarray(nodes) for _, nodes in rows])
    first = np.concatenate([[0], np.cumsum([len(nodes) for _, nodes in rows])]).astype(np.int64)
    points = np.round(lon[flat], 7), np.round(lat[flat], 7)  # a centimetre, as OpenStreetMap keeps them
    labels = {
        pair: number for number, pair in enumerate(dict.fromkeys((way.name, way.ref) for way, _ in rows))
    }
    return RoadNet(
        at_ends[:, 0], at_ends[:, 1], _lengths(*points, first), _column(rows, "speed_kmh", np.float32),
        np.array([CLASSES.index(way.road_class) for way, _ in rows], dtype=np.uint8),
        _column(rows, "forward", np.uint8), _column(rows, "backward", np.uint8),
        _column(rows, "height_m", np.float32), _column(rows, "weight_t", np.float32),
        np.array([labels[way.name, way.ref] for way, _ in rows], dtype=np.int32),
        first, *points, len(used), tuple(labels), **_turns(rows_of(rules, stopped or {}, pairs, [at for at, _, _ in cut]), used),
    )  # fmt: skip


def _turns(barred: Sequence[tuple[int, int, int, int]], used: NDArray[np.int64]) -> dict[str, Any]:
    """The rows of turns as columns, their nodes as junctions."""
    columns = np.array(barred, dtype=np.int64).reshape(-1, 4)
    columns[:, 1] = np.searchsorted(used, columns[:, 1])
    return {name: columns[:, at].astype(kind) for at, (name, kind) in enumerate(TURNS.items())}


def _column(rows: Sequence[tuple[Way, Any]], name: str, kind: Any) -> NDArray[Any]:
    return np.array([getattr(way, name) for way, _ in rows], dtype=kind)


def _cut(nodes: Sequence[int], uses: NDArray[np.int64]) -> Iterable[Sequence[int]]:
    """A way's stretches; one that ends where it began is cut in the middle, so that both its directions are roads."""
    inner = [place for place in range(1, len(nodes) - 1) if uses[nodes[place]] > 1]
    marks = [0, *inner, len(nodes) - 1]
    for begin, end in itertools.pairwise(marks):
        if nodes[begin] == nodes[end] and end - begin > 1:
            middle = (begin + end) // 2
            yield nodes[begin : middle + 1]
            yield nodes[middle : end + 1]
        elif nodes[begin] != nodes[end]:
            yield nodes[begin : end + 1]


def _lengths(lon: Floats, lat: Floats, first: NDArray[np.int64]) -> NDArray[np.float32]:
    """Metres of each stretch on the mean sphere, at least a centimetre."""
    phi, lam = np.radians(lat), np.radians(lon)
    half = np.sin(np.diff(phi) / 2) ** 2 + np.cos(phi[:-1]) * np.cos(phi[1:]) * np.sin(np.diff(lam) / 2) ** 2
    steps = 2 * MEAN_RADIUS_M * np.arcsin(np.sqrt(np.minimum(1.0, half)))
    walked = np.concatenate([[0.0], np.cumsum(steps)])
    total = walked[first[1:] - 1] - walked[first[:-1]]
    metres: NDArray[np.float32] = np.maximum(total, 0.01).astype(np.float32)
    return metres


def moved(net: RoadNet, crs: Crs) -> RoadNet:
    """A net whose degrees are those of some system, in WGS-84."""
    if crs in (Crs.WGS84, Crs.CGCS2000):
        return net
    at = shape_to_wgs84(MultiPoint(np.column_stack([net.lon, net.lat])), crs)
    lon, lat = np.round(get_coordinates(at).T, 7)
    return replace(net, lon=lon, lat=lat, length_m=_lengths(lon, lat, net.first))


def write(net: RoadNet, path: Path) -> None:
    """Write a net as a file of columns."""
    about = json.dumps(
        {"format": FORMAT, "junctions": net.junctions, "labels": net.labels}, ensure_ascii=False
    )
    columns = {name: getattr(net, name) for name in (*COLUMNS, *TURNS)}
    with path.open("wb") as out:
        np.savez_compressed(out, about=np.frombuffer(about.encode(), dtype=np.uint8), **columns)


def read(path: Path, digest: str | None = None) -> RoadNet:
    """A net from its file. BadNet when it is none, or not of this digest."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            about = json.loads(bytes(kept["about"]).decode())
            columns = {name: kept[name] for name in COLUMNS}
            columns |= {
                name: kept[name] for name in TURNS if name in kept.files
            }  # a file from before there were any has none
        labels = tuple((str(name), str(ref)) for name, ref in about["labels"])
        net = RoadNet(**columns, junctions=int(about["junctions"]), labels=labels)
        sound = about["format"] == FORMAT and _is_sound(net)
    except (BadZipFile, ValueError, KeyError, TypeError, EOFError) as error:
        raise BadNet(f"{path.name} cannot be read as a road net") from error
    if not sound or (digest is not None and net.digest != digest):
        raise BadNet(f"{path.name} is not the road net that its name says")
    return net


def _is_sound(net: RoadNet) -> bool:
    count = len(net.a)
    one_each = all(
        len(getattr(net, name)) == count for name in COLUMNS if name not in ("first", "lon", "lat")
    )
    typed = all(getattr(net, name).dtype == kind for name, kind in COLUMNS.items())
    if not (count and one_each and typed and len(net.first) == count + 1 and len(net.lon) == len(net.lat)):
        return False
    lines = bool(net.first[0] == 0 and net.first[-1] == len(net.lon) and (np.diff(net.first) >= 2).all())
    ends = min(net.a.min(), net.b.min()) >= 0 and max(net.a.max(), net.b.max()) < net.junctions
    named = net.label.min() >= 0 and net.label.max() < len(net.labels) and net.road_class.max() < len(CLASSES)
    turned = all(
        len(getattr(net, name)) == len(net.turn_at) and getattr(net, name).dtype == kind
        for name, kind in TURNS.items()
    )
    if turned and len(net.turn_at):
        least = min(net.turn_from.min(), net.turn_to.min(), net.turn_at.min())
        turned = bool(
            least >= 0
            and max(net.turn_from.max(), net.turn_to.max()) < count
            and net.turn_at.max() < net.junctions
        )
    return bool(
        turned and lines and ends and named and (net.length_m > 0).all() and (net.speed_kmh > 0).all()
    )
