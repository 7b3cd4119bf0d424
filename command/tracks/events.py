"""What happens on tracks. It is heard in a room of the incident's own, `tracks:<incident>`, by those who may read tracks: no wall
hears it, and no screen that did not ask. No event has a name in it."""

from __future__ import annotations

from typing import Any, ClassVar

from command.core.events import Event
from command.tracks.contract import CareOut, FamilyOut, OpinionOut, StatementOut, TrackOut
from command.tracks.words import (
    CARE_GROUPS,
    CARE_STATES,
    OPINION_STATES,
    SIDES,
    STATEMENT_STATES,
    TRACK_STATES,
    TRACKS,
)

ROOM = "tracks:"


class OnTracks(Event):
    """Told in the room of its incident."""

    def topics(self) -> frozenset[str]:
        return frozenset({f"{ROOM}{self.record.incident_id}"})


def _both(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


class TrackSet(OnTracks):
    type: ClassVar[str] = "track.set"
    kind: ClassVar[str] = "track"
    record: TrackOut

    def text(self) -> dict[str, str]:
        sort, state = TRACKS[self.record.sort], TRACK_STATES[self.record.state]
        why = self.said.get("reason")
        return _both(
            f"{sort.zh}：{state.zh}" + (f"（{why}）" if why else ""),
            f"{sort.en}: {state.en.lower()}" + (f" ({why})" if why else ""),
        )


class TrackLate(TrackSet):
    """Its date has passed."""

    type: ClassVar[str] = "track.late"

    def text(self) -> dict[str, str]:
        sort = TRACKS[self.record.sort]
        return _both(f"{sort.zh}已过时限", f"{sort.en}: past its date")


class OpinionEvent(OnTracks):
    kind: ClassVar[str] = "opinion"
    record: OpinionOut


class OpinionNoted(OpinionEvent):
    type: ClassVar[str] = "opinion.noted"

    def text(self) -> dict[str, str]:
        one = self.record
        return _both(f"舆情（{one.seen_where}）：{one.claim}", f"Seen ({one.seen_where}): {one.claim}")


class OpinionEdited(OpinionEvent):
    type: ClassVar[str] = "opinion.edited"

    def text(self) -> dict[str, str]:
        return _both("舆情信息更新", "An opinion item was brought up to date")


class OpinionSettled(OpinionEvent):
    type: ClassVar[str] = "opinion.settled"

    def text(self) -> dict[str, str]:
        word, said = OPINION_STATES[self.record.state], self.said["text"]
        return _both(f"舆情{word.zh}：{said}", f"{word.en}: {said}")


class OpinionLate(OpinionEvent):
    """Nobody has answered by the time."""

    type: ClassVar[str] = "opinion.late"

    def text(self) -> dict[str, str]:
        return _both("舆情回应已过时限", "An opinion item is not answered in time")


class StatementEvent(OnTracks):
    kind: ClassVar[str] = "statement"
    record: StatementOut


class StatementDrafted(StatementEvent):
    type: ClassVar[str] = "statement.drafted"

    def text(self) -> dict[str, str]:
        return _both(f"起草声明 {self.record.number}", f"Statement {self.record.number} drafted")


class StatementEdited(StatementEvent):
    type: ClassVar[str] = "statement.edited"

    def text(self) -> dict[str, str]:
        return _both(f"声明 {self.record.number} 修改，须重新审批", f"Statement {self.record.number} changed")


class StatementApproved(StatementEvent):
    """One of the two sides approved."""

    type: ClassVar[str] = "statement.approved"

    def text(self) -> dict[str, str]:
        side, number = SIDES[self.said["side"]], self.record.number
        word = self.record.approvals[self.said["side"]].get("spoken")
        if not word:
            return _both(f"{side.zh}批准声明 {number}", f"{side.en} approved {number}")
        return _both(
            f"{side.zh}{word['post']}{word['person']}口头批准声明 {number}（{word['channel']}）・代录",
            f"{side.en} approved {number} by word of {word['post']} {word['person']} ({word['channel']}), recorded",
        )


class StatementConfirmed(StatementEvent):
    """Whose spoken word it was confirms it."""

    type: ClassVar[str] = "statement.confirmed"

    def text(self) -> dict[str, str]:
        by, number = self.said["by"], self.record.number
        return _both(f"{by}确认口头批准声明 {number}", f"{by} confirmed the word on {number}")


class StatementDisputed(StatementEvent):
    """Whose word was recorded says that it was not so: the duty office is called."""

    type: ClassVar[str] = "statement.disputed"

    def text(self) -> dict[str, str]:
        by, number = self.said["by"], self.record.number
        return _both(f"{by}对声明 {number} 的口头批准提出有出入", f"{by} disputes the word on {number}")


class StatementMoved(StatementEvent):
    type: ClassVar[str] = "statement.moved"

    def text(self) -> dict[str, str]:
        word, why = STATEMENT_STATES[self.record.state], self.record.reason
        return _both(
            f"声明 {self.record.number}：{word.zh}（{why}）",
            f"{self.record.number}: {word.en.lower()} ({why})",
        )


class StatementPublished(StatementEvent):
    """A person published it, and says where."""

    type: ClassVar[str] = "statement.published"

    def text(self) -> dict[str, str]:
        one: dict[str, Any] = self.record.published[-1]
        return _both(
            f"声明 {self.record.number} 由{one['by']}发布于{one['where']}",
            f"{self.record.number} published by {one['by']}: {one['where']}",
        )


class StatementWeighed(StatementEvent):
    """The figures to report are other than its own, or again the same."""

    type: ClassVar[str] = "statement.weighed"

    def text(self) -> dict[str, str]:
        number = self.record.number
        if self.record.stale_since is None:
            return _both(f"声明 {number} 数字与报出数一致", f"{number}: its figures are those reported")
        return _both(f"报出数已变，声明 {number} 数字过时", f"{number}: its figures are out of date")


class FamilyEvent(OnTracks):
    kind: ClassVar[str] = "family"
    record: FamilyOut
    zh: ClassVar[str]
    en: ClassVar[str]

    def text(self) -> dict[str, str]:
        return _both(f"家属{self.record.number}：{self.zh}", f"Family {self.record.number}: {self.en}")


class FamilyOpened(FamilyEvent):
    type: ClassVar[str] = "family.opened"
    zh: ClassVar[str] = "已定对接人"
    en: ClassVar[str] = "a liaison was named"

    def text(self) -> dict[str, str]:
        if self.record.state != "held":
            return super().text()
        number = self.record.number
        return _both(f"姓名{number}：登记，暂不公布", f"Name {number}: held back")


class FamilyEdited(FamilyEvent):
    type: ClassVar[str] = "family.edited"
    zh: ClassVar[str] = "对接信息更新"
    en: ClassVar[str] = "brought up to date"


class FamilyTold(FamilyEvent):
    type: ClassVar[str] = "family.told"
    zh: ClassVar[str] = "已通报情况"
    en: ClassVar[str] = "was told how things stand"


class FamilyNotified(FamilyEvent):
    type: ClassVar[str] = "family.notified"
    zh: ClassVar[str] = "家属已告知"
    en: ClassVar[str] = "has been notified"


class FamilyClosed(FamilyEvent):
    type: ClassVar[str] = "family.closed"
    zh: ClassVar[str] = "对接结束"
    en: ClassVar[str] = "contact ended"


class FamilyLate(FamilyEvent):
    """Nothing was said to it for too long."""

    type: ClassVar[str] = "family.late"
    zh: ClassVar[str] = "久未通报"
    en: ClassVar[str] = "not told for too long"


class CareEvent(OnTracks):
    kind: ClassVar[str] = "care_case"
    record: CareOut

    def text(self) -> dict[str, str]:
        group, state = CARE_GROUPS[self.record.group], CARE_STATES[self.record.state]
        return _both(
            f"心理援助{self.record.number}（{group.zh}）：{state.zh}，{len(self.record.sessions)} 次",
            f"Care {self.record.number} ({group.en.lower()}): {state.en.lower()}, {len(self.record.sessions)} sessions",
        )


class CareOpened(CareEvent):
    type: ClassVar[str] = "care.opened"


class CareHeld(CareEvent):
    """A session was held."""

    type: ClassVar[str] = "care.held"


class CareChanged(CareEvent):
    type: ClassVar[str] = "care.changed"


class CareLate(CareEvent):
    """The next session was due."""

    type: ClassVar[str] = "care.late"
