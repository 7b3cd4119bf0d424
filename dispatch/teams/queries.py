"""Reading teams."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core.access import COUNTY, Actor, centre_party, team_party
from command.core.live.topics import may_hear
from command.core.records import NOBODY, Criterion, RecordType, public, record
from command.core.store import spatial
from dispatch.teams.contract import TeamOut
from dispatch.teams.models import Team, TeamState
from dispatch.teams.words import vehicle_of

ABSENT = TeamState(on_duty=False, status="off", version=0)


def states(session: Session, teams: Sequence[str]) -> dict[str, TeamState]:
    """The state of teams in the session's world; a team without one there is off duty."""
    query = sa.select(TeamState).where(TeamState.team_id.in_(teams))
    return {row.team_id: row for row in session.execute(query).scalars()}


def show_teams(session: Session, rows: Sequence[Team]) -> list[TeamOut]:
    """Teams as the public sees them. The version counts changes of master data and of state together."""
    found = states(session, [row.id for row in rows])
    return [_show(row, found.get(row.id, ABSENT)) for row in rows]


def _show(row: Team, state: TeamState) -> TeamOut:
    heard = sorted({COUNTY, centre_party(row.centre), team_party(row.id)})
    return public(
        TeamOut,
        row,
        on_duty=state.on_duty,
        status=state.status,
        version=row.version + state.version,
        own_version=row.version,
        base=spatial.shown(row.base),
        vehicle=vehicle_of(row.type),
        audience=heard,
    )


def _bring_back(session: Session, record: dict[str, Any]) -> bool:
    """The team's state in the session's world, from its record. Returns whether it changed."""
    version = record["version"] - record["own_version"]
    state = session.get(TeamState, (session.info["world"], record["id"]))
    if state is None:
        state = TeamState(world=session.info["world"], team_id=record["id"])
        session.add(state)
    elif state.version >= version:
        return False
    state.on_duty, state.status, state.version = record["on_duty"], record["status"], version
    session.flush()
    return True


def _in_state(criterion: Criterion) -> Criterion:
    return sa.and_(Team.id.in_(sa.select(TeamState.team_id).where(criterion)))


def team_visible(actor: Actor) -> Criterion:
    """SQL: the county sees all, a team itself, anybody else the teams of its centre; never one that left the register."""
    if actor.county:
        return sa.and_(Team.live)
    if actor.team_id is not None:
        return sa.and_(Team.id == actor.team_id, Team.live)
    if not actor.parties or actor.parties == {"admin"}:
        return NOBODY
    own = sa.and_(Team.centre == actor.centre)
    kept = sa.or_(own, Team.centre.startswith(actor.centre)) if len(actor.centre) == 9 else own
    return sa.and_(kept, Team.live)


def _topic(topic: str) -> Criterion | None:
    if topic == COUNTY:
        return sa.and_(Team.live)
    if topic.startswith("centre:"):
        return sa.and_(Team.centre == topic.removeprefix("centre:"), Team.live)
    if topic.startswith("team:"):
        return sa.and_(Team.id == topic.removeprefix("team:"), Team.live)
    return None


TEAMS = record(
    RecordType(
        "team",
        Team,
        TeamOut,
        show_teams,
        visible=team_visible,
        in_topic=_topic,
        path="teams",
        needs="team.read",
        order=(Team.id,),
        place=Team.base,
        worldly=False,
        beside=_bring_back,
        stamp=Team.version
        + sa.func.coalesce(
            sa.select(TeamState.version).where(TeamState.team_id == Team.id).scalar_subquery(), 0
        ),
        filters={
            "type": lambda v: Team.type == v,
            "centre": lambda v: Team.centre == v,
            "status": lambda v: _in_state(TeamState.status == v),
            "on_duty": lambda v: _in_state(TeamState.on_duty == (v in ("true", "1"))),
            "readiness": lambda v: Team.readiness == v,
        },
    )
)


@may_hear
def _teams_of_the_centre(session: Session, actor: Actor, topic: str) -> bool:
    """A desk hears each team that it may see."""
    if not topic.startswith("team:") or actor.team_id is not None:
        return False
    query = sa.select(Team.id).where(Team.id == topic.removeprefix("team:"), team_visible(actor))
    return session.execute(query).first() is not None
