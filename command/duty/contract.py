"""What the rota takes and says: shifts of a centre, who answers in each, who stands in."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, Field, field_validator, model_validator

from command.centres.contract import check_number
from command.core.access import COUNTY, centre_party
from command.core.events import Event
from command.core.faults import Wrong
from command.core.queries import Moment, Wish
from command.core.records import Record, Time

ROOM = "duty:"
"""Rotas have rooms of their own, `duty:<party>`: a desk that takes calls hears of the shifts of now alone."""
NOW_TOPIC = "duty"
"""Who answers at the county now, for all its townships and departments."""
LONGEST = timedelta(days=7)
MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
Code = Annotated[str, Field(pattern=r"^\d{6}(\d{3}(\d{3})?)?(-[a-z]+)?$")]
Name = Annotated[str, Field(min_length=1, max_length=40)]
Role = Literal["leader", "director", "officer", "driver", "expert"]


def no_mobile(value: str | None) -> str | None:
    """A person's own number is sealed elsewhere and stands in no record (RULES 8)."""
    if value is not None and MOBILE.search(value.replace(" ", "").replace("-", "")):
        raise Wrong(
            "a person's own mobile: enter it in the contact tree or as the person of the call, where it is sealed",
            "个人手机号：请填入岗位通讯录，或填在来电的个人栏，加密保存",
        )
    return value


class PersonOnDuty(Wish):
    """Who holds one place of a shift. `number`: the office's line for this shift; a person's own stays in the contact tree."""

    role: Role
    name: Name
    number: str | None = Field(None, min_length=1, max_length=40)
    deputy: Name | None = None
    deputy_number: str | None = Field(None, min_length=1, max_length=40)

    @field_validator("number", "deputy_number")
    @classmethod
    def _office(cls, value: str | None) -> str | None:
        if value is not None:
            check_number("landline", no_mobile(value) or value)
        return value


People = Annotated[list[PersonOnDuty], Field(max_length=12)]


class PlanShift(Wish):
    """A shift of a centre (absent: one's own): from when until when, and who. Nobody named is a gap, and is said."""

    centre: Code | None = None
    begins_at: Moment
    ends_at: Moment
    people: People = Field(default_factory=list)
    note: str | None = Field(None, min_length=1, max_length=200)

    @model_validator(mode="after")
    def _in_order(self) -> PlanShift:
        check_span(self.begins_at, self.ends_at)
        return self


def check_span(begins: Any, ends: Any) -> None:
    """A shift ends after it begins, within a week."""
    if not begins < ends <= begins + LONGEST:
        raise Wrong("ends_at: after begins_at, within seven days", "下班须晚于接班，一班不超过七天")


class EditShift(Wish):
    """Another time, other people or another remark; what is absent stays."""

    begins_at: Moment | None = None
    ends_at: Moment | None = None
    people: People | None = None
    note: str | None = Field(None, max_length=200)


class CopyWeek(Wish):
    """Copy the week that begins on Monday `week` to the one that begins on `to`: a shift that is there already stays as it is."""

    centre: Code | None = None
    week: date
    to: date

    @model_validator(mode="after")
    def _mondays(self) -> CopyWeek:
        if self.week.weekday() or self.to.weekday() or self.week == self.to:
            raise Wrong("week, to: two different Mondays", "请给出两个不同的星期一")
        return self


class OfCentre(Wish):
    """A centre whose rota is looked at."""

    centre: Code


class DutyOut(Record):
    """A shift. `began_at`: since when it answers; it answers until the next one accepted, whatever the clock says.
    `synthetic`: invented people (示意)."""

    centre: str
    begins_at: Time
    ends_at: Time
    people: list[dict[str, Any]]
    note: str | None
    state: str
    began_at: Time | None
    ended_at: Time | None
    synthetic: bool = False

    def who(self) -> str:
        """The names of those who answer, the leader first."""
        return "、".join(one["name"] for one in self.people) or "—"


class WeekOut(BaseModel):
    """What a copied week became: the new shifts, and how many were left out because their time was taken or over."""

    items: list[DutyOut]
    left: int


def parties_of(centre: str) -> frozenset[str]:
    """Whose business a centre's duty is: the county's, its own, of a village its township's."""
    whole = centre[:9] if len(centre) == 12 and "-" not in centre else centre
    return frozenset({COUNTY, centre_party(centre), centre_party(whole)})


class DutyEvent(Event):
    """Something about a shift: its rooms hear of it, and the desks once it is near; of the county's shift, all of the county."""

    kind: ClassVar[str] = "duty"
    verb: ClassVar[tuple[str, str]]
    record: DutyOut

    def topics(self) -> frozenset[str]:
        row = self.record
        heard = parties_of(row.centre)
        rooms = {ROOM + party for party in heard}
        if row.state == "planned":
            return frozenset(rooms)
        return frozenset(rooms | heard | ({NOW_TOPIC} if len(row.centre) == 6 else set()))

    def text(self) -> dict[str, str]:
        zh, en = self.said.get("name", (self.record.centre, self.record.centre))
        who = self.record.who()
        return {"zh": f"{zh}{self.verb[0]}：{who}", "en": f"{en}: {self.verb[1]}: {who}"}


class ShiftPlanned(DutyEvent):
    type: ClassVar[str] = "duty.planned"
    verb = ("排班", "shift planned")


class ShiftEdited(DutyEvent):
    type: ClassVar[str] = "duty.edited"
    verb = ("调班", "shift changed")


class ShiftDropped(DutyEvent):
    type: ClassVar[str] = "duty.dropped"
    verb = ("撤销排班", "shift dropped")


class ShiftNear(DutyEvent):
    type: ClassVar[str] = "duty.near"
    verb = ("待接班", "to take over")


class ShiftBegan(DutyEvent):
    type: ClassVar[str] = "duty.began"
    verb = ("接班", "took over")


class ShiftEnded(DutyEvent):
    """The next shift accepted, or this one never came to it (`lapsed`)."""

    type: ClassVar[str] = "duty.ended"
    verb = ("下班", "went off")
