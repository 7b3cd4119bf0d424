"""What happened to needs and to forces, in a sentence of the timeline; heard by their audience and where their incident is looked at."""

from __future__ import annotations

from typing import ClassVar

from command.core.events import Event
from command.needs.contract import ForceOut, NeedOut
from command.needs.words import NEED_FLOW


class _OfIncident(Event):
    """Heard by its parties, and in the room of its incident once it is no draft."""

    def topics(self) -> frozenset[str]:
        open_ = self.record.incident_id and self.record.state != "draft"
        return frozenset(self.record.audience) | ({f"incident:{self.record.incident_id}"} if open_ else set())


class NeedEvent(_OfIncident):
    kind: ClassVar[str] = "need"
    record: NeedOut

    def line(self) -> tuple[str, str]:
        """What is needed, in both languages."""
        one = self.record
        return f"{one.what} {one.people} 人，{one.place}", f"{one.what}, {one.people} people, {one.place}"


class NeedDrafted(NeedEvent):
    type: ClassVar[str] = "need.drafted"

    def text(self) -> dict[str, str]:
        zh, en = self.line()
        return {"zh": f"草拟需求公告：{zh}", "en": f"Need drafted: {en}"}


class NeedPublished(NeedEvent):
    type: ClassVar[str] = "need.published"

    def text(self) -> dict[str, str]:
        zh, en = self.line()
        by = self.record.published_by or {}
        return {
            "zh": f"{by['post']} {by['name']} 发布需求公告：{zh}",
            "en": f"{by['post']} {by['name']} published a need: {en}",
        }


class NeedChanged(NeedEvent):
    """It says something else now. `said`: reason."""

    type: ClassVar[str] = "need.changed"

    def text(self) -> dict[str, str]:
        zh, en = self.line()
        why = f"（{self.said['reason']}）" if self.said.get("reason") else ""
        return {"zh": f"更改需求公告：{zh}{why}", "en": f"Need changed: {en}{why}"}


class NeedClosed(NeedEvent):
    """Met, taken back, or past its end by the clock."""

    type: ClassVar[str] = "need.closed"

    def text(self) -> dict[str, str]:
        zh, en = self.line()
        state, why = self.record.state, (self.record.closed or {}).get("reason")
        more = f"（{why}）" if why else ""
        return {
            "zh": f"需求公告{NEED_FLOW.zh[state]}：{zh}{more}",
            "en": f"Need {NEED_FLOW.en[state].lower()}: {en}{more}",
        }


class NeedPassed(NeedEvent):
    """Its incident has other parties now."""

    type: ClassVar[str] = "need.passed"

    def text(self) -> dict[str, str]:
        return {}


class ForceEvent(_OfIncident):
    kind: ClassVar[str] = "force"
    record: ForceOut

    def who(self) -> tuple[str, str]:
        """Which force, and how many, in both languages."""
        one = self.record
        return f"{one.organisation} {one.headcount} 人", f"{one.organisation} ({one.headcount})"


class ForceCheckedIn(ForceEvent):
    type: ClassVar[str] = "force.checked_in"

    def text(self) -> dict[str, str]:
        zh, en = self.who()
        where, channel = self.record.arrived_where, self.record.channel
        by = f"{channel}：" if channel else ""
        en_by = f"({channel}) " if channel else ""
        return {
            "zh": f"{by}社会力量报到：{zh}，{where}",
            "en": f"{en_by}Social force checked in: {en}, {where}",
        }


class ForceAssigned(ForceEvent):
    type: ClassVar[str] = "force.assigned"

    def text(self) -> dict[str, str]:
        zh, en = self.who()
        one = self.record.assigned or {}
        return {
            "zh": f"{zh} 编入 {one['task_area']}，向 {one['reports_to']} 报告，{one['briefed_by']} 已安全交底",
            "en": f"{en} works at {one['task_area']}, reports to {one['reports_to']}, briefed by {one['briefed_by']}",
        }


class ForceRecounted(ForceEvent):
    """How many are here was corrected."""

    type: ClassVar[str] = "force.recounted"

    def text(self) -> dict[str, str]:
        zh, en = self.who()
        last = self.record.counts[-1]
        return {
            "zh": f"{zh}（{last['by']} 重新清点：{last['note']}）",
            "en": f"{en}, counted again by {last['by']}: {last['note']}",
        }


class ForceCheckedOut(ForceEvent):
    type: ClassVar[str] = "force.checked_out"

    def text(self) -> dict[str, str]:
        last, n, name = self.record.counts[-1], self.record.missing, self.record.organisation
        zh_left, en_left = (f"，{n} 人下落不明", f", {n} unaccounted for") if n else ("", "")
        return {
            "zh": f"{name} 离开 {last['headcount']} 人（{last['by']} 清点）{zh_left}",
            "en": f"{name} left with {last['headcount']}, counted by {last['by']}{en_left}",
        }


class ForceAccounted(ForceEvent):
    """People who did not leave with their force are known of."""

    type: ClassVar[str] = "force.accounted"

    def text(self) -> dict[str, str]:
        last, n, name = self.record.counts[-1], self.record.missing, self.record.organisation
        zh_left, en_left = (f"，还有 {n} 人下落不明", f", {n} still unaccounted for") if n else ("", "")
        return {
            "zh": f"{name} 落实 {last['headcount']} 人：{last['note']}（{last['by']}）{zh_left}",
            "en": f"{name}: {last['headcount']} accounted for, {last['note']} ({last['by']}){en_left}",
        }


class ForceDeclined(ForceEvent):
    type: ClassVar[str] = "force.declined"

    def text(self) -> dict[str, str]:
        zh, en = self.who()
        one = self.record.declined or {}
        return {
            "zh": f"婉拒 {zh}：{one['reason']}；可去 {one['elsewhere']}",
            "en": f"{en} declined: {one['reason']}; may go to {one['elsewhere']}",
        }


class ForceWaiting(ForceEvent):
    """It checked in and nobody has given it work: a reminder, no state."""

    type: ClassVar[str] = "force.waiting"

    def text(self) -> dict[str, str]:
        zh, en = self.who()
        return {"zh": f"{zh} 报到后尚未编组", "en": f"{en} checked in, not assigned yet"}


class ForcePassed(ForceEvent):
    """Its incident has other parties now."""

    type: ClassVar[str] = "force.passed"

    def text(self) -> dict[str, str]:
        return {}
