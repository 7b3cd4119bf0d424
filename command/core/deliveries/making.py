"""Following the journal: for each committed entry that somebody follows, one delivery to each recipient by each channel.

The cursor moves in the transaction that makes the rows, so a follower killed anywhere goes on without losing or doubling one.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from command.core import canonical, journal, seal
from command.core.access import COUNTY, set_audience
from command.core.actions import Tx, action
from command.core.deliveries.after import Told, Want, followed, followers_of
from command.core.deliveries.channels import CHANNELS, NONE, gateway_of
from command.core.deliveries.contract import (
    DeliveryEvent,
    DeliveryFailed,
    DeliveryMade,
    DeliveryMissed,
    DeliveryOut,
    Follow,
)
from command.core.deliveries.models import Addressed, Delivery, DeliveryWork, Followed
from command.core.deliveries.recipients import digest_of, plain

log = logging.getLogger(__name__)
DRILL = {"zh": "【演练】", "en": "【演练】 DRILL: "}
NO_GATEWAY = {"zh": "无{zh}通道，请电话", "en": "no {en} channel: telephone"}
NO_ADDRESS = {"zh": "未登记{zh}号码，请电话", "en": "no number for {en} on record: telephone"}
TOO_OLD = {"zh": "超过时效，未发送", "en": "too old, not sent"}
NOT_MADE = {"zh": "外发内容未能生成，请人工通知", "en": "the message could not be made: tell them by hand"}


def always(payload: dict[str, Any]) -> bool:
    """What is ordered while the disk is nearly full is also sent."""
    return True


@action("delivery.follow", wish=Follow, inner=True, output=None, urgent=always)
def follow(tx: Tx, wish: Follow) -> None:
    """Make the deliveries of the entries that were not followed yet."""
    cursor = tx.session.get(Followed, tx.world, with_for_update=True)
    if cursor is None:
        cursor = tx.add(Followed(seq=0))
    for told in _followed_entries(tx, cursor.seq, wish.upto):
        for want in _wanted(tx, told):
            _make(tx, told, want)
    cursor.seq = max(cursor.seq, wish.upto)
    tx.session.flush()


def _followed_entries(tx: Tx, after: int, upto: int) -> Iterable[Told]:
    table = journal.Entry.__table__
    query = sa.select(table).where(
        table.c.world == tx.world, table.c.seq > after, table.c.seq <= upto, table.c.type.in_(followed())
    )
    for row in tx.session.execute(query.order_by(table.c.seq)).all():
        yield Told(row.seq, row.type, row.at, row.received_at, row.actor_name, canonical.load(row.record))


def _wanted(tx: Tx, told: Told) -> list[Want]:
    """What is wanted of an entry. One that cannot be worked out is not lost: it becomes a dead letter for a person."""
    wanted: list[Want] = []
    for follower in followers_of(told.type):
        try:
            with tx.session.begin_nested():
                wanted += list(follower(tx, told))
        except sa.exc.DBAPIError:
            raise
        except Exception:  # the follower's edge: one bad entry must not stop all that come after it
            log.exception("what %s of entry %s wants could not be worked out", follower.__name__, told.seq)
            wanted.append(_unknown(tx, told))
    return wanted


def _unknown(tx: Tx, told: Told) -> Want:
    nobody = {"zh": "收件人不明", "en": "recipient unknown"}
    about = ("entry", str(told.seq))
    return Want(
        "?",
        nobody,
        next(iter(CHANNELS)),
        None,
        {},
        timedelta(0),
        "unknown",
        about,
        tx.node,
        frozenset({COUNTY}),
    )


def _make(tx: Tx, told: Told, want: Want) -> None:
    if _there(tx, told.seq, want):
        return
    expires = told.received_at + want.max_age
    row = Delivery(
        entry=told.seq, recipient=want.recipient, channel=want.channel, whom=want.whom, purpose=want.purpose,
        about_kind=want.about[0], about_id=want.about[1], centre=want.centre,
        gateway=gateway_of(tx.session, tx.world, want.channel, want.centre),
        state="waiting", reason={}, tries=0, urgent=want.urgent, max_age_s=int(want.max_age.total_seconds()),
        made_at=tx.received_at, expires_at=expires, next_at=None, handed_at=None, confirmed_at=None, ended_at=None,
        reference=None, call=None, acknowledged_by=None, acknowledged_at=None, live=True,
    )  # fmt: skip
    event = _begin(row, want, late=expires <= tx.received_at)
    if row.state == "waiting":
        row.next_at = tx.received_at
    else:
        row.ended_at = tx.received_at
    tx.add(row)
    set_audience(tx.session, "delivery", row.id, want.parties, fresh=True)
    if row.state != "no_channel" and want.to is not None:
        _keep_private(tx, row, want)
    shown: DeliveryOut = tx.show("delivery", row)
    tx.say(event(record=shown))


def _there(tx: Tx, entry: int, want: Want) -> bool:
    query = sa.select(Delivery.id).where(
        Delivery.entry == entry, Delivery.recipient == want.recipient, Delivery.channel == want.channel
    )
    return tx.session.execute(query).first() is not None


def _begin(row: Delivery, want: Want, *, late: bool) -> type[DeliveryEvent]:
    """The state that a delivery begins with."""
    if want.purpose == "unknown":
        row.state, row.reason = "failed", NOT_MADE
        return DeliveryFailed
    if row.gateway == NONE or want.to is None:
        row.state, row.reason = (
            "no_channel",
            _by(NO_GATEWAY if row.gateway == NONE else NO_ADDRESS, want.channel),
        )
        return DeliveryMade
    if late:
        row.state, row.reason = "missed", TOO_OLD
        return DeliveryMissed
    return DeliveryMade


def _by(said: dict[str, str], channel: str) -> dict[str, str]:
    zh, en = CHANNELS[channel]
    return {lang: text.format(zh=zh, en=en) for lang, text in said.items()}


def _keep_private(tx: Tx, row: Delivery, want: Want) -> None:
    """Seal the address and the words, and remember by a digest where it went; in a drill the words say so before anything else."""
    text = {lang: (DRILL[lang] if tx.world else "") + said for lang, said in want.text.items()}
    sealed = seal.seal(tx.secret, canonical.dump({"to": plain(want.to or ""), "text": text}))
    tx.add(
        DeliveryWork(
            id=row.id, sealed=sealed, next_at=row.next_at, expires_at=row.expires_at, urgent=want.urgent, tries=0,
            lease=None, lease_until=None, unwanted=False,
        )
    )  # fmt: skip
    tx.add(Addressed(id=row.id, digest=digest_of(tx.secret, want.to or ""), at=tx.received_at))
