"""What the handover of shifts takes and says."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from command.core.events import Event
from command.core.faults import Wrong
from command.core.queries import Wish
from command.core.records import Record, Time
from command.duty.contract import Name, parties_of

Remark = Field(None, min_length=1, max_length=300)


class HandoverOut(Record):
    """A handover. `items`: {key, sort, about: {kind, id}|null, zh, en, at, due_at|null, state, by, done_at, reason}: what was
    open when it was gathered; `due_at`: when the new shift was to begin."""

    centre: str
    from_id: str
    to_id: str
    due_at: Time
    items: list[dict[str, Any]]
    remarks: dict[str, Any]
    gathered_at: Time
    handed_by: str | None
    handed_at: Time | None
    accepted_by: str | None
    accepted_at: Time | None
    reminded_at: Time | None
    state: str


class SettleItem(Wish):
    """One item taken over, or deferred with the reason: it stays with the old shift, and comes again at the next handover."""

    key: str = Field(min_length=1, max_length=120)
    to: Literal["accepted", "deferred"]
    reason: str | None = Field(None, min_length=1, max_length=200)

    @model_validator(mode="after")
    def _why(self) -> SettleItem:
        if self.to == "deferred" and self.reason is None:
            raise Wrong("reason: why it is deferred", "缓交须写明理由")
        return self


class Hand(Wish):
    """The old shift's signature and what its list cannot know."""

    name: Name
    weather: str | None = Remark
    leaders_away: str | None = Remark
    equipment: str | None = Remark
    other: str | None = Remark


class Accept(Wish):
    """The new shift's signature: who takes over, by name."""

    name: Name


class HandoverEvent(Event):
    """Heard by the centre and the county."""

    kind: ClassVar[str] = "duty_handover"
    verb: ClassVar[tuple[str, str]]
    record: HandoverOut

    def topics(self) -> frozenset[str]:
        return parties_of(self.record.centre)

    def text(self) -> dict[str, str]:
        zh, en = self.said.get("more", ("", ""))
        return {"zh": f"{self.verb[0]}{zh}", "en": f"{self.verb[1]}{en}"}


class HandoverOpened(HandoverEvent):
    type: ClassVar[str] = "handover.opened"
    verb = ("交接班开始", "Handover opened")


class HandoverGathered(HandoverEvent):
    type: ClassVar[str] = "handover.gathered"
    verb = ("交接清单更新", "Handover list gathered again")


class HandoverItem(HandoverEvent):
    type: ClassVar[str] = "handover.item"
    verb = ("交接事项", "Handover item")


class HandoverHanded(HandoverEvent):
    type: ClassVar[str] = "handover.handed"
    verb = ("交班签字", "Handed over")


class HandoverAccepted(HandoverEvent):
    type: ClassVar[str] = "handover.accepted"
    verb = ("接班签收", "Handover accepted")


class HandoverForgotten(HandoverEvent):
    """Nobody accepted in time: it is said calmly; the old shift answers on."""

    type: ClassVar[str] = "handover.forgotten"
    verb = (
        "交接班还没有签收，上一班仍在负责",
        "The handover is not accepted yet: the shift before still answers",
    )


class HandoverClosed(HandoverEvent):
    """Nothing of it is open any more, or the next handover has taken it up."""

    type: ClassVar[str] = "handover.closed"
    verb = ("交接班办结", "Handover closed")
