"""What reports take and tell."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from command.core.faults import Wrong
from command.core.queries import Moment, Wish
from command.core.records import Record, Time
from command.sitreps.rules import Recipient
from command.sitreps.words import SECTIONS

Kind = Literal["first", "followup", "final", "verified", "supplement", "correction", "daily"]
Channel = Literal["phone", "fax", "network", "file", "print", "gateway"]
Short = Annotated[str, Field(min_length=1, max_length=80)]
CLASSIFIED = re.compile("(绝密|机密|秘密)\\s*[★☆]")


def _unclassified(text: str) -> str:
    """涉密信息 goes by another network: it is refused here, as far as its mark tells it."""
    if CLASSIFIED.search(text):
        raise Wrong(
            "Classified text does not belong here: use the classified network",
            "涉密内容不得录入本系统，请走涉密渠道",
        )
    return text


Text = Annotated[str, Field(max_length=4000), AfterValidator(_unclassified)]


def _sections(value: dict[str, str]) -> dict[str, str]:
    if unknown := sorted(set(value) - set(SECTIONS)):
        raise Wrong(f"sections: there is no section {unknown[0]}", f"没有“{unknown[0]}”这一项内容")
    return value


Sections = Annotated[dict[str, Text], AfterValidator(_sections)]


class DraftSitrep(Wish):
    """A draft of an incident's report, built from the journal; without a kind, the one that is due."""

    incident_id: str = Field(max_length=36)
    kind: Kind | None = None
    to: list[Recipient] | None = Field(None, min_length=1, max_length=6)
    sections: Sections | None = None


class EditSitrep(Wish):
    """Other words, other recipients; what is absent stays. The figures are the incident's and are not typed here."""

    sections: Sections | None = None
    to: list[Recipient] | None = Field(None, min_length=1, max_length=6)


class ProxyIn(Wish):
    """For whom it is entered: who did it, as told by which channel."""

    person: Short
    channel: Literal["phone", "radio", "in_person", "message"] = "phone"


class OralIn(Wish):
    """A signature given by word of mouth: how it was heard."""

    channel: Literal["phone", "radio", "in_person", "message"] = "phone"


class Telling(Wish):
    """Who was told, by which channel, when; for whom it is entered, if not for oneself."""

    to: Recipient
    person: Short
    channel: Channel
    number: str | None = Field(None, pattern=r"^[0-9+\- ]{3,20}$")
    at: Moment | None = None
    by_proxy: ProxyIn | None = None


class PhoneReport(Wish):
    """电话快报: who was told the reporting figures by telephone, and when. It goes first; what is written follows."""

    to: Recipient
    person: Short
    number: str | None = Field(None, pattern=r"^[0-9+\- ]{3,20}$")
    at: Moment | None = None
    by_proxy: ProxyIn | None = None
    text: Text | None = None
    request_id: str | None = Field(None, max_length=36)

    def telling(self) -> Telling:
        """As one of the ways in which somebody is told."""
        given = self.model_dump(exclude={"text", "request_id"})
        return Telling.model_validate({**given, "channel": "phone"})


class MoveSitrep(Wish):
    """The next state with what it asks for: a signature, who was told, who received it, why it comes back."""

    to: str = Field(max_length=24)
    reason: str | None = Field(None, min_length=1, max_length=500)
    name: Short | None = None
    post: Short | None = None
    oral: OralIn | None = None
    telling: Telling | None = None
    recipient: Recipient | None = None
    person: Short | None = None
    at: Moment | None = None


class Approve(Wish):
    """What the reviewer remarks."""

    note: str | None = Field(None, min_length=1, max_length=500)


class Waive(Wish):
    """A clock that asks for a report which need not be given, and why."""

    key: str = Field(max_length=60)
    reason: str = Field(min_length=2, max_length=500)


class TakeRequest(Wish):
    """Somebody asks for information in the name of an office: who, which number to call back, what he wants."""

    incident_id: str = Field(max_length=36)
    office: Short
    person: Short
    number: str = Field(pattern=r"^[0-9+\- ]{3,20}$")
    asks: str = Field(min_length=1, max_length=500)


class CheckRequest(Wish):
    """What the call back said: reached whom, and whether the office did ask."""

    asked: bool
    reached: Short | None = None
    note: str | None = Field(None, min_length=1, max_length=500)

    @model_validator(mode="after")
    def _reached(self) -> CheckRequest:
        if self.asked and self.reached is None:
            raise Wrong("reached: who answered the call back", "请填写回拨时接听的人")
        return self


class NilPeriod(Wish):
    """Whose shift, from when until when."""

    centre: str = Field(max_length=32)
    since: Moment
    until: Moment


class ReportingOut(Record):
    """What a centre owes in reports of an incident (docs/architecture.md)."""

    incident_id: str
    incident_number: str
    incident_title: str
    centre: str
    clocks: list[dict[str, Any]]
    also: list[str]
    last: dict[str, Any]
    differs: dict[str, Any]
    audience: list[str]


class SitrepOut(Record):
    """A report (docs/architecture.md)."""

    number: str
    kind: str
    ordinal: int
    incident_id: str | None
    incident_number: str | None
    incident_title: str | None
    centre: str
    to: list[str]
    state: str
    sections: list[dict[str, Any]]
    edited: list[str]
    figures: dict[str, Any]
    figures_at: Time
    base: dict[str, Any] | None
    changes: dict[str, Any]
    period: dict[str, Any] | None
    due_at: Time | None
    steps: list[dict[str, Any]]
    reviewed: dict[str, Any] | None
    signed: dict[str, Any] | None
    sent: list[dict[str, Any]]
    past: list[dict[str, Any]]
    revision: int
    drafted_by: str
    drafted_by_id: str
    drafted_at: Time
    audience: list[str]


class InfoRequestOut(Record):
    """A request for information from above, without who rang: that is read by its own right."""

    incident_id: str
    centre: str
    office: str
    asks: str
    caller: dict[str, Any]
    known: bool
    state: str
    taken_by: str
    taken_at: Time
    checked: dict[str, Any] | None
    audience: list[str]
