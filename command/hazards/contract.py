"""What hazards take and say: inputs and the public record."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from command.core.faults import Wrong
from command.core.queries import Moment, Wish
from command.core.records import Record, Time
from command.core.store.spatial import Point
from command.hazards.kinds import ITEMS
from command.hazards.lec import Lec

Type = Literal[
    "production", "fire", "traffic", "geological", "flood", "wildfire", "building", "lifeline", "health", "social",
    "cyber",
]  # fmt: skip
Source = Literal["self", "inspection", "grid", "report", "monitor", "drill", "incident"]
Level = Literal["general", "major"]
Duty = Literal["territory", "department", "unit"]
Stage = Literal["before", "after", "acceptance", "lookback"]
Measure = Literal["stop_all", "stop_part", "evacuate", "cordon", "watch", "cut_supply", "limit"]
Short, Long = 200, 4000
Picture = Field(None, min_length=1, max_length=960_000)


class PersonIn(Wish):
    """A person with a number; kept sealed, never in the journal."""

    name: str | None = Field(None, min_length=1, max_length=60)
    phone: str | None = Field(None, max_length=40)
    note: str | None = Field(None, max_length=500)

    @model_validator(mode="after")
    def _somebody(self) -> PersonIn:
        if self.name is None and self.phone is None:
            raise Wrong("a name or a number", "请写姓名或电话")
        return self


class InterimIn(Wish):
    """What is done at once, before anything is put right: 停产, 撤人 and the like."""

    code: Measure
    text: str | None = Field(None, max_length=Short)


class WatchIn(Wish):
    """监测管控: who watches, at what sign, which way out, how many people move."""

    watcher: str = Field(min_length=1, max_length=60)
    trigger: str = Field(min_length=1, max_length=500)
    route: str = Field(min_length=1, max_length=500)
    people: int = Field(ge=0, le=1_000_000, strict=True)
    shelter: str | None = Field(None, max_length=Short)
    contact: PersonIn | None = None


class DutyIn(Wish):
    """One of the three duties: a centre of the register, or a unit by name, and the post that answers for it."""

    centre: str | None = Field(None, pattern=r"^\d{6}(\d{3}(\d{3})?)?(-[a-z]+)?$")
    name: str | None = Field(None, min_length=1, max_length=120)
    post: str | None = Field(None, min_length=1, max_length=60)

    @model_validator(mode="after")
    def _named(self) -> DutyIn:
        if self.centre is None and self.name is None:
            raise Wrong("centre or name: who answers for it", "请写明单位（代码或名称）")
        return self


class SignatureIn(Wish):
    """A named signature: who, in which post."""

    name: str = Field(min_length=1, max_length=60)
    post: str = Field(min_length=1, max_length=60)


class Body(Wish):
    """What may be said of a hazard at any time."""

    title: str | None = Field(None, min_length=1, max_length=Short)
    description: str | None = Field(None, max_length=Long)
    place_text: str | None = Field(None, max_length=Short)
    location: Point | None = None
    village_code: str | None = Field(None, pattern=r"^\d{12}$")
    type: Type | None = None
    item: str | None = Field(None, max_length=24)
    threatened: int | None = Field(None, ge=0, le=1_000_000, strict=True)
    basis: str | None = Field(None, max_length=500)
    duty: str | None = Field(None, min_length=1, max_length=Short)
    measure: str | None = Field(None, min_length=1, max_length=Long)
    fund: str | None = Field(None, min_length=1, max_length=Short)
    plan: str | None = Field(None, min_length=1, max_length=Long)
    interim: list[InterimIn] | None = Field(None, max_length=7)


def check_item(kind: str, item: str | None) -> None:
    """Refuse a form that its type has not."""
    if item is not None and item not in ITEMS[kind]:
        raise Wrong(f"item: one of {', '.join(ITEMS[kind])}", f"须为 {'、'.join(ITEMS[kind])} 之一")


class ReportHazard(Body):
    """A hazard as it was found: what, where, by which way of looking. With `after` it was put right on the spot (当场整改)."""

    type: Type
    source: Source = "grid"
    found_at: Moment | None = None
    centre: str | None = Field(None, pattern=r"^\d{6}(\d{3})?$")
    incident_id: str | None = Field(None, max_length=36)
    reporter: PersonIn | None = None
    picture: str | None = Picture
    after: str | None = Picture
    note: str | None = Field(None, max_length=Short)

    @model_validator(mode="after")
    def _whole(self) -> ReportHazard:
        if self.location is None and self.village_code is None and self.centre is None:
            raise Wrong(
                "location, village_code or centre: one of them is needed", "位置、村、乡镇至少要有一项"
            )
        if self.after is not None and self.picture is None:
            raise Wrong(
                "picture: put right at once needs two photos, before and after",
                "当场整改须有整改前、后两张照片",
            )
        if self.incident_id is not None and self.source != "incident":
            raise Wrong(
                "source: what an incident laid bare says `incident`", "由事件发现的隐患，来源须为“事件暴露”"
            )
        check_item(self.type, self.item)
        return self


class EditHazard(Body):
    """Corrections; what is absent stays."""

    source: Source | None = None
    deadline: Moment | None = None
    watch: WatchIn | None = None
    reason: str | None = Field(None, max_length=500)


class MoveHazard(Wish):
    """The next state with what that step asks for."""

    to: str = Field(max_length=16)
    reason: str | None = Field(None, min_length=1, max_length=500)
    at: Moment | None = None
    level: Level | None = None
    lec: Lec | None = None
    criteria: list[str] | None = Field(None, max_length=20)
    standard: str | None = Field(None, min_length=1, max_length=Short)
    interim: list[InterimIn] | None = Field(None, max_length=7)
    territory: DutyIn | None = None
    department: DutyIn | None = None
    unit: DutyIn | None = None
    lead: Duty | None = None
    duty: str | None = Field(None, min_length=1, max_length=Short)
    measure: str | None = Field(None, min_length=1, max_length=Long)
    fund: str | None = Field(None, min_length=1, max_length=Short)
    plan: str | None = Field(None, min_length=1, max_length=Long)
    deadline: Moment | None = None
    signed_by: SignatureIn | None = None
    granted: bool | None = None
    at_once: bool | None = None
    watch: WatchIn | None = None
    picture: str | None = Picture
    location: Point | None = None
    note: str | None = Field(None, min_length=1, max_length=500)


class AddPhoto(Wish):
    """A photo of a stage: what it shows, where it was taken."""

    picture: str = Field(min_length=1, max_length=960_000)
    stage: Stage
    text: str | None = Field(None, max_length=Short)
    location: Point | None = None


class HazardOut(Record):
    """The public state of a hazard (docs/architecture.md)."""

    number: str
    type: str
    item: str | None
    title: str
    state: str
    level: str | None
    lec: dict[str, Any] | None
    criteria: list[str]
    standard: str | None
    basis: str | None
    location: dict[str, Any] | None
    location_basis: str
    village_code: str | None
    place_text: str | None
    centre: str
    to_confirm: bool
    proposed_centre: str | None
    description: str | None
    threatened: int | None
    found_at: Time
    received_at: Time
    found_by: str
    found_centre: str
    source: str
    reporter: dict[str, Any] | None
    duties: dict[str, Any]
    lead: str | None
    duty: str | None
    measure: str | None
    fund: str | None
    plan: str | None
    deadline: Time | None
    interim: list[dict[str, Any]]
    signed: list[dict[str, Any]]
    extensions: list[dict[str, Any]]
    acceptance: dict[str, Any] | None
    lookback: dict[str, Any] | None
    watch: dict[str, Any] | None
    photos: list[dict[str, Any]]
    incidents: list[str]
    climb: dict[str, Any] | None
    recurred: int
    closed_at: Time | None
    closed_how: str | None
    steps: list[dict[str, Any]]
    times: dict[str, str]
    source_id: str | None
    synthetic: bool
    ahead: bool
    audience: list[str]
