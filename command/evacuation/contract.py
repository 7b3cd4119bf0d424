"""What an evacuation takes: who decided it, which zones, counts as somebody states them, refusals, arrivals, the way back."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from command.core.faults import Wrong
from command.core.queries import Moment, Wish
from command.core.records import Record, Time
from command.evacuation.zone_contract import Count, Place
from command.instructions.contract import Proxy

Id = Field(max_length=36)
MOST_ZONES = 200
CENTRE_CODE = r"^\d{6}(\d{3})?$"


class Decider(Wish):
    """Who answers for a decision: a person by name, and the post."""

    name: str = Field(min_length=1, max_length=40)
    post: str = Field(min_length=1, max_length=60)


class OpenEvacuation(Wish):
    """People are to leave: why, which zones, who decided it and when. The machine decides nothing and fills in nobody."""

    reason: str = Field(min_length=1, max_length=200)
    zones: list[str] = Field(min_length=1, max_length=MOST_ZONES)
    decided_by: Decider
    decided_at: Moment
    warning_id: str | None = Field(None, max_length=36)
    incident_id: str | None = Field(None, max_length=36)


class EditEvacuation(Wish):
    """Other words for why, or the incident that it belongs to; what is absent stays."""

    reason: str | None = Field(None, min_length=1, max_length=200)
    incident_id: str | None = Field(None, max_length=36)


class AddZones(Wish):
    """More zones, by a decision of their own."""

    zones: list[str] = Field(min_length=1, max_length=MOST_ZONES)
    decided_by: Decider
    decided_at: Moment


class Stated(Wish):
    """As of when, by which source (a post or a list, never a name of those who move), said by whom if it is entered for another."""

    as_of: Moment | None = None
    source: str = Field(min_length=1, max_length=60)
    by_proxy: Proxy | None = None

    def numbers(self) -> dict[str, int]:
        """The counts that were given; what is absent was not reported."""
        given = self.model_dump(exclude={"as_of", "source", "by_proxy"})
        return {name: value for name, value in given.items() if value is not None}

    @model_validator(mode="after")
    def _something(self) -> Stated:
        if not self.numbers():
            raise Wrong("no count is given", "没有给出任何数字")
        return self


class CountZone(Stated):
    """How far a zone is: households and people that have gone, refuse, were not reached, have come back."""

    people_done: int | None = Count
    people_refused: int | None = Count
    people_unreached: int | None = Count
    people_returned: int | None = Count
    households_done: int | None = Count
    households_refused: int | None = Count
    households_unreached: int | None = Count
    households_returned: int | None = Count


class CountArrivals(Stated):
    """How many have arrived at a place by then, in all."""

    people_arrived: int | None = Count
    households_arrived: int | None = Count


class ChooseCount(Wish):
    """Which number of a statement counts from now on."""

    field: str = Field(max_length=24)


class Redirect(Wish):
    """Another place to go to: one of the evacuation's, or a new one."""

    destination_id: str | None = Field(None, max_length=36)
    destination: Place | None = None

    @model_validator(mode="after")
    def _one(self) -> Redirect:
        if (self.destination_id is None) is (self.destination is None):
            raise Wrong("destination_id or destination: one of both", "安置去处选已有的或写新的，只给一种")
        return self


class Refuse(Wish):
    """A household that will not go: why by a word of the list, when somebody comes again, which post. What they said is sealed."""

    households: int = Field(1, ge=1, le=1000, strict=True)
    people: int = Field(ge=1, le=1000, strict=True)
    reason: Literal["property", "livestock", "health", "disbelief", "crops", "shelter", "other"]
    next_visit_at: Moment
    visitor: str = Field(min_length=1, max_length=60)
    words: str | None = Field(None, min_length=1, max_length=500)


class Visit(Wish):
    """What came of the next visit; where nobody went, when somebody comes again."""

    outcome: Literal["moved", "refused", "absent"]
    at: Moment | None = None
    next_visit_at: Moment | None = None

    @model_validator(mode="after")
    def _again(self) -> Visit:
        if self.outcome != "moved" and self.next_visit_at is None:
            raise Wrong("next_visit_at: when somebody comes again", "仍未转移：请写明下次上门时间")
        return self


