"""How long an order may stay unanswered: by order mode, as the centre that ordered has set it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import Field

from command.core.settings import setting
from dispatch.teams.words import ORDER_MODES

Seconds = Annotated[int, Field(ge=10, le=7200)]
Reader = Callable[[Any, str], Any]

ACCEPT: dict[str, Reader] = {
    code: setting(
        f"task.accept_s.{code}",
        Seconds,
        mode.accept_s,
        zh=f"{mode.zh} 接令时限",
        en=f"{mode.en}: accept within",
        unit="s",
    )
    for code, mode in ORDER_MODES.items()
}
ALARM: dict[str, Reader] = {
    code: setting(
        f"task.alarm_s.{code}",
        Seconds,
        mode.alarm_s,
        zh=f"{mode.zh} 未接令告警",
        en=f"{mode.en}: alarm after",
        unit="s",
    )
    for code, mode in ORDER_MODES.items()
}
