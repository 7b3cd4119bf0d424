"""What watching a camera takes and says: a purpose first, and then for some minutes."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field, model_validator

from command.core.events import Event
from command.core.faults import Wrong
from command.core.queries import Wish
from command.core.records import Record, Time
from command.places.cameras.words import PURPOSES

Purpose = Literal["incident", "verify", "search", "weather", "traffic", "fault", "drill", "other"]


class View(Wish):
    """Why somebody wants to watch. `note` is sealed: it may name people."""

    purpose: Purpose
    note: str | None = Field(None, min_length=1, max_length=200)
    incident_id: str | None = Field(None, max_length=36)

    @model_validator(mode="after")
    def _said(self) -> View:
        if self.purpose == "other" and not self.note:
            raise Wrong("note: say which other purpose", "用途为“其他”时须写明")
        if self.purpose == "incident" and self.incident_id is None:
            raise Wrong("incident_id: which incident is handled", "用途为“事件处置”时须指明事件")
        return self


class ViewingOut(Record):
    """Somebody watches a camera until `until`; `note`: a commitment to what was written of the purpose."""

    camera_id: str
    camera_name: str
    centre: str
    purpose: str
    note: str | None
    incident_id: str | None
    by: str
    by_id: str
    begun_at: Time
    until: Time
    prolonged: int
    ended_at: Time | None


class ViewingEvent(Event):
    """Written down under the camera, and sent to no screen: who watches what is for those who look after it."""

    kind: ClassVar[str] = "camera_viewing"
    record: ViewingOut

    def topics(self) -> frozenset[str]:
        return frozenset({f"camera:{self.record.camera_id}"})

    def _told(self, zh: str, en: str) -> dict[str, str]:
        word, name = PURPOSES[self.record.purpose], self.record.camera_name
        return {"zh": f"{zh} {name}（{word.zh}）", "en": f"{en} {name} ({word.en.lower()})"}


class ViewingBegun(ViewingEvent):
    type: ClassVar[str] = "camera_viewing.begun"

    def text(self) -> dict[str, str]:
        return self._told("调看摄像头", "Watching camera")


class ViewingProlonged(ViewingEvent):
    type: ClassVar[str] = "camera_viewing.prolonged"

    def text(self) -> dict[str, str]:
        return self._told("延长调看", "Watching on, camera")


class ViewingEnded(ViewingEvent):
    type: ClassVar[str] = "camera_viewing.ended"

    def text(self) -> dict[str, str]:
        return self._told("结束调看", "No longer watching camera")
