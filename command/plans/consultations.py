"""Consultations (会商, 突发事件应对法 art. 62): who took part, what each said, what was concluded. Corrected, never erased."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Literal

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.orm import Session

from command.core import clock
from command.core.access import COUNTY, Actor, audiences, centre_party, heard_by, permission, set_audience
from command.core.actions import AHEAD, Tx, action
from command.core.errors import Forbidden, Invalid, NotFound
from command.core.events import Event
from command.core.numbering import next_number
from command.core.queries import Moment, Wish
from command.core.records import Criterion, Record, RecordType, Time, public, record
from command.incidents.queries import INCIDENTS
from command.plans.models import Consultation
from command.plans.queries import READ
from command.plans.response_queries import RESPONSES

WRITE = permission("consultation.write", "record consultations", "记录会商")
MARK, ROOM = "HS", "consultations:"


class Attended(Wish):
    """Who took part, for which house, in which post."""

    name: str = Field(min_length=1, max_length=60)
    house: str | None = Field(None, min_length=1, max_length=60)
    post: str | None = Field(None, min_length=1, max_length=60)


class Opinion(Wish):
    """What somebody said."""

    name: str = Field(min_length=1, max_length=60)
    text: str = Field(min_length=1, max_length=2000)


class RecordConsultation(Wish):
    """A consultation on a response, an incident, or a matter by itself."""

    topic: str = Field(min_length=1, max_length=200)
    held_at: Moment | None = None
    how: Literal["room", "video", "phone"] = "room"
    chair: str = Field(min_length=1, max_length=60)
    attended: list[Attended] = Field(min_length=1, max_length=100)
    opinions: list[Opinion] = Field(default=[], max_length=100)
    conclusion: str = Field(min_length=1, max_length=4000)
    response_id: str | None = Field(None, max_length=36)
    incident_id: str | None = Field(None, max_length=36)


class CorrectConsultation(Wish):
    """Other words for what was said or concluded; the words before stay beside."""

    opinions: list[Opinion] | None = Field(None, max_length=100)
    conclusion: str | None = Field(None, min_length=1, max_length=4000)
    reason: str = Field(min_length=1, max_length=500)


class ConsultationOut(Record):
    """A consultation as those see it whom it concerns."""

    number: str
    centre: str
    response_id: str | None
    incident_id: str | None
    topic: str
    held_at: Time
    how: str
    chair: str
    attended: list[dict[str, Any]]
    opinions: list[dict[str, Any]]
    conclusion: str
    recorded_by: str
    earlier: list[dict[str, Any]]
    audience: list[str]


class ConsultationEvent(Event):
    """Told in rooms of their own, to its house and the county alone: opinions are spoken freely, and a screen reads them when it
    shows them. What was concluded goes out as instructions."""

    kind: ClassVar[str] = "consultation"
    record: ConsultationOut

    def topics(self) -> frozenset[str]:
        return frozenset(f"{ROOM}{party}" for party in self.record.audience)


class ConsultationRecorded(ConsultationEvent):
    type: ClassVar[str] = "consultation.recorded"

    def text(self) -> dict[str, str]:
        one = self.record
        return {
            "zh": f"会商（{one.chair}主持）：{one.topic}；结论：{one.conclusion}",
            "en": f"Consultation ({one.chair}): {one.topic}; {one.conclusion}",
        }


class ConsultationCorrected(ConsultationEvent):
    type: ClassVar[str] = "consultation.corrected"

    def text(self) -> dict[str, str]:
        reason = self.record.earlier[-1]["reason"]
        return {"zh": f"更正会商记录（{reason}）", "en": f"Consultation corrected ({reason})"}


def _show(session: Session, rows: Sequence[Consultation]) -> list[ConsultationOut]:
    heard = audiences(session, "consultation", [row.id for row in rows])
    return [public(ConsultationOut, row, audience=heard[row.id]) for row in rows]


def _visible(actor: Actor) -> Criterion:
    return sa.true() if actor.system else heard_by("consultation", Consultation.id, actor.parties)


CONSULTATIONS = record(
    RecordType(
        "consultation",
        Consultation,
        ConsultationOut,
        _show,
        visible=_visible,
        path="consultations",
        needs=READ,
        order=(Consultation.id,),
        filters={
            "incident_id": lambda v: Consultation.incident_id == v,
            "response_id": lambda v: Consultation.response_id == v,
        },
    )
)


@action(
    "consultation.record", wish=RecordConsultation, needs=WRITE, http="POST /consultations", status=201, output=ConsultationOut
)  # fmt: skip
def write_down(tx: Tx, wish: RecordConsultation) -> ConsultationOut:
    """Write down a consultation; its house and the county read it."""
    for kind, thing in ((RESPONSES, wish.response_id), (INCIDENTS, wish.incident_id)):
        _seen(tx, kind, thing)
    if wish.held_at is not None and wish.held_at > tx.received_at + AHEAD:
        raise Invalid("held_at: in the past", zh="会商时间不能晚于此刻")
    centre = tx.actor.centre[:9] if "-" not in tx.actor.centre else tx.actor.centre
    row = tx.add(
        Consultation(
            number=next_number(tx, MARK, centre), centre=centre, response_id=wish.response_id, incident_id=wish.incident_id,
            topic=wish.topic, held_at=wish.held_at or tx.at, how=wish.how, chair=wish.chair,
            attended=[one.model_dump() for one in wish.attended], opinions=[one.model_dump() for one in wish.opinions],
            conclusion=wish.conclusion, recorded_by=tx.actor.name, earlier=[], live=True,
        )
    )  # fmt: skip
    heard = {COUNTY, centre_party(centre)} - {centre_party(tx.node[:6])}
    set_audience(tx.session, "consultation", row.id, heard, fresh=True)
    shown = tx.show(CONSULTATIONS, row)
    tx.say(ConsultationRecorded(record=shown))
    return shown


def _seen(tx: Tx, kind: RecordType[Any, Any], thing: str | None) -> None:
    if thing is None:
        return
    try:
        tx.find(kind, thing)
    except NotFound:
        raise Invalid(f"{kind.kind}_id: there is none", zh="没有这起事件或响应") from None


@action(
    "consultation.correct",
    wish=CorrectConsultation,
    needs=WRITE,
    target="consultation",
    http="PATCH /consultations/{id}",
    output=ConsultationOut,
    version="required",
)
def correct(tx: Tx, row: Consultation, wish: CorrectConsultation) -> ConsultationOut:
    """Correct what was written down; the words before stay."""
    if tx.actor.centre != row.centre and not tx.actor.system:
        raise Forbidden("Who wrote it down corrects it", zh="由记录单位更正")
    before = {"opinions": row.opinions, "conclusion": row.conclusion, "reason": wish.reason}
    row.earlier = [*row.earlier, {**before, "by": tx.actor.name, "at": clock.wire(tx.at)}]
    if wish.opinions is not None:
        row.opinions = [one.model_dump() for one in wish.opinions]
    row.conclusion = wish.conclusion or row.conclusion
    tx.touch(row)
    shown = tx.show(CONSULTATIONS, row)
    tx.say(ConsultationCorrected(record=shown))
    return shown
