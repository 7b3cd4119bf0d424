"""What danger areas take and say."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field, field_validator, model_validator

from command.core.events import Event
from command.core.faults import Wrong
from command.core.queries import Moment, Wish
from command.core.records import Record, Time
from command.core.store.spatial import Point
from command.dangers.words import ADVICE, SORTS
from geo.shapes import BadShape, from_geojson

TOPIC = "dangers"
"""Whoever may see danger areas hears of them here: who comes near must know, whoever declared them."""
Sort = Literal[
    "cordon", "flood", "landslide", "collapse", "toxic", "explosion", "blasting", "power", "fire", "other"
]
MOST_POINTS = 1000


class Ground(Wish):
    """Where: an area with its holes, or a point and a radius in metres."""

    shape: dict[str, Any] | None = None
    point: Point | None = None
    radius_m: int | None = Field(None, ge=10, le=20_000)

    @field_validator("shape")
    @classmethod
    def _shape(cls, value: dict[str, Any] | None) -> dict[str, Any] | None:
        try:
            if value is not None:
                from_geojson(value, kinds=("Polygon", "MultiPolygon"), max_vertices=MOST_POINTS)
        except BadShape as bad:
            raise Wrong(str(bad), bad.zh) from None
        return value

    @model_validator(mode="after")
    def _one_of_both(self) -> Ground:
        if (self.point is None) is not (self.radius_m is None):
            raise Wrong("point and radius_m: both", "圆形须同时给出圆心和半径")
        if self.shape is not None and self.point is not None:
            raise Wrong("shape, or point with radius_m: one of both", "范围与圆形只给一种")
        return self


class DeclareArea(Ground):
    """A danger area: its sort, where, why, from when until when it is thought to last, and what to do inside. It ends only when
    somebody lifts it: past `ends_at` it still warns, and its centre is asked."""

    sort: Sort
    reason: str = Field(min_length=1, max_length=200)
    advice: str | None = Field(None, min_length=1, max_length=80)
    incident_id: str | None = Field(None, max_length=36)
    centre: str | None = Field(None, max_length=32)
    begins_at: Moment | None = None
    ends_at: Moment | None = None

    @model_validator(mode="after")
    def _somewhere(self) -> DeclareArea:
        if self.shape is None and self.point is None:
            raise Wrong("shape: where it is, or point with radius_m", "请画出范围，或给出圆心和半径")
        if self.begins_at and self.ends_at and self.ends_at <= self.begins_at:
            raise Wrong("ends_at: after begins_at", "预计解除时间须晚于生效时间")
        return self


class ChangeArea(Ground):
    """Another shape, sort, reason, advice or end; what is absent stays."""

    sort: Sort | None = None
    reason: str | None = Field(None, min_length=1, max_length=200)
    advice: str | None = Field(None, min_length=1, max_length=80)
    ends_at: Moment | None = None


class LiftArea(Wish):
    """Why it is safe again: the lifting person answers for it."""

    reason: str = Field(min_length=1, max_length=200)


class DangerAreaOut(Record):
    """A danger area as everybody who may come near must know it."""

    sort: str
    reason: str
    advice: str | None
    shape: dict[str, Any]
    point: dict[str, Any] | None
    radius_m: int | None
    incident_id: str | None
    centre: str
    begins_at: Time
    ends_at: Time | None
    state: str
    declared_by: str
    declared_at: Time
    changed_by: str | None
    lifted_by: str | None
    lifted_at: Time | None
    lifted_reason: str | None

    def says(self) -> tuple[str, str]:
        """What it is, in Chinese and English: its sort and why."""
        word = SORTS[self.sort]
        return f"{word.zh}：{self.reason}", f"{word.en}: {self.reason}"

    def do(self) -> tuple[str, str]:
        """What who stands inside must do at once, in Chinese and English."""
        word = ADVICE[self.sort]
        return (self.advice, self.advice) if self.advice else (word.zh, word.en)


class DangerAreaEvent(Event):
    kind: ClassVar[str] = "danger_area"
    verb: ClassVar[tuple[str, str]]
    record: DangerAreaOut

    def topics(self) -> frozenset[str]:
        here = {f"incident:{self.record.incident_id}"} if self.record.incident_id else set()
        return frozenset({TOPIC, *here})

    def text(self) -> dict[str, str]:
        zh, en = self.record.says()
        return {"zh": f"{self.verb[0]}：{zh}", "en": f"{self.verb[1]}: {en}"}


class DangerAreaDeclared(DangerAreaEvent):
    type: ClassVar[str] = "danger_area.declared"
    verb = ("划定危险区", "Danger area declared")


class DangerAreaBegun(DangerAreaEvent):
    type: ClassVar[str] = "danger_area.begun"
    verb = ("危险区生效", "Danger area in force")


class DangerAreaChanged(DangerAreaEvent):
    type: ClassVar[str] = "danger_area.changed"
    verb = ("调整危险区", "Danger area changed")


class DangerAreaLifted(DangerAreaEvent):
    """`by` and why stand in the record: nothing but a person lifts it."""

    type: ClassVar[str] = "danger_area.lifted"
    verb = ("解除危险区", "Danger area lifted")
