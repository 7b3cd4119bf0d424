"""What a shift hands over of instructions: what it gave and nobody has accepted, done or verified; what it owes itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from command.core.access import heard_by
from command.core.matters import Matters, matter
from command.core.queries import View, query
from command.instructions.models import Instruction
from command.instructions.words import INSTRUCTION_FLOW, OWED

WAITING = frozenset({"draft", "issued", "returned", "done"})
"""Of what was given, this waits for somebody; what is under way in time does not."""


@query("instructions.matters", wish=Matters)
def matters(view: View, wish: Matters) -> list[dict[str, Any]]:
    """The open instructions that a centre gave or owes, what is due first; what is due at no time comes last."""
    mine = heard_by("instruction", Instruction.id, [wish.party])
    ours = sa.or_(Instruction.from_centre == wish.centre, Instruction.to_centre == wish.centre)
    wanted = sa.select(Instruction).where(Instruction.live, mine, ours)
    rows: Sequence[Instruction] = view.session.execute(wanted.order_by(Instruction.id)).scalars().all()
    left = [row for row in rows if _open(row, wish.centre)]
    left.sort(key=lambda row: (row.due_at is None, row.due_at or row.created_at, row.id))
    return [
        matter("instruction", ("instruction", row.id), _said(row), row.issued_at or row.created_at, _due(row))
        for row in left
    ]


def _open(row: Instruction, centre: str) -> bool:
    owes = row.to_centre == centre and row.state in OWED
    gave = row.from_centre == centre and (row.state in WAITING or bool(row.late.get("done")))
    return owes or gave


def _due(row: Instruction) -> Any:
    return row.accept_due_at if row.state == "issued" else row.due_at


def _said(row: Instruction) -> tuple[str, str]:
    late = row.late.get("accept") if row.state == "issued" else row.late.get("done")
    zh, en = INSTRUCTION_FLOW.zh[row.state], INSTRUCTION_FLOW.en[row.state].lower()
    pressed = any(one["answered_at"] is None for one in row.supervised)
    marks = [("超时", "late")] * bool(late) + [("督办", "pressed")] * pressed
    return (
        f"{row.to_name}（{'，'.join([zh, *(one for one, _ in marks)])}）：{row.text}",
        f"{row.to_name} ({', '.join([en, *(one for _, one in marks)])}): {row.text}",
    )
