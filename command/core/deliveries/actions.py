"""What becomes of a delivery: the outcome of an attempt, too old, called off, confirmed, tried again or taken note of by hand.

None of this reaches outside: the sender does (`sending.py`), and brings the outcome here under its lease (RULES 5).
"""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from command.core.access import permission
from command.core.actions import Tx, action
from command.core.deliveries.channels import NONE, gateway_of, pause
from command.core.deliveries.contract import (
    DEAD,
    OPEN,
    Call,
    CallOff,
    Confirm,
    DeliveryAcknowledged,
    DeliveryCancelled,
    DeliveryClosed,
    DeliveryConfirmed,
    DeliveryEvent,
    DeliveryFailed,
    DeliveryHanded,
    DeliveryMissed,
    DeliveryOut,
    DeliveryRetried,
    DeliveryTried,
    Settle,
)
from command.core.deliveries.making import TOO_OLD, always
from command.core.deliveries.models import Delivery, DeliveryWork
from command.core.deliveries.queries import DELIVERIES
from command.core.errors import Conflict, Forbidden

RETRY = permission("delivery.retry", "send again what failed or was missed, and take note of it")
DONE = frozenset({"confirmed", "cancelled"})
STALE = timedelta(hours=2)
TAKEN = {"zh": "已由他处接手", "en": "another worker took it"}


def _work(tx: Tx, row: Delivery) -> DeliveryWork | None:
    tx.session.flush()
    return tx.session.get(DeliveryWork, (tx.world, row.id), with_for_update=True, populate_existing=True)


def _forget(tx: Tx, row: Delivery) -> None:
    """The words and the address have had their last use."""
    tx.session.execute(sa.delete(DeliveryWork).where(DeliveryWork.id == row.id))


def _say(tx: Tx, row: Delivery, event: type[DeliveryEvent]) -> DeliveryOut:
    tx.touch(row)
    shown: DeliveryOut = tx.show(DELIVERIES, row)
    tx.say(event(record=shown))
    return shown


def _end(tx: Tx, row: Delivery, state: str, event: type[DeliveryEvent], *, live: bool = True) -> DeliveryOut:
    row.state, row.next_at, row.ended_at, row.live = state, None, tx.received_at, live
    if state in DONE or not live:
        _forget(tx, row)
    elif (work := _work(tx, row)) is not None:
        work.next_at = work.lease = work.lease_until = None
    return _say(tx, row, event)


@action(
    "delivery.settle", wish=Settle, target="delivery", inner=True, output=DeliveryOut, urgent=always
)  # fmt: skip
def settle(tx: Tx, row: Delivery, wish: Settle) -> DeliveryOut:
    """Write what came of an attempt. Only who took the lease last may: a worker that lost it changes nothing."""
    work = _work(tx, row)
    if work is None or work.lease != wish.lease or row.state not in OPEN:
        raise Conflict(TAKEN["en"], zh=TAKEN["zh"])
    row.gateway, row.tries, row.reason = wish.gateway, work.tries, wish.reason
    work.lease = work.lease_until = None
    if wish.call is not None:
        row.handed_at, row.reference = tx.received_at, wish.reference
        return _called(tx, row, wish.call)
    if wish.outcome in ("handed", "confirmed"):
        row.handed_at, row.reference = tx.received_at, wish.reference
        if wish.outcome == "confirmed":
            row.confirmed_at = tx.received_at
        event = DeliveryConfirmed if row.confirmed_at else DeliveryHanded
        return _end(tx, row, wish.outcome, event, live=not work.unwanted)
    if work.unwanted:
        return _end(tx, row, "cancelled", DeliveryCancelled, live=False)
    again = tx.received_at + pause(tx.session, row.centre, work.tries)
    if wish.outcome == "refused" or again >= work.expires_at:
        return _end(tx, row, "failed", DeliveryFailed)
    row.state, row.next_at, work.next_at = "trying", again, again
    return _say(tx, row, DeliveryTried)


def _called(tx: Tx, row: Delivery, call: Call) -> DeliveryOut:
    """A call was made, whatever came of it: it is over, and whose list asked for it says what follows. Nothing dials again by itself."""
    row.call = call.model_dump()
    if call.result != "answered":
        return _end(tx, row, "failed", DeliveryFailed, live=False)
    row.confirmed_at = tx.received_at
    return _end(tx, row, "confirmed", DeliveryConfirmed, live=False)


