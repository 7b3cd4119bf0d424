"""What decisions take and say: a question to a leader (请示), decided by hand or by a recorded word, confirmed or disputed later."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from command.core.approving import Spoken
from command.core.events import Event
from command.core.queries import Moment, Wish
from command.core.records import Record, Time
from command.decisions.words import SIMPLE
from command.incidents.contract import IncidentOut

Choice = Annotated[str, Field(min_length=1, max_length=40)]
Reason = Annotated[str, Field(min_length=1, max_length=300)]


class AskDecision(Wish):
    """A question to one's own leader, or of a township to the county's; `within_min`: until when it is needed."""

    question: str = Field(min_length=2, max_length=120)
    grounds: str | None = Field(None, min_length=1, max_length=600)
    options: list[Choice] = Field(default=list(SIMPLE), min_length=2, max_length=4)
    of: Literal["own", "county"] = "own"
    incident_id: str | None = Field(None, max_length=36)
    within_min: int | None = Field(None, ge=1, le=1440)


class Decide(Wish):
    """The option that is chosen; `spoken`: a leader's word that the duty officer enters."""

    option: str = Field(max_length=2)
    reason: Reason | None = None
    spoken: Spoken | None = None
    at: Moment | None = None


class Withdraw(Wish):
    """The question is asked no more, and why."""

    reason: Reason


class Retract(Wish):
    """The leader takes back what was decided by own hand, and why; the question stands again."""

    reason: Reason


class DecisionOut(Record):
    """A decision as those see it who asked, who decides, and the county."""

    number: str
    centre: str
    from_centre: str
    from_name: str
    incident_id: str | None
    incident_title: str | None
    question: str
    grounds: str | None
    options: list[dict[str, Any]]
    asked_by: str
    asked_at: Time
    due_at: Time | None
    late: Time | None
    state: str
    chosen: str | None
    reason: str | None
    approval: dict[str, Any] | None
    decided_at: Time | None
    withdrawn: dict[str, Any] | None
    audience: list[str]


class DecisionEvent(Event):
    """Heard by who asked, who decides, and the county; never in the incident's own room: a leader is asked openly."""

    kind: ClassVar[str] = "decision"
    record: DecisionOut

    def topics(self) -> frozenset[str]:
        return frozenset(self.record.audience)


class DecisionAsked(DecisionEvent):
    type: ClassVar[str] = "decision.asked"

    def text(self) -> dict[str, str]:
        return {"zh": f"请示：{self.record.question}", "en": f"Decision asked: {self.record.question}"}


class DecisionMade(DecisionEvent):
    type: ClassVar[str] = "decision.made"

    def text(self) -> dict[str, str]:
        one, word = self.record, (self.record.approval or {}).get("spoken")
        choice = next(option["text"] for option in one.options if option["code"] == one.chosen)
        why = f"（{one.reason}）" if one.reason else ""
        zh_by = f"，{word['post']}{word['person']}口头决定（{word['channel']}）・代录" if word else ""
        en_by = f", by word of {word['post']} {word['person']} ({word['channel']}), recorded" if word else ""
        return {
            "zh": f"决定：{one.question}，{choice}{why}{zh_by}",
            "en": f"Decided: {one.question}: {choice}{why}{en_by}",
        }


class DecisionRetracted(DecisionEvent):
    """Taken back by who decided; it waits again. `said`: what had been chosen, why."""

    type: ClassVar[str] = "decision.retracted"

    def text(self) -> dict[str, str]:
        what, choice, why = self.record.question, self.said["choice"], self.said["reason"]
        return {
            "zh": f"撤回决定：{what}，原定{choice}（{why}）",
            "en": f"Decision taken back: {what}, was {choice} ({why})",
        }


class LeaderDecided(Event):
    """What a leader decided of an incident, or took back, on its timeline: for those who look at it as a whole. The question is told
    there when it is decided, its grounds never. `said`: zh, en."""

    kind: ClassVar[str] = "incident"
    type: ClassVar[str] = "incident.leader_decided"
    record: IncidentOut

    def topics(self) -> frozenset[str]:
        return frozenset({f"incident:{self.record.id}"})

    def text(self) -> dict[str, str]:
        return {"zh": str(self.said["zh"]), "en": str(self.said["en"])}


class DecisionConfirmed(DecisionEvent):
    type: ClassVar[str] = "decision.confirmed"

    def text(self) -> dict[str, str]:
        by = self.said["by"]
        return {
            "zh": f"{by} 确认口头决定：{self.record.question}",
            "en": f"{by} confirmed the spoken decision: {self.record.question}",
        }


class DecisionDisputed(DecisionEvent):
    type: ClassVar[str] = "decision.disputed"

    def text(self) -> dict[str, str]:
        by = self.said["by"]
        return {
            "zh": f"{by} 提出口头决定有出入：{self.record.question}",
            "en": f"{by} disputes the recorded decision: {self.record.question}",
        }


class DecisionWithdrawn(DecisionEvent):
    type: ClassVar[str] = "decision.withdrawn"

    def text(self) -> dict[str, str]:
        why = (self.record.withdrawn or {})["reason"]
        return {
            "zh": f"撤回请示：{self.record.question}（{why}）",
            "en": f"Question withdrawn: {self.record.question} ({why})",
        }


class DecisionLate(DecisionEvent):
    """It was needed by now and nobody has decided."""

    type: ClassVar[str] = "decision.late"

    def text(self) -> dict[str, str]:
        return {
            "zh": f"请示超时未决：{self.record.question}",
            "en": f"Not decided in time: {self.record.question}",
        }
