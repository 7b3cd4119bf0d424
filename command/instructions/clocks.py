"""The clocks of an instruction: until when it must be accepted and done, the mark 超时 when a time passes, and its alarms.

Lateness is a mark beside the state. It stays, unless somebody enters afterwards what was said by telephone in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy.orm import Session

from command.core import clock, due
from command.core.access import COUNTY, centre_party
from command.core.actions import Tx, action
from command.core.settings import setting
from command.instructions.contract import InstructionLate, InstructionOut
from command.instructions.models import Instruction
from command.instructions.queries import INSTRUCTIONS
from command.instructions.words import OWED, URGENCIES

LOOK = "instruction.look"
# Causes of its alarms: it came in, nobody accepted it, it is not done, a leader presses.
FRESH, UNACCEPTED, OVERDUE, PRESSED = "instruction:", "unaccepted:", "instruction_late:", "supervised:"
Minutes = Annotated[int, Field(ge=1, le=1440)]
ACCEPT_MIN: dict[str, Any] = {
    code: setting(
        f"instruction.accept_min.{code}", Minutes, one.accept_min,
        zh=f"指令签收时限（{one.zh}）", en=f"Instruction ({one.en}): accept within", unit="min",
    )
    for code, one in URGENCIES.items()
}  # fmt: skip


def times_due(row: Instruction) -> Iterator[tuple[datetime, str]]:
    """What passes next: acceptance, the work."""
    if row.state == "issued" and row.accept_due_at is not None and not row.late.get("accept"):
        yield row.accept_due_at, "accept"
    if row.state in OWED and row.due_at is not None and not row.late.get("done"):
        yield row.due_at, "done"


def promise(session: Session, row: Instruction) -> None:
    """One promise for each instruction whose time runs; none for the others."""
    coming = min(times_due(row), default=None)
    if coming is None:
        due.call_off(session, row.world, f"{LOOK}:{row.id}")
    else:
        due.promise(session, row.world, coming[0], LOOK, {"id": row.id}, f"{LOOK}:{row.id}")


@action(LOOK, target="instruction", inner=True, output=InstructionOut)
def look(tx: Tx, row: Instruction, wish: object) -> InstructionOut:
    """Mark what is late by now, each once, and raise its alarm."""
    for at, what in sorted(times_due(row)):
        if at <= tx.now:
            row.late = {**row.late, what: clock.wire(at)}
            tx.touch(row)
            tx.say(InstructionLate(record=tx.show(INSTRUCTIONS, row), said={"what": what}))
            _alarm(tx, row, what)
    promise(tx.session, row)
    return tx.show(INSTRUCTIONS, row)


def _alarm(tx: Tx, row: Instruction, what: str) -> None:
    if what == "accept":
        clear(tx, row, FRESH)
        title = {"zh": f"指令超时未签收・{row.to_name}", "en": f"Instruction not accepted: {row.to_name}"}
        raise_(tx, row, UNACCEPTED, URGENCIES[row.urgency].unaccepted, title, both=True)
    else:
        title = {"zh": f"指令超时未完成・{row.to_name}", "en": f"Instruction overdue: {row.to_name}"}
        raise_(tx, row, OVERDUE, URGENCIES[row.urgency].overdue, title, both=True)


def raise_(
    tx: Tx, row: Instruction, cause: str, rank: int, title: dict[str, str], *, both: bool, text: str = ""
) -> None:
    """An alarm at the receiver's desk, or at both. It names no incident: who sees that has no part in it."""
    heard = {centre_party(row.to_centre)}
    if both:
        heard |= {COUNTY if len(row.from_centre) == 6 else centre_party(row.from_centre)}
    detail = text or (f"{row.post}：{row.text}" if row.post else row.text)
    tx.act(
        "alarm.raise",
        {
            "cause": cause + row.id, "rank": rank, "title": title, "detail": {"zh": detail, "en": detail},
            "centre": row.to_centre, "parties": sorted(heard),
        },
        as_system=True,
    )  # fmt: skip


def fresh(tx: Tx, row: Instruction) -> None:
    """It came in: the receiver's desk hears it."""
    word = URGENCIES[row.urgency]
    title = {
        "zh": f"新指令（{word.zh}）待签收・{row.from_name}",
        "en": f"New instruction ({word.en}) from {row.from_name}",
    }
    raise_(tx, row, FRESH, word.fresh, title, both=False)


def clear(tx: Tx, row: Instruction, *causes: str) -> None:
    """What the alarm was about has ended."""
    for cause in causes:
        tx.act("alarm.clear", {"cause": cause + row.id}, as_system=True)


def settle(tx: Tx, row: Instruction, at: datetime) -> None:
    """After a step: alarms end with their cause; what was done in time and entered later was not late."""
    if row.state != "issued":
        clear(tx, row, FRESH, UNACCEPTED)
    for state, what in (("accepted", "accept"), ("done", "done")):
        marked = row.late.get(what)
        if row.state == state and marked and at <= datetime.fromisoformat(marked):
            row.late = {**row.late, what: None}
    if row.state not in OWED:
        clear(tx, row, OVERDUE, PRESSED)
    promise(tx.session, row)
