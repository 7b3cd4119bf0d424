"""What responses take and say: the four fields of 突发事件应对法 art. 72 (事项, 级别, 预计期限, 处置措施), who approved, by which word.

Other slices follow `ResponseMoved` and read by `ask("responses.in_force", …)`."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from command.core.approving import Spoken
from command.core.events import Event
from command.core.faults import Wrong
from command.core.queries import Moment, Wish
from command.core.records import Record, Time
from command.plans.contract import Level
from command.plans.words import LEVELS, RESPONSE_FLOW

Hours = Field(None, ge=1, le=24 * 60)


class ProposeResponse(Wish):
    """A response by a plan in force, for an incident, a warning or a township; the four fields may follow until it is submitted."""

    plan_id: str = Field(max_length=36)
    incident_id: str | None = Field(None, max_length=36)
    warning_id: str | None = Field(None, max_length=36)
    areas: list[str] = Field(default=[], max_length=40)
    matter: str | None = Field(None, min_length=1, max_length=200)
    level: Level | None = None
    expected_hours: int | None = Hours
    measures: str | None = Field(None, min_length=1, max_length=4000)
    reasons: list[str] = Field(default=[], max_length=20)
    submit: bool = True


class MoveResponse(Wish):
    """The next state: submitted, activated, another level or term, ended, not activated; `spoken`: a leader's word by telephone."""

    to: str = Field(max_length=20)
    at: Moment | None = None
    matter: str | None = Field(None, min_length=1, max_length=200)
    level: Level | None = None
    expected_hours: int | None = Hours
    measures: str | None = Field(None, min_length=1, max_length=4000)
    reason: str | None = Field(None, min_length=1, max_length=500)
    spoken: Spoken | None = None


class Suggested(Wish):
    """For which incident; or for a warning: its kind, colour and areas."""

    incident_id: str | None = Field(None, max_length=36)
    kind: str | None = Field(None, max_length=32)
    colour: Literal["red", "orange", "yellow", "blue"] | None = None
    areas: str | None = Field(None, max_length=600)

    @model_validator(mode="after")
    def _of_something(self) -> Suggested:
        if self.incident_id is None and self.kind is None:
            raise Wrong("incident_id, or kind with colour: of what", "请给出事件，或预警的类型和颜色")
        return self


class ResponseOut(Record):
    """A response as those see it whom it concerns."""

    number: str
    plan_id: str
    plan_title: str
    plan_edition: int
    centre: str
    incident_id: str | None
    incident_title: str | None
    warning_id: str | None
    areas: list[str]
    matter: str | None
    level: str | None
    expected_hours: int | None
    measures: str | None
    reasons: list[str]
    proposed_by: str
    approvals: list[dict[str, Any]]
    issued: dict[str, list[str]]
    state: str
    times: dict[str, str]
    steps: list[dict[str, Any]]
    expected_until: Time | None
    past_due: bool
    audience: list[str]


class ResponseEvent(Event):
    """Heard by its audience, and where its incident is looked at alone."""

    kind: ClassVar[str] = "response"
    record: ResponseOut

    def topics(self) -> frozenset[str]:
        here = {f"incident:{self.record.incident_id}"} if self.record.incident_id else set()
        return frozenset(self.record.audience) | here

    def level(self) -> tuple[str, str]:
        """Its level in words."""
        word = LEVELS[self.record.level] if self.record.level else None
        return (f"{word.zh}响应", f"{word.en} response") if word else ("响应", "response")


class ResponseProposed(ResponseEvent):
    type: ClassVar[str] = "response.proposed"

    def text(self) -> dict[str, str]:
        zh, en = self.level()
        return {
            "zh": f"建议启动{zh}（{self.record.plan_title}），{RESPONSE_FLOW.zh[self.record.state]}",
            "en": f"{en} proposed ({self.record.plan_title}), {RESPONSE_FLOW.en[self.record.state].lower()}",
        }


class ResponseMoved(ResponseEvent):
    """A step was taken. `said`: step (with before, level_before)."""

    type: ClassVar[str] = "response.moved"

    def text(self) -> dict[str, str]:
        zh, en = self.level()
        step = self.said.get("step", {})
        word, reason = step.get("spoken"), step.get("reason")
        why = f"（{reason}）" if reason else ""
        zh_by = f"，{word['post']}{word['person']}口头批准（{word['channel']}）・代录" if word else ""
        en_by = f", by word of {word['post']} {word['person']} ({word['channel']}), recorded" if word else ""
        before = step.get("level_before")
        turned = before and before != self.record.level
        zh_was, en_was = (
            (f"由{LEVELS[before].zh}调为", f"from {LEVELS[before].en} to ") if turned else ("", "")
        )
        state = self.record.state
        return {
            "zh": f"{RESPONSE_FLOW.zh[state]}：{zh_was}{zh}（{self.record.plan_title}）{zh_by}{why}",
            "en": f"{RESPONSE_FLOW.en[state]}: {en_was}{en} ({self.record.plan_title}){en_by}{why}",
        }


class ResponseConfirmed(ResponseEvent):
    """A spoken word was confirmed by who gave it."""

    type: ClassVar[str] = "response.confirmed"

    def text(self) -> dict[str, str]:
        by = self.said["by"]
        return {"zh": f"{by} 补签口头批准", "en": f"{by} confirmed the spoken approval"}


class ResponseDisputed(ResponseEvent):
    """Whose word it was says that it was not so; the response goes on until somebody changes it."""

    type: ClassVar[str] = "response.disputed"

    def text(self) -> dict[str, str]:
        by = self.said["by"]
        return {"zh": f"{by} 提出口头批准有出入", "en": f"{by} disputes the recorded approval"}


class ResponsePastDue(ResponseEvent):
    """Its expected term is over: a person ends it or says how long it lasts. It ends by nobody else."""

    type: ClassVar[str] = "response.past_due"

    def text(self) -> dict[str, str]:
        zh, en = self.level()
        return {"zh": f"{zh}已到预计期限", "en": f"{en}: past its expected term"}


class ResponsePassed(ResponseEvent):
    """Its incident has other parties now."""

    type: ClassVar[str] = "response.passed"

    def text(self) -> dict[str, str]:
        return {}
