"""Zones to be evacuated (转移单元): what their register takes and tells."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Literal

from pydantic import Field, field_validator, model_validator

from command.core import journal
from command.core.events import Event
from command.core.faults import Wrong
from command.core.queries import Wish
from command.core.records import Record
from command.core.store.spatial import Point
from geo.shapes import BadShape, from_geojson

ROOM = "evacuation_zones:"
"""The register is long and seldom urgent: it is heard in rooms of its own, `evacuation_zones:<party>`, by whoever asks."""
MOST_POINTS = 1000
MOST_PEOPLE = 200_000
Sort = Literal[
    "flash_flood", "river", "dam", "slope", "tailings", "mine", "building", "wildfire", "site", "other"
]
Count = Field(None, ge=0, le=MOST_PEOPLE, strict=True)


class Place(Wish):
    """Where people are brought: a name, and a point where there is one."""

    name: str = Field(min_length=1, max_length=80)
    location: Point | None = None


class Keeper(Wish):
    """The person behind the post that answers (责任人), with the number at which they are rung: sealed. `id` alone puts back the one
    who stood before."""

    id: str | None = Field(None, max_length=36)
    commitment: str | None = Field(None, max_length=64)
    name: str | None = Field(None, min_length=1, max_length=40)
    number: str | None = Field(None, min_length=3, max_length=40)

    @model_validator(mode="after")
    def _one(self) -> Keeper:
        if (self.id is None) is (self.name is None):
            raise Wrong("keeper: a name, with a number", "责任人须写姓名（可附电话）")
        return self


class ZoneBody(Wish):
    """What may be said of a zone: where, how many households and people live there (and how many of them need help first, 突发事件
    应对法 art.11), which post answers for it and who holds it, where they go and by which way."""

    name: str | None = Field(None, min_length=1, max_length=80)
    sort: Sort | None = None
    village_code: str | None = Field(None, pattern=r"^\d{12}$")
    shape: dict[str, Any] | None = None
    households: int | None = Count
    people: int | None = Count
    vulnerable: int | None = Count
    counted_on: str | None = Field(None, max_length=10)
    responsible: str | None = Field(None, min_length=1, max_length=80)
    keeper: Keeper | None = None
    destination: Place | None = None
    route: str | None = Field(None, min_length=1, max_length=300)
    trigger: str | None = Field(None, min_length=1, max_length=200)

    @field_validator("counted_on")
    @classmethod
    def _day(cls, value: str | None) -> str | None:
        try:
            day = date.fromisoformat(value) if value is not None else None
        except ValueError:
            raise Wrong("counted_on: a day as 2026-07-21", "核定日期须如 2026-07-21") from None
        return None if day is None else day.isoformat()

    @field_validator("shape")
    @classmethod
    def _shape(cls, value: dict[str, Any] | None) -> dict[str, Any] | None:
        try:
            if value is not None:
                from_geojson(value, kinds=("Polygon", "MultiPolygon"), max_vertices=MOST_POINTS)
        except BadShape as bad:
            raise Wrong(str(bad), bad.zh) from None
        return value


class RegisterZone(ZoneBody):
    """A new zone: its name, a village or a shape, the people who live there, the post that answers, where they go."""

    name: str = Field(min_length=1, max_length=80)
    sort: Sort
    centre: str | None = Field(None, pattern=r"^\d{9}$")
    households: int = Field(ge=0, le=MOST_PEOPLE, strict=True)
    people: int = Field(ge=0, le=MOST_PEOPLE, strict=True)
    responsible: str = Field(min_length=1, max_length=80)
    destination: Place

    @model_validator(mode="after")
    def _somewhere(self) -> RegisterZone:
        if self.shape is None and self.village_code is None:
            raise Wrong("shape or village_code: one of them is needed", "范围和村至少要有一项")
        return self


class EditZone(ZoneBody):
    """Corrections; what is absent stays."""


class ZoneOut(Record):
    """A zone of the register."""

    name: str
    sort: str
    centre: str
    village_code: str | None
    village: str | None
    shape: dict[str, Any] | None
    households: int
    people: int
    vulnerable: int | None
    counted_on: str | None
    responsible: str
    keeper: dict[str, Any] | None
    destination: dict[str, Any]
    route: str | None
    trigger: str | None
    kept_by: str
    synthetic: bool


class ZoneEvent(Event):
    """Told in the rooms of the county and its township, and on its own topic, which map layers follow."""

    kind: ClassVar[str] = "evacuation_zone"
    verb: ClassVar[tuple[str, str]]
    record: ZoneOut

    def topics(self) -> frozenset[str]:
        row = self.record
        return frozenset({f"evacuation_zone:{row.id}", f"{ROOM}county", f"{ROOM}centre:{row.centre}"})

    def changes(self) -> dict[str, int]:
        return dict.fromkeys(self.topics(), journal.HEAR)

    def text(self) -> dict[str, str]:
        row = self.record
        return {
            "zh": f"{self.verb[0]}：{row.name}（{row.households} 户 {row.people} 人）",
            "en": f"{self.verb[1]}: {row.name} ({row.households} households, {row.people} people)",
        }


class ZoneRegistered(ZoneEvent):
    type: ClassVar[str] = "evacuation_zone.registered"
    verb = ("登记转移单元", "Evacuation zone registered")


class ZoneEdited(ZoneEvent):
    type: ClassVar[str] = "evacuation_zone.edited"
    verb = ("修改转移单元", "Evacuation zone changed")


class ZoneWithdrawn(ZoneEvent):
    type: ClassVar[str] = "evacuation_zone.withdrawn"
    verb = ("撤销转移单元", "Evacuation zone struck off")
