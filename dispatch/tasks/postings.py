"""Where teams belong now: what decides whether a position is shared, and with whom. Asked by tracking."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from pydantic import Field

from command.core.queries import View, Wish, query
from command.incidents.models import Incident
from dispatch.tasks.models import Task
from dispatch.teams.models import Team
from dispatch.teams.queries import ABSENT, states, team_visible


class TeamIds(Wish):
    """Some teams."""

    ids: list[str] = Field(max_length=100_000)


@query("team.postings", wish=TeamIds)
def postings(view: View, wish: TeamIds) -> dict[str, dict[str, Any]]:
    """Of these teams, those the actor may see: their centre, whether on duty, the home centres of their open tasks."""
    asked = sa.select(Team.id, Team.centre).where(Team.id.in_(wish.ids), team_visible(view.actor))
    teams = {row.id: row.centre for row in view.session.execute(asked)}
    found = states(view.session, list(teams))
    called = (
        sa.select(Task.team_id, Incident.centre)
        .join(Incident, Incident.id == Task.incident_id)
        .where(Task.open, Task.team_id.in_(teams), Task.world == view.world, Incident.world == view.world)
    )
    centres: dict[str, set[str]] = {}
    for team_id, centre in view.session.execute(called):
        centres.setdefault(team_id, set()).add(centre)
    return {
        team_id: {
            "centre": centre,
            "on_duty": found.get(team_id, ABSENT).on_duty,
            "tasks": sorted(centres.get(team_id, ())),
        }
        for team_id, centre in teams.items()
    }
