"""What happens to incidents: closed, typed, past tense; who hears it and the sentence of the timeline."""

from __future__ import annotations

from typing import ClassVar

from command.core.events import Event
from command.incidents.contract import FigureOut, IncidentOut, ReportOut
from command.incidents.words import (
    BEYOND,
    CASUALTY_FIELDS,
    INCIDENT_FLOW,
    LEVELS,
    LIFE_RISK,
    REPORT_DUE,
    SIZE_FIELDS,
)


class IncidentEvent(Event):
    """Heard by everybody who may see the incident, and by those who look at it alone."""

    kind: ClassVar[str] = "incident"
    record: IncidentOut

    def topics(self) -> frozenset[str]:
        return self.parties | {f"incident:{self.record.id}"}

    @property
    def where(self) -> str:
        """The place in words for a sentence."""
        return f"{self.record.title}"


class IncidentOpened(IncidentEvent):
    type: ClassVar[str] = "incident.opened"

    def text(self) -> dict[str, str]:
        source = self.record.source
        return {
            "zh": f"接报：{self.where}" + (f"（{source}）" if source else ""),
            "en": f"Received: {self.where}" + (f" ({source})" if source else ""),
        }


class IncidentEdited(IncidentEvent):
    type: ClassVar[str] = "incident.edited"

    def text(self) -> dict[str, str]:
        fields, reason = self.said.get("fields", []), self.said.get("reason")
        return {
            "zh": "更正：" + "、".join(word.zh for word in fields) + (f"（{reason}）" if reason else ""),
            "en": "Corrected: " + ", ".join(word.en for word in fields) + (f" ({reason})" if reason else ""),
        }


class IncidentMoved(IncidentEvent):
    type: ClassVar[str] = "incident.moved"

    def text(self) -> dict[str, str]:
        reason = self.said.get("reason")
        return {
            "zh": f"事件状态：{INCIDENT_FLOW.zh[self.record.state]}" + (f"（{reason}）" if reason else ""),
            "en": f"Incident: {INCIDENT_FLOW.en[self.record.state]}" + (f" ({reason})" if reason else ""),
        }


class IncidentGraded(IncidentEvent):
    type: ClassVar[str] = "incident.graded"

    def text(self) -> dict[str, str]:
        level = self.record.level
        zh = f"{LEVELS[level].zh}（{level}级）" if level else "未定级"
        en = f"{LEVELS[level].en} ({level})" if level else "not graded"
        reason = self.said.get("reason")
        return {
            "zh": f"定级：{zh}" + (f"，{reason}" if reason else ""),
            "en": f"Graded: {en}" + (f", {reason}" if reason else ""),
        }


class CasualtiesStated(IncidentEvent):
    type: ClassVar[str] = "incident.casualties"

    def text(self) -> dict[str, str]:
        risk = LIFE_RISK.get(self.said.get("life_risk") or "")
        zh_risk, en_risk = (f"；列为{risk.zh}", f"; now: {risk.en.lower()}") if risk else ("", "")
        if chosen := self.said.get("chosen"):
            label = CASUALTY_FIELDS[chosen["field"]]
            due = REPORT_DUE.get(self.said.get("due") or "")
            return {
                "zh": f"报出数：{label.zh} {chosen['value']}" + (f"（{due.zh}）" if due else "") + zh_risk,
                "en": f"Figure to report: {label.en} {chosen['value']}"
                + (f" ({due.en})" if due else "")
                + en_risk,
            }
        said, source = self.said.get("numbers", {}), self.said.get("source")
        words = {**CASUALTY_FIELDS, **SIZE_FIELDS}
        zh = "，".join(f"{words[name].zh} {_number(value)}" for name, value in said.items())
        en = ", ".join(f"{words[name].en} {_number(value)}" for name, value in said.items())
        mark = BEYOND if self.said.get("beyond") else REPORT_DUE.get(self.said.get("due") or "")
        return {
            "zh": (f"{source}：" if source else "") + zh + (f"（{mark.zh}）" if mark else "") + zh_risk,
            "en": (f"{source}: " if source else "")
            + en
            + (f" ({mark.en.lower()})" if mark else "")
            + en_risk,
        }


