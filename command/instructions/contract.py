"""What instructions take and say. Other slices issue them by `tx.act("instruction.issue", …)` and read them by
`ask("instructions.of", …)`; they follow `InstructionMoved`."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field, field_validator, model_validator

from command.core.events import Event
from command.core.faults import Wrong
from command.core.queries import Moment, Wish
from command.core.records import Record, Time
from command.instructions.words import INSTRUCTION_FLOW, URGENCIES

UrgencyCode = Literal["flash", "urgent", "routine"]
CENTRE = r"^\d{6}(\d{3}(\d{3})?)?(-[a-z]+)?$"
MOST_MINUTES = 60 * 24 * 30
Picture = Field(None, min_length=1, max_length=960_000)
Item = Field(min_length=1, max_length=120)


class Proxy(Wish):
    """Who said it, by which channel: a step entered for another (代报)."""

    person: str = Field(min_length=1, max_length=60)
    channel: str = Field(min_length=1, max_length=40)
    number: str | None = Field(None, max_length=40)


class IssueInstruction(Wish):
    """What somebody is to do: who, what, how urgent, until when, with which list and proof; what it belongs to."""

    to: str = Field(pattern=CENTRE)
    text: str = Field(min_length=1, max_length=1000)
    post: str | None = Field(None, min_length=1, max_length=60)
    urgency: UrgencyCode = "urgent"
    due_at: Moment | None = None
    within_min: int | None = Field(None, ge=1, le=MOST_MINUTES)
    accept_within_min: int | None = Field(None, ge=1, le=MOST_MINUTES)
    checklist: list[str] = Field(default=[], max_length=30)
    needs_proof: bool = False
    incident_id: str | None = Field(None, max_length=36)
    response_id: str | None = Field(None, max_length=36)
    warning_id: str | None = Field(None, max_length=36)
    action: str | None = Field(None, max_length=32)
    draft: bool = False

    @field_validator("checklist")
    @classmethod
    def _items(cls, value: list[str]) -> list[str]:
        if any(not 1 <= len(one.strip()) <= 120 for one in value):
            raise Wrong("checklist: 1 to 120 characters an item", "清单每项须为 1 至 120 字")
        return [one.strip() for one in value]

    @model_validator(mode="after")
    def _one_deadline(self) -> IssueInstruction:
        if self.due_at is not None and self.within_min is not None:
            raise Wrong("due_at or within_min: one of both", "完成时限只写一种：时刻或分钟")
        return self


class StepInstruction(Wish):
    """The next state, with what that step asks for: words and a photo when it is fed back, a reason where it goes another way."""

    to: str = Field(max_length=12)
    at: Moment | None = None
    reason: str | None = Field(None, min_length=1, max_length=500)
    text: str | None = Field(None, min_length=1, max_length=1000)
    picture: str | None = Picture
    by_proxy: Proxy | None = None


class FeedBack(Wish):
    """More words or a photo on something that is under way; `checked`: which items of its list are done now, from 0."""

    text: str | None = Field(None, min_length=1, max_length=1000)
    picture: str | None = Picture
    checked: list[int] | None = Field(None, max_length=30)
    by_proxy: Proxy | None = None

    @model_validator(mode="after")
    def _something(self) -> FeedBack:
        if self.text is None and self.picture is None and self.checked is None:
            raise Wrong("text, picture or checked: something of them", "请写明进展、附照片或勾选清单")
        return self


class Extend(Wish):
    """Another deadline, and why."""

    due_at: Moment
    reason: str = Field(min_length=1, max_length=500)


class Supervise(Wish):
    """督办: what a leader demands, in words."""

    text: str = Field(min_length=1, max_length=500)


class InstructionOut(Record):
    """An instruction as those see it who gave it, who got it, and who see its incident."""

    number: str
    text: str
    urgency: str
    from_centre: str
    from_name: str
    to_centre: str
    to_name: str
    post: str | None
    incident_id: str | None
    incident_title: str | None
    response_id: str | None
    warning_id: str | None
    action: str | None
    checklist: list[dict[str, Any]]
    needs_proof: bool
    issued_by: str
    issued_at: Time | None
    accept_due_at: Time | None
    due_at: Time | None
    late: dict[str, Any]
    supervised: list[dict[str, Any]]
    extended: list[dict[str, Any]]
    feedback: list[dict[str, Any]]
    state: str
    times: dict[str, str]
    steps: list[dict[str, Any]]
    audience: list[str]


class InstructionEvent(Event):
    """Heard by its audience, and where its incident is looked at alone."""

    kind: ClassVar[str] = "instruction"
    record: InstructionOut

    def topics(self) -> frozenset[str]:
        here = {f"incident:{self.record.incident_id}"} if self.record.incident_id else set()
        return frozenset(self.record.audience) | here

    def whom(self) -> str:
        """The receiver with the post that answers."""
        return self.record.to_name + (f" {self.record.post}" if self.record.post else "")


class InstructionDrafted(InstructionEvent):
    type: ClassVar[str] = "instruction.drafted"

    def text(self) -> dict[str, str]:
        return {
            "zh": f"草拟指令：{self.whom()}，{self.record.text}",
            "en": f"Instruction drafted: {self.whom()}, {self.record.text}",
        }


class InstructionIssued(InstructionEvent):
    type: ClassVar[str] = "instruction.issued"

    def text(self) -> dict[str, str]:
        word = URGENCIES[self.record.urgency]
        return {
            "zh": f"下达指令（{word.zh}）{self.whom()}：{self.record.text}",
            "en": f"Instruction ({word.en}) to {self.whom()}: {self.record.text}",
        }


class InstructionMoved(InstructionEvent):
    """A step was taken. `said`: step, before."""

    type: ClassVar[str] = "instruction.moved"

    def text(self) -> dict[str, str]:
        step = self.said.get("step", {})
        state = step.get("state", self.record.state)
        proxy, reason, words = step.get("by_proxy"), step.get("reason"), self.said.get("text")
        more = f"：{words}" if words else ""
        why = f"（{reason}）" if reason else ""
        zh_by = f"代报 {proxy['person']} {proxy['channel']}：" if proxy else ""
        en_by = f"proxy {proxy['person']} ({proxy['channel']}): " if proxy else ""
        return {
            "zh": f"{zh_by}{self.record.to_name} 指令{INSTRUCTION_FLOW.zh[state]}{more}{why}",
            "en": f"{en_by}{self.record.to_name}: instruction {INSTRUCTION_FLOW.en[state].lower()}{more}{why}",
        }


class InstructionFedBack(InstructionEvent):
    """More was said, shown or ticked off; its state is as before."""

    type: ClassVar[str] = "instruction.fed_back"

    def text(self) -> dict[str, str]:
        words = self.said.get("text")
        ticked = sum(1 for one in self.record.checklist if one["done"])
        left = f" {ticked}/{len(self.record.checklist)}" if self.record.checklist else ""
        return {
            "zh": f"{self.record.to_name} 进展{left}" + (f"：{words}" if words else ""),
            "en": f"{self.record.to_name}: progress{left}" + (f": {words}" if words else ""),
        }


class InstructionLate(InstructionEvent):
    """Its time passed (超时): a mark, no state. `said`: what = accept or done."""

    type: ClassVar[str] = "instruction.late"

    def text(self) -> dict[str, str]:
        accept = self.said.get("what") == "accept"
        return {
            "zh": f"{self.record.to_name} {'超时未签收' if accept else '超时未完成'}：{self.record.text}",
            "en": f"{self.record.to_name}: {'not accepted' if accept else 'not done'} in time: {self.record.text}",
        }


class InstructionSupervised(InstructionEvent):
    type: ClassVar[str] = "instruction.supervised"

    def text(self) -> dict[str, str]:
        last = self.record.supervised[-1]
        return {
            "zh": f"{last['by']} 督办 {self.whom()}：{last['text']}",
            "en": f"{last['by']} presses {self.whom()}: {last['text']}",
        }


class InstructionExtended(InstructionEvent):
    type: ClassVar[str] = "instruction.extended"

    def text(self) -> dict[str, str]:
        last = self.record.extended[-1]
        return {
            "zh": f"{self.record.to_name} 指令时限延至 {self.said['hm']}（{last['reason']}）",
            "en": f"{self.record.to_name}: more time until {self.said['hm']} ({last['reason']})",
        }


class InstructionPassed(InstructionEvent):
    """Its incident has other parties now: those who lost it lose the instruction, those who gained it have it."""

    type: ClassVar[str] = "instruction.passed"

    def text(self) -> dict[str, str]:
        return {}
