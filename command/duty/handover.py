"""The handover of shifts: its list fills itself, each item is accepted or deferred with a reason, both sign. It blocks nothing:
until the new shift has signed, the old one answers."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import clock
from command.core.access import Actor, permission
from command.core.actions import Tx, action
from command.core.errors import Conflict, Invalid
from command.core.records import NOBODY, Criterion, RecordType, public, record
from command.duty.contract import parties_of
from command.duty.handover_contract import (
    Accept,
    Hand,
    HandoverAccepted,
    HandoverClosed,
    HandoverEvent,
    HandoverForgotten,
    HandoverGathered,
    HandoverHanded,
    HandoverItem,
    HandoverOpened,
    HandoverOut,
    SettleItem,
)
from command.duty.matters import gather, listed, merged
from command.duty.models import Duty, Handover
from command.duty.queries import READ, moment, of_party, own_centres
from command.duty.shifts import begin, end, name_of

SIGN = permission("duty.handover", "take over and hand over a shift", "交接班签字、逐项接收")
FORGOTTEN = "handover:"


def _visible(actor: Actor) -> Criterion:
    return own_centres(Handover.centre, actor) if actor.may(READ) and actor.team_id is None else NOBODY


def _in_topic(topic: str) -> Criterion | None:
    mine = of_party(Handover.centre, topic)
    return None if mine is None else sa.and_(Handover.live, mine)


def _show(session: Session, rows: Sequence[Handover]) -> list[HandoverOut]:
    return [public(HandoverOut, row) for row in rows]


HANDOVERS = record(
    RecordType(
        "duty_handover", Handover, HandoverOut, _show, visible=_visible, in_topic=_in_topic, path="duty_handovers",
        needs=READ, order=(Handover.due_at, Handover.id),
        filters={
            "centre": lambda v: Handover.centre == v,
            "state": lambda v: Handover.state.in_(v.split(",")),
            "live": lambda v: Handover.live == (v in ("true", "1")),
            "since": lambda v: Handover.accepted_at >= moment("since", v),
        },
    )
)  # fmt: skip


def say(tx: Tx, row: Handover, event: type[HandoverEvent], more: tuple[str, str] = ("", "")) -> HandoverOut:
    """Tell what became of a handover."""
    shown = tx.show(HANDOVERS, row)
    tx.say(event(record=shown, said={"more": more}))
    return shown


def open_at(session: Session, centre: str) -> Handover | None:
    """The handover of a centre that nobody has accepted yet."""
    wanted = sa.select(Handover).where(Handover.live, Handover.centre == centre, Handover.state == "open")
    return session.execute(wanted).scalar_one_or_none()


def open_between(tx: Tx, old: Duty, new: Duty) -> None:
    """Write the list of what is open. What the last handover deferred comes again with its reason."""
    deferred: dict[str, str] = {}
    before = sa.select(Handover).where(Handover.live, Handover.centre == old.centre, Handover.state != "open")
    for row in tx.session.execute(before.order_by(Handover.id)).scalars():
        deferred |= {one["key"]: one["reason"] for one in row.items if one["state"] == "deferred"}
        row.live = False
        tx.touch(row)
        say(tx, row, HandoverClosed)
    made = tx.add(
        Handover(
            centre=old.centre, from_id=old.id, to_id=new.id, due_at=new.begins_at,
            items=listed(gather(tx, old.centre), deferred), remarks={}, gathered_at=tx.now, handed_by=None, handed_at=None,
            accepted_by=None, accepted_at=None, reminded_at=None, state="open", live=True,
        )
    )  # fmt: skip
    say(tx, made, HandoverOpened, (f"：{len(made.items)} 项", f": {len(made.items)} items"))


def lapse(tx: Tx, row: Handover) -> None:
    """Its new shift is gone, or a later one takes over: this one will never be signed."""
    row.state, row.live = "lapsed", False
    tx.touch(row)
    tx.act("alarm.clear", {"cause": FORGOTTEN + row.centre}, as_system=True)
    say(tx, row, HandoverClosed)


def remind(tx: Tx, row: Handover) -> None:
    """Nobody has signed: said once, to the centre and the county, in the lowest rank."""
    row.reminded_at = tx.now
    tx.touch(row)
    say(tx, row, HandoverForgotten)
    zh, en = name_of(tx, row.centre)
    due = clock.hm(row.due_at)
    tx.act(
        "alarm.raise",
        {
            "cause": FORGOTTEN + row.centre,
            "rank": 3,
            "title": {"zh": f"{zh}交接班还没有签收", "en": f"{en}: the handover is not accepted yet"},
            "detail": {
                "zh": f"应于 {due} 接班；上一班仍在负责，不影响工作",
                "en": f"due at {due}; the shift before still answers, nothing is held up",
            },
            "centre": row.centre,
            "parties": sorted(parties_of(row.centre)),
        },
        as_system=True,
    )


def _waits(row: Handover) -> None:
    if row.state != "open":
        raise Conflict("This handover is signed already", zh="这次交接班已签收")


@action(
    "handover.refresh",
    needs=SIGN,
    target="duty_handover",
    http="POST /duty_handovers/{id}/refresh",
    output=HandoverOut,
)
def refresh(tx: Tx, row: Handover, wish: object) -> HandoverOut:
    """Gather again what is open: what ended is marked, what is new is added."""
    _waits(row)
    items = merged(row.items, gather(tx, row.centre))
    if items == row.items:
        return tx.show(HANDOVERS, row)
    row.items, row.gathered_at = items, tx.now
    tx.touch(row)
    return say(tx, row, HandoverGathered)


@action(
    "handover.item", wish=SettleItem, needs=SIGN, target="duty_handover", http="POST /duty_handovers/{id}/items",
    output=HandoverOut,
)  # fmt: skip
def settle(tx: Tx, row: Handover, wish: SettleItem) -> HandoverOut:
    """Accept one item, or defer it with a reason. A deferred one may still be accepted after the signature."""
    found = next((one for one in row.items if one["key"] == wish.key), None)
    if found is None:
        raise Invalid("key: there is no such item", zh="清单中没有这一项")
    if row.state != "open" and not (row.live and found["state"] == "deferred" and wish.to == "accepted"):
        _waits(row)
        raise Conflict("This item is settled", zh="这一项已处理")
    done = {"state": wish.to, "by": tx.actor.name, "done_at": clock.wire(tx.at), "reason": wish.reason}
    row.items = [{**one, **done} if one is found else one for one in row.items]
    row.live = row.state == "open" or _deferred(row)
    tx.touch(row)
    word = ("接收", "accepted") if wish.to == "accepted" else ("缓交", "deferred")
    shown = say(tx, row, HandoverItem, (f"{word[0]}：{found['zh']}", f" {word[1]}: {found['en']}"))
    return shown


def _deferred(row: Handover) -> bool:
    return any(one["state"] == "deferred" for one in row.items)


@action(
    "handover.hand",
    wish=Hand,
    needs=SIGN,
    target="duty_handover",
    http="POST /duty_handovers/{id}/hand",
    output=HandoverOut,
)
def hand(tx: Tx, row: Handover, wish: Hand) -> HandoverOut:
    """Sign for the old shift, and say what the list cannot know."""
    _waits(row)
    told = wish.model_dump(exclude={"name"}, exclude_none=True)
    row.remarks = {**row.remarks, **told}
    row.handed_by, row.handed_at = wish.name, tx.at
    tx.touch(row)
    return say(tx, row, HandoverHanded, (f"：{wish.name}", f": {wish.name}"))


@action(
    "handover.accept", wish=Accept, needs=SIGN, target="duty_handover", http="POST /duty_handovers/{id}/accept",
    output=HandoverOut,
)  # fmt: skip
def accept(tx: Tx, row: Handover, wish: Accept) -> HandoverOut:
    """Sign for the new shift: from now on it answers. Each item was accepted or deferred before."""
    _waits(row)
    left = [one for one in row.items if one["state"] == "open"]
    if left:
        raise Conflict(
            f"{len(left)} items are not looked at: accept or defer each",
            zh=f"还有 {len(left)} 项未确认：请逐项接收或缓交",
        )
    old, new = (tx.session.get(Duty, (tx.world, one)) for one in (row.from_id, row.to_id))
    row.state, row.accepted_by, row.accepted_at = "accepted", wish.name, tx.at
    row.live = _deferred(row)
    tx.touch(row)
    shown = say(tx, row, HandoverAccepted, (f"：{wish.name}", f": {wish.name}"))
    if old is not None and old.live:
        end(tx, old)
    if new is not None and new.live:
        begin(tx, new)
    tx.act("alarm.clear", {"cause": FORGOTTEN + row.centre}, as_system=True)
    tx.act("duty.turn", {"centre": row.centre}, as_system=True)
    return shown
