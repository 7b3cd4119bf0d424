"""What happens to warnings, and who hears it: desks and walls of all that is no draft, teams of what has been passed on."""

from __future__ import annotations

from typing import ClassVar

from command.core import clock
from command.core.events import Event
from command.warnings.contract import CapMessageOut, WarningOut
from command.warnings.words import OWN_MATTER

TOPIC, FORCE, COUNTY_ROOM, OWN_ROOM = "warnings", "warnings:force", "warnings:county", "warnings:own:"


class WarningEvent(Event):
    """Something happened to a warning."""

    kind: ClassVar[str] = "warning"
    verb: ClassVar[tuple[str, str]]
    record: WarningOut

    def topics(self) -> frozenset[str]:
        row = self.record
        heard = {COUNTY_ROOM, OWN_ROOM + row.centre, f"warning:{row.id}"}
        if row.state in OWN_MATTER:
            return frozenset(heard)
        return frozenset(heard | {TOPIC} | (set() if row.state == "received" else {FORCE}))

    def text(self) -> dict[str, str]:
        row = self.record
        until = f"，至 {clock.hm(row.ends_at)}" if row.ends_at else ""
        until_en = f", until {clock.hm(row.ends_at)}" if row.ends_at else ""
        return {
            "zh": f"{self.verb[0]}：{row.issuer} {row.title['zh']}{until}",
            "en": f"{self.verb[1]}: {row.title['en']} by {row.issuer}{until_en}",
        }


class WarningReceived(WarningEvent):
    type: ClassVar[str] = "warning.received"
    verb = ("收到预警", "Warning received")


class WarningDrafted(WarningEvent):
    type: ClassVar[str] = "warning.drafted"
    verb = ("拟发预警", "Warning drafted")


class WarningEdited(WarningEvent):
    type: ClassVar[str] = "warning.edited"
    verb = ("修改预警", "Warning edited")


class WarningReviewed(WarningEvent):
    """Given to another person to look at, or given back by that person."""

    type: ClassVar[str] = "warning.reviewed"
    verb = ("预警送审或退回", "Warning to review, or back")


class WarningRelayed(WarningEvent):
    type: ClassVar[str] = "warning.relayed"
    verb = ("转发预警", "Warning relayed")


class WarningIssued(WarningEvent):
    type: ClassVar[str] = "warning.issued"
    verb = ("发布预警", "Warning issued")


class WarningUpdateWaits(WarningEvent):
    """An update has come, or was drafted: a person passes it on."""

    type: ClassVar[str] = "warning.update_waits"
    verb = ("预警更新待发", "Update of a warning waits")


class WarningUpdated(WarningEvent):
    type: ClassVar[str] = "warning.updated"
    verb = ("更新预警", "Warning updated")


class WarningCancelled(WarningEvent):
    type: ClassVar[str] = "warning.cancelled"
    verb = ("解除预警", "Warning cancelled")


class WarningExpired(WarningEvent):
    type: ClassVar[str] = "warning.expired"
    verb = ("预警到期", "Warning ran out")


class WarningDutiesOpened(WarningEvent):
    """The list of what the law asks for was opened, or grew with the level: whoever gives instructions follows it."""

    type: ClassVar[str] = "warning.duties_opened"
    verb = ("预警期应做事项", "What the warning asks for")


class WarningChecked(WarningEvent):
    type: ClassVar[str] = "warning.checked"
    verb = ("预警事项落实", "Warning: a line done or undone")


class WarningOrdered(WarningEvent):
    """What it asks for went out as instructions. `said`: houses, by name."""

    type: ClassVar[str] = "warning.ordered"
    verb = ("下达预警期指令", "Instructions of a warning issued")

    def text(self) -> dict[str, str]:
        houses, title = self.said.get("houses", []), self.record.title
        return {
            "zh": f"{self.verb[0]} {len(houses)} 项（{title['zh']}）：{'、'.join(houses)}",
            "en": f"{self.verb[1]}, {len(houses)} ({title['en']}): {', '.join(houses)}",
        }


class CapMessageEvent(Event):
    """A CAP message was kept: read where it is asked for, on no screen."""

    kind: ClassVar[str] = "cap_message"
    record: CapMessageOut

    def topics(self) -> frozenset[str]:
        return frozenset({f"warning:{self.record.warning_id}"})

    def text(self) -> dict[str, str]:
        row = self.record
        zh, en = ("写出", "written") if row.out else ("收到", "taken in")
        name = f"{row.alert['msgType']} {row.identifier}"
        return {"zh": f"CAP {zh}：{name}", "en": f"CAP {en}: {name}"}


class CapMessageKept(CapMessageEvent):
    type: ClassVar[str] = "cap_message.kept"


class CapMessagePassed(CapMessageEvent):
    """It is in the feed from now on."""

    type: ClassVar[str] = "cap_message.passed"
