"""What somebody changed of his own account, told to its keepers: that it happened and when, never what."""

from __future__ import annotations

import base64
from typing import Any, ClassVar

import sqlalchemy as sa
from pydantic import Field

from command.centres.models import User
from command.centres.people import UserEvent, UserOut
from command.centres.queries import USERS
from command.core import credentials, own
from command.core.actions import Tx, action
from command.core.credentials import Credential, Pass
from command.core.errors import Conflict, NotFound
from command.core.queries import Wish


class Sealed(Wish):
    """What the server's own route sealed (`command/core/own.py`)."""

    sealed: str = Field(max_length=4000)


class UserPasswordRenewed(UserEvent):
    type: ClassVar[str] = "user.password_renewed"
    says: ClassVar[tuple[str, str]] = ("本人已改密码", "changed its own password")


class UserCodesOn(UserEvent):
    type: ClassVar[str] = "user.codes_on"
    says: ClassVar[tuple[str, str]] = ("本人启用动态码", "turned its one-time codes on")


class UserCodesDropped(UserEvent):
    type: ClassVar[str] = "user.codes_dropped"
    says: ClassVar[tuple[str, str]] = ("本人取消动态码", "turned its one-time codes off")


class UserRecoveryRenewed(UserEvent):
    type: ClassVar[str] = "user.recovery_renewed"
    says: ClassVar[tuple[str, str]] = ("本人重新生成恢复码", "made new recovery codes")


def _opened(tx: Tx, wish: Sealed) -> tuple[User, Credential, dict[str, Any]]:
    value = own.opened(tx, wish.sealed)
    user, held = tx.session.get(User, value["user"]), tx.session.get(Credential, value["user"])
    if user is None or held is None:
        raise NotFound()
    return user, held, value


def _told(tx: Tx, user: User, event: type[UserEvent]) -> UserOut:
    tx.touch(user)
    shown = tx.show(USERS, user)
    tx.say(event(record=shown))
    return shown


@action("own.password", wish=Sealed, inner=True)
def renew_password(tx: Tx, wish: Sealed) -> UserOut:
    """Store one's own new password: other sessions end, this one is whole from now; tokens and displays stay."""
    user, held, value = _opened(tx, wish)
    credentials.set_password(tx.session, user.id, held.username, value["stored"])
    credentials.end_others(tx.session, user.id, value["pass"])
    tx.session.execute(sa.update(Pass).where(Pass.hash == value["pass"]).values(kind="session"))
    return _told(tx, user, UserPasswordRenewed)


@action("own.codes_on", wish=Sealed, inner=True)
def turn_codes_on(tx: Tx, wish: Sealed) -> UserOut:
    """One-time codes are asked for from now; the recovery codes before serve no more."""
    user, held, value = _opened(tx, wish)
    held.totp_seed, held.totp_step = base64.b64decode(value["seed"]), value["step"]
    credentials.keep_recovery(tx.session, user.id, value["recovery"])
    return _told(tx, user, UserCodesOn)


@action("own.codes_off", wish=Sealed, inner=True)
def turn_codes_off(tx: Tx, wish: Sealed) -> UserOut:
    """The password alone opens the account again."""
    user, _, _ = _opened(tx, wish)
    if not credentials.take_off_codes(tx.session, user.id):
        raise Conflict("This account has no one-time codes", zh="该账号没有启用动态码")
    return _told(tx, user, UserCodesDropped)


@action("own.recovery", wish=Sealed, inner=True)
def renew_recovery(tx: Tx, wish: Sealed) -> UserOut:
    """Other recovery codes: those before serve no more."""
    user, held, value = _opened(tx, wish)
    if held.totp_seed is None:
        raise Conflict("This account has no one-time codes", zh="该账号没有启用动态码")
    credentials.keep_recovery(tx.session, user.id, value["recovery"])
    return _told(tx, user, UserRecoveryRenewed)
