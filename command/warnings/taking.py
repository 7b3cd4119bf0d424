"""Taking in a CAP 1.2 message: refused whole or kept whole; once, however often and by whichever door it comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from command.centres.models import Centre
from command.core.actions import Tx, action
from command.core.errors import Conflict, Invalid
from command.warnings import messages
from command.warnings.actions import WRITE
from command.warnings.cap import reading, rules
from command.warnings.cap.reading import Alert, BadCap
from command.warnings.changing import end, promise, put, say, wait
from command.warnings.contract import TakeCap, WarningOut
from command.warnings.events import WarningCancelled, WarningEdited, WarningReceived, WarningUpdateWaits
from command.warnings.models import CapMessage, WarningRow
from command.warnings.pending import kept
from command.warnings.queries import WARNINGS
from command.warnings.understood import understood
from command.warnings.words import IN_FORCE

OF_THE_WHOLE = ("identifier", "status", "scope", "source")
"""What an update does not change: by these the warning is known."""


@dataclass(frozen=True)
class Taken:
    """One message on its way in: what it says, by its own fields and in our words."""

    alert: Alert
    sent: datetime
    meaning: dict[str, Any]


def prepared(payload: dict[str, Any], directory: Path) -> Alert | BadCap:
    """The alert of a text, read and judged beside the hub; or why it is none."""
    try:
        alert = reading.read(str(payload.get("xml", "")))
        rules.check(alert)
    except BadCap as bad:
        return bad
    return alert


def _urgent(payload: dict[str, Any]) -> bool:
    return True  # it warns of danger to life: taken also when the disk is nearly full


@action(
    "warning.take", wish=TakeCap, needs=WRITE, http="POST /warnings/cap", status=201, output=WarningOut,
    prepare=prepared, urgent=_urgent,
)  # fmt: skip
def take(tx: Tx, wish: TakeCap) -> WarningOut:
    """Take in a CAP 1.2 message: a new warning, an update or an end of one; the same message again changes nothing."""
    found = tx.prepared if tx.prepared is not None else prepared({"xml": wish.xml}, Path())
    if isinstance(found, BadCap):
        raise Invalid(f"CAP: {found.en}", zh=f"CAP 不予接收：{found.zh}")
    if tx.world and found["status"] == "Actual":
        raise Conflict("A drill takes no Actual alert", zh="演练中不接收实况（Actual）预警")
    one_at_a_time = sa.select(Centre.id).where(Centre.id == tx.node[:6]).with_for_update()
    tx.session.execute(one_at_a_time)  # two doors may bring the same message at once
    sent = datetime.fromisoformat(found["sent"])
    before = _same(tx, found, sent)
    if before is not None:
        return before
    taken = Taken(found, sent, understood(tx.session, found))
    row = _referred(tx, found) if found["msgType"] in ("Update", "Cancel") else None
    if row is None or (found["msgType"] == "Update" and not row.live):
        return _new(tx, taken)
    return _more(tx, row, taken)


def _same(tx: Tx, alert: Alert, sent: datetime) -> WarningOut | None:
    """The warning of a message that is here already."""
    named = (CapMessage.sender == alert["sender"], CapMessage.identifier == alert["identifier"])
    wanted = sa.select(CapMessage).where(*named, CapMessage.sent == sent)
    held = tx.session.execute(wanted).scalar_one_or_none()
    if held is None:
        return None
    if held.alert != alert:
        raise Conflict(
            "Another text came under the same sender, identifier and time",
            zh="同一发送者、编号、时间已有另一内容的 CAP",
        )
    return tx.show(WARNINGS, tx.find(WARNINGS, held.warning_id))


def _referred(tx: Tx, alert: Alert) -> WarningRow | None:
    """The warning whose message this one refers to: of the same sender, and not one of our own."""
    for one in rules.references(alert):
        wanted = sa.select(CapMessage).where(
            CapMessage.identifier == one.identifier, CapMessage.sender == one.sender
        )
        held = tx.session.execute(wanted.order_by(CapMessage.sent.desc())).scalars().first()
        if held is None:
            continue
        if held.out or held.sender != alert["sender"]:
            raise Conflict(
                "Only its own sender may update or cancel a warning",
                zh="只有原发布者可以更新、解除其预警：请核对来源",
            )
        row: WarningRow = tx.find(WARNINGS, held.warning_id)
        return row
    return None


def _new(tx: Tx, taken: Taken) -> WarningOut:
    """A warning that was not known; what is over, for elsewhere or no warning at all is kept for the record."""
    row: WarningRow = tx.add(
        WarningRow(
            **taken.meaning, state="received", relay=True, channel="cap", centre=tx.node[:6],
            entered_by=tx.actor.name, entered_by_id=tx.actor.id, signed=[], pending=None, checks=[],
            ended_at=None, ended_how=None, ended_reason=None, live=True,
        )
    )  # fmt: skip
    over = _over(tx, row, taken.alert)
    if over is not None:
        row.live, row.ended_how, row.ended_at = False, over, tx.now
        tx.session.flush()
    promise(tx, row)
    shown = tx.show(WARNINGS, row)
    tx.say(WarningReceived(record=shown))
    messages.keep(
        tx, row, taken.alert, out=False, passed=False
    )  # after its warning, also where it is built anew
    if row.live:
        wait(tx, row)
    return shown


def _over(tx: Tx, row: WarningRow, alert: Alert) -> str | None:
    """Why a message opens no warning: it is none for life, it is over, it is for elsewhere."""
    if alert["msgType"] not in ("Alert", "Update") or alert["status"] in ("System", "Draft"):
        return "record"
    if tx.world == 0 and alert["status"] != "Actual":
        return "record"
    if row.ends_at is not None and row.ends_at <= tx.now:
        return "expired"
    placed = row.area["shape"] is not None or row.area["elsewhere"]
    return "outside" if placed and not row.struck else None


def _more(tx: Tx, row: WarningRow, taken: Taken) -> WarningOut:
    """A further message of a warning that is known; an older one that comes late is only kept."""
    held = messages.of_warning(tx.session, row.id)
    late = any(one.sent > taken.sent for one in held)
    ends = taken.alert["msgType"] == "Cancel"
    passed = ends and row.state in IN_FORCE
    messages.keep(tx, row, taken.alert, out=False, passed=passed)
    if late or not row.live:
        return tx.show(WARNINGS, row)
    if ends:
        if row.state in IN_FORCE:
            row.state = "cancelled"
        end(tx, row, "cancelled", None)
        return say(tx, row, WarningCancelled)
    changes = {name: value for name, value in taken.meaning.items() if name not in OF_THE_WHOLE}
    if row.state in IN_FORCE:
        row.pending = kept(changes, tx, source="cap")
        wait(tx, row)
        return say(tx, row, WarningUpdateWaits)
    put(row, changes)
    promise(tx, row)
    wait(tx, row)
    return say(tx, row, WarningEdited)
