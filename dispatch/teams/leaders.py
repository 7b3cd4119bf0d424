"""How a team's leaders are reached by SMS: their own numbers, sealed; the journal holds only how many there are (RULES 8)."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from pydantic import Field, field_validator

from command.core import canonical, ids, personal, seal
from command.core.access import permission
from command.core.actions import Tx, action
from command.core.deliveries.recipients import takes_sms
from command.core.errors import Conflict, Forbidden
from command.core.faults import Wrong
from command.core.queries import View, Wish, query
from command.core.records import find
from dispatch.teams.contract import TeamLeadersSet, TeamOut
from dispatch.teams.models import Team, TeamLine
from dispatch.teams.queries import TEAMS

personal.standing(
    TeamLine,
    "队长手机：为调派登记，改登时删除",
    "mobiles of teams' leaders: kept to give orders, deleted when they are registered anew",
)
LEADERS = permission("team.leaders", "keep and read the numbers of teams' leaders (each reading is logged)")
MOST = 5


class Leader(Wish):
    """A leader and the mobile number that takes orders."""

    name: str = Field(min_length=1, max_length=40)
    number: str = Field(max_length=24)

    @field_validator("number")
    @classmethod
    def _mobile(cls, value: str) -> str:
        if not takes_sms(value):
            raise Wrong("a mobile number", "须为手机号码")
        return value


class SetLeaders(Wish):
    """A team's leaders in the order in which they are told; all of them at once."""

    leaders: list[Leader] = Field(max_length=MOST)


class OfTeam(Wish):
    """A team."""

    id: str = Field(max_length=36)


@action(
    "team.leaders", wish=SetLeaders, needs=LEADERS, target="team", http="POST /teams/{id}/leaders", output=TeamOut
)  # fmt: skip
def set_leaders(tx: Tx, row: Team, wish: SetLeaders) -> TeamOut:
    """Set who leads a team, and by which numbers orders reach them."""
    if tx.world:
        raise Conflict("Registers are read-only in a drill", zh="演练中登记资料只读")
    if not tx.actor.covers(row.centre):
        raise Forbidden("Another centre's team", zh="属其他单位的队伍")
    tx.session.execute(sa.delete(TeamLine).where(TeamLine.team_id == row.id))
    for place, one in enumerate(wish.leaders):
        sealed = seal.seal(tx.secret, canonical.dump(one.model_dump()))
        tx.session.add(TeamLine(id=ids.new_id(), team_id=row.id, place=place, sealed=sealed))
    tx.touch(row)
    shown = tx.show(TEAMS, row)
    tx.say(TeamLeadersSet(record=shown, said={"count": len(wish.leaders)}))
    return shown


@query(
    "team.leader_numbers", wish=OfTeam, needs=LEADERS, http="GET /teams/{id}/leaders", output=dict[str, Any]
)
def leaders(view: View, wish: OfTeam) -> dict[str, Any]:
    """Who leads a team, and their numbers; the reading is written to the access log."""
    row: Team = find(view.session, TEAMS, wish.id, view.actor)
    if not view.actor.covers(row.centre):
        raise Forbidden("Another centre's team", zh="属其他单位的队伍")
    lines = sa.select(TeamLine.sealed).where(TeamLine.team_id == row.id).order_by(TeamLine.place)
    found = [
        canonical.load(seal.open_(view.secret, sealed)) for sealed in view.session.execute(lines).scalars()
    ]
    if found:
        view.log_read("team_leaders", row.id)
    return {"items": found}
