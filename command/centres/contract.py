"""What centres and accounts say and take."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from command.core.events import Event
from command.core.queries import Wish
from command.core.records import Record

Code = Field(pattern=r"^\d{6}(\d{3}(\d{3})?)?(-[a-z]+)?$")


class CentreOut(Record):
    """A centre as everybody signed in may see it."""

    code: str
    kind: str
    name: str
    pinyin: str
    parent: str | None
    phones: list[Any]
    posts: list[Any]
    synthetic: bool


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
    """A new account; the password is at least 10 characters."""

    username: str = Field(pattern=r"^[a-z][a-z0-9_.-]{2,63}$")
    name: str = Field(min_length=1, max_length=60)
    role: str = Field(max_length=32)
    centre: str = Code
    password: str = Field(min_length=10, max_length=200)
    team_id: str | None = Field(None, max_length=36)


class SetRole(Wish):
    """Another role or centre for an account."""

    role: str = Field(max_length=32)
    centre: str | None = Field(None, pattern=r"^\d{6}(\d{3}(\d{3})?)?(-[a-z]+)?$")


class SetPassword(Wish):
    """A new password."""

    password: str = Field(min_length=10, max_length=200)


class UserEvent(Event):
    """Something changed about an account: every process asks again what it may."""

    kind: ClassVar[str] = "user"
    record: UserOut

    def topics(self) -> frozenset[str]:
        return frozenset({"admin"})

    def text(self) -> dict[str, str]:
        return {"zh": f"账号 {self.record.username}", "en": f"account {self.record.username}"}


class UserCreated(UserEvent):
    type: ClassVar[str] = "user.created"


class UserDisabled(UserEvent):
    type: ClassVar[str] = "user.disabled"


class UserEnabled(UserEvent):
    type: ClassVar[str] = "user.enabled"


class UserRoleChanged(UserEvent):
    type: ClassVar[str] = "user.role_changed"


class UserPasswordChanged(UserEvent):
    type: ClassVar[str] = "user.password_changed"
