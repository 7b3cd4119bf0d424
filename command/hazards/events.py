"""What happens to hazards: closed, typed, past tense; who hears it and the sentence of the timeline.

Hazards are many and seldom urgent, so they have rooms of their own: `hazards:<party>`. A desk that takes calls is not sent them
unless it asks; a team's own few go with its own topic.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from command.core import journal
from command.core.events import Event
from command.hazards.contract import HazardOut
from command.hazards.notice_contract import NoticeOut
from command.hazards.words import CLIMB, CLOSED_HOW, HAZARD_FLOW, LEVELS, NOTICES, STAGES

ROOM = "hazards:"


def rooms(parties: Iterable[str]) -> frozenset[str]:
    """Where parties hear of hazards."""
    return frozenset(one if one.startswith("team:") else f"{ROOM}{one}" for one in parties)


class OfHazard(Event):
    """Told in the rooms of its parties, and on the hazard's own topic, from which its timeline is read."""

    @property
    def thing(self) -> str:
        """The hazard that it is about."""
        return str(self.record.id)

    def topics(self) -> frozenset[str]:
        return rooms(self.parties) | {f"hazard:{self.thing}"}

    def changes(self) -> dict[str, int]:
        out = dict.fromkeys(self.topics(), journal.HEAR)
        out.update(dict.fromkeys(rooms(self.gained), journal.GAIN))
        out.update(dict.fromkeys(rooms(self.lost), journal.LOSE))
        return out


class HazardEvent(OfHazard):
    kind: ClassVar[str] = "hazard"
    record: HazardOut


class HazardReported(HazardEvent):
    type: ClassVar[str] = "hazard.reported"

    def text(self) -> dict[str, str]:
        return {"zh": f"上报：{self.record.title}", "en": f"Reported: {self.record.title}"}


class HazardEdited(HazardEvent):
    type: ClassVar[str] = "hazard.edited"

    def text(self) -> dict[str, str]:
        fields, reason = self.said.get("fields", []), self.said.get("reason")
        return {
            "zh": "更正：" + "、".join(word.zh for word in fields) + (f"（{reason}）" if reason else ""),
            "en": "Corrected: " + ", ".join(word.en for word in fields) + (f" ({reason})" if reason else ""),
        }


class HazardMoved(HazardEvent):
    """A step of the flow; what the step said stands behind it."""

    type: ClassVar[str] = "hazard.moved"

    def text(self) -> dict[str, str]:
        state = self.record.state
        zh, en = HAZARD_FLOW.zh[state], HAZARD_FLOW.en[state]
        if state == "graded" and self.record.level:
            level = LEVELS[self.record.level]
            zh, en = f"{zh}：{level.zh}", f"{en}: {level.en}"
        if state == "closed" and self.record.closed_how:
            how = CLOSED_HOW[self.record.closed_how]
            zh, en = f"{zh}：{how.zh}", f"{en}: {how.en}"
        more = self.said.get("more")
        if more:
            zh, en = f"{zh}，{more['zh']}", f"{en}, {more['en']}"
        reason = self.said.get("reason")
        return {"zh": zh + (f"（{reason}）" if reason else ""), "en": en + (f" ({reason})" if reason else "")}


class HazardPhotographed(HazardEvent):
    type: ClassVar[str] = "hazard.photo"

    def text(self) -> dict[str, str]:
        stage, text = STAGES[self.said["stage"]], self.said.get("text")
        return {
            "zh": f"照片：{stage.zh}" + (f"，{text}" if text else ""),
            "en": f"Photo: {stage.en}" + (f", {text}" if text else ""),
        }


class HazardClimbed(HazardEvent):
    """A date came near or passed: said to those who answer for it. It reminds, it decides nothing."""

    type: ClassVar[str] = "hazard.climbed"

    def text(self) -> dict[str, str]:
        word = CLIMB[(self.record.climb or {}).get("step", "late")]
        return {"zh": f"提醒：{word.zh}", "en": f"Reminder: {word.en}"}


class HazardLinked(HazardEvent):
    """A hazard and an incident belong together, or do not after all."""

    type: ClassVar[str] = "hazard.linked"

    def text(self) -> dict[str, str]:
        zh, en = self.said["zh"], self.said["en"]
        return {"zh": zh, "en": en}


class HazardPeopleErased(HazardEvent):
    """The key of the hazard's private rows was destroyed."""

    type: ClassVar[str] = "hazard.people_erased"

    def text(self) -> dict[str, str]:
        return {"zh": "个人信息已清除", "en": "Personal data erased"}


class NoticeEvent(OfHazard):
    kind: ClassVar[str] = "hazard_notice"
    record: NoticeOut

    @property
    def thing(self) -> str:
        return self.record.hazard_id


class NoticeDrafted(NoticeEvent):
    type: ClassVar[str] = "hazard_notice.drafted"

    def text(self) -> dict[str, str]:
        word = NOTICES[self.record.kind]
        return {"zh": f"拟稿：{word.zh}（须署名签发）", "en": f"Drafted: {word.en} (needs a named signature)"}


class NoticeSigned(NoticeEvent):
    type: ClassVar[str] = "hazard_notice.signed"

    def text(self) -> dict[str, str]:
        word, who = NOTICES[self.record.kind], f"{self.record.signed_post} {self.record.signed_name}"
        return {"zh": f"签发{word.zh}：{who}", "en": f"{word.en} signed by {who}"}


class NoticeDropped(NoticeEvent):
    type: ClassVar[str] = "hazard_notice.dropped"

    def text(self) -> dict[str, str]:
        word, reason = NOTICES[self.record.kind], self.record.reason
        return {"zh": f"{word.zh}不予签发（{reason}）", "en": f"{word.en} not signed ({reason})"}
