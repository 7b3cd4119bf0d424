"""Reading instructions: their public form, who may see them, where they stand, those of an incident, response or warning."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.orm import Session

from command.core.access import Actor, audiences, heard_by, permission
from command.core.errors import Invalid
from command.core.queries import View, Wish, query
from command.core.records import Criterion, RecordType, public, record
from command.incidents.queries import is_party, of_incident
from command.instructions.contract import InstructionOut
from command.instructions.models import Instruction
from command.instructions.words import OWED

READ = permission("instruction.read", "see instructions of one's scope", "查看本单位的指令事项")


def show_instructions(session: Session, rows: Sequence[Instruction]) -> list[InstructionOut]:
    """Instructions as the public sees them."""
    heard = audiences(session, "instruction", [row.id for row in rows])
    return [public(InstructionOut, row, audience=heard[row.id]) for row in rows]


def instruction_visible(actor: Actor) -> Criterion:
    """SQL: the actor is in the instruction's audience."""
    return sa.true() if actor.system else heard_by("instruction", Instruction.id, actor.parties)


def _topic(topic: str) -> Criterion | None:
    if topic.startswith("incident:"):
        return sa.and_(Instruction.live, Instruction.incident_id == topic.removeprefix("incident:"))
    if not is_party(topic) or topic.startswith("team:"):
        return None
    return sa.and_(Instruction.live, heard_by("instruction", Instruction.id, [topic]))


def _before(text: str) -> Criterion:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise Invalid("due_before: a time with its zone", zh="due_before 须为带时区的时间")
    return sa.and_(Instruction.due_at < at, Instruction.state.in_(OWED))


INSTRUCTIONS = record(
    RecordType(
        "instruction",
        Instruction,
        InstructionOut,
        show_instructions,
        visible=instruction_visible,
        in_topic=_topic,
        path="instructions",
        needs=READ,
        order=(Instruction.id,),
        filters={
            "state": lambda v: Instruction.state.in_(v.split(",")),
            "to": lambda v: Instruction.to_centre == v,
            "from": lambda v: Instruction.from_centre == v,
            "incident_id": lambda v: of_incident(Instruction.incident_id, v),
            "response_id": lambda v: Instruction.response_id == v,
            "warning_id": lambda v: Instruction.warning_id == v,
            "urgency": lambda v: Instruction.urgency.in_(v.split(",")),
            "due_before": _before,
            "live": lambda v: Instruction.live == (v in ("true", "1")),
        },
    )
)


class Of(Wish):
    """Of which incident, response or warning: one of them, or several."""

    incident_id: str | None = Field(None, max_length=36)
    response_id: str | None = Field(None, max_length=36)
    warning_id: str | None = Field(None, max_length=36)


@query("instructions.of", wish=Of, needs=READ)
def of(view: View, wish: Of) -> list[InstructionOut]:
    """The instructions of an incident, a response or a warning that the asker may see, ended ones too. For other slices."""
    given = {name: value for name, value in wish.model_dump().items() if value is not None}
    if not given:
        raise Invalid(
            "incident_id, response_id or warning_id: one of them", zh="须给出事件、响应或预警其中之一"
        )
    named = [
        of_incident(Instruction.incident_id, value)
        if name == "incident_id"
        else getattr(Instruction, name) == value
        for name, value in given.items()
    ]
    chosen = sa.select(Instruction).where(instruction_visible(view.actor), *named).order_by(Instruction.id)
    rows: Sequence[Any] = view.session.execute(chosen).scalars().all()
    return show_instructions(view.session, rows)
