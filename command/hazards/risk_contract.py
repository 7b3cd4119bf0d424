"""Risk points: what the register takes and tells."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from command.core import journal
from command.core.events import Event
from command.core.faults import Wrong
from command.core.queries import Wish
from command.core.records import Record
from command.core.store.spatial import Point
from command.hazards.contract import Type, check_item
from command.hazards.lec import Lec
from command.hazards.words import COLOURS

Colour = Literal["red", "orange", "yellow", "blue"]
Control = Literal["county", "township", "unit", "post"]


class RiskBody(Wish):
    """What may be said of a risk point."""

    name: str | None = Field(None, min_length=1, max_length=120)
    type: Type | None = None
    item: str | None = Field(None, max_length=24)
    colour: Colour | None = None
    lec: Lec | None = None
    location: Point | None = None
    village_code: str | None = Field(None, pattern=r"^\d{12}$")
    place_text: str | None = Field(None, max_length=200)
    harm: str | None = Field(None, max_length=500)
    controls: str | None = Field(None, max_length=2000)
    control_level: Control | None = None
    answers_centre: str | None = Field(None, pattern=r"^\d{6}(\d{3}(\d{3})?)?(-[a-z]+)?$")
    answers: str | None = Field(None, max_length=120)


class RegisterRisk(RiskBody):
    """A new risk point: what, where, which colour (or the LEC that gives it)."""

    name: str = Field(min_length=1, max_length=120)
    type: Type
    centre: str | None = Field(None, pattern=r"^\d{6}(\d{3})?$")

    @model_validator(mode="after")
    def _whole(self) -> RegisterRisk:
        if self.colour is None and self.lec is None:
            raise Wrong("colour or lec: how grave it is", "请给出风险颜色或 LEC")
        if self.location is None and self.village_code is None and self.centre is None:
            raise Wrong(
                "location, village_code or centre: one of them is needed", "位置、村、乡镇至少要有一项"
            )
        check_item(self.type, self.item)
        return self


class EditRisk(RiskBody):
    """Corrections; what is absent stays."""


class RiskOut(Record):
    """A risk point."""

    name: str
    type: str
    item: str | None
    colour: str
    lec: dict[str, Any] | None
    centre: str
    location: dict[str, Any] | None
    village_code: str | None
    place_text: str | None
    harm: str | None
    controls: str | None
    control_level: str
    answers_centre: str | None
    answers: str | None
    synthetic: bool


ROOM = "risks:"
"""The register is long and seldom urgent: it is heard in rooms of its own, `risks:<party>`, by whoever asks."""


def parties_of(centre: str, answers_centre: str | None) -> frozenset[str]:
    """Whose a risk point is to know: the county, its township, and the centre that answers for it."""
    return frozenset(
        {"county", f"centre:{centre}", *([f"centre:{answers_centre}"] if answers_centre else [])}
    )


class RiskEvent(Event):
    """Told in the rooms of its parties, and on its own topic, which map layers and timelines follow."""

    kind: ClassVar[str] = "risk_point"
    record: RiskOut

    def topics(self) -> frozenset[str]:
        return frozenset({f"risk_point:{self.record.id}", *(ROOM + party for party in self.parties)})

    def changes(self) -> dict[str, int]:
        out = dict.fromkeys(self.topics(), journal.HEAR)
        out.update(dict.fromkeys((ROOM + party for party in self.gained), journal.GAIN))
        out.update(dict.fromkeys((ROOM + party for party in self.lost), journal.LOSE))
        return out


class RiskRegistered(RiskEvent):
    type: ClassVar[str] = "risk_point.registered"

    def text(self) -> dict[str, str]:
        word = COLOURS[self.record.colour]
        return {
            "zh": f"风险点：{self.record.name}（{word.zh}）",
            "en": f"Risk point: {self.record.name} ({word.en})",
        }


class RiskEdited(RiskRegistered):
    type: ClassVar[str] = "risk_point.edited"


class RiskWithdrawn(RiskEvent):
    type: ClassVar[str] = "risk_point.withdrawn"

    def text(self) -> dict[str, str]:
        return {"zh": f"风险点撤销：{self.record.name}", "en": f"Risk point struck off: {self.record.name}"}
