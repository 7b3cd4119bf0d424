"""Entering and changing teams; duty; what their tasks make of them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from command.centres.models import Centre, User
from command.core.access import permission
from command.core.actions import Tx, action
from command.core.errors import Conflict, Invalid
from command.core.store import spatial
from dispatch.teams.contract import (
    CreateTeam,
    EditTeam,
    SetDuty,
    SetStatus,
    TeamCreated,
    TeamDutyChanged,
    TeamEdited,
    TeamOut,
    TeamStatusChanged,
    TeamTakenOff,
)
from dispatch.teams.models import Team, TeamState
from dispatch.teams.queries import TEAMS
from dispatch.teams.words import mode_of

WRITE = permission("team.write", "enter and change teams")
DUTY = permission("team.duty", "put teams on and off duty")
permission("team.read", "see teams of one's scope")


@action("team.create", wish=CreateTeam, needs=WRITE, http="POST /teams", status=201, output=TeamOut)
def create_team(tx: Tx, wish: CreateTeam) -> TeamOut:
    """Enter a team."""
    if tx.world:
        raise Conflict("Registers are read-only in a drill", zh="演练中登记资料只读")
    if tx.session.get(Centre, wish.centre) is None:
        raise Invalid(f"centre: there is no centre {wish.centre}", zh=f"没有单位 {wish.centre}")
    if tx.session.execute(
        sa.select(Team.id).where(Team.centre == wish.centre, Team.name == wish.name, Team.live)
    ).first():
        raise Conflict(f"{wish.centre} has a team of that name", zh="该单位已有同名队伍")
    row = Team(
        name=wish.name,
        type=wish.type,
        centre=wish.centre,
        skills=wish.skills or [],
        headcount=wish.headcount or 0,
        equipment=wish.equipment or [],
        readiness=wish.readiness or "L3",
        mode=wish.mode or mode_of(wish.type),
        via=wish.via,
        call=wish.call.model_dump() if wish.call else None,
        base=spatial.stored(wish.base),
        synthetic=False,
        live=True,
    )
    tx.add(row)
    on_duty = wish.on_duty is not False
    tx.add(TeamState(team_id=row.id, on_duty=on_duty, status="available" if on_duty else "off", version=0))
    shown = tx.show(TEAMS, row)
    tx.say(TeamCreated(record=shown))
    return shown


@action(
    "team.edit",
    wish=EditTeam,
    needs=WRITE,
    target="team",
    http="PATCH /teams/{id}",
    output=TeamOut,
    version="required",
)
def edit_team(tx: Tx, row: Team, wish: EditTeam) -> TeamOut:
    """Correct a team's data."""
    if tx.world:
        raise Conflict("Registers are read-only in a drill", zh="演练中登记资料只读")
    for name in wish.model_fields_set - {"on_duty"}:
        setattr(row, name, _value(wish, name))
    if wish.on_duty is not None:
        _set_duty(tx, row, wish.on_duty)
    tx.touch(row)
    tx.session.refresh(row)
    return _said(tx, row, TeamEdited)


def _value(wish: EditTeam, name: str) -> Any:
    value = getattr(wish, name)
    if name == "base":
        return spatial.stored(value)
    if name == "call":
        return value.model_dump() if value else None
    if value is None and name != "via":
        raise Invalid(f"{name}: cannot be taken away", zh=f"{name} 不能清空")
    return value


def _said(tx: Tx, row: Team, event: Any) -> TeamOut:
    shown = tx.show(TEAMS, row)
    tx.say(event(record=shown))
    return shown


def _state(tx: Tx, row: Team) -> TeamState:
    state = tx.session.get(TeamState, (tx.world, row.id), with_for_update=True)
    if state is None:
        raise Conflict("It takes no part in this drill", zh="该队不参加这次演练")
    return state


def _set_duty(tx: Tx, row: Team, on_duty: bool) -> None:
    state = _state(tx, row)
    if not on_duty and state.status in ("reserved", "engaged"):
        raise Conflict("It has a task", zh="该队正有任务")
    if on_duty != state.on_duty:
        state.on_duty, state.status = on_duty, "available" if on_duty else "off"
        state.version += 1
        tx.session.flush()


@action("team.duty", wish=SetDuty, needs=DUTY, target="team", http="POST /teams/{id}/duty", output=TeamOut)
def set_duty(tx: Tx, row: Team, wish: SetDuty) -> TeamOut:
    """Put a team on duty or off; a team with a task stays on."""
    _set_duty(tx, row, wish.on_duty)
    return _said(tx, row, TeamDutyChanged)


@action("team.status", wish=SetStatus, target="team", inner=True, output=TeamOut)
def set_status(tx: Tx, row: Team, wish: SetStatus) -> TeamOut:
    """What its tasks make of a team: reserved, engaged, or free again."""
    state = _state(tx, row)
    wanted = wish.status if state.on_duty or wish.status != "available" else "off"
    if state.status == wanted:
        return tx.show(TEAMS, row)
    state.status = wanted
    state.version += 1
    tx.session.flush()
    return _said(tx, row, TeamStatusChanged)


@action("team.take_off", needs=WRITE, target="team", http="POST /teams/{id}/take-off", output=TeamOut)
def take_off(tx: Tx, row: Team, wish: object) -> TeamOut:
    """Take a team off the register: one without a task and without an account."""
    if tx.world:
        raise Conflict("Registers are read-only in a drill", zh="演练中登记资料只读")
    if tx.session.execute(sa.select(User.id).where(User.team_id == row.id, ~User.disabled)).first():
        raise Conflict("It has an account: disable that first", zh="该队还有账号：请先停用账号")
    _set_duty(tx, row, on_duty=False)
    row.live = False
    tx.touch(row)
    return _said(tx, row, TeamTakenOff)
