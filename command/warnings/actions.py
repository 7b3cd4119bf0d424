"""Entering warnings, correcting them, moving them along their flow. Of weather nothing is authored here: it is relayed. What the
county's own bodies issue is drafted by one person and issued by another."""

from __future__ import annotations

from typing import Any

from command.core.access import permission
from command.core.actions import Tx, action
from command.core.errors import Conflict, Forbidden, Invalid
from command.warnings import messages
from command.warnings.changing import end, open_duties, promise, put, say, settle, values_of, wait
from command.warnings.contract import EditWarning, EnterWarning, MoveWarning, TickCheck, WarningOut, title_of
from command.warnings.events import (
    WarningCancelled,
    WarningChecked,
    WarningDrafted,
    WarningEdited,
    WarningExpired,
    WarningIssued,
    WarningReceived,
    WarningRelayed,
    WarningReviewed,
    WarningUpdated,
    WarningUpdateWaits,
)
from command.warnings.models import WarningRow
from command.warnings.pending import kept, restored
from command.warnings.queries import WARNINGS, missing
from command.warnings.words import IN_FORCE, MANDATORY, OWN_MATTER, STATES, TRANSITIONS

WRITE = permission("warning.write", "enter and draft warnings, correct them", "登记、拟写、修改预警")
RELAY = permission("warning.relay", "relay warnings and end what was relayed", "转发预警、解除转发的预警")
ISSUE = permission(
    "warning.issue", "issue, update and cancel the county's own warnings", "审核发布、更新、解除本级预警"
)
CHECK = permission("warning.check", "tick off what a warning asks for", "登记预警期事项落实情况")


def _urgent(payload: dict[str, Any]) -> bool:
    return True  # it warns of danger to life: taken also when the disk is nearly full


@action(
    "warning.enter", wish=EnterWarning, needs=WRITE, http="POST /warnings", status=201, output=WarningOut, urgent=_urgent
)  # fmt: skip
def enter(tx: Tx, wish: EnterWarning) -> WarningOut:
    """Enter a warning that another issued, to be relayed; or draft one of the county's own."""
    if wish.ends_at is not None and wish.ends_at <= tx.now:
        raise Invalid("ends_at: in the future", zh="结束时间须在此刻之后")
    if wish.issued_at is not None and not wish.relay:
        raise Invalid("issued_at: set when it is issued", zh="发布时间在发布时自动记录")
    values = values_of(tx, wish, None)
    row: WarningRow = tx.add(
        WarningRow(
            **{
                "ends_at": None, "issued_at": None, **values,
                "identifier": wish.identifier or messages.new_identifier(tx),
                "state": "received" if wish.relay else "draft",
                "relay": bool(wish.relay), "channel": wish.channel, "source": wish.source, "scope": "Public",
                "status": "Exercise" if tx.world else "Actual",
                "event": title_of(wish.category, "", None)["zh"],
                "centre": tx.actor.centre, "entered_by": tx.actor.name, "entered_by_id": tx.actor.id,
                "signed": [], "pending": None, "checks": [], "ended_at": None, "ended_how": None,
                "ended_reason": None, "live": True,
            }
        )
    )  # fmt: skip
    promise(tx, row)
    shown = tx.show(WARNINGS, row)
    tx.say((WarningReceived if wish.relay else WarningDrafted)(record=shown))
    if wish.relay:
        wait(tx, row)
    return shown


