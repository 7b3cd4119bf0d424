"""What tracks take and tell."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from command.core.approving import Spoken
from command.core.faults import Wrong
from command.core.queries import Moment, Wish
from command.core.records import Record, Time

Sort = Literal["lawful", "opinion", "order", "psych", "insurance", "aftermath", "investigation"]
Heat = Literal["red", "yellow", "green"]
Verdict = Literal["unknown", "true", "false"]
Short = Annotated[str, Field(min_length=1, max_length=80)]
Line = Annotated[str, Field(min_length=1, max_length=500)]
Long = Annotated[str, Field(min_length=1, max_length=4000)]
Phone = Annotated[str, Field(pattern=r"^[0-9+\- ]{3,20}$")]
CentreCode = Annotated[str, Field(pattern=r"^\d{6}(\d{3}(\d{3})?)?(-[a-z]+)?$")]


def _web(url: str) -> str:
    """An address that a browser would open; it is kept as words and never fetched."""
    if not url.startswith(("http://", "https://")):
        raise Wrong("url: it begins with http:// or https://", "网址须以 http:// 或 https:// 开头")
    return url


Url = Annotated[str, Field(max_length=500), AfterValidator(_web)]


class SetTrack(Wish):
    """How a track stands, whose it is, until when; what is absent stays. 不涉及 says why."""

    sort: Sort
    state: Literal["open", "doing", "done", "none"] | None = None
    owner_centre: CentreCode | None = None
    owner_post: Short | None = None
    due_at: Moment | None = None
    note: Line | None = None
    reason: Line | None = None


class NoteOpinion(Wish):
    """What was seen where, what it claims, how hot it is, who answers by when."""

    seen_where: Short
    url: Url | None = None
    claim: Line
    heat: Heat = "green"
    verdict: Verdict = "unknown"
    answers_centre: CentreCode | None = None
    answers_post: Short | None = None
    due_at: Moment | None = None
    seen_at: Moment | None = None


class EditOpinion(Wish):
    """What is known better now; what is absent stays."""

    heat: Heat | None = None
    verdict: Verdict | None = None
    answers_centre: CentreCode | None = None
    answers_post: Short | None = None
    due_at: Moment | None = None


class SettleOpinion(Wish):
    """It was answered, need not be, or is open again; the words of the answer, or why."""

    to: Literal["open", "answered", "dropped"]
    text: Line
    at: Moment | None = None


class DraftStatement(Wish):
    """A statement for the public. A name stands in it as 〔姓名1〕: the number of the family."""

    title: Short
    text: Long


class EditStatement(Wish):
    """Other words; whatever was approved of the earlier ones is void."""

    title: Short | None = None
    text: Long | None = None


class ApproveStatement(Wish):
    """What the approver remarks. `spoken`: a leader's word that the duty officer records (代录)."""

    note: Line | None = None
    spoken: Spoken | None = None


class MoveStatement(Wish):
    """Sent back to its drafter, or withdrawn; why."""

    to: Literal["draft", "withdrawn"]
    reason: Line


class RecordPublished(Wish):
    """A person published it: where, when, who. Nothing is published from here."""

    where: Short
    by: Short
    at: Moment | None = None
    url: Url | None = None


class OpenFamily(Wish):
    """A family and its one liaison; every name, number and place is sealed. Without a liaison it is a name that is held back: of
    somebody who belongs to no family that is known."""

    victim: Short
    relative: Short | None = None
    relative_phone: Phone | None = None
    lodging: Short | None = None
    liaison: Short | None = None
    liaison_phone: Phone | None = None
    centre: CentreCode | None = None


class EditFamily(Wish):
    """Somebody else is the liaison, another number, another place; what is absent stays."""

    victim: Short | None = None
    relative: Short | None = None
    relative_phone: Phone | None = None
    lodging: Short | None = None
    liaison: Short | None = None
    liaison_phone: Phone | None = None
    centre: CentreCode | None = None


class TellFamily(Wish):
    """The family was told something: what, when."""

    text: Line
    at: Moment | None = None


class NotifyFamily(Wish):
    """家属已告知: how the family learned what happened to its own; from now on the name may go out."""

    how: Literal["in_person", "phone"]
    at: Moment | None = None


class NamesIn(Wish):
    """Words that are to leave the house, or to stand in the journal, about an incident."""

    id: str = Field(max_length=36)
    text: str


class CloseFamily(Wish):
    """Why there is no more to be said."""

    reason: Line


class OpenCare(Wish):
    """Somebody is in care: whom (sealed), of which group, who else of the carers may read."""

    group: Literal["victim", "family", "rescuer"]
    name: Short
    colleague_id: str | None = Field(None, max_length=64)
    next_at: Moment | None = None


class CareSession(Wish):
    """A session was held; the note is sealed."""

    note: Long
    next_at: Moment | None = None
    at: Moment | None = None


class ChangeCare(Wish):
    """Another colleague, another next time, or the end."""

    colleague_id: str | None = Field(None, max_length=64)
    next_at: Moment | None = None
    state: Literal["open", "closed"] | None = None

    @model_validator(mode="after")
    def _something(self) -> ChangeCare:
        if not self.model_fields_set:
            raise Wrong("nothing is changed", "没有填写要改的内容")
        return self


class Look(Wish):
    """What is looked at again because its time has passed."""

    kind: Literal["track", "opinion", "family", "care_case"]
    id: str = Field(max_length=36)


class TrackOut(Record):
    """A track of an incident."""

    incident_id: str
    sort: str
    state: str
    owner_centre: str | None
    owner_post: str | None
    due_at: Time | None
    note: str | None
    steps: list[dict[str, Any]]
    late_since: Time | None


class OpinionOut(Record):
    """An opinion item."""

    incident_id: str
    seen_where: str
    url: str | None
    claim: str
    heat: str
    verdict: str
    answers_centre: str | None
    answers_post: str | None
    due_at: Time | None
    seen_at: Time
    noted_by: str
    state: str
    answer: str | None
    answered_by: str | None
    answered_at: Time | None
    late_since: Time | None


class StatementOut(Record):
    """A statement; names stand in it by number."""

    number: str
    incident_id: str
    title: str
    text: str
    figures: dict[str, int]
    unread: list[str]
    revision: int
    past: list[dict[str, Any]]
    approvals: dict[str, Any]
    state: str
    reason: str | None
    differs: list[dict[str, Any]]
    stale_since: Time | None
    published: list[dict[str, Any]]
    drafted_by: str
    drafted_by_id: str
    drafted_at: Time


class FamilyOut(Record):
    """A family by its number, without a name."""

    incident_id: str
    number: int
    centre: str
    person: dict[str, Any]
    told_at: Time | None
    tellings: list[dict[str, Any]]
    notified: dict[str, Any] | None
    state: str
    late_since: Time | None


class CareOut(Record):
    """Care for one person by its number, without a name and without a note."""

    incident_id: str
    number: int
    group: str
    person: dict[str, Any]
    carer: str
    carer_id: str
    colleague: str | None
    colleague_id: str | None
    sessions: list[dict[str, Any]]
    next_at: Time | None
    state: str
    late_since: Time | None