@action("delivery.expire", target="delivery", inner=True, output=DeliveryOut, urgent=always)
def expire(tx: Tx, row: Delivery, wish: object) -> DeliveryOut:
    """Its time is over: it is not sent any more, and a person is told. An attempt under way may still say how it ended."""
    work = _work(tx, row)
    held = work is not None and work.lease_until is not None and work.lease_until > tx.received_at
    if work is None or held or row.state not in OPEN or work.expires_at > tx.received_at:
        return tx.show(DELIVERIES, row)
    row.tries = work.tries
    if work.tries:
        return _end(tx, row, "failed", DeliveryFailed)
    row.reason = TOO_OLD
    return _end(tx, row, "missed", DeliveryMissed)


@action("delivery.call_off", wish=CallOff, inner=True, output=None)
def call_off(tx: Tx, wish: CallOff) -> None:
    """The matter is settled or taken back: what waits is not sent, what was sent or failed leaves the screens."""
    about = sa.select(Delivery).where(
        Delivery.live, Delivery.about_kind == wish.about_kind, Delivery.about_id == wish.about_id
    )
    for row in tx.session.execute(about.order_by(Delivery.id).with_for_update()).scalars().all():
        work = _work(tx, row)
        if row.state not in OPEN:
            row.live = False
            _forget(tx, row)
            _say(tx, row, DeliveryClosed)
        elif work is not None and work.lease_until is not None and work.lease_until > tx.received_at:
            work.unwanted = (
                True  # it is on its way just now: what came of it will be said, it is not tried again
            )
        else:
            _end(tx, row, "cancelled", DeliveryCancelled, live=False)
    tx.session.flush()


@action("delivery.close", target="delivery", inner=True, output=DeliveryOut)
def close(tx: Tx, row: Delivery, wish: object) -> DeliveryOut:
    """It ended long ago, and nobody has anything to do about it: it leaves the screens."""
    old = row.ended_at is not None and row.ended_at < tx.received_at - STALE
    if not row.live or row.state in OPEN | DEAD or not old:
        return tx.show(DELIVERIES, row)
    row.live = False
    _forget(tx, row)
    return _say(tx, row, DeliveryClosed)


@action("delivery.confirm", wish=Confirm, target="delivery", inner=True, output=DeliveryOut)
def confirm(tx: Tx, row: Delivery, wish: Confirm) -> DeliveryOut:
    """What the gateway reports later: it arrived, or it did not."""
    if row.state != "handed":
        return tx.show(DELIVERIES, row)
    if wish.call is not None:
        return _called(tx, row, wish.call)
    if wish.arrived:
        row.confirmed_at = tx.received_at
        return _end(tx, row, "confirmed", DeliveryConfirmed, live=row.live)
    row.reason = wish.reason
    return _end(tx, row, "failed", DeliveryFailed, live=row.live)


def _own(tx: Tx, row: Delivery) -> None:
    if not tx.actor.covers(row.centre):
        raise Forbidden("Another centre's message", zh="属其他单位的外发")
    if row.state not in DEAD or not row.live:
        raise Conflict("It neither failed nor was missed, or it is settled", zh="它未失败，或已了结")


@action(
    "delivery.retry", needs=RETRY, target="delivery", http="POST /deliveries/{id}/retry", output=DeliveryOut
)
def retry(tx: Tx, row: Delivery, wish: object) -> DeliveryOut:
    """Send again by hand what failed or was missed: its time begins anew."""
    _own(tx, row)
    work = _work(tx, row)
    if work is None:
        raise Conflict("Its words are gone: telephone", zh="原文已清除，请电话通知")
    row.gateway = gateway_of(tx.session, tx.world, row.channel, row.centre)
    if row.gateway == NONE:
        raise Conflict("No channel: telephone", zh="无通道，请电话")
    row.state, row.reason, row.tries, row.ended_at = "waiting", {}, 0, None
    row.expires_at = tx.received_at + timedelta(seconds=row.max_age_s)
    row.next_at = tx.received_at
    work.next_at, work.expires_at, work.tries, work.unwanted = row.next_at, row.expires_at, 0, False
    work.lease = work.lease_until = None
    return _say(tx, row, DeliveryRetried)


@action(
    "delivery.acknowledge", needs=RETRY, target="delivery", http="POST /deliveries/{id}/acknowledge",
    output=DeliveryOut,
)  # fmt: skip
def acknowledge(tx: Tx, row: Delivery, wish: object) -> DeliveryOut:
    """Take note by name that it did not arrive: it was told in another way."""
    _own(tx, row)
    row.acknowledged_by, row.acknowledged_at, row.live = tx.actor.name, tx.at, False
    _forget(tx, row)
    return _say(tx, row, DeliveryAcknowledged)
