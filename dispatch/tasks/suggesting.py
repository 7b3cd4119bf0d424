"""The suggestion for an incident: gathers the candidates, ranks them, keeps what was shown."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from pydantic import Field

from command.core import clock, spatial
from command.core.access import permission
from command.core.queries import View, Wish, query
from command.core.records import find
from command.incidents.kinds import KINDS
from command.incidents.models import Incident
from command.incidents.queries import schematic_anchor
from command.places import register
from dispatch.suggest import memory, ranking
from dispatch.suggest.ranking import Candidate, Need, Ranked
from dispatch.tasks.flow import ENGAGED_STATES
from dispatch.tasks.models import Task
from dispatch.teams.models import Team
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
    incident: Incident = find(view.session, "incident", wish.id, view.actor)
    need, basis = _need(incident)
    if need is None:
        return {
            "items": [],
            "left_out": [],
            "shortfalls": [],
            "basis": basis,
            "computed_at": clock.wire(view.now),
        }
    teams = {
        team.id: team
        for team in view.session.execute(sa.select(Team).where(team_visible(view.actor))).scalars()
    }
    outcome = ranking.rank(need, _candidates(view, teams, incident), view.now)
    chosen = DEFAULT_TEAMS[incident.life_risk]
    lang = view.actor.lang
    items = [
        _item(teams[one.candidate.id], one, place, place <= chosen, lang)
        for place, one in enumerate(outcome.ranked[:SHOWN], 1)
    ]
    memory.keep(view.world, incident.id, items)
    over = [(one.candidate, {"zh": "排在其后", "en": "ranked after these"}) for one in outcome.ranked[SHOWN:]]
    left_out = [
        {"team": {"id": one.id, "name": one.name}, "reason": say[lang], "reasons": say}
        for one, say in [*over, *outcome.left_out][:LEFT_OUT]
    ]
    return {
        "items": items,
        "left_out": left_out,
        "shortfalls": [say[lang] for say in outcome.shortfalls],
        "shortfalls_said": outcome.shortfalls,
        "basis": basis,
        "computed_at": clock.wire(view.now),
    }


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


def _candidates(view: View, teams: dict[str, Team], incident: Incident) -> list[Candidate]:
    state = states(view.session, list(teams))
    busy = _busy(view, incident.id)
    found = []
    for team in teams.values():
        now = state.get(team.id, ABSENT)
        what, spare, here = busy.get(team.id, (None, False, False))
        fix = latest.get(view.world, team.id)
        base = None if fix else spatial.shown(team.base)
        lon, lat = (fix.lon, fix.lat) if fix else (base["coordinates"] if base else (None, None))
        found.append(
            Candidate(
                team.id,
                team.name,
                team.centre,
                frozenset(team.skills),
                team.readiness,
                team.mode,
                now.on_duty,
                what,
                spare,
                here,
                lon,
                lat,
                fix.at if fix else None,
            )
        )
    return found


def _busy(view: View, incident_id: str) -> dict[str, tuple[str | None, bool, bool]]:
    """team → (what it does now, whether that may be left, whether it is already sent here)."""
    query_ = (
        sa.select(Task.team_id, Task.incident_id, Task.incident_title, Task.state, Incident.life_risk)
        .join(Incident, sa.and_(Incident.id == Task.incident_id, Incident.world == Task.world))
        .where(Task.open)
    )
    found: dict[str, tuple[str | None, bool, bool]] = {}
    for team_id, of, title, state, life_risk in view.session.execute(query_):
        before = found.get(team_id, (None, True, False))
        here = before[2] or of == incident_id
        bound = state in ENGAGED_STATES or state == "reserved"
        found[team_id] = (title if bound else before[0], before[1] and life_risk == "none", here)
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
