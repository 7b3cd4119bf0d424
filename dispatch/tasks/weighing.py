"""What the ranking weighs of teams: read for many at once, and no more of each than it needs; and what they are busy with."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import sqlalchemy as sa

from command.core.queries import View
from command.incidents.models import Incident
from dispatch.suggest.ranking import Candidate
from dispatch.tasks.flow import ENGAGED_STATES
from dispatch.tasks.models import Task
from dispatch.teams.models import Team, TeamState
from dispatch.teams.queries import team_visible
from dispatch.tracking import latest


class Weighed(NamedTuple):
    """What the ranking weighs of a team: of many, so no more than that is read of each."""

    id: str
    name: str
    centre: str
    type: str
    skills: list[str]
    readiness: str
    mode: str
    on_duty: bool | None
    lon: float | None
    lat: float | None


def weighed_teams(view: View, named: Collection[str]) -> dict[str, Weighed]:
    """Those of these teams that the actor may see."""
    base = (part(Team.base, type_=sa.Float) for part in (sa.func.ST_X, sa.func.ST_Y))
    columns = (Team.id, Team.name, Team.centre, Team.type, Team.skills, Team.readiness, Team.mode)
    query_ = (
        sa.select(*columns, TeamState.on_duty, *base)
        .outerjoin(TeamState, TeamState.team_id == Team.id)
        .where(Team.id.in_(named), team_visible(view.actor))
    )
    return {row[0]: Weighed(*row) for row in view.session.execute(query_)}


def candidates(view: View, teams: dict[str, Weighed], busy: dict[str, Busy]) -> list[Candidate]:
    """Teams as the ranking sees them, each where it said last that it is, else at its base."""
    return [_candidate(view.world, team, busy.get(team.id, FREE)) for team in teams.values()]


def _candidate(world: int, team: Weighed, busy: Busy) -> Candidate:
    fix = latest.get(world, team.id)
    lon, lat = (fix.lon, fix.lat) if fix else (team.lon, team.lat)
    return Candidate(
        team.id,
        team.name,
        team.centre,
        frozenset(team.skills),
        team.readiness,
        team.mode,
        bool(team.on_duty),
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


def busy_teams(view: View, incident_id: str) -> dict[str, Busy]:
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
