"""What no role may unite, and what only those hand on who have it themselves: the three administrators kept apart
(三员分立, GB/T 22239-2019 level 3), and kept apart from command."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.centres.models import Role, User
from command.core.errors import Conflict

KEEPS = frozenset({"user.admin", "setting.write"})
RIGHTS = frozenset({"role.write"})
WATCHES = frozenset({"access.read"})
POWER = KEEPS | RIGHTS | WATCHES | {"user.disable", "device.write", "post.write", "area.write"}
"""Power over accounts, registers, logs: given and taken only by who has it."""
FIXED = frozenset({"screen.wall.device", "screen.wall.visitors"})
"""What a display is, rather than what it may do: never changed by hand."""
_NAMES = {
    KEEPS: ("系统管理（账号、设置）", "keeping accounts and settings"),
    RIGHTS: ("权限管理", "deciding what roles may"),
    WATCHES: ("审计（访问日志）", "watching over the access log"),
}
_COMMANDS = ("事件与调派", "incidents and teams")
_APART = ((KEEPS, RIGHTS), (KEEPS, WATCHES))


def commands(permissions: Collection[str]) -> bool:
    """Whether one of them acts on incidents, tasks, callers or hazards."""
    return any(one.startswith(("incident.", "task.", "personal.", "hazard.")) for one in permissions)


def united(permissions: Collection[str]) -> tuple[tuple[str, str], tuple[str, str]] | None:
    """Two powers that these permissions would give to one person although they are kept apart: their names."""
    held = set(permissions)
    for one, other in _APART:
        if held & one and held & other:
            return _NAMES[one], _NAMES[other]
    for power, name in _NAMES.items():
        if held & power and commands(held):
            return name, _COMMANDS
    return None


@contextmanager
def still_administered(session: Session) -> Iterator[None]:
    """Round a change that could be the last one's end: where somebody could keep accounts before, somebody can after it. A new
    installation, which has nobody yet, may close what it opened."""
    before = _administered(session)
    yield
    session.flush()
    if before and not _administered(session):
        raise Conflict(
            "Nobody could keep accounts any more: open another administrator's account first",
            zh="改后将没有人能管理账号：请先开通另一名管理员",
        )


def _administered(session: Session) -> bool:
    open_ = (
        sa.select(Role.permissions).join(User, User.role == Role.id).where(sa.not_(User.disabled)).distinct()
    )
    found = session.execute(open_).scalars()
    return any({"user.admin", "user.read"} <= set(permissions) for permissions in found)
