"""What may be decided of personal data that is due: it is erased, by name and with its counts, or held after an assessment.

Nothing here erases by itself: a job drafts and reminds, a person confirms (突发事件应对法 art.85)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from command.core import clock, personal
from command.core.actions import Tx, action
from command.core.errors import Conflict, Invalid
from command.core.numbering import next_number
from command.destruction import contract
from command.destruction.contract import Confirm, DestructionEvent, DestructionOut, Draft, Hold, Release
from command.destruction.models import Destruction
from command.destruction.queries import AFTER_DAYS, CONFIRM, DESTRUCTIONS, HOLD

MARK = "XH"
REMIND = timedelta(days=7)


def said(tx: Tx, row: Destruction, event: type[DestructionEvent]) -> DestructionOut:
    """Tell what became of it."""
    shown = tx.show(DESTRUCTIONS, row)
    tx.say(event(record=shown))
    return shown


def listed(counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """Counts by sort with the sort's name: what those who decide are shown, and what a receipt keeps."""
    return [
        {"code": one.code, "zh": one.zh, "en": one.en, "n": counts[one.code]}
        for one in personal.sorts_of(counts)
    ]


def counted(tx: Tx, row: Destruction) -> dict[str, int]:
    """What is kept of its thing now."""
    thing = (row.subject_kind, row.subject_id)
    return dict(personal.census(tx.session, thing).get(thing, {}))


def live_one(tx: Tx, kind: str, thing: str) -> Destruction | None:
    """The destruction of a thing that is still to be decided, locked."""
    mine = sa.select(Destruction).where(
        Destruction.subject_kind == kind, Destruction.subject_id == thing, Destruction.live
    )
    return tx.session.execute(mine.with_for_update()).scalar_one_or_none()


@action("destruction.draft", wish=Draft, inner=True, output=DestructionOut)
def draft(tx: Tx, wish: Draft) -> DestructionOut:
    """Put what is due on the list, or remind of it again."""
    over = _over(tx, wish)
    due = over.at + timedelta(days=AFTER_DAYS(tx.session, over.centre[:9]))
    if tx.now < due:
        raise Conflict("Its time has not come", zh="未到销毁期限")
    thing = (wish.kind, wish.id)
    counts = dict(personal.census(tx.session, thing).get(thing, {}))
    row = live_one(tx, *thing)
    if row is not None:
        return _remind(tx, row, counts)
    if not counts:
        raise Conflict("Nothing personal is kept of it", zh="没有个人信息")
    row = tx.add(
        Destruction(
            number=next_number(tx, MARK, over.centre), subject_kind=wish.kind, subject_id=wish.id,
            subject_number=over.number, centre=over.centre, over_at=over.at, due_at=due, state="due",
            sorts=listed(counts), holds=[], hold_until=None, review_at=None, reminded=0, reminded_at=tx.now,
            reason=None, confirmed_by=None, confirmed_at=None, gone_at=None, replays=[], live=True,
        )
    )  # fmt: skip
    return said(tx, row, contract.DestructionDue)


def _over(tx: Tx, wish: Draft) -> personal.Ended:
    subject = personal.SUBJECTS.get(wish.kind)
    found = subject.ended(tx.session, [wish.id]).get(wish.id) if subject else None
    if found is None:
        raise Conflict("It is not over", zh="尚未结束")
    return found


def _remind(tx: Tx, row: Destruction, counts: Mapping[str, int]) -> DestructionOut:
    if row.state == "held":
        if row.hold_until is None or tx.now < row.hold_until:
            raise Conflict("It is held", zh="暂缓销毁中")
        row.state, row.hold_until, row.review_at = "due", None, None
        row.sorts = listed(counts)
        tx.touch(row)
        return said(tx, row, contract.DestructionReleased)
    if row.state != "due" or tx.now < row.reminded_at + REMIND:
        raise Conflict("Nothing is to be reminded of", zh="无须提醒")
    row.reminded, row.reminded_at, row.sorts = row.reminded + 1, tx.now, listed(counts)
    tx.touch(row)
    return said(tx, row, contract.DestructionReminded)


