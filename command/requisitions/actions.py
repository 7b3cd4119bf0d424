"""Taking, giving back, settling. Nothing goes on by the clock; an incident is archived when all is settled (gates.py)."""

from __future__ import annotations

import os
from typing import Any

from command.core import canonical, clock, ids, seal
from command.core.access import permission
from command.core.actions import AHEAD, Tx, action
from command.core.errors import Conflict, Forbidden, Invalid
from command.core.numbering import next_number
from command.core.queries import Moment
from command.incidents.models import Incident
from command.requisitions.contract import (
    Cancel,
    GiveBack,
    RequisitionCancelled,
    RequisitionEvent,
    RequisitionLost,
    RequisitionOut,
    RequisitionReturned,
    RequisitionSettled,
    RequisitionTaken,
    Settle,
    Take,
)
from command.requisitions.models import Requisition, RequisitionOwner
from command.requisitions.queries import REQUISITIONS
from command.requisitions.words import REQUISITION_FLOW

WRITE = permission(
    "requisition.write", "enter what was requisitioned, its return and its settlement", "登记征用、返还和补偿"
)
MARK = "ZY"


def _said(tx: Tx, row: Requisition, event: type[RequisitionEvent]) -> RequisitionOut:
    shown = tx.show(REQUISITIONS, row)
    tx.say(event(record=shown))
    return shown


def _at(tx: Tx, at: Moment | None) -> Any:
    if at is not None and at > tx.received_at + AHEAD:
        raise Invalid(
            "at: more than two minutes ahead of the server's clock", zh="时间超前服务器时钟两分钟以上"
        )
    return min(at or tx.at, tx.received_at)


@action(
    "requisition.take", wish=Take, needs=WRITE, target="incident", http="POST /incidents/{id}/requisitions", status=201,
    output=RequisitionOut,
)  # fmt: skip
def take(tx: Tx, incident: Incident, wish: Take) -> RequisitionOut:
    """Enter what is taken for an incident: whose it is is sealed, who decided it is not."""
    if incident.merged_into or incident.state in ("archived", "dismissed"):
        raise Conflict(
            "It is archived, dismissed or merged into another: enter it there",
            zh="该事件已归档、销号或并入其他事件，请在相应事件登记",
        )
    centre = tx.actor.centre[:9]
    said = wish.model_dump(exclude={"owner", "owner_phone", "at"})
    row = tx.add(
        Requisition(
            number=next_number(tx, MARK, centre), incident_id=incident.id, centre=centre, owner={}, taken_by=tx.actor.name,
            taken_at=_at(tx, wish.at), state="in_use", given_back=None, settled=None, reason=None, **said,
        )
    )  # fmt: skip
    row.owner = _seal(tx, row.id, {"name": wish.owner, "number": wish.owner_phone})
    tx.session.flush()
    return _said(tx, row, RequisitionTaken)


def _seal(tx: Tx, thing: str, whose: dict[str, Any]) -> dict[str, Any]:
    value, salt = canonical.dump(whose), os.urandom(16)
    kept = tx.add(
        RequisitionOwner(id=ids.new_id(), requisition_id=thing, salt=salt, sealed=seal.seal(tx.secret, value))
    )
    return {"id": kept.id, "commitment": seal.commitment(salt, value)}


def _step(tx: Tx, row: Requisition, to: str) -> None:
    """Who took it or the county goes on with it, by the flow's own steps."""
    if not tx.actor.covers(row.centre):
        raise Forbidden("Who took it and the county may do this", zh="由征用单位或县里办理")
    if (row.state, to) not in REQUISITION_FLOW.transitions:
        now = row.state
        raise Conflict(
            f"It is {REQUISITION_FLOW.en[now].lower()}: not possible now",
            zh=f"当前为“{REQUISITION_FLOW.zh[now]}”，不能这样办理",
        )
    row.state = to
    tx.touch(row)


@action(
    "requisition.give_back", wish=GiveBack, needs=WRITE, target="requisition", http="POST /requisitions/{id}/return",
    output=RequisitionOut,
)  # fmt: skip
def give_back(tx: Tx, row: Requisition, wish: GiveBack) -> RequisitionOut:
    """It is returned, to whom and in which condition; or it cannot be, and why."""
    lost = wish.condition == "lost"
    if lost and not wish.note:
        raise Invalid("note: how it was lost", zh="毁损、灭失须写明经过")
    if wish.condition == "damaged" and not wish.note:
        raise Invalid("note: what is damaged", zh="有损坏须写明损坏情况")
    if not lost and not wish.received_by:
        raise Invalid("received_by: who received it", zh="返还须写明接收人")
    at = _at(tx, wish.at)
    if at < row.taken_at:
        raise Invalid("at: before it was taken", zh="时间早于征用时间")
    _step(tx, row, "lost" if lost else "returned")
    row.given_back = {
        "at": clock.wire(at), "by": tx.actor.name, **wish.model_dump(include={"condition", "received_by", "note"})
    }  # fmt: skip
    return _said(tx, row, RequisitionLost if lost else RequisitionReturned)


@action(
    "requisition.settle", wish=Settle, needs=WRITE, target="requisition", http="POST /requisitions/{id}/settle",
    output=RequisitionOut,
)  # fmt: skip
def settle(tx: Tx, row: Requisition, wish: Settle) -> RequisitionOut:
    """The owner was compensated, or waived it in writing."""
    if wish.how == "paid" and wish.amount_yuan is None:
        raise Invalid("amount_yuan: how much was paid", zh="请填写补偿金额")
    if wish.how == "waived" and wish.amount_yuan is not None:
        raise Invalid("amount_yuan: nothing is paid where it was waived", zh="书面放弃的不填补偿金额")
    at = _at(tx, wish.at)
    _step(tx, row, "settled")
    row.settled = {
        "at": clock.wire(at), "by": tx.actor.name, **wish.model_dump(include={"how", "amount_yuan", "paper"})
    }  # fmt: skip
    return _said(tx, row, RequisitionSettled)


@action(
    "requisition.cancel", wish=Cancel, needs=WRITE, target="requisition", http="POST /requisitions/{id}/cancel",
    output=RequisitionOut,
)  # fmt: skip
def cancel(tx: Tx, row: Requisition, wish: Cancel) -> RequisitionOut:
    """It never was taken: the entry stays, struck out."""
    _step(tx, row, "cancelled")
    row.reason = wish.reason
    return _said(tx, row, RequisitionCancelled)
