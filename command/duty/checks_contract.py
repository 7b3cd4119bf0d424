"""What the check that a post is manned (查岗) takes and says."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from command.core.events import Event
from command.core.queries import Wish
from command.core.records import Record, Time
from command.duty.contract import Code, parties_of


class AskCheck(Wish):
    """Which centre; `on_behalf`: who above asked the county to."""

    centre: Code
    on_behalf: str | None = Field(None, min_length=1, max_length=40)


class CheckOut(Record):
    """A check. `how`: by an act of the last minutes, or by the key on the desk; `reason`: why nobody was asked."""

    centre: str
    asked_by: str
    on_behalf: str | None
    asked_at: Time
    answer_by: Time
    state: str
    how: str | None
    answered_by: str | None
    answered_at: Time | None
    reason: dict[str, str]


class CheckEvent(Event):
    """Heard by the centre and the county."""

    kind: ClassVar[str] = "duty_check"
    verb: ClassVar[tuple[str, str]]
    record: CheckOut

    def topics(self) -> frozenset[str]:
        return parties_of(self.record.centre)

    def text(self) -> dict[str, str]:
        row = self.record
        name = self.said.get("name", (row.centre, row.centre))
        zh = row.reason.get("zh") or row.answered_by or ""
        en = row.reason.get("en") or row.answered_by or ""
        return {
            "zh": f"{self.verb[0]} {name[0]}{f'：{zh}' if zh else ''}",
            "en": f"{self.verb[1]}, {name[1]}{f': {en}' if en else ''}",
        }


class CheckAsked(CheckEvent):
    type: ClassVar[str] = "duty_check.asked"
    verb = ("查岗", "Roll-call asked")


class CheckPresent(CheckEvent):
    type: ClassVar[str] = "duty_check.present"
    verb = ("查岗在岗", "Roll-call: present")


class CheckSpared(CheckEvent):
    """Nobody was asked: they are at work, or it is night and nothing threatens."""

    type: ClassVar[str] = "duty_check.spared"
    verb = ("免查", "Roll-call not asked")


class CheckMissed(CheckEvent):
    type: ClassVar[str] = "duty_check.missed"
    verb = ("查岗未应答", "Roll-call: no answer")
