"""What roads take and say."""

from __future__ import annotations

from typing import Any, ClassVar, Literal, get_args

from pydantic import Field, field_validator, model_validator

from command.core.events import Event
from command.core.faults import Wrong
from command.core.queries import Moment, Wish
from command.core.records import Record, Time
from command.roads.words import CAUSES, VEHICLES
from geo.crs import Crs
from geo.shapes import BadShape, from_geojson

TOPIC = "roads"
"""Whoever may see roads hears of them here: a closed road concerns everybody who drives, whoever closed it."""
Basis = Literal["road", "sketch", "straight"]
Vehicle = Literal["car", "truck", "offroad", "foot"]
Cause = Literal[
    "flood", "landslide", "collapse", "bridge", "tree", "ice", "accident", "fire", "control", "works", "other"
]
MOST_POINTS = 500
DIGEST = r"^[0-9a-f]{64}$"


class TakeNet(Wish):
    """A road net that lies in DATA_DIR already, named by its digest (`file`), or one that was brought up (`upload`); where it came
    from and under which licence. What was brought up says itself in which coordinates it was."""

    file: str | None = Field(None, pattern=DIGEST)
    upload: str | None = Field(None, pattern=r"^[0-9a-f-]{36}$")
    source: str = Field(min_length=2, max_length=200)
    licence: str = Field(min_length=2, max_length=200)
    source_crs: Crs = Crs.WGS84
    synthetic: bool = False

    @model_validator(mode="after")
    def _one(self) -> TakeNet:
        if (self.file is None) == (self.upload is None):
            raise Wrong("file or upload: one of them", "file 与 upload 须且只能给一项")
        return self


class RoadNetOut(Record):
    """A road net of the register; `live`: it is the one in force. `synthetic`: 示意, it carries no fact."""

    file: str
    source: str
    licence: str
    source_crs: str
    synthetic: bool
    counts: dict[str, Any]
    bounds: list[float]
    taken_by: str
    taken_at: Time
    replaces: str | None


class RoadNetEvent(Event):
    kind: ClassVar[str] = "road_net"
    record: RoadNetOut

    def topics(self) -> frozenset[str]:
        return frozenset({TOPIC})


class RoadNetTaken(RoadNetEvent):
    type: ClassVar[str] = "road_net.taken"

    def text(self) -> dict[str, str]:
        return {"zh": f"启用路网：{self.record.source}", "en": f"Road net in force: {self.record.source}"}


class RoadNetWithdrawn(RoadNetEvent):
    type: ClassVar[str] = "road_net.withdrawn"

    def text(self) -> dict[str, str]:
        return {"zh": f"停用路网：{self.record.source}", "en": f"Road net withdrawn: {self.record.source}"}


class AddClosure(Wish):
    """A closed road: a point, a line along or across roads, or an area. `one_way`: along a line, its own direction stays open.
    `bars`: whom it stops; `begins_at` and `ends_at`: absent is now, and until it is lifted."""

    shape: dict[str, Any]
    cause: Cause = "other"
    reason: str | None = Field(None, max_length=200)
    one_way: bool = False
    bars: list[Vehicle] = Field(default_factory=lambda: list(get_args(Vehicle)), min_length=1, max_length=4)
    begins_at: Moment | None = None
    ends_at: Moment | None = None
    centre: str | None = Field(None, max_length=32)

    @field_validator("shape")
    @classmethod
    def _shape(cls, value: dict[str, Any]) -> dict[str, Any]:
        try:
            from_geojson(value, kinds=("Point", "LineString", "Polygon"), max_vertices=MOST_POINTS)
        except BadShape as bad:
            raise Wrong(str(bad), bad.zh) from None
        return value

    @field_validator("bars")
    @classmethod
    def _each_once(cls, value: list[Vehicle]) -> list[Vehicle]:
        return [one for one in get_args(Vehicle) if one in value]

    @model_validator(mode="after")
    def _sense(self) -> AddClosure:
        if self.one_way and self.shape.get("type") != "LineString":
            raise Wrong("one_way: only along a line", "单向放行须画线，线的方向即放行方向")
        if self.begins_at and self.ends_at and self.ends_at <= self.begins_at:
            raise Wrong("ends_at: after begins_at", "解除时间须晚于生效时间")
        return self


class LiftClosure(Wish):
    """Why it is open again."""

    reason: str | None = Field(None, max_length=200)


class ClosureOut(Record):
    """A closed part of the roads, as everybody who drives must know it."""

    centre: str
    cause: str
    reason: str | None
    shape: dict[str, Any]
    one_way: bool
    bars: list[str]
    begins_at: Time
    ends_at: Time | None
    state: str
    added_by: str
    lifted_by: str | None
    lifted_at: Time | None
    lifted_reason: str | None


class ClosureEvent(Event):
    kind: ClassVar[str] = "closure"
    record: ClosureOut

    def topics(self) -> frozenset[str]:
        return frozenset({TOPIC})

    def named(self) -> tuple[str, str]:
        """What it is in words: why, and for whom if not for all."""
        one, cause = self.record, CAUSES[self.record.cause]
        some = [] if len(one.bars) == len(VEHICLES) else [VEHICLES[code] for code in one.bars]
        more = f"：{one.reason}" if one.reason else ""
        zh = cause.zh + (f"（{'、'.join(word.zh for word in some)}）" if some else "") + more
        return zh, cause.en + (f" ({', '.join(word.en for word in some)})" if some else "") + more.replace(
            "：", ": "
        )


class ClosureAdded(ClosureEvent):
    type: ClassVar[str] = "closure.added"

    def text(self) -> dict[str, str]:
        zh, en = self.named()
        if self.record.state == "planned":
            return {"zh": f"计划封路：{zh}", "en": f"Road closure planned: {en}"}
        return {"zh": f"封路：{zh}", "en": f"Road closed: {en}"}


class ClosureBegun(ClosureEvent):
    type: ClassVar[str] = "closure.begun"

    def text(self) -> dict[str, str]:
        zh, en = self.named()
        return {"zh": f"封路生效：{zh}", "en": f"Road closure in force: {en}"}


class ClosureLifted(ClosureEvent):
    type: ClassVar[str] = "closure.lifted"

    def text(self) -> dict[str, str]:
        zh, en = self.named()
        return {"zh": f"解除封路：{zh}", "en": f"Road open again: {en}"}