@action(
    "destruction.confirm",
    wish=Confirm,
    needs=CONFIRM,
    target="destruction",
    http="POST /destructions/{id}/confirm",
    output=DestructionOut,
)
def confirm(tx: Tx, row: Destruction, wish: Confirm) -> DestructionOut:
    """Erase the personal data of a thing for good, by name, as it was counted."""
    _decidable(row)
    counts = counted(tx, row)
    if counts != wish.counts:
        row_now = {**tx.show(DESTRUCTIONS, row).model_dump(), "sorts": listed(counts)}
        raise Conflict(
            "There is more or less of it than you were shown: look again",
            zh="条数与所示不符：请核对后再确认",
            current=row_now,
        )
    erase(tx, (row.subject_kind, row.subject_id))
    row.state, row.reason, row.sorts = "erasing", wish.reason, listed(counts)
    row.confirmed_by, row.confirmed_at = tx.actor.name, tx.received_at
    row.hold_until = row.review_at = None
    tx.touch(row)
    return said(tx, row, contract.DestructionConfirmed)


def erase(tx: Tx, thing: personal.Ref) -> dict[str, int]:
    """Delete every private row of a thing; its own slice says so in its timeline, where it has a word for it."""
    counts = dict(personal.census(tx.session, thing).get(thing, {}))
    own = personal.SUBJECTS[thing[0]].erase
    if own is not None and counts:
        tx.act(own, {"id": thing[1]}, as_system=True)
    personal.erase(tx.session, thing)
    if thing in personal.census(tx.session, thing):
        raise Conflict("Not all of it could be erased: nothing was", zh="未能全部清除，本次未销毁")
    return counts


def _decidable(row: Destruction) -> None:
    if row.state == "held":
        raise Conflict("It is held: release it first, with a reason", zh="暂缓销毁中：先写明理由解除暂缓")
    if row.state != "due":
        raise Conflict("It was erased already", zh="已经销毁")


@action(
    "destruction.hold",
    wish=Hold,
    needs=HOLD,
    target="destruction",
    http="POST /destructions/{id}/hold",
    output=DestructionOut,
)
def hold(tx: Tx, row: Destruction, wish: Hold) -> DestructionOut:
    """Keep it for a ground in law, with an assessment: why, by whom, until when, when it is looked at again. Also prolongs."""
    if row.state not in ("due", "held"):
        raise Conflict("It was erased already", zh="已经销毁")
    _in_order(tx.now, wish)
    told = wish.model_dump(exclude={"until", "review_at"})
    times = {"until": clock.wire(wish.until), "review_at": clock.wire(wish.review_at)}
    row.holds = [*row.holds, {**told, **times, "by": tx.actor.name, "at": clock.wire(tx.at), "ended": None}]
    row.state, row.hold_until, row.review_at = "held", wish.until, wish.review_at
    tx.touch(row)
    return said(tx, row, contract.DestructionHeld)


def _in_order(now: datetime, wish: Hold) -> None:
    if wish.until <= now:
        raise Invalid("until: a time to come", zh="暂缓期限须晚于现在")
    if not now < wish.review_at <= wish.until:
        raise Invalid("review_at: between now and the end of the hold", zh="复核时间须在现在与暂缓期限之间")


@action(
    "destruction.release",
    wish=Release,
    needs=HOLD,
    target="destruction",
    http="POST /destructions/{id}/release",
    output=DestructionOut,
)
def release(tx: Tx, row: Destruction, wish: Release) -> DestructionOut:
    """Say that it need not be held any more: it is due again."""
    if row.state != "held":
        raise Conflict("It is not held", zh="没有暂缓")
    ended = {"by": tx.actor.name, "at": clock.wire(tx.at), "reason": wish.reason}
    row.holds = [*row.holds[:-1], {**row.holds[-1], "ended": ended}]
    row.state, row.hold_until, row.review_at = "due", None, None
    row.sorts = listed(counted(tx, row))
    tx.touch(row)
    return said(tx, row, contract.DestructionReleased)


@action("destruction.gone", target="destruction", inner=True, output=DestructionOut)
def gone(tx: Tx, row: Destruction, wish: object) -> DestructionOut:
    """What was left of it on disk is overwritten, and it stands on the list that a restore reads."""
    if row.state != "erasing":
        raise Conflict("Nothing is being erased", zh="没有在清除")
    row.state, row.gone_at, row.live = "erased", tx.received_at, False
    tx.touch(row)
    return said(tx, row, contract.DestructionGone)
