"""A command as a socket asks for it: checked in form before it reaches act()."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from command.core import canonical, ids, strict
from command.core.actions import Command
from command.core.auth import Signed
from command.core.errors import Invalid, Malformed


def command_of(message: Any, signed: Signed) -> Command:
    """The command of a `do` message; Malformed or Invalid when it is none."""
    if not isinstance(message, dict) or not isinstance(message.get("name"), str):
        raise Malformed("name: the action's name", zh="name 须为动作名")
    payload, command_id = message.get("payload", {}), message.get("command_id")
    if not isinstance(payload, dict):
        raise Malformed("payload: an object", zh="payload 须为对象")
    strict.check_depth(payload)
    strict.check_text(canonical.dump(payload))
    if not isinstance(command_id, str) or not ids.is_uuid(command_id):
        raise Invalid("command_id: a UUID", zh="command_id 须为 UUID")
    world, version = message.get("world", 0), message.get("version")
    if not isinstance(world, int) or not (version is None or isinstance(version, int)):
        raise Malformed("world and version are whole numbers", zh="world 和 version 须为整数")
    return Command(
        message["name"], payload, signed.actor, command_id.lower(), world, version, _at(message.get("at"))
    )


def _at(text: Any) -> datetime | None:
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise Invalid("at: a time (RFC 3339)", zh="at 须为时间，如 2026-07-21T18:03:00+08:00") from None
    if at.tzinfo is None:
        raise Invalid("at: a time with its zone", zh="at 须带时区")
    return at
