"""Recurring inspections and their rounds: what they take and say."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Field, model_validator

from command.core.faults import Wrong
from command.core.queries import Moment, Wish
from command.core.records import Record, Time
from command.core.store.spatial import Point
from command.hazards.contract import Type, check_item
from command.hazards.events import OfHazard

Item = Annotated[str, Field(min_length=1, max_length=120)]


class PlanInspection(Wish):
    """What is looked at, where, by whom, how often; `location` may follow from the hazard or risk point that it is for."""

    title: str = Field(min_length=1, max_length=120)
    checklist: list[Item] = Field(min_length=1, max_length=30)
    every_days: int = Field(ge=1, le=366, strict=True)
    next_due: Moment | None = None
    centre: str | None = Field(None, pattern=r"^\d{6}(\d{3})?$")
    assigned: str | None = Field(None, pattern=r"^\d{6}(\d{3}(\d{3})?)?(-[a-z]+)?$")
    location: Point | None = None
    place_text: str | None = Field(None, max_length=200)
    hazard_id: str | None = Field(None, max_length=36)
    risk_point_id: str | None = Field(None, max_length=36)


class AnswerIn(Wish):
    """One point of the checklist: in order or not."""

    ok: bool
    note: str | None = Field(None, max_length=300)


class FoundIn(Wish):
    """What is not in order, as the hazard that it becomes."""

    type: Type
    item: str | None = Field(None, max_length=24)
    title: str | None = Field(None, min_length=1, max_length=200)

    @model_validator(mode="after")
    def _form(self) -> FoundIn:
        check_item(self.type, self.item)
        return self


class RecordRound(Wish):
    """A round: proof of place (position and photo), an answer to each point of the checklist, and what was found."""

    answers: list[AnswerIn] = Field(min_length=1, max_length=30)
    picture: str = Field(min_length=1, max_length=960_000)
    location: Point
    reason: str | None = Field(None, min_length=1, max_length=500)
    found: FoundIn | None = None

    @model_validator(mode="after")
    def _found(self) -> RecordRound:
        if self.found is not None and all(one.ok for one in self.answers):
            raise Wrong("found: everything is in order", "各项均合格，不应另报隐患")
        return self


class InspectionOut(Record):
    """A recurring inspection."""

    title: str
    centre: str
    assigned: str
    location: dict[str, Any] | None
    place_text: str | None
    hazard_id: str | None
    risk_point_id: str | None
    checklist: list[str]
    every_days: int
    next_due: Time
    last_at: Time | None
    lapsed: int
    audience: list[str]


class RoundOut(Record):
    """One round."""

    inspection_id: str
    at: Time
    received_at: Time
    by: str
    place: dict[str, Any]
    distance_m: float | None
    photo: str
    answers: list[dict[str, Any]]
    failed: int
    reason: str | None
    hazard_id: str | None
    ahead: bool


class InspectionEvent(OfHazard):
    """Told in the rooms of those whose it is; it has no topic of a hazard."""

    kind: ClassVar[str] = "inspection"
    record: InspectionOut

    @property
    def thing(self) -> str:
        return self.record.id

    def text(self) -> dict[str, str]:
        return {"zh": f"巡查计划：{self.record.title}", "en": f"Inspection: {self.record.title}"}


class InspectionPlanned(InspectionEvent):
    type: ClassVar[str] = "inspection.planned"


class InspectionGone(InspectionEvent):
    """A round was made: when the next one is due."""

    type: ClassVar[str] = "inspection.gone"

    def text(self) -> dict[str, str]:
        return {"zh": f"巡查完成：{self.record.title}", "en": f"Inspected: {self.record.title}"}


class InspectionLapsed(InspectionEvent):
    type: ClassVar[str] = "inspection.lapsed"

    def text(self) -> dict[str, str]:
        return {"zh": f"巡查逾期：{self.record.title}", "en": f"Inspection is late: {self.record.title}"}


class InspectionEnded(InspectionEvent):
    type: ClassVar[str] = "inspection.ended"

    def text(self) -> dict[str, str]:
        return {"zh": f"巡查计划结束：{self.record.title}", "en": f"Inspection ended: {self.record.title}"}


class RoundRecorded(OfHazard):
    kind: ClassVar[str] = "inspection_round"
    type: ClassVar[str] = "inspection_round.recorded"
    record: RoundOut

    @property
    def thing(self) -> str:
        return self.record.inspection_id

    def topics(self) -> frozenset[str]:
        return frozenset({f"hazard:{self.thing}"})

    def text(self) -> dict[str, str]:
        failed = self.record.failed
        zh = f"，{failed} 项不合格" if failed else "，各项合格"
        en = f", {failed} not in order" if failed else ", all in order"
        return {"zh": f"巡查记录{zh}", "en": f"Round{en}"}
