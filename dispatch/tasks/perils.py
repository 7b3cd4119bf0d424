"""Which danger areas lie on a team's way to an incident, or around the incident itself: told with the suggestion, before anybody
is sent. Asked of the ways only while there are danger areas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from command.core.queries import View
from command.dangers.queries import READ
from command.roads.ways import Ways
from dispatch.suggest.ranking import Need, Ranked
from dispatch.teams.models import Team
from dispatch.teams.words import vehicle_of
from geo.steps import line_of

Place = tuple[float, float]
Peril = dict[str, Any]


def around(view: View, goal: Place) -> list[Peril]:
    """The danger areas that a place lies in."""
    if not view.actor.may(READ):
        return []
    found: list[list[Peril]] = view.ask("dangers.met", shapes=[{"type": "Point", "coordinates": list(goal)}])
    return found[0]


def of_those(
    view: View, roads: Ways | None, teams: Mapping[str, Team], some: Iterable[Ranked], need: Need
) -> dict[str, list[Peril]]:
    """team → the danger areas on its way, of teams that are proposed; of a place that is only drawn nothing is said."""
    placed = {
        one.candidate.id: ((one.candidate.lon, one.candidate.lat), vehicle_of(teams[one.candidate.id].type))
        for one in some
        if one.candidate.lon is not None and one.candidate.lat is not None and not need.schematic
    }
    return on_the_way(view, roads, placed, (need.lon, need.lat))


def on_the_way(
    view: View, roads: Ways | None, teams: Mapping[str, tuple[Place, str]], goal: Place
) -> dict[str, list[Peril]]:
    """team → the danger areas that its way leads through, but for those that the goal lies in; `teams`: where each is, and in
    which vehicle it comes. Where no road is known the straight line is asked."""
    if not teams or not view.actor.may(READ) or not view.ask("dangers.shapes"):
        return {}
    there = {one["id"] for one in around(view, goal)}
    lines = [_line(roads, at, vehicle, goal) for at, vehicle in teams.values()]
    met = view.ask("dangers.met", shapes=[{"type": "LineString", "coordinates": one} for one in lines])
    return {
        team: [one for one in some if one["id"] not in there] for team, some in zip(teams, met, strict=True)
    }


def _line(roads: Ways | None, at: Place, vehicle: str, goal: Place) -> list[Place]:
    toward = roads.toward(vehicle, *goal) if roads is not None else None
    spot = toward.roads.drivable.spot(*at) if toward is not None else None
    if toward is None or spot is None:
        return [at, goal]
    driven = [(lon, lat) for lon, lat in line_of(toward.roads, toward.way(spot))]
    return [at, *driven, goal] if driven else [at, goal]


def said(some: list[Peril]) -> list[dict[str, str]]:
    """What a commander reads of them, one line each."""
    return [
        {"zh": f"途经危险区・{one['say']['zh']}", "en": f"way leads through danger: {one['say']['en']}"}
        for one in some
    ]
