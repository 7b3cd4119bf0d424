"""How a shift moves: near, on, over; and how it is told. A shift answers until the next one has accepted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from command.centres.models import Centre
from command.core.actions import Tx
from command.duty.contract import DutyEvent, DutyOut, ShiftBegan, ShiftEnded, ShiftNear
from command.duty.models import Duty
from command.duty.queries import SHIFTS


def add(
    tx: Tx,
    centre: str,
    begins: datetime,
    ends: datetime,
    people: list[Any],
    note: str | None,
    *,
    synthetic: bool = False,
) -> Duty:
    """A shift on the rota; it is told by whoever planned it."""
    row: Duty = tx.add(
        Duty(
            centre=centre, begins_at=begins, ends_at=ends, people=people, note=note, state="planned",
            began_at=None, ended_at=None, synthetic=synthetic, live=True,
        )
    )  # fmt: skip
    return row


def name_of(tx: Tx, code: str) -> tuple[str, str]:
    """A centre's name in Chinese and English."""
    centre = tx.session.get(Centre, code)
    return (centre.name, centre.pinyin.capitalize() or centre.name) if centre else (code, code)


def say(tx: Tx, row: Duty, event: type[DutyEvent]) -> DutyOut:
    """Tell what became of a shift, with its centre's name."""
    shown = tx.show(SHIFTS, row)
    tx.say(event(record=shown, said={"name": name_of(tx, row.centre)}))
    return shown


def come_near(tx: Tx, row: Duty) -> None:
    """It takes over soon: the desks hear of it."""
    row.state = "near"
    tx.touch(row)
    say(tx, row, ShiftNear)


def begin(tx: Tx, row: Duty) -> None:
    """It answers from now on."""
    row.state, row.began_at = "on", tx.now
    tx.touch(row)
    say(tx, row, ShiftBegan)


def end(tx: Tx, row: Duty, state: str = "ended") -> None:
    """Another answers now, or this one never came to it."""
    row.state, row.live, row.ended_at = state, False, tx.now
    tx.touch(row)
    say(tx, row, ShiftEnded)
