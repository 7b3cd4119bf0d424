"""Wall displays, and who shows one of them to visitors: the display's account loses its eyes until that ends."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from pydantic import BaseModel, Field

from command.centres.models import User
from command.core.access import Actor, permission
from command.core.actions import Tx, action
from command.core.due import Due
from command.core.errors import NotFound
from command.core.queries import Nothing, View, Wish, query
from command.core.records import Time

SWITCH = permission("wall.visitors", "show a wall display to visitors, and end it")
SHOWN_TO_VISITORS = permission(
    "screen.wall.visitors", "be a wall display that visitors see: counts and confirmed totals only"
)
FULL, VISITORS = "wall", "wall_visitors"
"""Roles of a display's account."""


class ShowVisitors(Wish):
    """Whether a display is for visitors, and for how many hours: it ends by itself."""

    id: str = Field(max_length=64)
    on: bool
    hours: float = Field(2.0, ge=0.25, le=12)


class Display(BaseModel):
    """A wall display's account."""

    id: str
    name: str
    centre: str
    visitors: bool
    until: Time | None


def end_key(account: str) -> str:
    """The promise that ends a display's time for visitors."""
    return f"wall.visitors:{account}"


@query("wall.displays", wish=Nothing, needs=SWITCH, http="GET /wall/displays", output=dict[str, Any])
def displays(view: View, wish: Nothing) -> dict[str, Any]:
    """The wall displays that one may show to visitors."""
    rows = view.session.execute(_displays().order_by(User.username)).scalars()
    return {"items": [_shown(view, row).model_dump() for row in rows if _may_switch(view.actor, row)]}


@action("wall.visitors", wish=ShowVisitors, needs=SWITCH, http="POST /wall/visitors", output=Display)
def show_visitors(tx: Tx, wish: ShowVisitors) -> Display:
    """Show a display to visitors for some hours, or end it: its account hears and reads only what visitors may see."""
    user = tx.session.execute(_displays().where(User.id == wish.id)).scalar_one_or_none()
    if user is None or not _may_switch(tx.actor, user):
        raise NotFound()
    role = VISITORS if wish.on else FULL
    if user.role != role:
        tx.act("user.roles", {"id": user.id, "role": role}, as_system=True)
    if wish.on:
        until = tx.received_at + timedelta(hours=wish.hours)
        tx.due(until, "wall.visitors", {"id": user.id, "on": False}, key=end_key(user.id))
    else:
        tx.call_off(end_key(user.id))
    return _shown(tx, user)


def _displays() -> sa.Select[User]:
    return sa.select(User).where(User.role.in_((FULL, VISITORS)), sa.not_(User.disabled))


def _may_switch(actor: Actor, display: User) -> bool:
    return actor.system or actor.covers(display.centre)


def _shown(view: View, user: User) -> Display:
    return Display(
        id=user.id,
        name=user.name,
        centre=user.centre,
        visitors=user.role == VISITORS,
        until=ends_at(view, user.id),
    )


def ends_at(view: View, account: str) -> datetime | None:
    """When a display's time for visitors ends by itself; None when it is not theirs."""
    row = view.session.get(Due, (0, end_key(account)))
    return row.at if row else None
