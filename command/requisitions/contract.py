"""What requisitions take and tell. Whose the thing is stands in no record: name and number are sealed."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from command.core.events import Event
from command.core.queries import Moment, Wish
from command.core.records import Record, Time
from command.requisitions.words import SETTLEMENTS

Short = Annotated[str, Field(min_length=1, max_length=80)]
Line = Annotated[str, Field(min_length=1, max_length=500)]
Yuan = Annotated[float, Field(ge=0, le=1e9)]


class Take(Wish):
    """A thing is taken for an incident: what, from whom, who decided it by which paper; `worth_yuan`: its worth, if it was agreed."""

    sort: Literal["vehicle", "equipment", "site", "supplies", "other"]
    what: Short
    quantity: float = Field(1, gt=0, le=1e6)
    unit: str = Field("件", min_length=1, max_length=12)
    owner_kind: Literal["person", "organisation"]
    owner: Short
    owner_phone: Annotated[str, Field(pattern=r"^[0-9+\- ]{3,20}$")] | None = None
    authority: Short
    basis: Short | None = None
    worth_yuan: Yuan | None = None
    note: Line | None = None
    at: Moment | None = None


class GiveBack(Wish):
    """It goes back, intact or damaged, to whom; or it is lost (毁损、灭失) and why."""

    condition: Literal["intact", "damaged", "lost"]
    received_by: Short | None = None
    note: Line | None = None
    at: Moment | None = None


class Settle(Wish):
    """What the owner was paid by which paper, or that the owner waived it in writing. Zero is no payment."""

    how: Literal["paid", "waived"]
    amount_yuan: Annotated[float, Field(gt=0, le=1e9)] | None = None
    paper: Short
    at: Moment | None = None


class Cancel(Wish):
    """It was entered by mistake, and why."""

    reason: Line


class RequisitionOut(Record):
    """One thing that was requisitioned. `owner`: {id, commitment} of what is sealed; `given_back`: {at, by, condition, received_by,
    note}; `settled`: {at, by, how, amount_yuan, paper}."""

    number: str
    incident_id: str
    centre: str
    sort: str
    what: str
    quantity: float
    unit: str
    owner_kind: str
    owner: dict[str, Any]
    authority: str
    basis: str | None
    worth_yuan: float | None
    note: str | None
    taken_by: str
    taken_at: Time
    state: str
    given_back: dict[str, Any] | None
    settled: dict[str, Any] | None
    reason: str | None


class RequisitionEvent(Event):
    """Heard in the incident's own room by who sees it as a whole."""

    kind: ClassVar[str] = "requisition"
    record: RequisitionOut

    def topics(self) -> frozenset[str]:
        return frozenset({f"incident:{self.record.incident_id}"})

    def thing(self) -> str:
        """What it is, with its number."""
        one = self.record
        return f"{one.what} {one.quantity:g}{one.unit}（{one.number}）"

    def thing_en(self) -> str:
        """The same in an English sentence."""
        one = self.record
        return f"{one.what} ×{one.quantity:g} ({one.number})"


class RequisitionTaken(RequisitionEvent):
    type: ClassVar[str] = "requisition.taken"

    def text(self) -> dict[str, str]:
        by = self.record.authority
        return {
            "zh": f"征用{self.thing()}，{by}决定",
            "en": f"Requisitioned: {self.thing_en()}, by decision of {by}",
        }


class RequisitionReturned(RequisitionEvent):
    type: ClassVar[str] = "requisition.returned"

    def text(self) -> dict[str, str]:
        damaged = (self.record.given_back or {}).get("condition") == "damaged"
        zh, en = ("，有损坏", ", damaged") if damaged else ("，完好", ", intact")
        return {"zh": f"返还征用的{self.thing()}{zh}", "en": f"Returned: {self.thing_en()}{en}"}


class RequisitionLost(RequisitionEvent):
    type: ClassVar[str] = "requisition.lost"

    def text(self) -> dict[str, str]:
        return {
            "zh": f"征用的{self.thing()}毁损、灭失，应予补偿",
            "en": f"Lost or destroyed: {self.thing_en()}, to be compensated",
        }


class RequisitionSettled(RequisitionEvent):
    type: ClassVar[str] = "requisition.settled"

    def text(self) -> dict[str, str]:
        one = self.record.settled or {}
        word = SETTLEMENTS[one["how"]]
        return {
            "zh": f"征用的{self.thing()}{word.zh}（{one['paper']}）",
            "en": f"{self.thing_en()}: {word.en.lower()} ({one['paper']})",
        }


class RequisitionCancelled(RequisitionEvent):
    type: ClassVar[str] = "requisition.cancelled"

    def text(self) -> dict[str, str]:
        why = self.record.reason
        return {
            "zh": f"{self.thing()}误登，已销（{why}）",
            "en": f"{self.thing_en()} was entered by mistake ({why})",
        }
