"""What call-outs take and what they are like, seen from outside."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from command.centres.contract import TELEPHONE
from command.core.faults import Wrong
from command.core.queries import Moment, Wish
from command.core.records import Record, Time
from command.places import register

OutcomeCode = Literal["answered", "on_post", "moved", "missed", "visited"]
Channel = Literal[
    "phone", "robo_call", "sms", "wechat_group", "broadcast", "loudspeaker", "radio", "door_knock", "gong_whistle"
]  # fmt: skip
Reason = Field(min_length=1, max_length=300)
MOST_AREAS = 400


def our_areas(value: list[str]) -> list[str]:
    """Division codes of this county, its townships and villages, each once."""
    for code in value:
        if code != register.COUNTY and register.township(code) is None and register.village(code) is None:
            raise Wrong(
                f"{code[:12]}: no township or village of this county", f"{code[:12]}：不是本县的乡镇或村"
            )
    return sorted(set(value))


class Proxy(Wish):
    """Who said it, by which channel: an outcome entered for another (代报)."""

    person: str = Field(min_length=1, max_length=60)
    channel: str = Field(min_length=1, max_length=40)
    number: str | None = Field(None, max_length=40)


class OpenCallout(Wish):
    """For a warning in force, whose areas are called; or by hand: which townships or villages, and why."""

    warning_id: str | None = Field(None, max_length=36)
    areas: list[str] = Field(default_factory=list, max_length=MOST_AREAS)
    reason: str | None = Field(None, min_length=1, max_length=300)

    _areas = field_validator("areas")(our_areas)

    @model_validator(mode="after")
    def _why(self) -> OpenCallout:
        if self.warning_id is None and not (self.areas and self.reason):
            raise Wrong("by hand: areas and reason", "手工叫应须写明范围和理由")
        return self


class WidenCallout(Wish):
    """More townships or villages; why."""

    areas: list[str] = Field(min_length=1, max_length=MOST_AREAS)
    reason: str | None = Field(None, min_length=1, max_length=300)

    _areas = field_validator("areas")(our_areas)


class MoveCallout(Wish):
    """It is ended by name, with the reason; only when all have acted it needs none."""

    to: str = Field(max_length=12)
    reason: str | None = Field(None, min_length=1, max_length=300)


class Attempted(Wish):
    """What came of a call, a knock, a message; by proxy with who said so. `line`: which of the person's lines was rung."""

    outcome: OutcomeCode
    at: Moment | None = None
    channel: Channel | None = None
    line: str | None = Field(None, max_length=36)
    by_proxy: Proxy | None = None


class CorrectAttempt(Wish):
    """An attempt was entered wrongly: what it was instead, or nothing."""

    attempt: int = Field(ge=1, le=1000)
    outcome: OutcomeCode | None = None
    reason: str | None = Field(None, min_length=1, max_length=200)


class Sample(Wish):
    """Which share of those who are said to have answered or acted is called again (absent: the setting)."""

    share: int | None = Field(None, ge=1, le=100)


class AddPerson(Wish):
    """One who stands in no register: which place of the list, what they are there for, and, sealed at once, name and number."""

    code: str = Field(pattern=r"^\d{6}(\d{3}(\d{3})?)?$")
    post: str = Field("手工添加", min_length=1, max_length=40)
    name: str = Field(min_length=1, max_length=40)
    kind: Literal["landline", "mobile", "satellite"] = "mobile"
    number: str = Field(min_length=3, max_length=24)

    @field_validator("number")
    @classmethod
    def _digits(cls, value: str) -> str:
        if not TELEPHONE.fullmatch(value):
            raise Wrong(
                "a telephone number is digits with + - * # ( ) between", "电话号码只含数字和 + - * # ( )"
            )
        return value


class RoboCall(Wish):
    """Who is rung by the machine; without names all on the list whom nobody has reached."""

    people: list[str] | None = Field(None, min_length=1, max_length=60)


class CalloutOut(Record):
    """A call-out. `areas`: the townships and villages that are called."""

    number: str
    warning_id: str | None
    title: dict[str, str]
    level: str | None
    reason: str
    areas: list[str]
    centre: str
    opened_by: str
    opened_at: Time
    state: str
    ended_by: str | None
    ended_at: Time | None
    ended_reason: str | None
    audience: list[str]


class CalloutListOut(Record):
    """What one centre works, by count: {total, acted, answered (alone), pending, missed, escalated, door, differs, …}."""

    callout_id: str
    centre: str
    name: str
    todo: list[str]
    unnamed: list[str]
    counts: dict[str, int]
    audience: list[str]


class CalloutPersonOut(Record):
    """One to be woken. Lines of the office have their number; a private one has none here. `superior`: to whom it climbs."""

    callout_id: str
    list_id: str
    centre: str
    code: str
    place: str
    level: str
    post_id: str
    post: str
    holder: str | None
    lines: list[dict[str, Any]]
    superior: dict[str, Any] | None
    state: str
    tries: int
    acts: list[str]
    differs: bool
    due_at: Time | None
    listed_at: Time
    answered_at: Time | None
    escalated_at: Time | None
    door_at: Time | None
    attempts: list[dict[str, Any]]
    sample: dict[str, Any] | None
    robo: dict[str, Any] | None = None
    wave: str | None = None