@action(
    "warning.edit", wish=EditWarning, needs=WRITE, target="warning", http="PATCH /warnings/{id}", output=WarningOut,
    version="required",
)  # fmt: skip
def edit(tx: Tx, row: WarningRow, wish: EditWarning) -> WarningOut:
    """Correct what is not passed on yet; of what is in force prepare an update, which a person passes on."""
    _own(tx, row)
    if not row.live or row.state == "reviewing":
        raise Conflict(f"It is {STATES[row.state].en.lower()}", zh=f"{STATES[row.state].zh}的预警不能修改")
    values = values_of(tx, wish, row)
    if row.channel == "cap" and row.state == "received":
        foreign = [name for name in values if name in MANDATORY and name not in missing(row)]
        if foreign:
            names = "、".join(MANDATORY[one].zh for one in foreign)
            raise Conflict(
                "Relayed as its author wrote it: only what is missing may be added",
                zh=f"转发不改原文，只能补缺项（{names} 原文已有）",
            )
    if row.state in IN_FORCE:
        row.pending = kept(values, tx)
        wait(tx, row)
        return say(tx, row, WarningUpdateWaits)
    put(row, values)
    promise(tx, row)
    return say(tx, row, WarningEdited)


def _own(tx: Tx, row: WarningRow) -> None:
    if not (tx.actor.county or row.centre == tx.actor.centre):
        raise Forbidden("Another body's warning", zh="属其他单位的预警")


@action(
    "warning.transition", wish=MoveWarning, target="warning", http="POST /warnings/{id}/transition", output=WarningOut,
    urgent=_urgent,
)  # fmt: skip
def transition(tx: Tx, row: WarningRow, wish: MoveWarning) -> WarningOut:
    """Move a warning along its flow: relay it, send it to review, back, issue it, pass an update on, cancel it."""
    _may(tx, row, wish.to)
    if (row.state, wish.to) not in TRANSITIONS or not row.live:
        left = sorted(to for state, to in TRANSITIONS if state == row.state and row.live and to != "expired")
        raise Conflict(
            f"{row.state} → {wish.to}: not in the flow; possible: {', '.join(left) or 'nothing'}",
            zh=f"{STATES[row.state].zh}不能转为{STATES[wish.to].zh if wish.to in STATES else wish.to}；可转："
            + ("、".join(STATES[one].zh for one in left) or "无"),
            allowed=left,
        )
    return STEPS[wish.to](tx, row, wish)


def _may(tx: Tx, row: WarningRow, to: str) -> None:
    """Refuse (403) whose role or body it is not."""
    if to == "reviewing":
        needed = WRITE
    elif to == "relayed" or (row.relay and row.state not in OWN_MATTER):
        needed = RELAY
    else:
        needed = ISSUE
    tx.actor.need(needed)
    if needed is not RELAY:
        _own(tx, row)


def _relay(tx: Tx, row: WarningRow, wish: MoveWarning) -> WarningOut:
    _whole(row)
    if tx.world == 0 and row.status != "Actual":
        raise Conflict(f"It says {row.status}: not for life", zh=f"原文标明 {row.status}，不能作为实况转发")
    row.state = "relayed"
    _sign(tx, row, "relayed")
    messages.pass_on(tx, row, "Alert")
    settle(tx, row)
    return say(tx, row, WarningRelayed, duties_opened=open_duties(tx, row))


def _review(tx: Tx, row: WarningRow, wish: MoveWarning) -> WarningOut:
    _whole(row)
    row.state = "reviewing"
    _sign(tx, row, "drafted")
    return say(tx, row, WarningReviewed)


def _send_back(tx: Tx, row: WarningRow, wish: MoveWarning) -> WarningOut:
    _reason(wish)
    row.state = "draft"
    _sign(tx, row, "returned", wish.reason)
    return say(tx, row, WarningReviewed)


def _issue(tx: Tx, row: WarningRow, wish: MoveWarning) -> WarningOut:
    drafted = [one["by_id"] for one in row.signed if one["step"] == "drafted"]
    if tx.actor.id in (row.entered_by_id, *drafted):
        raise Forbidden(
            "Another person issues than who drafted it", zh="拟稿与签发须为不同的人：请另一人审核发布"
        )
    if row.ends_at is not None and row.ends_at <= tx.now:
        raise Conflict("Its time is over", zh="已过结束时间，请退回修改")
    row.state, row.issued_at = "issued", tx.now
    _sign(tx, row, "issued")
    promise(tx, row)
    messages.pass_on(tx, row, "Alert")
    return say(tx, row, WarningIssued, duties_opened=open_duties(tx, row))


