"""The suggestion for an incident: gathers the candidates, ranks them, keeps what was shown."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

import sqlalchemy as sa
from pydantic import Field

from command.core import clock, spatial
from command.core.access import permission
from command.core.queries import View, Wish, query
from command.core.records import find
from command.incidents.kinds import KINDS
from command.incidents.models import Incident
from command.incidents.queries import INCIDENTS, schematic_anchor
from command.places import register
from dispatch.suggest import memory, ranking, shortlist
from dispatch.suggest.muster import muster
from dispatch.suggest.ranking import Candidate, Left, Need, Outcome, Ranked
from dispatch.suggest.shortlist import Shortlist, Work
from dispatch.tasks.flow import ENGAGED_STATES
from dispatch.tasks.models import Task
from dispatch.teams.models import Team, TeamState
from dispatch.teams.queries import ABSENT, states, team_visible
from dispatch.tracking import latest

SUGGEST = permission("suggest.read", "see suggestions")
SHOWN, LEFT_OUT = 12, 40
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
    picked, busy = _look_over(view, incident, need)
    named = [*picked.first, *(one for _, some in picked.left.values() for one in some)]
    teams = _teams(view, named)
    outcome = ranking.rank(need, _candidates(view, teams, busy), view.now)
    chosen = DEFAULT_TEAMS[incident.life_risk]
    lang = view.actor.lang
    items = [
        _item(teams[one.candidate.id], one, place, place <= chosen, lang)
        for place, one in enumerate(outcome.ranked[:SHOWN], 1)
    ]
    memory.keep(view.world, incident.id, items)
    said = ranking.shortfalls(need, picked.able)
    return {
        "items": items,
        "left_out": _left_out(outcome, lang),
        "left_out_counts": [
            {"code": code, "count": count, "reason": ranking.LEFT_OUT[code]}
            for code, (count, _) in picked.left.items()
        ],
        "shortfalls": [say[lang] for say in said],
        "shortfalls_said": said,
        "basis": basis,
        "computed_at": clock.wire(view.now),
    }


def _look_over(view: View, incident: Incident, need: Need) -> tuple[Shortlist, dict[str, Busy]]:
    """A first look over all teams that the actor may see, and what they are busy with."""
    busy = _busy(view, incident.id)
    known = muster(view.session)
    fixes = latest.of_world(view.world)
    within = None
    if not view.actor.county:
        within = set(view.session.execute(sa.select(Team.id).where(team_visible(view.actor))).scalars())
    work = {team_id: Work(bool(one.what), one.spare, one.here) for team_id, one in busy.items()}
    picked = shortlist.pick(need, known, work, fixes.get, within=within, most=SHOWN, examples=LEFT_OUT)
    return picked, busy


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
        else {"zh": "直线 × 1.4，40 km/h 估算", "en": "Straight line × 1.4 at 40 km/h"}
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


def _candidates(view: View, teams: dict[str, Team], busy: dict[str, Busy]) -> list[Candidate]:
    state = states(view.session, list(teams))
    return [
        _candidate(view.world, team, state.get(team.id, ABSENT), busy.get(team.id, FREE))
        for team in teams.values()
    ]


def _candidate(world: int, team: Team, state: TeamState, busy: Busy) -> Candidate:
    fix = latest.get(world, team.id)
    base = None if fix else spatial.shown(team.base)
    lon, lat = (fix.lon, fix.lat) if fix else (base["coordinates"] if base else (None, None))
    return Candidate(
        team.id,
        team.name,
        team.centre,
        frozenset(team.skills),
        team.readiness,
        team.mode,
        state.on_duty,
        *busy,
        lon,
        lat,
        fix.at if fix else None,
    )


class Busy(NamedTuple):
    """What a team does now, whether that may be left, whether it is already sent here."""

    what: str | None
    spare: bool
    here: bool


FREE = Busy(None, False, False)


def _busy(view: View, incident_id: str) -> dict[str, Busy]:
    """Teams with an open task."""
    query_ = (
        sa.select(Task.team_id, Task.incident_id, Task.incident_title, Task.state, Incident.life_risk)
        .join(Incident, sa.and_(Incident.id == Task.incident_id, Incident.world == Task.world))
        .where(Task.open)
    )
    found: dict[str, Busy] = {}
    for team_id, of, title, state, life_risk in view.session.execute(query_):
        before = found.get(team_id, Busy(None, True, False))
        bound = state in ENGAGED_STATES or state == "reserved"
        found[team_id] = Busy(
            title if bound else before.what,
            before.spare and life_risk == "none",
            before.here or of == incident_id,
        )
    return found


def _item(team: Team, one: Ranked, place: int, default: bool, lang: str) -> dict[str, Any]:
    shown = {
        "id": team.id,
        "name": team.name,
        "type": team.type,
        "centre": team.centre,
        "headcount": team.headcount,
        "skills": team.skills,
        "equipment": team.equipment,
        "readiness": team.readiness,
    }
    return {
        "team": shown,
        "rank": place,
        "distance_m": one.distance_m,
        "eta_s": one.eta_s,
        "estimate": one.estimate,
        "mode": team.mode,
        "via": team.via,
        "call": team.call,
        "reasons": [say[lang] for say in one.reasons],
        "reasons_said": list(one.reasons),
        "default": default,
    }
