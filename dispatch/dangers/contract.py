"""What entries into danger areas take and say."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from command.core.access import COUNTY, centre_party, team_party
from command.core.events import Event
from command.core.queries import Moment, Wish
from command.core.records import Record, Time

Why = Literal["left", "lifted", "changed", "off_duty"]


class Enter(Wish):
    """A team that is inside, since when by its own positions, and how deep (metres from the edge)."""

    team_id: str = Field(max_length=36)
    since: Moment
    depth_m: int = Field(ge=0, le=1_000_000)


class Leave(Wish):
    """It is out, since when, and how that is known."""

    at: Moment
    why: Why = "left"


class Receipt(Wish):
    """The team has read the warning; `at`: when, by the phone's clock."""

    at: Moment | None = None


class DangerEntryOut(Record):
    """A team in a danger area: which and why it is dangerous, what to do, since when, whether it said that it knows, and how it
    ended. `live` until it is out."""

    area_id: str
    sort: str
    reason: str
    advice: dict[str, str]
    team_id: str
    team_name: str
    centre: str
    area_centre: str
    entered_at: Time
    depth_m: int
    receipt_at: Time | None
    receipt_by: str | None
    left_at: Time | None
    why: str | None
    admitted_by: str | None = None


class Admit(Wish):
    """A team that is sent in, and what for."""

    team_id: str = Field(max_length=36)
    reason: str = Field(min_length=1, max_length=200)


class DangerAdmissionOut(Record):
    """A team that may be in a danger area: who sent it in, when and what for; `live` until somebody ends it or the area is lifted."""

    area_id: str
    team_id: str
    team_name: str
    centre: str
    area_centre: str
    sort: str
    reason: str
    admitted_by: str
    admitted_at: Time
    ended_by: str | None
    ended_at: Time | None


class DangerEntryEvent(Event):
    """Heard by the county, the team's centre, the area's centre and the team itself: by no other team."""

    kind: ClassVar[str] = "danger_entry"
    verb: ClassVar[tuple[str, str]]
    record: DangerEntryOut

    def topics(self) -> frozenset[str]:
        one = self.record
        return frozenset(heard(one.centre, one.area_centre, one.team_id))

    def text(self) -> dict[str, str]:
        one = self.record
        return {
            "zh": f"{one.team_name} {self.verb[0]}：{one.reason}",
            "en": f"{one.team_name} {self.verb[1]}: {one.reason}",
        }


def heard(centre: str, area_centre: str, team_id: str) -> set[str]:
    """Whom an entry concerns."""
    return {COUNTY, centre_party(centre), centre_party(area_centre), team_party(team_id)}


class DangerEntered(DangerEntryEvent):
    type: ClassVar[str] = "danger_entry.entered"
    verb = ("进入危险区", "entered a danger area")

    def text(self) -> dict[str, str]:
        told, by = super().text(), self.record.admitted_by
        return (
            told
            if by is None
            else {"zh": f"{told['zh']}（{by} 准入）", "en": f"{told['en']} (admitted by {by})"}
        )


class DangerReceipted(DangerEntryEvent):
    type: ClassVar[str] = "danger_entry.receipted"
    verb = ("已回执危险区警告", "receipted the warning of a danger area")


class DangerLeft(DangerEntryEvent):
    type: ClassVar[str] = "danger_entry.left"
    verb = ("不在危险区", "is no longer in a danger area")

    def text(self) -> dict[str, str]:
        one = self.record
        say: dict[str | None, tuple[str, str]] = {
            "lifted": ("所在危险区已解除", "the danger area around it was lifted"),
            "changed": ("危险区调整后已在区外", "outside since the danger area was changed"),
            "off_duty": ("已退出备勤，位置不再共享", "went off duty: its position is not shared any more"),
        }
        zh, en = say.get(one.why, ("离开危险区", "left the danger area"))
        return {"zh": f"{one.team_name} {zh}：{one.reason}", "en": f"{one.team_name} {en}: {one.reason}"}


class DangerEntryAdmitted(DangerEntryEvent):
    """It is inside and was admitted meanwhile, or its admission ended (`admitted_by` is null then): its alarm ends or begins."""

    type: ClassVar[str] = "danger_entry.admitted"

    def text(self) -> dict[str, str]:
        one = self.record
        zh, en = (
            ("已准入", "was admitted to a danger area")
            if one.admitted_by
            else ("不再准入", "is no longer admitted to a danger area")
        )
        return {"zh": f"{one.team_name} {zh}：{one.reason}", "en": f"{one.team_name} {en}: {one.reason}"}


class DangerAdmissionEvent(Event):
    """Heard as an entry is: by the county, both centres and the team itself."""

    kind: ClassVar[str] = "danger_admission"
    verb: ClassVar[tuple[str, str]]
    record: DangerAdmissionOut

    def topics(self) -> frozenset[str]:
        one = self.record
        return frozenset(heard(one.centre, one.area_centre, one.team_id))

    def text(self) -> dict[str, str]:
        one = self.record
        return {
            "zh": f"{self.verb[0]}：{one.team_name}（{one.reason}）",
            "en": f"{self.verb[1]}: {one.team_name} ({one.reason})",
        }


class DangerAdmissionGiven(DangerAdmissionEvent):
    type: ClassVar[str] = "danger_admission.given"
    verb = ("准入危险区", "Admitted to a danger area")


class DangerAdmissionEnded(DangerAdmissionEvent):
    type: ClassVar[str] = "danger_admission.ended"
    verb = ("取消危险区准入", "No longer admitted to a danger area")
