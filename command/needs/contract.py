"""What a need and a force's check-in take and tell. Personal data (who leads a force) is sealed: records hold its commitment only."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from command.core.faults import Wrong
from command.core.queries import Moment, Wish
from command.core.records import Record, Time
from command.core.store.spatial import Point
from command.evacuation.contract import Decider

MOST_PEOPLE = 10_000
Words = Field(min_length=1, max_length=300)
MaybeWords = Field(None, min_length=1, max_length=300)
People = Field(ge=1, le=MOST_PEOPLE, strict=True)
VILLAGE = r"^\d{12}$"


class DraftNeed(Wish):
    """What is needed: a skill by the teams' words or free text, how many people, where, until when. The contact is a post."""

    incident_id: str | None = Field(None, max_length=36)
    skill: str | None = Field(None, min_length=1, max_length=32)
    what: str = Words
    people: int = People
    village_code: str | None = Field(None, pattern=VILLAGE)
    location: Point | None = None
    place: str = Field(min_length=1, max_length=120)
    bring: str | None = MaybeWords
    until: Moment
    insurance: str = Words
    safety: str = Words
    contact_post: str = Field(min_length=1, max_length=60)


class EditNeed(Wish):
    """What is otherwise now; what is absent stays. Of a published one: why."""

    what: str | None = MaybeWords
    people: int | None = Field(None, ge=1, le=MOST_PEOPLE, strict=True)
    place: str | None = Field(None, min_length=1, max_length=120)
    bring: str | None = MaybeWords
    until: Moment | None = None
    insurance: str | None = MaybeWords
    safety: str | None = MaybeWords
    contact_post: str | None = Field(None, min_length=1, max_length=60)
    reason: str | None = Field(None, min_length=1, max_length=200)

    def given(self) -> dict[str, Any]:
        """What was given to be changed."""
        told = self.model_dump(exclude={"reason"})
        return {name: value for name, value in told.items() if value is not None}

    @model_validator(mode="after")
    def _something(self) -> EditNeed:
        if not self.given():
            raise Wrong("nothing to change is given", "没有给出要改的内容")
        return self


class PublishNeed(Wish):
    """Who publishes it: a person by name, and the post."""

    published_by: Decider


class CloseNeed(Wish):
    """It is met, or taken back; why."""

    to: Literal["met", "withdrawn"]
    reason: str = Field(min_length=1, max_length=200)


class Leader(Wish):
    """Who leads a force, and a number to reach them: sealed."""

    name: str = Field(min_length=1, max_length=40)
    number: str = Field(min_length=3, max_length=40)


class CheckIn(Wish):
    """A force is here: which, led by whom, how many people, what they can do and have with them, since when, where. `channel`: how its
    leader said so, where nobody of it stands at the desk (telephone); never a number."""

    need_id: str | None = Field(None, max_length=36)
    incident_id: str | None = Field(None, max_length=36)
    organisation: str = Field(min_length=1, max_length=80)
    leader: Leader
    headcount: int = People
    skills: list[str] = Field(default=[], max_length=20)
    equipment: str | None = MaybeWords
    vehicles: str | None = MaybeWords
    arrived_at: Moment | None = None
    arrived_where: str = Field(min_length=1, max_length=120)
    channel: str | None = Field(None, min_length=1, max_length=40)


class Assign(Wish):
    """Under whose command it works and where; who gave the safety briefing, and whether it was given; whether insurance was seen."""

    task_area: str = Field(min_length=1, max_length=200)
    reports_to: str = Field(min_length=1, max_length=80)
    briefed: bool
    briefed_by: str = Field(min_length=1, max_length=40)
    insurance_seen: bool


class Recount(Wish):
    """How many of a force are here in truth: more have come, some have left early. Who counted, and why it differs."""

    headcount: int = People
    counted_by: str = Field(min_length=1, max_length=40)
    reason: str = Field(min_length=1, max_length=200)


class CheckOut(Wish):
    """It leaves: how many people, counted by whom."""

    headcount: int = Field(ge=0, le=MOST_PEOPLE, strict=True)
    counted_by: str = Field(min_length=1, max_length=40)
    note: str | None = Field(None, min_length=1, max_length=200)


class Account(Wish):
    """People of a force who did not leave with it are known of: how many, where they are, who says so."""

    headcount: int = People
    counted_by: str = Field(min_length=1, max_length=40)
    note: str = Field(min_length=1, max_length=200)


class Decline(Wish):
    """Not needed here: why, said kindly, and where else they may go."""

    reason: str = Field(min_length=1, max_length=200)
    elsewhere: str = Field(min_length=1, max_length=200)


class NeedOut(Record):
    """A need as those see it who may."""

    number: str
    centre: str
    incident_id: str | None
    incident_title: str | None
    skill: str | None
    what: str
    people: int
    village_code: str | None
    location: dict[str, Any] | None
    place: str
    bring: str | None
    until: Time
    insurance: str
    safety: str
    contact_post: str
    drafted_by: str
    published_by: dict[str, Any] | None
    closed: dict[str, Any] | None
    state: str
    audience: list[str]


class ForceOut(Record):
    """A force that checked in: never who leads it, only that it is sealed. `missing`: people who came and are not accounted for."""

    number: str
    centre: str
    incident_id: str | None
    incident_title: str | None
    need_id: str | None
    organisation: str
    person: dict[str, Any] | None
    headcount: int
    skills: list[str]
    equipment: str | None
    vehicles: str | None
    arrived_at: Time
    arrived_where: str
    channel: str | None
    entered_by: str
    reminded_at: Time | None
    assigned: dict[str, Any] | None
    counts: list[dict[str, Any]]
    missing: int
    declined: dict[str, Any] | None
    state: str
    audience: list[str]