class AllowReturn(Wish):
    """It is safe: who decided so, when, on what ground; of which zones (none named: of all)."""

    decided_by: Decider
    decided_at: Moment
    reason: str = Field(min_length=1, max_length=200)
    zones: list[str] | None = Field(None, min_length=1, max_length=MOST_ZONES)


class EndEvacuation(Wish):
    """Why it is over. `kept_away`: people of a zone that nobody found safe stay away for good or go elsewhere."""

    reason: str = Field(min_length=1, max_length=200)
    kept_away: bool = False


class Person(Wish):
    """One of those who live in a zone, by name: sealed, for the search for the missing and the roll at a shelter."""

    name: str = Field(min_length=1, max_length=40)
    number: str | None = Field(None, max_length=40)
    age: int | None = Field(None, ge=0, le=130, strict=True)
    help: str | None = Field(None, max_length=200)
    state: Literal["done", "refused", "unreached", "unknown"] = "unknown"


class Arrived(Wish):
    """One on the roll of a place, by name: sealed."""

    name: str = Field(min_length=1, max_length=40)
    number: str | None = Field(None, max_length=40)
    age: int | None = Field(None, ge=0, le=130, strict=True)
    help: str | None = Field(None, max_length=200)


class NameArrived(Wish):
    """Names of those who arrived at a place, by daylight."""

    people: list[Arrived] = Field(min_length=1, max_length=200)


class NamePeople(Wish):
    """Names for a zone's counts, by daylight."""

    people: list[Person] = Field(min_length=1, max_length=200)


class EvacuationOut(Record):
    """An evacuation: who decided it, since when, where it stands. Its numbers are its zones'."""

    number: str
    reason: str
    centre: str
    warning_id: str | None
    incident_id: str | None
    townships: list[str]
    zones: int
    decided: list[dict[str, Any]]
    opened_by: str
    opened_at: Time
    state: str
    safe: list[dict[str, Any]]
    ended_by: str | None
    ended_at: Time | None
    ended_reason: str | None
    kept_away: bool
    synthetic: bool


class EvacuatedZoneOut(Record):
    """One zone in one evacuation: who should leave, as registered when it was opened, and how far it is. `figures`: field → {value,
    as_of, source, by, by_proxy, count_id, others}."""

    evacuation_id: str
    zone_id: str
    name: str
    sort: str
    centre: str
    village_code: str | None
    village: str | None
    households: int
    people: int
    vulnerable: int | None
    responsible: str
    route: str | None
    destination_id: str
    destination: str
    state: str
    safe: dict[str, Any] | None
    figures: dict[str, Any]
    chosen: dict[str, Any]
    named: list[dict[str, Any]]
    synthetic: bool


class DestinationOut(Record):
    """A place that people of one township are brought to, and how many have arrived."""

    evacuation_id: str
    name: str
    centre: str
    location: dict[str, Any] | None
    figures: dict[str, Any]
    chosen: dict[str, Any]
    named: list[dict[str, Any]]
    matched: dict[str, Any] | None


class CountOut(Record):
    """One statement: of a zone's progress or of arrivals. It stays as it was said."""

    evacuation_id: str
    zone_id: str | None
    destination_id: str | None
    centre: str
    numbers: dict[str, int]
    as_of: Time
    source: str
    by_proxy: dict[str, Any] | None
    by: str
    at: Time


class RefusalOut(Record):
    """A household that will not go, without names: how many, why, when somebody comes again, what came of each visit."""

    evacuation_id: str
    zone_id: str
    zone_name: str
    centre: str
    households: int
    people: int
    reason: str
    next_visit_at: Time | None
    visitor: str
    visits: list[dict[str, Any]]
    words: dict[str, Any] | None
    recorded_by: str
    recorded_at: Time
    state: str
