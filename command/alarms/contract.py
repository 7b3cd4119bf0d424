"""What alarms take and say."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from command.core.events import Event
from command.core.queries import Wish
from command.core.records import Record, Time


class RaiseAlarm(Wish):
    """Something needs a hand: why (the cause bundles), how grave, for whom."""

    cause: str = Field(max_length=120)
    rank: int = Field(ge=1, le=3)
    life_risk: bool = False
    title: dict[str, str]
    detail: dict[str, str] = {}
    incident_id: str | None = None
    task_id: str | None = None
    team_id: str | None = None
    centre: str | None = None
    parties: list[str]


class ClearAlarm(Wish):
    """The cause has ended."""

    cause: str = Field(max_length=120)


class AlarmOut(Record):
    """An alarm bundle."""

    cause: str
    rank: int
    life_risk: bool
    title: dict[str, str]
    detail: dict[str, str]
    incident_id: str | None
    task_id: str | None
    team_id: str | None
    centre: str | None
    count: int
    raised_at: Time
    last_at: Time
    acknowledged_by: str | None
    acknowledged_at: Time | None
    silenced_by: str | None
    cleared_at: Time | None
    audience: list[str]


class AlarmEvent(Event):
    kind: ClassVar[str] = "alarm"
    record: AlarmOut

    def topics(self) -> frozenset[str]:
        here = {f"incident:{self.record.incident_id}"} if self.record.incident_id else set()
        return frozenset(self.record.audience) | here

    def text(self) -> dict[str, str]:
        return {"zh": f"告警：{self.record.title['zh']}", "en": f"Alarm: {self.record.title['en']}"}


class AlarmRaised(AlarmEvent):
    type: ClassVar[str] = "alarm.raised"


class AlarmBundled(AlarmEvent):
    type: ClassVar[str] = "alarm.bundled"


class AlarmAcknowledged(AlarmEvent):
    type: ClassVar[str] = "alarm.acknowledged"

    def text(self) -> dict[str, str]:
        by = self.record.acknowledged_by
        return {
            "zh": f"{by} 确认告警：{self.record.title['zh']}",
            "en": f"{by} acknowledged: {self.record.title['en']}",
        }


class AlarmSilenced(AlarmEvent):
    type: ClassVar[str] = "alarm.silenced"

    def text(self) -> dict[str, str]:
        by = self.record.silenced_by
        return {
            "zh": f"{by} 静音：{self.record.title['zh']}",
            "en": f"{by} silenced: {self.record.title['en']}",
        }


class AlarmEscalated(AlarmEvent):
    """Of the first rank, and nobody took it in time: the leader on duty is told."""

    type: ClassVar[str] = "alarm.escalated"

    def text(self) -> dict[str, str]:
        title = self.record.title
        return {
            "zh": f"告警无人确认，报带班领导：{title['zh']}",
            "en": f"Alarm passed to the leader on duty: {title['en']}",
        }


class AlarmUnsilenced(AlarmEvent):
    type: ClassVar[str] = "alarm.unsilenced"

    def text(self) -> dict[str, str]:
        by = self.said["by"]
        return {
            "zh": f"{by} 恢复声音：{self.record.title['zh']}",
            "en": f"{by} gave it its sound back: {self.record.title['en']}",
        }


class AlarmCleared(AlarmEvent):
    type: ClassVar[str] = "alarm.cleared"

    def text(self) -> dict[str, str]:
        return {"zh": f"告警解除：{self.record.title['zh']}", "en": f"Alarm over: {self.record.title['en']}"}


class AlarmPassed(AlarmEvent):
    """Its incident has other parties now: those who lost it lose the alarm, those who gained it have it."""

    type: ClassVar[str] = "alarm.passed"

    def text(self) -> dict[str, str]:
        return {}
