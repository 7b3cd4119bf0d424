"""What contact takes and says."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar, Literal

from command.core.access import COUNTY
from command.core.events import Event
from command.core.records import Record, Time

SILENT = timedelta(seconds=60)
"""Without any duty desk on the line for so long, the contact is cut."""
ALARM = timedelta(minutes=4)
"""Without contact for so long, the county is alarmed."""


class LinkOut(Record):
    """The contact with a township; `last_at` is when it was heard at the last change of the state."""

    state: Literal["up", "cut", "never"]
    last_at: Time | None


class LinkEvent(Event):
    """Heard by the county. `said`: the township's name."""

    kind: ClassVar[str] = "link"
    record: LinkOut

    def topics(self) -> frozenset[str]:
        return frozenset({COUNTY})


class LinkUp(LinkEvent):
    type: ClassVar[str] = "link.up"

    def text(self) -> dict[str, str]:
        name = self.said.get("name", self.record.id)
        return {"zh": f"{name} 值班席在线", "en": f"{name}: duty desk on the line"}


class LinkCut(LinkEvent):
    type: ClassVar[str] = "link.cut"

    def text(self) -> dict[str, str]:
        name = self.said.get("name", self.record.id)
        return {"zh": f"{name} 联系中断", "en": f"{name}: out of contact"}
