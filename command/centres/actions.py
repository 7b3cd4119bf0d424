"""Opening, closing and changing accounts. Each takes effect everywhere within a second: the tail re-evaluates sockets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa

from command.centres.devices import take_back
from command.centres.models import Centre, Device, Role, User
from command.centres.people import (
    CreateUser,
    EndPasses,
    IssueToken,
    SetPassword,
    SetRole,
    TakeOffCodes,
    UserCodesOff,
    UserCreated,
    UserDisabled,
    UserEnabled,
    UserEvent,
    UserOut,
    UserPassesEnded,
    UserPasswordChanged,
    UserRoleChanged,
    UserTokenIssued,
)
from command.centres.queries import USERS
from command.centres.separation import still_administered
from command.core import credentials, shown_once
from command.core.access import permission
from command.core.actions import Tx, action
from command.core.auth import TOKEN_LASTS
from command.core.credentials import Pass
from command.core.errors import Conflict, Forbidden, Invalid

ADMIN = permission("user.admin", "open, change and close accounts")
DISABLE = permission("user.disable", "close accounts")
permission("user.read", "see accounts")
permission("centre.read", "see centres")
COUNTY_ONLY = frozenset({"county_leader", "county_duty", "security", "auditor"})


def hashed(payload: dict[str, Any], directory: Path) -> str | None:
    """The hash of a password as it came, made before the transaction; None for what is no password."""
    password = payload.get("password")
    return (
        credentials.hash_of(password.strip()) if isinstance(password, str) and len(password) <= 200 else None
    )


def _check(tx: Tx, role: str, centre: str) -> None:
    if tx.world:
        raise Conflict("Registers are read-only in a drill", zh="演练中登记资料只读")
    found = tx.session.get(Role, role)
    if found is None:
        raise Invalid(f"role: there is no role {role}", zh=f"没有角色 {role}")
    if tx.session.get(Centre, centre) is None:
        raise Invalid(f"centre: there is no centre {centre}", zh=f"没有单位 {centre}")
    if not tx.actor.manages(centre):
        raise Forbidden(
            "Another centre's accounts: its own administrator keeps them", zh="属其他单位，由其管理员维护"
        )
    if found.base in COUNTY_ONLY and len(centre) > 6:
        raise Invalid("role: only at the county itself", zh="该角色只能设在县本级")


def _keep_password(tx: Tx, user: User, wish: CreateUser | SetPassword) -> None:
    """A password that somebody else made opens the account only for choosing another."""
    if wish.lasting and not tx.actor.system:
        raise Forbidden(
            "lasting: only the machine itself sets such a password", zh="lasting：只能在本机终端设置长期密码"
        )
    stored = tx.prepared or credentials.hash_of(wish.password)
    credentials.set_password(tx.session, user.id, user.username, stored, one_time=not wish.lasting)


def _told(tx: Tx, user: User, event: type[UserEvent], **more: Any) -> UserOut:
    tx.touch(user)
    shown = tx.show(USERS, user)
    tx.say(event(record=shown, **more))
    return shown


@action(
    "user.create",
    wish=CreateUser,
    needs=ADMIN,
    http="POST /users",
    status=201,
    output=UserOut,
    prepare=hashed,
)
def create_user(tx: Tx, wish: CreateUser) -> UserOut:
    """Open an account for a post."""
    _check(tx, wish.role, wish.centre)
    if tx.session.execute(sa.select(User.id).where(User.username == wish.username)).first():
        raise Conflict(f"The name {wish.username} is taken", zh=f"账号名 {wish.username} 已被使用")
    user = tx.add(User(**wish.model_dump(exclude={"password", "lasting"}), lang="zh", disabled=False))
    _keep_password(tx, user, wish)
    shown = tx.show(USERS, user)
    tx.say(UserCreated(record=shown))
    return shown


@action("user.disable", needs=DISABLE, target="user", http="POST /users/{id}/disable", output=UserOut)
def disable_user(tx: Tx, user: User, wish: object) -> UserOut:
    """Close an account: its sessions, tokens, displays and sockets end within a second."""
    with still_administered(tx.session):
        user.disabled = True
    credentials.end_all(tx.session, user.id)
    bound = sa.select(Device).where(Device.user_id == user.id, Device.state != "revoked")
    for device in tx.session.execute(bound).scalars().all():
        take_back(tx, device)
    return _told(tx, user, UserDisabled)


@action("user.enable", needs=ADMIN, target="user", http="POST /users/{id}/enable", output=UserOut)
def enable_user(tx: Tx, user: User, wish: object) -> UserOut:
    """Open a closed account again; old sessions stay ended."""
    user.disabled = False
    return _told(tx, user, UserEnabled)


@action("user.roles", wish=SetRole, needs=ADMIN, target="user", http="POST /users/{id}/roles", output=UserOut)
def set_role(tx: Tx, user: User, wish: SetRole) -> UserOut:
    """Give an account another role or centre."""
    before = tx.show(USERS, user)
    _check(tx, wish.role, wish.centre or user.centre)
    if user.id == tx.actor.id:
        raise Forbidden("Nobody changes his own role", zh="不能修改自己的角色或单位")
    with still_administered(tx.session):
        user.role, user.centre = wish.role, wish.centre or user.centre
    was, now = (UserRoleChanged(record=one).topics() for one in (before, tx.show(USERS, user)))
    return _told(tx, user, UserRoleChanged, gained=now - was, lost=was - now)


@action(
    "user.password", wish=SetPassword, needs=ADMIN, target="user", http="POST /users/{id}/password", output=UserOut,
    prepare=hashed,
)  # fmt: skip
def set_password(tx: Tx, user: User, wish: SetPassword) -> UserOut:
    """Set a new password, which its owner changes at the next sign-in; open sessions of the account end."""
    _keep_password(tx, user, wish)
    credentials.end_all(tx.session, user.id)
    return _told(tx, user, UserPasswordChanged)


@action(
    "user.sign_out",
    wish=EndPasses,
    needs=DISABLE,
    target="user",
    http="POST /users/{id}/sign-out",
    output=UserOut,
)
def sign_out(tx: Tx, user: User, wish: EndPasses) -> UserOut:
    """End sessions and tokens of an account: one by its handle, all of a kind, or all; sockets close within a second."""
    gone = sa.delete(Pass).where(Pass.user_id == user.id, Pass.kind != "device")
    if wish.kind:
        gone = gone.where(Pass.kind.in_((wish.kind, "interim") if wish.kind == "session" else (wish.kind,)))
    if wish.handle:
        gone = gone.where(Pass.hash.startswith(wish.handle))
    if not tx.session.execute(gone.returning(Pass.hash)).all():
        raise Conflict("There is nothing to end: it is over already", zh="没有可收回的登录，可能已结束")
    return _told(tx, user, UserPassesEnded)


@action(
    "user.codes_off",
    wish=TakeOffCodes,
    needs=ADMIN,
    target="user",
    http="POST /users/{id}/codes-off",
    output=UserOut,
)
def take_off_codes(tx: Tx, user: User, wish: TakeOffCodes) -> UserOut:
    """Take somebody's one-time codes off, with a reason: the authenticator was lost, and the recovery codes too."""
    if not credentials.take_off_codes(tx.session, user.id):
        raise Conflict("This account has no one-time codes", zh="该账号没有启用动态码")
    return _told(tx, user, UserCodesOff, said={"why": wish.reason})


@action("user.token", wish=IssueToken, needs=ADMIN, target="user", status=201, output=UserOut)
def issue_token(tx: Tx, user: User, wish: IssueToken) -> UserOut:
    """Give an account a token for a tracker or a program; it is shown once."""
    if user.disabled:
        raise Conflict("This account is closed", zh="账号已停用")
    name = shown_once.hash_of(tx, wish.sealed)
    tx.session.add(
        credentials.new_pass(name, user.id, "token", wish.label, "", idle=False, lasts=TOKEN_LASTS)
    )
    return _told(tx, user, UserTokenIssued)


shown_once.shown_once("POST /users/{id}/tokens", "user.token", credentials.random_token, shows="token")
