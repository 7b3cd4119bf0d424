"""The suggestion for an incident: gathers the candidates, ranks them, keeps what was shown."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from pydantic import Field

from command.core import clock
from command.core.access import permission
from command.core.queries import View, Wish, query
from command.core.records import find
from command.core.store import spatial
from command.incidents.kinds import KINDS
from command.incidents.models import Incident
from command.incidents.queries import INCIDENTS, schematic_anchor
from command.places import register
from command.roads.travelling import basis_of
from command.roads.ways import Ways, trips, ways
from dispatch.suggest import memory, ranking, shortlist
from dispatch.suggest.muster import muster
from dispatch.suggest.ranking import Candidate, Drive, Left, Need, Outcome, Ranked
from dispatch.suggest.shortlist import Shortlist, Work
from dispatch.tasks import perils
from dispatch.tasks.weighing import Busy, Weighed, busy_teams, candidates, weighed_teams
from dispatch.teams.models import Team
from dispatch.teams.queries import team_visible
from dispatch.teams.words import vehicle_of
from dispatch.tracking import latest

SUGGEST = permission("suggest.read", "see suggestions")
SHOWN, LEFT_OUT = 12, 40
BY_ROAD = 48
"""So many of the first by the straight line are asked for their time over the roads: mountains change the order."""
FARTHER = 1.5
"""Where roads decide who is too far, the straight line's estimate leaves out only those well beyond."""
DEFAULT_TEAMS = {"people": 2, "possible": 1, "none": 1}


class OfIncident(Wish):
    """An incident."""

    id: str = Field(max_length=36)


@query(
    "incident.suggestions",
    wish=OfIncident,
    needs=SUGGEST,
    http="GET /incidents/{id}/suggestions",
    output=dict[str, Any],
    long=True,
)
def suggestions(view: View, wish: OfIncident) -> dict[str, Any]:
    """Teams worth sending, each with why; why the others are not; what nobody can do."""
    incident = find(view.session, INCIDENTS, wish.id, view.actor)
    need, basis = _need(incident)
    if need is None:
        return {
            "items": [],
            "left_out": [],
            "left_out_counts": [],
            "shortfalls": [],
            "basis": basis,
            "computed_at": clock.wire(view.now),
        }
    roads = ways(view.session, view.directory)
    picked, busy = _look_over(view, incident, need, roads)
    named = [*picked.first, *(one for _, some in picked.left.values() for one in some)]
    weighed = weighed_teams(view, named)
    outcome = ranking.rank(need, _driven(need, roads, weighed, candidates(view, weighed, busy)), view.now)
    items = _items(view, incident, need, roads, outcome)
    lang = view.actor.lang
    memory.keep(view.world, incident.id, items)
    said = ranking.shortfalls(need, picked.able)
    return {
        "items": items,
        "left_out": _left_out(outcome, lang),
        "left_out_counts": _counts(picked, outcome),
        "shortfalls": [say[lang] for say in said],
        "shortfalls_said": said,
        "basis": _with_roads(basis, roads),
        "dangers": [] if need.schematic else perils.around(view, (need.lon, need.lat)),
        "computed_at": clock.wire(view.now),
    }


def _items(
    view: View,
    incident: Incident,
    need: Need,
    roads: Ways | None,
    outcome: Outcome,
) -> list[dict[str, Any]]:
    """Those worth sending, each with the danger areas on its way."""
    chosen = DEFAULT_TEAMS[incident.life_risk]
    first = outcome.ranked[:SHOWN]
    teams = _teams(view, [one.candidate.id for one in first])
    met = perils.of_those(view, roads, teams, first, need)
    return [
        _item(
            teams[one.candidate.id],
            one,
            place,
            place <= chosen,
            view.actor.lang,
            met.get(one.candidate.id, []),
        )
        for place, one in enumerate(first, 1)
    ]


def _with_roads(basis: dict[str, Any], roads: Ways | None) -> dict[str, Any]:
    """On what places and times rest: 位置示意 first, then 路网, 示意路网 or 直线估算."""
    times = basis_of(roads)
    text = {
        lang: f"{basis['text'][lang]}{sep}{times['say'][lang]}" if basis["text"] else times["say"][lang]
        for lang, sep in (("zh", "・"), ("en", "; "))
    }
    return {**basis, "text": text, "times": {name: times[name] for name in ("code", "zh", "en", "source")}}


