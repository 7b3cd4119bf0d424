"""What happens to reports. They are heard by who owes them and the county, not by everybody who sees the incident: another
township's reports are its own; only that the county told someone above stands on the incident's timeline."""

from __future__ import annotations

from typing import ClassVar

from command.core import clock
from command.core.events import Event
from command.incidents.events import IncidentEvent
from command.sitreps.contract import InfoRequestOut, ReportingOut, SitrepOut
from command.sitreps.words import CHANNELS, KINDS, RECIPIENTS, REPORT_FLOW, figures_said


def title(record: SitrepOut) -> tuple[str, str]:
    """续报二, and its number: how people call a report."""
    word = KINDS[record.kind]
    nth = f"{record.ordinal}" if record.kind in ("followup", "daily", "supplement", "correction") else ""
    return f"{word.zh}{nth} {record.number}", f"{word.en}{' ' + nth if nth else ''} {record.number}"


class ReportingChanged(Event):
    """Clocks began, were met, or ended; what was told last differs otherwise."""

    type: ClassVar[str] = "reporting.changed"
    kind: ClassVar[str] = "reporting"
    record: ReportingOut

    def text(self) -> dict[str, str]:
        return {}


class ReportingOverdue(ReportingChanged):
    """A clock has run out and nobody has reported."""

    type: ClassVar[str] = "reporting.overdue"

    def text(self) -> dict[str, str]:
        to = RECIPIENTS[self.said["to"]]
        return {
            "zh": f"报送超时：{to.zh}・{self.record.incident_title}",
            "en": f"Report overdue: {to.en}: {self.record.incident_title}",
        }


class ReportingWaived(ReportingChanged):
    """Somebody said by name that it need not be reported."""

    type: ClassVar[str] = "reporting.waived"

    def text(self) -> dict[str, str]:
        to, reason = RECIPIENTS[self.said["to"]], self.said["reason"]
        return {"zh": f"不需报{to.zh}：{reason}", "en": f"Not to be reported to {to.en.lower()}: {reason}"}


class SitrepEvent(Event):
    kind: ClassVar[str] = "sitrep"
    verb: ClassVar[tuple[str, str]]
    record: SitrepOut

    def text(self) -> dict[str, str]:
        zh, en = title(self.record)
        return {"zh": f"{self.verb[0]}：{zh}", "en": f"{self.verb[1]}: {en}"}


class SitrepDrafted(SitrepEvent):
    type: ClassVar[str] = "sitrep.drafted"
    verb = ("起草", "Drafted")


class SitrepEdited(SitrepEvent):
    type: ClassVar[str] = "sitrep.edited"
    verb = ("修改", "Edited")


class SitrepMoved(SitrepEvent):
    type: ClassVar[str] = "sitrep.moved"

    def text(self) -> dict[str, str]:
        zh, en = title(self.record)
        reason = self.said.get("reason")
        return {
            "zh": f"{zh}：{REPORT_FLOW.zh[self.record.state]}" + (f"（{reason}）" if reason else ""),
            "en": f"{en}: {REPORT_FLOW.en[self.record.state].lower()}" + (f" ({reason})" if reason else ""),
        }


class SitrepReviewed(SitrepEvent):
    type: ClassVar[str] = "sitrep.reviewed"
    verb = ("审核通过", "Review passed")


class SitrepConfirmed(SitrepEvent):
    type: ClassVar[str] = "sitrep.confirmed"
    verb = ("口头签发已确认", "Spoken signature confirmed")


class SitrepDisputed(SitrepEvent):
    type: ClassVar[str] = "sitrep.disputed"
    verb = ("口头签发有出入", "Spoken signature disputed")


class SitrepTold(SitrepEvent):
    """Somebody was told: by whom, which figures, by which channel."""

    type: ClassVar[str] = "sitrep.told"

    def text(self) -> dict[str, str]:
        (zh, en), told = title(self.record), self.record.sent[-1]
        to, channel = RECIPIENTS[told["to"]], CHANNELS[told["channel"]]
        return {
            "zh": f"{zh}：{to.zh} {told['person']}（{channel.zh}），{figures_said(told['figures'])}",
            "en": f"{en}: {to.en}, {told['person']} ({channel.en}), {figures_said(told['figures'], 'en')}",
        }


class SitrepReceived(SitrepEvent):
    type: ClassVar[str] = "sitrep.received"
    verb = ("上级已签收", "Received above")


class IncidentTold(IncidentEvent):
    """The county told someone above of it: a line of the incident's own timeline."""

    type: ClassVar[str] = "incident.told"

    def text(self) -> dict[str, str]:
        kind, to, channel = (
            KINDS[self.said["kind"]],
            RECIPIENTS[self.said["to"]],
            CHANNELS[self.said["channel"]],
        )
        at, figures = clock.hm(self.said["at"]), self.said["figures"]
        return {
            "zh": f"{kind.zh}报{to.zh}（{channel.zh} {at}）：{figures_said(figures)}",
            "en": f"{kind.en} to {to.en.lower()} ({channel.en} {at}): {figures_said(figures, 'en')}",
        }


class InfoRequestTaken(Event):
    type: ClassVar[str] = "info_request.taken"
    kind: ClassVar[str] = "info_request"
    record: InfoRequestOut

    def text(self) -> dict[str, str]:
        office = self.record.office
        return {
            "zh": f"来电索要信息：自称{office}，待回拨",
            "en": f"Information asked for: said to be {office}, to be called back",
        }


class InfoRequestChecked(InfoRequestTaken):
    type: ClassVar[str] = "info_request.checked"

    def text(self) -> dict[str, str]:
        asked = self.record.state == "verified"
        return {
            "zh": f"{self.record.office}：{'回拨核实' if asked else '未核实，不提供'}",
            "en": f"{self.record.office}: {'called back, verified' if asked else 'not verified, not told'}",
        }
