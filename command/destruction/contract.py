"""What destructions take and say. Counts by sort, never the data; told to those who look after personal data, in a room of its own."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field

from command.core.events import Event
from command.core.queries import Moment, Wish
from command.core.records import Record, Time

TOPIC = "destructions"
Ground = Literal["evidence", "evaluation", "claims", "other"]


class Draft(Wish):
    """Of which thing that is over the personal data is due."""

    kind: str = Field(max_length=32)
    id: str = Field(max_length=36)


class Confirm(Wish):
    """Why it goes, and how many of each sort the one who confirms was shown: what has come in since is looked at first."""

    reason: str = Field(min_length=2, max_length=500)
    counts: dict[str, int] = Field(max_length=100)


class Hold(Wish):
    """The assessment for which it is kept: the ground, why it is needed, who assessed it, until when, when it is looked at again."""

    ground: Ground
    why: str = Field(min_length=5, max_length=2000)
    assessor: str = Field(min_length=2, max_length=60)
    post: str = Field(min_length=2, max_length=60)
    until: Moment
    review_at: Moment


class Release(Wish):
    """Why it need not be held any more."""

    reason: str = Field(min_length=2, max_length=500)


class Replay(Wish):
    """An erasure of the list that a restored backup does not know yet."""

    id: str = Field(max_length=36)
    number: str = Field(max_length=40)
    kind: str = Field(max_length=32)
    thing: str = Field(max_length=36)
    subject_number: str = Field(max_length=60)
    centre: str = Field(max_length=32)
    at: Moment
    by: str = Field(max_length=200)


class DestructionOut(Record):
    """The public state of a destruction."""

    number: str
    subject_kind: str
    subject_id: str
    subject_number: str
    centre: str
    over_at: Time
    due_at: Time
    state: str
    sorts: list[dict[str, Any]]
    holds: list[dict[str, Any]]
    hold_until: Time | None
    review_at: Time | None
    reminded: int
    reminded_at: Time
    reason: str | None
    confirmed_by: str | None
    confirmed_at: Time | None
    gone_at: Time | None
    replays: list[dict[str, Any]]


class DestructionEvent(Event):
    """What happened to the personal data of a thing, in a sentence."""

    kind: ClassVar[str] = "destruction"
    says: ClassVar[tuple[str, str]]
    record: DestructionOut

    def topics(self) -> frozenset[str]:
        return frozenset({TOPIC})

    def text(self) -> dict[str, str]:
        one = self.record
        return {
            "zh": f"{one.number} {self.says[0]}（{one.subject_number}，{_total(one)} 条）",
            "en": f"{one.number} {self.says[1]} ({one.subject_number}, {_total(one)} rows)",
        }


def _total(one: DestructionOut) -> int:
    return sum(sort["n"] for sort in one.sorts)


class DestructionDue(DestructionEvent):
    type: ClassVar[str] = "destruction.due"
    says: ClassVar[tuple[str, str]] = ("个人信息保存期满，待销毁", "personal data is due to be erased")


class DestructionReminded(DestructionEvent):
    type: ClassVar[str] = "destruction.reminded"
    says: ClassVar[tuple[str, str]] = ("个人信息到期未销毁", "personal data is past its time")


class DestructionHeld(DestructionEvent):
    type: ClassVar[str] = "destruction.held"
    says: ClassVar[tuple[str, str]] = ("经评估暂缓销毁", "held after an assessment")


class DestructionReleased(DestructionEvent):
    type: ClassVar[str] = "destruction.released"
    says: ClassVar[tuple[str, str]] = ("暂缓解除，待销毁", "no longer held, due to be erased")


class DestructionConfirmed(DestructionEvent):
    type: ClassVar[str] = "destruction.confirmed"
    says: ClassVar[tuple[str, str]] = ("个人信息已销毁", "personal data erased")


class DestructionGone(DestructionEvent):
    type: ClassVar[str] = "destruction.gone"
    says: ClassVar[tuple[str, str]] = ("残留数据已清除", "what was left on disk is overwritten")


class DestructionDropped(DestructionEvent):
    type: ClassVar[str] = "destruction.dropped"
    says: ClassVar[tuple[str, str]] = ("重新处置，销毁撤回", "taken up again, not erased now")


class DestructionReplayed(DestructionEvent):
    type: ClassVar[str] = "destruction.replayed"
    says: ClassVar[tuple[str, str]] = ("恢复备份后再次销毁", "erased again after a backup was restored")
