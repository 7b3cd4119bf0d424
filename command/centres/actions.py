"""Opening, closing and changing accounts. Each takes effect everywhere within a second: the tail re-evaluates sockets."""

from __future__ import annotations

import sqlalchemy as sa

from command.centres.contract import (
    CreateUser,
    SetPassword,
    SetRole,
    UserCreated,
    UserDisabled,
    UserEnabled,
    UserOut,
    UserPasswordChanged,
    UserRoleChanged,
)
from command.centres.models import Centre, Role, User
from command.core import credentials
from command.core.access import permission
from command.core.actions import Tx, action
from command.core.errors import Conflict, Invalid

ADMIN = permission("user.admin", "open, change and close accounts")
DISABLE = permission("user.disable", "close accounts")
permission("user.read", "see accounts")
permission("centre.read", "see centres")


def _check(tx: Tx, role: str, centre: str | None) -> None:
    if tx.world:
        raise Conflict("Registers are read-only in a drill", zh="演练中登记资料只读")
    if tx.session.get(Role, role) is None:
        raise Invalid(f"role: there is no role {role}", zh=f"没有角色 {role}")
    if centre is not None and tx.session.get(Centre, centre) is None:
        raise Invalid(f"centre: there is no centre {centre}", zh=f"没有单位 {centre}")


@action("user.create", wish=CreateUser, needs=ADMIN, http="POST /users", status=201, output=UserOut)
def create_user(tx: Tx, wish: CreateUser) -> UserOut:
    """Open an account for a post."""
    _check(tx, wish.role, wish.centre)
    if tx.session.execute(sa.select(User.id).where(User.username == wish.username)).first():
        raise Conflict(f"The name {wish.username} is taken", zh=f"账号名 {wish.username} 已被使用")
    user = tx.add(User(**wish.model_dump(exclude={"password"}), lang="zh", disabled=False))
    credentials.set_password(tx.session, user.id, user.username, wish.password)
    shown: UserOut = tx.show("user", user)
    tx.say(UserCreated(record=shown))
    return shown


@action("user.disable", needs=DISABLE, target="user", http="POST /users/{id}/disable", output=UserOut)
def disable_user(tx: Tx, user: User, wish: object) -> UserOut:
    """Close an account: its sessions, tokens and sockets end within a second."""
    user.disabled = True
    tx.touch(user)
    credentials.end_all(tx.session, user.id)
    shown: UserOut = tx.show("user", user)
    tx.say(UserDisabled(record=shown))
    return shown


@action("user.enable", needs=ADMIN, target="user", http="POST /users/{id}/enable", output=UserOut)
def enable_user(tx: Tx, user: User, wish: object) -> UserOut:
    """Open a closed account again; old sessions stay ended."""
    user.disabled = False
    tx.touch(user)
    shown: UserOut = tx.show("user", user)
    tx.say(UserEnabled(record=shown))
    return shown


@action("user.roles", wish=SetRole, needs=ADMIN, target="user", http="POST /users/{id}/roles", output=UserOut)
def set_role(tx: Tx, user: User, wish: SetRole) -> UserOut:
    """Give an account another role or centre."""
    _check(tx, wish.role, wish.centre)
    user.role, user.centre = wish.role, wish.centre or user.centre
    tx.touch(user)
    shown: UserOut = tx.show("user", user)
    tx.say(UserRoleChanged(record=shown))
    return shown


@action(
    "user.password",
    wish=SetPassword,
    needs=ADMIN,
    target="user",
    http="POST /users/{id}/password",
    output=UserOut,
)
def set_password(tx: Tx, user: User, wish: SetPassword) -> UserOut:
    """Set a new password; open sessions of the account end."""
    credentials.set_password(tx.session, user.id, user.username, wish.password)
    credentials.end_all(tx.session, user.id)
    tx.touch(user)
    shown: UserOut = tx.show("user", user)
    tx.say(UserPasswordChanged(record=shown))
    return shown
