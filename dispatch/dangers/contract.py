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
