"""A route as people follow it: its line on the map, and by which road how far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from shapely import LineString
from shapely.ops import substring

from geo.distance import bearing
from geo.roadnet import CLASSES
from geo.route import Leg, Roads

SHORTEST_M = 30.0
"""A nameless stretch shorter than this between two of the same road is a junction, not a road of its own."""


@dataclass(frozen=True)
class Step:
    """By one road: its name and number (empty where it has none), its class, how far, how long, which way it sets out."""

    name: str
    ref: str
    road_class: str
    metres: float
    seconds: float
    bearing: float


def line_of(roads: Roads, legs: Sequence[Leg]) -> list[tuple[float, float]]:
    """The points of a way in degrees."""
    plane = roads.drivable.ground.plane
    at: list[tuple[float, float]] = []
    for stretch, begin, end in legs:
        part = substring(roads.drivable.ground.lines[stretch], begin, end, normalized=True)
        assert isinstance(part, LineString)
        lon, lat = plane.degrees(*np.array(part.coords).T)
        told = list(zip(np.round(lon, 6).tolist(), np.round(lat, 6).tolist(), strict=True))
        at += told[1:] if at and at[-1] == told[0] else told
    return at


def steps_of(roads: Roads, legs: Sequence[Leg]) -> list[Step]:
    """A way by its roads, in order; neighbouring stretches of one road are one step."""
    steps: list[Step] = []
    for leg in legs:
        one = _step(roads, leg)
        last = steps[-1] if steps else None
        if last is not None and (
            _same(last, one) or (not one.name and not one.ref and one.metres < SHORTEST_M)
        ):
            steps[-1] = Step(
                last.name,
                last.ref,
                last.road_class,
                last.metres + one.metres,
                last.seconds + one.seconds,
                last.bearing,
            )
        else:
            steps.append(one)
    return steps


def _same(one: Step, other: Step) -> bool:
    if one.ref or other.ref:
        return one.ref == other.ref and (one.name == other.name or not (one.name and other.name))
    return (one.name, one.road_class) == (other.name, other.road_class)


def _step(roads: Roads, leg: Leg) -> Step:
    net, (stretch, begin, end) = roads.net, leg
    name, ref = net.labels[int(net.label[stretch])]
    share = abs(end - begin)
    costs = roads.drivable.forward if begin < end else roads.drivable.backward
    at = line_of(roads, [leg])
    return Step(
        name, ref, CLASSES[int(net.road_class[stretch])], share * float(net.length_m[stretch]),
        share * float(costs[stretch]), bearing(*at[0], *at[-1]),
    )  # fmt: skip
