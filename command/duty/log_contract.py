"""What the log of duty takes and says: calls, papers and instructions that a person enters."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field, field_validator, model_validator

from command.core.events import Event
from command.core.faults import Wrong
from command.core.queries import Moment, Wish
from command.core.records import Record, Time
from command.duty.contract import Code, no_mobile, parties_of
from command.duty.words import LOG_SORTS

Sort = Literal["call_in", "call_out", "paper", "instruction", "other"]


class CallerIn(Wish):
    """A private person: sealed, and read through a door of its own."""

    name: str | None = Field(None, min_length=1, max_length=40)
    phone: str | None = Field(None, min_length=1, max_length=40)


class WriteNote(Wish):
    """Who, what, when. `who`: the office or post; `person`: somebody private, sealed; `promise`: what was promised, until when,
    which is a thing open until somebody says that it was kept."""

    sort: Sort
    who: str = Field(min_length=1, max_length=80)
    text: str = Field(min_length=1, max_length=1000)
    at: Moment | None = None
    with_centre: Code | None = None
    incident_id: str | None = Field(None, max_length=36)
    person: CallerIn | None = None
    promise: str | None = Field(None, min_length=1, max_length=200)
    promise_due_at: Moment | None = None

    @field_validator("who", "text", "promise")
    @classmethod
    def _sealed_elsewhere(cls, value: str | None) -> str | None:
        return no_mobile(value)

    @model_validator(mode="after")
    def _of_a_promise(self) -> WriteNote:
        if self.promise_due_at is not None and self.promise is None:
            raise Wrong("promise: what was promised until then", "请写明承诺了什么")
        return self


class NoteOut(Record):
    """A line of the log; live while its promise is open."""

    centre: str
    sort: str
    who: str
    with_centre: str | None
    text: str
    at: Time
    by: str
    incident_id: str | None
    person: Any | None
    promise: str | None
    promise_due_at: Time | None
    kept_at: Time | None
    kept_by: str | None


class NoteEvent(Event):
    """Heard by the centre and the county; not on its incident, which teams and neighbours hear."""

    kind: ClassVar[str] = "duty_note"
    record: NoteOut

    def topics(self) -> frozenset[str]:
        return parties_of(self.record.centre)

    def text(self) -> dict[str, str]:
        row, word = self.record, LOG_SORTS[self.record.sort]
        return {"zh": f"{word.zh} {row.who}：{row.text}", "en": f"{word.en}, {row.who}: {row.text}"}


class NoteWritten(NoteEvent):
    type: ClassVar[str] = "duty_note.written"


class NoteKept(NoteEvent):
    """What was promised is done."""

    type: ClassVar[str] = "duty_note.kept"

    def text(self) -> dict[str, str]:
        row = self.record
        return {
            "zh": f"已兑现承诺（{row.who}）：{row.promise}",
            "en": f"Promise kept ({row.who}): {row.promise}",
        }


class NoteForgotten(NoteEvent):
    """Who called was destroyed for good."""

    type: ClassVar[str] = "duty_note.erased"

    def text(self) -> dict[str, str]:
        return {"zh": "已清除来电人姓名和号码", "en": "The caller's name and number were erased"}
