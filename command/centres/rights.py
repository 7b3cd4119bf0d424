"""Roles as rows over permissions: made from one that is there, changed by the county's security officer, in force within a
second everywhere. A role acts as the one it was made from (`base`): that decides for whom it speaks and which screen is its own."""

from __future__ import annotations

from typing import Any, ClassVar

import sqlalchemy as sa
from pydantic import Field

from command.centres.models import Role, User
from command.centres.separation import FIXED, POWER, still_administered, united
from command.centres.words import permission_words
from command.core.access import PERMISSIONS, permission
from command.core.actions import Tx, action
from command.core.errors import Conflict, Forbidden, Invalid
from command.core.events import Event
from command.core.queries import View, Wish, query
from command.core.records import NOBODY, Record, RecordType, public, record

WRITE = permission("role.write", "decide what roles may")
READ = "user.read"
MOST_ROLES = 100


class RoleOut(Record):
    """A set of permissions with its names. `base`: the role of the installation as which it acts."""

    zh: str
    en: str
    base: str
    permissions: list[str]


class MakeRole(Wish):
    """A new role with the permissions of another, to be changed afterwards."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]{2,31}$")
    zh: str = Field(min_length=1, max_length=30)
    en: str = Field(min_length=1, max_length=60)
    like: str = Field(max_length=32)


class ChangeRole(Wish):
    """Another name, permissions to give and to take; what is not named stays."""

    zh: str | None = Field(None, min_length=1, max_length=30)
    en: str | None = Field(None, min_length=1, max_length=60)
    give: list[str] = Field(default_factory=list, max_length=200)
    take: list[str] = Field(default_factory=list, max_length=200)


class RoleEvent(Event):
    """Something changed about a role: every process asks again what everybody may."""

    kind: ClassVar[str] = "role"
    record: RoleOut

    def topics(self) -> frozenset[str]:
        return frozenset({"admin"})


class RoleMade(RoleEvent):
    type: ClassVar[str] = "role.made"

    def text(self) -> dict[str, str]:
        like = self.said["like"]
        return {
            "zh": f"新设角色“{self.record.zh}”，权限同 {like}",
            "en": f"role {self.record.en} was made, permitted what {like} is",
        }


class RoleChanged(RoleEvent):
    """`said`: what was given and taken, by code."""

    type: ClassVar[str] = "role.changed"

    def text(self) -> dict[str, str]:
        gave, took = (", ".join(self.said[one]) or "–" for one in ("gave", "took"))
        return {
            "zh": f"角色“{self.record.zh}”已改：增加 {gave}；取消 {took}",
            "en": f"role {self.record.en} changed: given {gave}; taken {took}",
        }


ROLES = record(
    RecordType(
        "role",
        Role,
        RoleOut,
        lambda session, rows: [public(RoleOut, row) for row in rows],
        visible=lambda actor: sa.true() if actor.may(READ) else NOBODY,
        in_topic=lambda topic: sa.true() if topic == "admin" else None,
        needs=READ,
        order=(Role.id,),
        worldly=False,
    )
)


@action("role.make", wish=MakeRole, needs=WRITE, http="POST /roles", status=201, output=RoleOut)
def make_role(tx: Tx, wish: MakeRole) -> RoleOut:
    """Make a role from one that is there."""
    _check_office(tx)
    model = tx.session.get(Role, wish.like)
    if model is None:
        raise Invalid(f"like: there is no role {wish.like}", zh=f"没有角色 {wish.like}")
    if tx.session.get(Role, wish.code) is not None:
        raise Conflict(f"There is a role {wish.code}", zh=f"已有角色 {wish.code}")
    if tx.session.execute(sa.select(sa.func.count()).select_from(Role)).scalar_one() >= MOST_ROLES:
        raise Conflict(f"At most {MOST_ROLES} roles", zh=f"最多 {MOST_ROLES} 个角色")
    if set(model.permissions) & FIXED:
        raise Conflict("A display's role is not copied", zh="大屏设备的角色不能复制")
    _check_handed_on(tx, set(model.permissions))
    row = tx.add(
        Role(id=wish.code, zh=wish.zh, en=wish.en, base=model.base, permissions=list(model.permissions))
    )
    shown = tx.show(ROLES, row)
    tx.say(RoleMade(record=shown, said={"like": wish.like}))
    return shown


@action(
    "role.change", wish=ChangeRole, needs=WRITE, target="role", http="PATCH /roles/{id}", output=RoleOut,
    version="required",
)  # fmt: skip
def change_role(tx: Tx, row: Role, wish: ChangeRole) -> RoleOut:
    """Give permissions to a role and take some: in force within a second for all who have it."""
    _check_office(tx)
    before, asked = set(row.permissions), {*wish.give, *wish.take}
    if unknown := asked - set(PERMISSIONS):
        raise Invalid(f"There is no permission {min(unknown)}", zh=f"没有权限 {min(unknown)}")
    after = (before | set(wish.give)) - set(wish.take)
    gave, took = sorted(after - before), sorted(before - after)
    _check_change(tx, row, {*gave, *took}, after)
    with still_administered(tx.session):
        row.permissions = sorted(after)
        row.zh, row.en = wish.zh or row.zh, wish.en or row.en
    tx.touch(row)
    shown = tx.show(ROLES, row)
    tx.say(RoleChanged(record=shown, said={"gave": gave, "took": took}))
    return shown


def _check_office(tx: Tx) -> None:
    if tx.world:
        raise Conflict("Registers are read-only in a drill", zh="演练中登记资料只读")
    if len(tx.actor.centre) > 6 and not tx.actor.system:
        raise Forbidden(
            "Roles are the county's: its security officer decides them", zh="角色由县级安全管理员设定"
        )


def _check_change(tx: Tx, row: Role, changed: set[str], after: set[str]) -> None:
    mine = tx.session.get(User, tx.actor.id)
    if mine is not None and mine.role == row.id and changed:
        raise Forbidden("Nobody changes what his own role may", zh="不能修改自己所用角色的权限")
    if changed & FIXED:
        raise Conflict("What a display is cannot be given or taken", zh="大屏设备的固有权限不能增减")
    _check_handed_on(tx, changed)
    if found := united(after):
        (zh1, en1), (zh2, en2) = found
        raise Conflict(
            f"One role may not unite {en1} and {en2}", zh=f"三员分立：一个角色不能兼有“{zh1}”与“{zh2}”"
        )


def _check_handed_on(tx: Tx, changed: set[str]) -> None:
    """Nobody gives, or takes, power that he does not have."""
    if lacking := {one for one in changed & POWER if not tx.actor.may(one)}:
        name = permission_words(min(lacking))
        raise Forbidden(
            f"You have not this power yourself: {name['en']}", zh=f"自己没有的管理权限不能增减：{name['zh']}"
        )


@query("permissions.all", needs=READ, http="GET /permissions", output=dict[str, Any])
def permissions(view: View, wish: Wish) -> dict[str, Any]:
    """Every permission with its words and its group; `handed_on`: only by who has it; `fixed`: by nobody."""
    items = [
        {"code": code, **permission_words(code), "handed_on": code in POWER, "fixed": code in FIXED}
        for code in sorted(PERMISSIONS)
    ]
    return {"items": items}