def _update(tx: Tx, row: WarningRow, wish: MoveWarning) -> WarningOut:
    if row.pending is None:
        raise Conflict("There is no update: change it first", zh="没有待发的更新：请先修改内容")
    if not row.relay and row.pending["by_id"] == tx.actor.id:
        raise Forbidden(
            "Another person issues the update than who wrote it",
            zh="拟稿与签发须为不同的人：请另一人发布更新",
        )
    values = restored(row.pending)
    if not row.relay:
        values["issued_at"] = tx.now
    put(row, values)
    row.state, row.pending = "updated", None
    _whole(row)
    _sign(tx, row, "updated")
    promise(tx, row)
    messages.pass_on(tx, row, "Update")
    settle(tx, row)
    return say(tx, row, WarningUpdated, duties_opened=open_duties(tx, row))


def _cancel(tx: Tx, row: WarningRow, wish: MoveWarning) -> WarningOut:
    _reason(wish)
    row.state = "cancelled"
    _sign(tx, row, "cancelled", wish.reason)
    end(tx, row, "cancelled", wish.reason)
    messages.pass_on(tx, row, "Cancel")
    return say(tx, row, WarningCancelled)


def _by_time(tx: Tx, row: WarningRow, wish: MoveWarning) -> WarningOut:
    raise Conflict("Time lets it expire; to end it now, cancel it", zh="到期由时间决定；提前结束请解除")


STEPS = {
    "relayed": _relay, "reviewing": _review, "draft": _send_back, "issued": _issue, "updated": _update,
    "cancelled": _cancel, "expired": _by_time,
}  # fmt: skip


def _whole(row: WarningRow) -> None:
    lacks = missing(row)
    if lacks:
        raise Conflict(
            "It lacks " + ", ".join(MANDATORY[one].en for one in lacks),
            zh="预警要素不全，缺：" + "、".join(MANDATORY[one].zh for one in lacks),
            missing=lacks,
        )


def _reason(wish: MoveWarning) -> None:
    if wish.reason is None:
        raise Invalid("reason: say why", zh="请写明理由")


def _sign(tx: Tx, row: WarningRow, step: str, reason: str | None = None) -> None:
    from command.core import clock

    one = {"step": step, "by": tx.actor.name, "by_id": tx.actor.id, "at": clock.wire(tx.at), "reason": reason}
    row.signed = [*row.signed, one]


@action(
    "warning.check", wish=TickCheck, needs=CHECK, target="warning", http="POST /warnings/{id}/checks", output=WarningOut
)  # fmt: skip
def check(tx: Tx, row: WarningRow, wish: TickCheck) -> WarningOut:
    """Say that a line of what the warning asks for is done, or is not after all."""
    from command.core import clock

    if all(one["code"] != wish.code for one in row.checks):
        raise Invalid("code: no such line", zh="没有这一项")
    done = (
        {"done_by": tx.actor.name, "done_at": clock.wire(tx.at)}
        if wish.done
        else {"done_by": None, "done_at": None}
    )
    row.checks = [
        {**one, **done, "note": wish.note} if one["code"] == wish.code else one for one in row.checks
    ]
    return say(tx, row, WarningChecked)


@action("warning.expire", target="warning", inner=True, output=WarningOut)
def expire(tx: Tx, row: WarningRow, wish: object) -> WarningOut:
    """Its time is over."""
    if not row.live or row.ends_at is None or row.ends_at > tx.now:
        return tx.show(WARNINGS, row)
    if row.state in IN_FORCE:
        row.state = "expired"
    end(tx, row, "expired", None)
    return say(tx, row, WarningExpired)
