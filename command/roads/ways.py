"""The roads as they are now, in the memory of this process: the net in force, loaded when it is first asked for, with what is
closed. What is in force is read in the transaction that asks, so that a closure counts from its commit on, in every process.

Called beside the hub only: a net takes tenths of a second to load, and one thread at a time loads.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from gevent import monkey
from shapely.geometry import shape
from sqlalchemy.orm import Session

from command.roads import nets
from command.roads.contract import Basis
from command.roads.models import Closure, RoadNet
from command.roads.queries import closed_now, net_in_force
from geo import straight
from geo.closing import Barrier
from geo.distance import metres as metres_between
from geo.drivable import INF, VEHICLES, Drivable, Ground
from geo.roadnet import BadNet
from geo.route import Roads
from geo.toward import Toward

log = logging.getLogger(__name__)
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Kept(Generic[K, V]):
    """What is dear to make, kept while it is used; made once, whoever asks at the same time."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._kept: OrderedDict[K, V] = OrderedDict()
        self._lock = monkey.get_original(
            "_thread", "allocate_lock"
        )()  # of native threads: this is beside the hub

    def get(self, key: K, make: Callable[[], V]) -> V:
        """The kept value of a key, or a new one."""
        with self._lock:
            if key not in self._kept:
                self._kept[key] = make()
                while len(self._kept) > self.most:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            return self._kept[key]

    def forget(self) -> None:
        """Keep nothing any more."""
        with self._lock:
            self._kept.clear()


_grounds: Kept[str, Ground] = Kept(2)
_drivables: Kept[tuple[str, str], Drivable] = Kept(8)
_roads: Kept[tuple[Any, ...], Roads] = Kept(16)
_towards: Kept[tuple[Any, ...], Toward | None] = Kept(128)


@dataclass(frozen=True)
class Net:
    """The net in force as a screen names it."""

    id: str
    file: str
    source: str
    licence: str
    synthetic: bool

    @property
    def basis(self) -> Basis:
        """On what times over it rest."""
        return "sketch" if self.synthetic else "road"


@dataclass(frozen=True)
class Shut:
    """A closure in force: what tells it from others, and whom it stops."""

    id: str
    version: int
    bars: frozenset[str]
    barrier: Barrier


@dataclass(frozen=True)
class Ways:
    """The roads of one world at one moment."""

    directory: Path
    net: Net
    shut: tuple[Shut, ...]

    def roads(self, vehicle: str, *, free: bool = False) -> Roads:
        """What a vehicle can drive now; `free`: as if nothing were closed."""
        shut = () if free else tuple(one for one in self.shut if vehicle in one.bars)
        key = (*self._key(vehicle), *((one.id, one.version) for one in shut))
        return _roads.get(key, lambda: Roads(self._drivable(vehicle), [one.barrier for one in shut]))

    def toward(self, vehicle: str, lon: float, lat: float) -> Toward | None:
        """Seconds from everywhere to a point; None when the point is far from any road."""
        roads = self.roads(vehicle)
        spot = roads.drivable.spot(lon, lat)
        key = (id(roads), round(lon, 6), round(lat, 6))
        found = _towards.get(key, lambda: roads.toward(spot) if spot else None)
        return found if found is None or found.roads is roads else roads.toward(found.goal)

    def _key(self, vehicle: str) -> tuple[str, str]:
        return self.net.file, vehicle

    def _drivable(self, vehicle: str) -> Drivable:
        return _drivables.get(self._key(vehicle), lambda: Drivable(self.ground(), VEHICLES[vehicle]))

    def ground(self) -> Ground:
        """The net in the plane. BadNet when its file cannot be read."""
        return _grounds.get(self.net.file, lambda: Ground(nets.load(self.directory, self.net.file)))


@dataclass(frozen=True)
class Trip:
    """How a team gets to a place: seconds and metres, None where no open road leads there; on what that rests."""

    seconds: float | None
    metres: float | None
    basis: Basis


def trips(
    found: Ways | None,
    points: Sequence[tuple[float, float]],
    vehicles: Sequence[str],
    goal: tuple[float, float],
) -> list[Trip]:
    """How long it takes from each of these points, in its vehicle, to one goal: over the roads, else by the straight line."""
    told = [straight_trip(point, goal) for point in points]
    for vehicle in dict.fromkeys(vehicles if found is not None else ()):
        assert found is not None
        toward = found.toward(vehicle, *goal)
        if toward is None:
            continue
        mine = [place for place, one in enumerate(vehicles) if one == vehicle]
        spots = toward.roads.drivable.spots(
            [points[place][0] for place in mine], [points[place][1] for place in mine]
        )
        for place, spot in zip(mine, spots, strict=True):
            if spot is None:
                continue
            beside = across(toward.roads, points[place], goal, spot.off_m + toward.goal.off_m)
            seconds, metres = beside or toward.trip(spot)
            off_m = 0.0 if beside else spot.off_m + toward.goal.off_m
            known = seconds < INF
            told[place] = Trip(seconds if known else None, metres + off_m if known else None, found.net.basis)
    return told


def across(
    roads: Roads, start: tuple[float, float], goal: tuple[float, float], to_the_road_m: float
) -> tuple[float, float] | None:
    """(seconds, metres) straight over the ground, for two points that are nearer to each other than to any road; else None."""
    away = metres_between(*start, *goal)
    return (away / (roads.drivable.vehicle.off_road_kmh / 3.6), away) if away <= to_the_road_m else None


def straight_trip(start: tuple[float, float], goal: tuple[float, float]) -> Trip:
    """The estimate where no road is known."""
    metres, seconds = straight.travel(*start, *goal)
    return Trip(seconds, metres, "straight")


def ways(session: Session, directory: Path | None) -> Ways | None:
    """The roads of the session's world as they are now; None where no net is in force, or its file cannot be read here."""
    row = net_in_force(session)
    if row is None or directory is None:
        return None
    found = Ways(directory, _net(row), tuple(_shut(closed_now(session))))
    try:
        found.ground()
    except BadNet as bad:
        log.error("ways are straight lines: %s", bad)
        return None
    return found


def _net(row: RoadNet) -> Net:
    return Net(row.id, row.file, row.source, row.licence, row.synthetic)


def _shut(rows: Iterable[Closure]) -> Iterable[Shut]:
    for row in rows:
        yield Shut(row.id, row.version, frozenset(row.bars), Barrier(row.id, shape(row.shape), row.one_way))


def forget() -> None:
    """Forget all that is kept: what is asked next is read afresh."""
    for kept in (_grounds, _drivables, _roads, _towards):
        kept.forget()