def _counts(picked: Shortlist, outcome: Outcome) -> list[dict[str, Any]]:
    """How many are left out for which reason. Who turned out to be too far by road was among the first by the straight line."""
    beyond = set(picked.left["far"][1]) if "far" in picked.left else set()
    far = sum(1 for one in outcome.left_out if one.code == "far" and one.candidate.id not in beyond)
    counts = {code: count for code, (count, _) in picked.left.items()}
    counts["far"] = counts.get("far", 0) + far
    counts["after"] = max(0, picked.fit - far - min(SHOWN, len(outcome.ranked)))
    return [
        {"code": code, "count": counts[code], "reason": reason}
        for code, reason in ranking.LEFT_OUT.items()
        if counts.get(code)
    ]


def _look_over(
    view: View, incident: Incident, need: Need, roads: Ways | None
) -> tuple[Shortlist, dict[str, Busy]]:
    """A first look over all teams that the actor may see, and what they are busy with."""
    busy = busy_teams(view, incident.id)
    known = muster(view.session)
    fixes = latest.of_world(view.world)
    within = None
    if not view.actor.county:
        within = set(view.session.execute(sa.select(Team.id).where(team_visible(view.actor))).scalars())
    work = {team_id: Work(bool(one.what), one.spare, one.here) for team_id, one in busy.items()}
    most, far_s = (SHOWN, ranking.FAR_S) if roads is None else (BY_ROAD, ranking.FAR_S * FARTHER)
    picked = shortlist.pick(
        need, known, work, fixes.get, within=within, most=most, examples=LEFT_OUT, far_s=far_s
    )
    return picked, busy


def _driven(
    need: Need, roads: Ways | None, teams: dict[str, Weighed], some: list[Candidate]
) -> list[Candidate]:
    """Candidates with their way over the roads, where roads are known."""
    if roads is None:
        return some
    placed = [(one, (one.lon, one.lat)) for one in some if one.lon is not None and one.lat is not None]
    vehicles = [vehicle_of(teams[one.id].type) for one, _ in placed]
    found = trips(roads, [at for _, at in placed], vehicles, (need.lon, need.lat))
    drives = {
        one.id: Drive(trip.seconds, trip.metres, trip.basis)
        for (one, _), trip in zip(placed, found, strict=True)
    }
    return [replace(one, drive=drives.get(one.id)) for one in some]


def _teams(view: View, named: Collection[str]) -> dict[str, Team]:
    query_ = sa.select(Team).where(Team.id.in_(named), team_visible(view.actor))
    return {team.id: team for team in view.session.execute(query_).scalars()}


def _left_out(outcome: Outcome, lang: str) -> list[dict[str, Any]]:
    """Some of those left out, each with why."""
    over = [Left(one.candidate, "after", ranking.LEFT_OUT["after"]) for one in outcome.ranked[SHOWN:]]
    return [
        {
            "team": {"id": one.candidate.id, "name": one.candidate.name},
            "code": one.code,
            "reason": one.say[lang],
            "reasons": one.say,
        }
        for one in [*over, *outcome.left_out][:LEFT_OUT]
    ]


def _need(incident: Incident) -> tuple[Need | None, dict[str, Any]]:
    point = spatial.shown(incident.location)
    township = register.township_of(incident.village_code or incident.centre)
    schematic = point is None
    place = point or schematic_anchor(incident.village_code or incident.centre)
    if place is None:
        return None, {
            "point": None,
            "schematic": True,
            "text": {"zh": "位置待核：先定位置", "en": "Place to be checked: set a point first"},
        }
    lon, lat = place["coordinates"]
    text = (
        {"zh": "位置示意：按乡镇示意点估算", "en": "Schematic: estimated from the township's anchor"}
        if schematic
        else None
    )
    need = Need(
        lon,
        lat,
        schematic,
        township.code if township else None,
        KINDS[incident.kind].needs_skills,
        incident.life_risk,
        incident.level,
    )
    return need, {"point": place, "schematic": schematic, "text": text}


def _item(
    team: Team, one: Ranked, place: int, default: bool, lang: str, dangers: list[perils.Peril]
) -> dict[str, Any]:
    reasons = [*perils.said(dangers), *one.reasons]
    known = ("id", "name", "type", "centre", "headcount", "skills", "equipment", "readiness")
    shown = {name: getattr(team, name) for name in known}
    return {
        "team": shown,
        "rank": place,
        "distance_m": one.distance_m,
        "eta_s": one.eta_s,
        "estimate": one.estimate,
        "basis": one.basis,
        "mode": team.mode,
        "via": team.via,
        "call": team.call,
        "reasons": [say[lang] for say in reasons],
        "reasons_said": reasons,
        "dangers": dangers,
        "default": default,
    }
