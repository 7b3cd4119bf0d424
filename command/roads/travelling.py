"""Questions about ways: by which roads from here to there, how far in so many minutes, and how long for many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

from pydantic import Field, field_validator
from shapely import LineString
from shapely.geometry import mapping, shape

from command.core import clock
from command.core.errors import Conflict
from command.core.faults import Wrong
from command.core.queries import View, Wish, query
from command.core.store import spatial
from command.roads.contract import Vehicle
from command.roads.queries import READ
from command.roads.ways import Shut, Ways, across, ways
from command.roads.words import BASIS, VEHICLES
from geo import reach, straight
from geo.closing import Barrier
from geo.drivable import Spot
from geo.route import Roads, Route
from geo.steps import line_of, steps_of

MOST_MINUTES, MOST_MATRIX = 240, 5000
FACTOR = {
    "zh": f"直线 × {straight.ROAD_FACTOR:g}，{straight.SPEED_MS * 3.6:.0f} km/h 估算",
    "en": f"Straight line × {straight.ROAD_FACTOR:g} at {straight.SPEED_MS * 3.6:.0f} km/h",
}
NO_NET = {"zh": "未导入路网", "en": "no road net here"}
OFF_NET = {"zh": "离路网太远", "en": "too far from any road"}


DANGERS = "danger.read"


class FromTo(Wish):
    """From where to where (`lon,lat`), and in which vehicle. `avoid=dangers`: around danger areas as around closed roads."""

    from_: str = Field(alias="from", max_length=60)
    to: str = Field(max_length=60)
    vehicle: Vehicle = "car"
    avoid: Literal["dangers"] | None = None


class Around(Wish):
    """From where (`lon,lat`), in how many minutes (`15,30,60`), and in which vehicle."""

    at: str = Field(max_length=60)
    minutes: str = Field("15,30,60", max_length=40)
    vehicle: Vehicle = "car"

    @field_validator("minutes")
    @classmethod
    def _some(cls, value: str) -> str:
        given = value.split(",")
        if not 1 <= len(given) <= 6 or not all(
            one.strip().isdigit() and 1 <= int(one) <= MOST_MINUTES for one in given
        ):
            raise Wrong(
                f"minutes: up to six numbers from 1 to {MOST_MINUTES}",
                f"minutes 须为 1–{MOST_MINUTES} 的数，至多六个",
            )
        return value

    def bands(self) -> list[int]:
        """The minutes as numbers, each once, the least first."""
        return sorted({int(one) for one in self.minutes.split(",")})


class Matrix(Wish):
    """Points [lon, lat] from which, and to which; for other slices."""

    starts: list[tuple[float, float]] = Field(max_length=1000)
    goals: list[tuple[float, float]] = Field(max_length=1000)
    vehicle: Vehicle = "car"


def basis_of(found: Ways | None) -> dict[str, Any]:
    """On what times rest, as a screen says it."""
    if found is None:
        return {"code": "straight", **BASIS["straight"]._asdict(), "source": None, "say": FACTOR}
    code = found.net.basis
    shut = len(found.shut)
    zh = f"{BASIS[code].zh}・{found.net.source}" + (f"・已避开封路 {shut} 处" if shut else "")
    en = f"{BASIS[code].en}: {found.net.source}" + (f"; {shut} closed roads avoided" if shut else "")
    return {"code": code, **BASIS[code]._asdict(), "source": found.net.source, "say": {"zh": zh, "en": en}}


@query("roads.route", wish=FromTo, needs=READ, http="GET /routes", output=dict[str, Any], long=True)
def route(view: View, wish: FromTo) -> dict[str, Any]:
    """The fastest way from here to there with its line and its roads; where no road net is loaded, a straight-line estimate."""
    start, goal = spatial.parse_near(wish.from_), spatial.parse_near(wish.to)
    told = _route(view, wish, start, goal)
    told["dangers"] = _dangers(view, told.get("geometry"), goal)
    return told


def _dangers(view: View, line: dict[str, Any] | None, goal: tuple[float, float]) -> list[dict[str, Any]]:
    """The danger areas that the way goes through, or that the goal lies in."""
    if not view.actor.may(DANGERS):
        return []
    end = {"type": "Point", "coordinates": list(goal)}
    met = view.ask("dangers.met", shapes=[line or end, end])
    return list({one["id"]: one for some in met for one in some}.values())


def _around(view: View, found: Ways) -> Ways:
    """The roads as if danger areas were closed."""
    shapes = view.ask("dangers.shapes") if view.actor.may(DANGERS) else []
    more = [
        Shut(one["id"], one["version"], frozenset(VEHICLES), Barrier(one["id"], shape(one["shape"]), False))
        for one in shapes
    ]
    return replace(found, shut=(*found.shut, *more))


def _route(view: View, wish: FromTo, start: tuple[float, float], goal: tuple[float, float]) -> dict[str, Any]:
    found = ways(view.session, view.directory)
    if found is not None and wish.avoid:
        found = _around(view, found)
    asked = {
        "from": list(start),
        "to": list(goal),
        "vehicle": wish.vehicle,
        "computed_at": clock.wire(view.now),
    }
    if found is None:
        return {**asked, **_straight(start, goal, NO_NET)}
    roads = found.roads(wish.vehicle)
    begin, end = roads.drivable.spot(*start), roads.drivable.spot(*goal)
    if begin is None or end is None:
        return {**asked, **_straight(start, goal, OFF_NET)}
    beside = across(roads, start, goal, begin.off_m + end.off_m)
    if beside is not None:
        return {**asked, **_over_the_ground(found, start, goal, beside)}
    way = roads.route(begin, end)
    told: dict[str, Any] = {**asked, "basis": basis_of(found), "reachable": way is not None, "closures": []}
    if way is not None:
        told |= _told(roads, way, begin, end, start, goal)
    if found.shut and (way is None or way.short_m):
        told["closures"] = _in_the_way(found, wish.vehicle, begin, end)
    return told


def _straight(start: tuple[float, float], goal: tuple[float, float], why: dict[str, str]) -> dict[str, Any]:
    away, seconds = straight.travel(*start, *goal)
    say = {
        lang: f"{FACTOR[lang]}（{why[lang]}）" if lang == "zh" else f"{FACTOR[lang]} ({why[lang]})"
        for lang in ("zh", "en")
    }
    return {
        "basis": {**basis_of(None), "say": say}, "reachable": True, "distance_m": round(away), "duration_s": round(seconds),
        "off_road_m": [0, 0], "short_m": 0, "steps": [], "closures": [],
        "geometry": {"type": "LineString", "coordinates": [list(start), list(goal)]},
    }  # fmt: skip


def _over_the_ground(
    found: Ways, start: tuple[float, float], goal: tuple[float, float], beside: tuple[float, float]
) -> dict[str, Any]:
    seconds, away = beside
    return {
        "basis": basis_of(found), "reachable": True, "distance_m": round(away), "duration_s": round(seconds), "steps": [],
        "off_road_m": [round(away), 0], "short_m": 0, "closures": [],
        "geometry": {"type": "LineString", "coordinates": [list(start), list(goal)]},
    }  # fmt: skip


def _told(
    roads: Roads, way: Route, start: Spot, goal: Spot, at: tuple[float, float], to: tuple[float, float]
) -> dict[str, Any]:
    line = line_of(roads, way.legs)
    steps = [
        {"name": one.name or None, "ref": one.ref or None, "class": one.road_class, "distance_m": round(one.metres),
         "duration_s": round(one.seconds), "bearing": round(one.bearing)}
        for one in steps_of(roads, way.legs)
    ]  # fmt: skip
    return {
        "distance_m": round(way.metres + start.off_m + goal.off_m), "duration_s": round(way.seconds), "steps": steps,
        "off_road_m": [round(start.off_m), round(goal.off_m)], "short_m": round(way.short_m),
        "geometry": {"type": "LineString", "coordinates": [list(one) for one in line or [at, to]]},
    }  # fmt: skip


def _in_the_way(found: Ways, vehicle: str, start: Spot, goal: Spot) -> list[str]:
    """The closures on the way that would be taken if nothing were closed."""
    free = found.roads(vehicle, free=True)
    way = free.route(start, goal)
    if way is None or not way.legs:
        return []
    line = LineString(line_of(free, way.legs))
    shut = [one for one in found.shut if vehicle in one.bars]
    plane = free.drivable.ground.plane
    flat = plane.flat(line)
    return [one.id for one in shut if plane.flat(one.barrier.shape).distance(flat) < 30]


@query("roads.reach", wish=Around, needs=READ, http="GET /isochrones", output=dict[str, Any], long=True)
def isochrones(view: View, wish: Around) -> dict[str, Any]:
    """What is reached from a place in so many minutes, as GeoJSON: the greatest first, so that the lesser lie on top."""
    at = spatial.parse_near(wish.at)
    found = ways(view.session, view.directory)
    told = {"type": "FeatureCollection", "basis": basis_of(found), "computed_at": clock.wire(view.now)}
    if found is None:
        return {**told, "features": [_circle(at, one) for one in reversed(wish.bands())]}
    roads = found.roads(wish.vehicle)
    spot = roads.drivable.spot(*at)
    if spot is None:
        raise Conflict("The place is too far from any road", zh="该点离路网太远")
    areas = reach.areas(roads, spot, wish.bands())
    return {**told, "features": [_feature(one, areas[one]) for one in reversed(wish.bands())]}


def _circle(at: tuple[float, float], minutes: int) -> dict[str, Any]:
    from geo.plane import Plane

    plane = Plane(*at)
    radius = minutes * 60 * straight.SPEED_MS / straight.ROAD_FACTOR
    from shapely import Point

    return _feature(minutes, plane.round(Point(0, 0).buffer(radius)))


def _feature(minutes: int, area: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"minutes": minutes}, "geometry": mapping(area)}


@query("roads.matrix", wish=Matrix, needs=READ)
def matrix(view: View, wish: Matrix) -> dict[str, Any]:
    """Seconds from each start to each goal, null where there is no way; with what they rest on. For other slices."""
    if len(wish.starts) * len(wish.goals) > MOST_MATRIX:
        raise Conflict(f"At most {MOST_MATRIX} pairs", zh=f"至多 {MOST_MATRIX} 对")
    found = ways(view.session, view.directory)
    if found is None or not wish.starts or not wish.goals:
        seconds: list[list[float | None]] = [
            [straight.travel(*a, *b)[1] for b in wish.goals] for a in wish.starts
        ]
        return {"basis": basis_of(None), "seconds": seconds}
    roads = found.roads(wish.vehicle)
    starts, goals = _spots(roads, wish.starts), _spots(roads, wish.goals)
    seconds_of = roads.matrix(starts, goals)
    for row, a in enumerate(starts):
        for column, b in enumerate(goals):
            if a is not None and b is not None:
                beside = across(roads, wish.starts[row], wish.goals[column], a.off_m + b.off_m)
                seconds_of[row, column] = beside[0] if beside else seconds_of[row, column]
    told = [[float(one) if one < float("inf") else None for one in row] for row in seconds_of]
    return {"basis": basis_of(found), "seconds": told}


def _spots(roads: Roads, points: Sequence[tuple[float, float]]) -> list[Spot | None]:
    return roads.drivable.spots([one[0] for one in points], [one[1] for one in points])