class LateWindowEnded(IncidentEvent):
    """From now on a changed casualty figure does not count any more."""

    type: ClassVar[str] = "incident.late_window"

    def text(self) -> dict[str, str]:
        window = self.record.late_window or {}
        source = window.get("source", {})
        return {
            "zh": f"伤亡变化补报期届满（{window.get('days')} 日，{source.get('zh')}）",
            "en": f"Late casualty changes count no more ({window.get('days')} days, {source.get('en')})",
        }


class ChangeReported(IncidentEvent):
    """The changed figures were told above."""

    type: ClassVar[str] = "incident.reported"

    def text(self) -> dict[str, str]:
        to, channel = self.said["to"], self.said.get("channel")
        by = f"，{channel}" if channel else ""
        late = self.said["due"] == "supplement"
        return {
            "zh": f"{'已补报' if late else '已续报'}：{to}{by}",
            "en": f"{'Supplementary' if late else 'Follow-up'} report given: {to}{', ' + channel if channel else ''}",
        }


def _number(value: float) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


class AudienceChanged(IncidentEvent):
    type: ClassVar[str] = "incident.audience"

    def text(self) -> dict[str, str]:
        return {"zh": self.said["zh"], "en": self.said["en"]} if self.said.get("zh") else {}


class CommandTaken(IncidentEvent):
    type: ClassVar[str] = "incident.command"

    def text(self) -> dict[str, str]:
        command = self.record.command or {}
        return {
            "zh": f"{command.get('authority')}接管指挥（{command.get('who')}），我方{command.get('role')}",
            "en": f"{command.get('authority')} takes command ({command.get('who')})",
        }


class IncidentMerged(IncidentEvent):
    """Said of the incident that ends; `into` is in the record."""

    type: ClassVar[str] = "incident.merged"

    def text(self) -> dict[str, str]:
        return {
            "zh": f"并入 {self.said.get('number', '')}",
            "en": f"Merged into {self.said.get('number', '')}",
        }


class IncidentAbsorbed(IncidentEvent):
    """Said of the incident that goes on."""

    type: ClassVar[str] = "incident.absorbed"

    def text(self) -> dict[str, str]:
        return {
            "zh": f"{self.said.get('number', '')} 并入本事件",
            "en": f"{self.said.get('number', '')} merged into this",
        }


class IncidentUnmerged(IncidentEvent):
    type: ClassVar[str] = "incident.unmerged"

    def text(self) -> dict[str, str]:
        return {"zh": "拆回为单独事件", "en": "Taken apart again"}


class IncidentReleased(IncidentEvent):
    """Said of the incident from which another was taken back."""

    type: ClassVar[str] = "incident.released"

    def text(self) -> dict[str, str]:
        return {"zh": f"拆出 {self.said.get('number', '')}", "en": f"{self.said.get('number', '')} taken out"}


class PrivateErased(IncidentEvent):
    """The key of the incident's private rows was destroyed: nobody can read them any more."""

    type: ClassVar[str] = "incident.private_erased"

    def text(self) -> dict[str, str]:
        return {"zh": "个人信息已清除", "en": "Personal data erased"}


class HangsOn(Event):
    """An event of a thing that hangs on an incident: not for a team that only works on it."""

    def topics(self) -> frozenset[str]:
        incidents = {f"incident:{self.record.incident_id}"}
        if came_from := getattr(self.record, "came_from", None):
            incidents.add(f"incident:{came_from}")
        return frozenset(party for party in self.parties if not party.startswith("team:")) | incidents


class FigureStated(HangsOn):
    """A statement, for the stores; the sentence of the timeline is the incident's."""

    type: ClassVar[str] = "figure.stated"
    kind: ClassVar[str] = "figure"
    record: FigureOut

    def text(self) -> dict[str, str]:
        return {}


class FigureChanged(FigureStated):
    """A statement was chosen, set aside or moved with its incident."""

    type: ClassVar[str] = "figure.changed"


class ReportAdded(HangsOn):
    type: ClassVar[str] = "report.added"
    kind: ClassVar[str] = "report"
    record: ReportOut

    def text(self) -> dict[str, str]:
        source = f"{self.record.source}：" if self.record.source else ""
        return {"zh": source + self.record.text, "en": source + self.record.text}


class ReportMoved(ReportAdded):
    """A report went with its incident into another, or back."""

    type: ClassVar[str] = "report.moved"

    def text(self) -> dict[str, str]:
        return {}
