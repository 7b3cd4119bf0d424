"""What response files take and say: heard by whoever sees the incident, teams excepted."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from command.core.queries import Wish
from command.core.records import Record, Time
from command.incidents.events import HangsOn


class Made(Wish):
    """What came of the work: the file's hash, its bytes, how many members, which key signed it, the last entry that it knows of."""

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    size: int = Field(ge=1)
    members: int = Field(ge=1)
    key_id: str = Field(pattern=r"^[0-9a-f]{64}$")
    upto: int = Field(ge=1)


class Step(Wish):
    """How far the work is: members written, of how many."""

    done: int = Field(ge=0)
    total: int = Field(ge=1)


class Failed(Wish):
    """Why the file could not be made, in both languages."""

    zh: str = Field(max_length=500)
    en: str = Field(max_length=500)


class ArchiveFileOut(Record):
    """The public state of one edition of a response file."""

    incident_id: str
    incident_number: str
    centre: str
    edition: int
    state: str
    asked_by: str
    asked_at: Time
    upto: int | None
    done: int
    total: int | None
    made_at: Time | None
    sha256: str | None
    size: int | None
    members: int | None
    key_id: str | None
    failed: dict[str, Any] | None


class ArchiveEvent(HangsOn):
    """Told in the incident's own room alone: an archived incident stands in no list, and neither does its file."""

    kind: ClassVar[str] = "archive_file"
    record: ArchiveFileOut

    def topics(self) -> frozenset[str]:
        return frozenset({f"incident:{self.record.incident_id}"})


class ArchiveAsked(ArchiveEvent):
    type: ClassVar[str] = "archive_file.asked"

    def text(self) -> dict[str, str]:
        n = self.record.edition
        return {"zh": f"生成事件档案（第 {n} 版）", "en": f"Response file asked for, edition {n}"}


class ArchiveStepped(ArchiveEvent):
    """How far it is: for the screens, no line of the timeline."""

    type: ClassVar[str] = "archive_file.stepped"

    def text(self) -> dict[str, str]:
        return {}


class ArchiveReplaced(ArchiveStepped):
    """A newer edition is asked for; this one stays."""

    type: ClassVar[str] = "archive_file.replaced"


class ArchiveMade(ArchiveEvent):
    type: ClassVar[str] = "archive_file.made"

    def text(self) -> dict[str, str]:
        one = self.record
        return {
            "zh": f"事件档案第 {one.edition} 版已生成并签名（SHA-256 {(one.sha256 or '')[:16]}…）",
            "en": f"Response file edition {one.edition} made and signed (SHA-256 {(one.sha256 or '')[:16]}…)",
        }


class ArchiveFailed(ArchiveEvent):
    type: ClassVar[str] = "archive_file.failed"

    def text(self) -> dict[str, str]:
        told = self.record.failed or {}
        return {
            "zh": f"事件档案未能生成：{told.get('zh', '')}",
            "en": f"The response file could not be made: {told.get('en', '')}",
        }
