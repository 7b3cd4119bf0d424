"""Opening and ending a drill's world. Those who take part name it in `Fengsui-World`; for anybody else it is 403, and once it
has ended it refuses all. What stands in it at the start is the drill's own business: it begins empty."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any, ClassVar, Literal

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.orm import Session

from command.core import journal
from command.core.access import COUNTY, Actor, load_actor, permission
from command.core.actions import Tx, action
from command.core.enrolled import ENDED, OPEN, DrillWorld, Enrolled
from command.core.errors import Conflict, Invalid
from command.core.events import Event
from command.core.queries import Wish
from command.core.records import Record, RecordType, Time, public, record
from command.core.store import worlds

RUN = permission("world.open", "open and end a drill's world")
LOCK = 7262
MOST_MEMBERS = 500


class WorldOut(Record):
    """A drill's world: its number, and the accounts that take part."""

    number: int
    name: str
    state: Literal["open", "ended"]
    members: list[str]
    opened_by: str
    ended_at: Time | None


class OpenWorld(Wish):
    """A drill: its name, and the accounts that take part; who opens it takes part too."""

    name: str = Field(min_length=1, max_length=80)
    members: list[str] = Field(default_factory=list, max_length=MOST_MEMBERS)


class WorldEvent(Event):
    """A drill began or ended: that somebody is at a drill is a fact of life, so the county hears it."""

    kind: ClassVar[str] = "world"
    says: ClassVar[tuple[str, str]]
    record: WorldOut

    def topics(self) -> frozenset[str]:
        return frozenset({COUNTY})

    def text(self) -> dict[str, str]:
        zh, en = self.says
        return {"zh": f"演练“{self.record.name}”{zh}", "en": f"drill {self.record.name} {en}"}


class WorldOpened(WorldEvent):
    type: ClassVar[str] = "world.opened"
    says: ClassVar[tuple[str, str]] = ("开始", "began")


class WorldEnded(WorldEvent):
    type: ClassVar[str] = "world.ended"
    says: ClassVar[tuple[str, str]] = ("结束", "ended")


def _members(session: Session, number: int) -> list[str]:
    query = sa.select(Enrolled.user_id).where(Enrolled.number == number).order_by(Enrolled.user_id)
    return list(session.execute(query).scalars())


def _show(session: Session, rows: Sequence[DrillWorld]) -> list[WorldOut]:
    return [
        public(WorldOut, row, members=_members(session, row.number), live=row.state == OPEN) for row in rows
    ]


def _visible(actor: Actor) -> sa.ColumnElement[bool]:
    if actor.may(RUN) or actor.county:
        return sa.true()
    return DrillWorld.number.in_(sa.select(Enrolled.number).where(Enrolled.user_id == actor.id))


def _bring_back(session: Session, told: dict[str, Any]) -> bool:
    known = set(_members(session, told["number"]))
    for user_id in set(told["members"]) - known:
        session.add(Enrolled(number=told["number"], user_id=user_id))
    session.flush()
    return bool(set(told["members"]) - known)


WORLDS = record(
    RecordType(
        "world", DrillWorld, WorldOut, _show, visible=_visible, path="worlds", order=(DrillWorld.number,),
        in_topic=lambda topic: DrillWorld.state == OPEN if topic == COUNTY else None,
        worldly=False, beside=_bring_back, filters={"state": lambda v: DrillWorld.state == v},
    )
)  # fmt: skip


@action("world.open", wish=OpenWorld, needs=RUN, http="POST /worlds", status=201, output=WorldOut)
def open_world(tx: Tx, wish: OpenWorld) -> WorldOut:
    """Open a drill's world with its own stream; those who take part may act in it at once."""
    if tx.world:
        raise Conflict("A drill is opened from life", zh="请在实战环境中开设演练")
    members = {*wish.members} | (set() if tx.actor.system else {tx.actor.id})
    if any(load_actor(tx.session, one) is None for one in members):
        raise Invalid("members: there is no such account, or it is closed", zh="参演账号不存在或已停用")
    if tx.session.get_bind().dialect.name == "postgresql":
        tx.session.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
    number = (tx.session.execute(sa.select(sa.func.max(DrillWorld.number))).scalar() or 0) + 1
    row = tx.add(
        DrillWorld(
            id=str(number), number=number, name=wish.name, state=OPEN, opened_by=tx.actor.name, ended_at=None
        )
    )
    tx.session.add_all(Enrolled(number=number, user_id=one) for one in sorted(members))
    incarnation = secrets.token_hex(4)
    worlds.found(
        tx.session, number, lambda session: journal.start_stream(session, number, tx.node, incarnation)
    )
    shown = tx.show(WORLDS, row)
    tx.say(WorldOpened(record=shown))
    return shown


@action("world.end", needs=RUN, target="world", http="POST /worlds/{id}/end", output=WorldOut)
def end_world(tx: Tx, row: DrillWorld, wish: object) -> WorldOut:
    """End a drill: from now on its world refuses all, its clocks included."""
    if row.state == ENDED:
        raise Conflict("It has ended already", zh="该演练已结束")
    row.state, row.ended_at = ENDED, tx.received_at
    tx.touch(row)
    shown = tx.show(WORLDS, row)
    tx.say(WorldEnded(record=shown))
    return shown
