"""What incidents take and say: inputs, public records, events."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, field_validator, model_validator

from command.core.faults import Wrong
from command.core.queries import Moment, Wish
from command.core.records import Record, Time
from command.core.store.spatial import Point
from command.incidents.kinds import KINDS
from command.incidents.parts import CallerIn, Casualties, Danger, OnScene, Road
from command.incidents.words import CASUALTY_FIELDS

LifeRisk = Literal["none", "possible", "people"]
Level = Literal["I", "II", "III", "IV"]
CentreCode = Field(pattern=r"^\d{6}(\d{3}(\d{3})?)?(-[a-z]+)?$")
Short, Long = 200, 4000
Calling = CallerIn | Annotated[str, Field(max_length=Short)]


class Body(Wish):
    """What may be said of an incident at any time."""

    title: str | None = Field(None, min_length=1, max_length=Short)
    description: str | None = Field(None, max_length=Long)
    place_text: str | None = Field(None, max_length=Short)
    source: str | None = Field(None, max_length=Short)
    life_risk: LifeRisk | None = None
    location: Point | None = None
    village_code: str | None = Field(None, pattern=r"^\d{12}$")
    road: Road | None = None
    loss_wan: float | None = Field(None, ge=0, le=1e9, strict=True)
    area_ha: float | None = Field(None, ge=0, le=1e7, strict=True)
    magnitude: float | None = Field(None, ge=0, le=10, strict=True)
    extra: dict[str, Any] | None = Field(None, max_length=40)
    dangers: list[Danger] | None = Field(None, max_length=12)
    on_scene: OnScene | None = None
    occurred_at: Moment | None = None


class OpenIncident(Body):
    """A new incident: what, where (a point, a village, a road's kilometre), and what is known of people."""

    kind: str = Field(max_length=32)
    level: Level | None = None
    centre: str | None = Field(None, pattern=r"^\d{6}(\d{3})?$")
    casualties: Casualties | None = None
    caller: Calling | None = None

    @field_validator("kind")
    @classmethod
    def _known(cls, value: str) -> str:
        if value not in KINDS:
            raise Wrong(f"there is no kind {value}", f"没有类别 {value}")
        return value

    @model_validator(mode="after")
    def _complete(self) -> OpenIncident:
        if self.location is None and self.village_code is None and self.road is None:
            raise Wrong(
                "location, village_code or road: one of them is needed", "位置、村、道路里程至少要有一项"
            )
        if self.level is not None and not KINDS[self.kind].graded:
            raise Wrong("level: social-security kinds have no statutory level", "社会安全事件不分级")
        return self


class EditIncident(Body):
    """Corrections; what is absent stays. `reason`: why the level goes down."""

    kind: str | None = Field(None, max_length=32)
    casualties: Casualties | None = None
    level: Level | None = None
    reason: str | None = Field(None, max_length=500)


class MoveIncident(Wish):
    """The next state, why, and when it was so."""

    to: str = Field(max_length=32)
    reason: str | None = Field(None, max_length=500)
    at: Moment | None = None


class Grade(Wish):
    """The legal level as a person sets it; null is 未定级."""

    level: Level | None
    reason: str | None = Field(None, max_length=500)


class StateCasualties(Casualties):
    """A statement of figures: as of when, from whom, confirmed or not."""

    casualties: Casualties | None = None
    as_of: Moment | None = None
    source: str | None = Field(None, max_length=Short)
    confirmed: bool = False
    loss_wan: float | None = Field(None, ge=0, le=1e9, strict=True)
    area_ha: float | None = Field(None, ge=0, le=1e7, strict=True)
    magnitude: float | None = Field(None, ge=0, le=10, strict=True)

    @model_validator(mode="after")
    def _something(self) -> StateCasualties:
        if not self.numbers() and self.loss_wan is None and self.area_ha is None and self.magnitude is None:
            raise Wrong("no figure is given", "没有给出任何数字")
        return self

    def numbers(self) -> dict[str, int]:
        """The figures given, flat or under `casualties`."""
        nested = self.casualties.given() if self.casualties else {}
        return {
            **nested,
            **{name: getattr(self, name) for name in CASUALTY_FIELDS if getattr(self, name) is not None},
        }


class ToldAbove(Wish):
    """The changed figures were reported: to whom, by which channel."""

    to: str = Field(min_length=1, max_length=Short)
    channel: str | None = Field(None, max_length=60)


class ChooseFigure(Wish):
    """The statement that goes into reports."""

    figure_id: str = Field(max_length=36)


class AddReport(Wish):
    """A raw report: who said what."""

    text: str = Field(min_length=1, max_length=Long)
    source: str | None = Field(None, max_length=Short)
    at: Moment | None = None
    casualties: Casualties | None = None
    location: Point | None = None
    caller: Calling | None = None


class AddPhoto(Wish):
    """A photo (JPEG, PNG or WebP in base64, bare or as a data URL) and what it shows."""

    picture: str = Field(min_length=1, max_length=960_000)
    text: str | None = Field(None, max_length=Long)
    source: str | None = Field(None, max_length=Short)
    location: Point | None = None


class MergeInto(Wish):
    """The incident that this one is the same as."""

    into: str = Field(max_length=36)


class HandOver(Wish):
    """The centre that takes the incident."""

    centre: str = CentreCode
    reason: str | None = Field(None, max_length=500)


class Share(Wish):
    """A centre that may see it, and until when (null: until it ends)."""

    centre: str = CentreCode
    until: Moment | None = None


class Unshare(Wish):
    """The centre that need not see it any more."""

    centre: str = CentreCode


class TakeCommand(Wish):
    """上级接管指挥: who commands now, since when, and what our role becomes."""

    authority: str = Field(min_length=1, max_length=Short)
    who: str = Field(min_length=1, max_length=Short)
    at: Moment | None = None
    role: str = Field("配合", max_length=60)


class Admit(Wish):
    """Parties that must see the incident because they work on it, and those that need not any more."""

    add: list[str] = Field(default=[], max_length=64)
    remove: list[str] = Field(default=[], max_length=64)


class IncidentOut(Record):
    """The public state of an incident (docs/architecture.md)."""

    number: str
    kind: str
    title: str
    state: str
    level: str | None
    level_suggested: dict[str, Any]
    dangerous: bool
    life_risk: str
    location: dict[str, Any] | None
    location_basis: str
    schematic_anchor: dict[str, Any] | None
    village_code: str | None
    place_text: str | None
    centre: str
    opened_by: str
    to_confirm: bool
    proposed_centre: str | None
    description: str | None
    occurred_at: Time
    received_at: Time
    source: str | None
    caller: dict[str, Any] | None
    casualties: dict[str, int | None]
    figures: dict[str, Any]
    loss_wan: float | None
    area_ha: float | None
    magnitude: float | None
    extra: dict[str, Any]
    dangers: list[dict[str, Any]]
    on_scene: dict[str, Any] | None
    merged_into: str | None
    merged_from: list[str]
    shares: list[dict[str, Any]]
    command: dict[str, Any] | None
    road: dict[str, Any] | None = None
    late_window: dict[str, Any] | None = None
    report_changed: dict[str, Any] | None = None
    audience: list[str]
    times: dict[str, str]
    ahead: bool


class FigureOut(Record):
    """One statement of one figure."""

    incident_id: str
    came_from: str | None
    field: str
    value: int
    as_of: Time
    source: str | None
    confirmed: bool
    chosen: bool
    beyond: bool = False
    by: str
    at: Time


class ReportOut(Record):
    """A raw report."""

    incident_id: str
    came_from: str | None
    text: str
    source: str | None
    at: Time
    received_at: Time
    by: str
    casualties: dict[str, Any] | None
    location: dict[str, Any] | None
    ahead: bool
    photo: str | None
    caller: dict[str, Any] | None = None
