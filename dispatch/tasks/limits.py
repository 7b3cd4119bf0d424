"""How long an order may stay unanswered: by order mode, as the centre that ordered has set it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import Field

from command.core.settings import setting
from dispatch.teams.words import ORDER_MODES, OrderMode

Seconds = Annotated[int, Field(ge=10, le=7200)]
Reader = Callable[[Any, str], Any]


def _clock(name: str, default: Callable[[OrderMode], int], zh: str, en: str) -> dict[str, Reader]:
    return {
        code: setting(f"task.{name}.{code}", Seconds, default(mode), zh=f"{mode.zh} {zh}", en=f"{mode.en}: {en}", unit="s")
        for code, mode in ORDER_MODES.items()
    }  # fmt: skip


ACCEPT = _clock("accept_s", lambda mode: mode.accept_s, "接令时限", "accept within")
ALARM = _clock("alarm_s", lambda mode: mode.alarm_s, "未接令告警", "alarm after")
