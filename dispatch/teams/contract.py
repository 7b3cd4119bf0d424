"""What teams take and say."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field, field_validator

from command.core.access import COUNTY, centre_party, team_party
from command.core.events import Event
from command.core.faults import Wrong
from command.core.queries import Wish
from command.core.records import Record
from command.core.store.spatial import Point
from dispatch.teams.words import ORDER_MODES, SKILLS, TEAM_STATUS, TEAM_TYPES


class Call(Wish):
    """Whom to ring for this team, and the number."""

    who: str = Field(max_length=60)
    number: str = Field(max_length=40)


class TeamBody(Wish):
    """What may be said of a team."""

    name: str | None = Field(None, min_length=1, max_length=80)
    skills: list[str] | None = Field(None, max_length=23)
    headcount: int | None = Field(None, ge=0, le=100_000)
    equipment: list[str] | None = Field(None, max_length=40)
    readiness: Literal["L1", "L2", "L3"] | None = None
    via: str | None = Field(None, max_length=40)
    call: Call | None = None
    base: Point | None = None
    on_duty: bool | None = None

    @field_validator("skills")
    @classmethod
    def _known(cls, value: list[str] | None) -> list[str] | None:
        for skill in value or ():
            if skill not in SKILLS:
                raise Wrong(f"there is no skill {skill[:40]}", f"没有技能 {skill[:40]}")
        return value

    @field_validator("equipment")
    @classmethod
    def _short(cls, value: list[str] | None) -> list[str] | None:
        if any(len(one) > 80 for one in value or ()):
            raise Wrong("at most 80 characters each", "每项不超过 80 字")
        return value


class CreateTeam(TeamBody):
    """A new team; its order mode follows from its type unless stated."""

    name: str = Field(min_length=1, max_length=80)
    type: str = Field(max_length=32)
    centre: str = Field(pattern=r"^\d{6}(\d{3}(\d{3})?)?(-[a-z]+)?$")
    mode: str | None = None

    @field_validator("type")
    @classmethod
    def _type(cls, value: str) -> str:
        if value not in TEAM_TYPES:
            raise Wrong(f"there is no team type {value[:40]}", f"没有队伍类型 {value[:40]}")
        return value

    @field_validator("mode")
    @classmethod
    def _mode(cls, value: str | None) -> str | None:
        if value is not None and value not in ORDER_MODES:
            raise Wrong(f"one of {', '.join(ORDER_MODES)}", f"须为 {'、'.join(ORDER_MODES)} 之一")
        return value


class EditTeam(TeamBody):
    """Corrections; what is absent stays."""


class SetDuty(Wish):
    """On duty or off; off duty, a position is not shared."""

    on_duty: bool


class SetStatus(Wish):
    """How free a team is, as its tasks have it."""

    status: Literal["available", "reserved", "engaged", "resting", "off"]


class TeamOut(Record):
    """A team as those may see it whom its centre serves."""

    name: str
    type: str
    centre: str
    skills: list[str]
    headcount: int
    equipment: list[str]
    readiness: str
    mode: str
    via: str | None
    call: dict[str, Any] | None
    base: dict[str, Any] | None
    synthetic: bool
    on_duty: bool
    status: str
    own_version: int
    vehicle: str = "car"
    position: dict[str, Any] | None = None
    audience: list[str]


class TeamEvent(Event):
    """Heard by the county, the team's centre and the team."""

    kind: ClassVar[str] = "team"
    record: TeamOut

    def topics(self) -> frozenset[str]:
        return frozenset({COUNTY, centre_party(self.record.centre), team_party(self.record.id)})

    def text(self) -> dict[str, str]:
        return {
            "zh": f"{self.record.name}：{TEAM_STATUS[self.record.status].zh}",
            "en": f"{self.record.name}: {TEAM_STATUS[self.record.status].en}",
        }


class TeamCreated(TeamEvent):
    type: ClassVar[str] = "team.created"


class TeamEdited(TeamEvent):
    type: ClassVar[str] = "team.edited"


class TeamDutyChanged(TeamEvent):
    type: ClassVar[str] = "team.duty"


class TeamStatusChanged(TeamEvent):
    type: ClassVar[str] = "team.status"


class TeamTakenOff(TeamEvent):
    """It left the register: a screen that holds it lets it go."""

    type: ClassVar[str] = "team.taken_off"

    def text(self) -> dict[str, str]:
        return {"zh": f"{self.record.name}：移出登记", "en": f"{self.record.name}: taken off the register"}


class TeamLeadersSet(TeamEvent):
    """Its leaders' numbers were set: how many, never which."""

    type: ClassVar[str] = "team.leaders"

    def text(self) -> dict[str, str]:
        count = self.said.get("count", 0)
        return {
            "zh": f"{self.record.name}：登记队长手机 {count} 个",
            "en": f"{self.record.name}: {count} leaders' numbers on record",
        }
