"""What accounts say and take."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from command.centres.contract import Code, keeper_topics
from command.core.events import Event
from command.core.queries import Wish
from command.core.records import Record


class UserOut(Record):
    """An account without its secrets."""

    username: str
    name: str
    role: str
    centre: str
    team_id: str | None
    disabled: bool
    lang: str


class CreateUser(Wish):
    """A new account; the password is at least 10 characters, and is changed at the first sign-in: only the machine itself (terminal,
    demo) may say that it is `lasting`."""

    username: str = Field(pattern=r"^[a-z][a-z0-9_.-]{2,63}$")
    name: str = Field(min_length=1, max_length=60)
    role: str = Field(max_length=32)
    centre: str = Code
    password: str = Field(min_length=10, max_length=200)
    team_id: str | None = Field(None, max_length=36)
    lasting: bool = False


class SetRole(Wish):
    """Another role or centre for an account."""

    role: str = Field(max_length=32)
    centre: str | None = Field(None, pattern=r"^\d{6}(\d{3}(\d{3})?)?(-[a-z]+)?$")


class SetPassword(Wish):
    """A new password, changed at the next sign-in unless it is `lasting`."""

    password: str = Field(min_length=10, max_length=200)
    lasting: bool = False


class EndPasses(Wish):
    """Which passes of an account end: one by its handle, or all of a kind, or all."""

    kind: str | None = Field(None, pattern=r"^(session|token)$")
    handle: str | None = Field(None, pattern=r"^[0-9a-f]{12}$")


class TakeOffCodes(Wish):
    """Why somebody else's one-time codes are taken off."""

    reason: str = Field(min_length=2, max_length=200)


class IssueToken(Wish):
    """A token for a device or a program. `sealed`: its hash, as the server's own route made it."""

    label: str = Field(min_length=1, max_length=60)
    sealed: str = Field(max_length=400)


class UserEvent(Event):
    """Something changed about an account: every process asks again what it may."""

    kind: ClassVar[str] = "user"
    says: ClassVar[tuple[str, str]] = ("", "")
    record: UserOut

    def topics(self) -> frozenset[str]:
        return keeper_topics(self.record.centre)

    def text(self) -> dict[str, str]:
        zh, en = self.says
        why: Any = self.said.get("why")
        return {
            "zh": f"账号 {self.record.username} {zh}" + (f"：{why}" if why else ""),
            "en": f"account {self.record.username} {en}" + (f": {why}" if why else ""),
        }


class UserCreated(UserEvent):
    type: ClassVar[str] = "user.created"
    says: ClassVar[tuple[str, str]] = ("已开通", "opened")


class UserDisabled(UserEvent):
    type: ClassVar[str] = "user.disabled"
    says: ClassVar[tuple[str, str]] = ("已停用", "closed")


class UserEnabled(UserEvent):
    type: ClassVar[str] = "user.enabled"
    says: ClassVar[tuple[str, str]] = ("已恢复", "opened again")


class UserRoleChanged(UserEvent):
    type: ClassVar[str] = "user.role_changed"
    says: ClassVar[tuple[str, str]] = ("角色或单位已改", "has another role or centre")


class UserPasswordChanged(UserEvent):
    type: ClassVar[str] = "user.password_changed"
    says: ClassVar[tuple[str, str]] = ("密码已重设", "has a new password")


class UserPassesEnded(UserEvent):
    type: ClassVar[str] = "user.passes_ended"
    says: ClassVar[tuple[str, str]] = ("登录已收回", "was signed out")


class UserTokenIssued(UserEvent):
    type: ClassVar[str] = "user.token_issued"
    says: ClassVar[tuple[str, str]] = ("发放令牌", "was given a token")


class UserCodesOff(UserEvent):
    type: ClassVar[str] = "user.codes_off"
    says: ClassVar[tuple[str, str]] = ("动态码已由管理员取消", "had its one-time codes taken off")
