"""What deliveries and replies keep of people: sealed addresses and words. It goes with the response about which they went out."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from command.core import clock, personal
from command.core.deliveries.models import Addressed, Delivery, DeliveryWork, Reply, ReplyWords

personal.personal(
    "delivery.words", DeliveryWork, of="delivery", by=DeliveryWork.id, zh="待发短信的号码和正文", en="numbers and words of messages to send"
)  # fmt: skip
personal.personal(
    "delivery.number", Addressed, of="delivery", by=Addressed.id, zh="短信号码摘要", en="digests of numbers"
)  # fmt: skip
personal.personal(
    "reply.words", ReplyWords, of="reply", by=ReplyWords.id, zh="短信回复的号码和正文", en="numbers and words of SMS replies"
)  # fmt: skip


@personal.leads("delivery")
def about(session: Session, things: Collection[str]) -> dict[str, personal.Ref]:
    """A delivery belongs to what it tells of."""
    return {row.id: (row.about_kind, row.about_id) for row in personal.among(Delivery, session, things)}


@personal.leads("reply")
def answers(session: Session, things: Collection[str]) -> dict[str, personal.Ref]:
    """A reply belongs to the delivery that it answers; one from an unknown number to nothing but itself."""
    rows = personal.among(Reply, session, things)
    return {row.id: ("delivery", row.delivery_id) for row in rows if row.delivery_id is not None}


@personal.subject("reply", "短信回复", "SMS reply")
def read(session: Session, things: Collection[str]) -> dict[str, personal.Ended]:
    """A reply from an unknown number is over once a person has read it."""
    rows = personal.among(Reply, session, things)
    return {
        row.id: personal.Ended(clock.stamp(row.said_at), row.centre, row.acknowledged_at)
        for row in rows
        if row.acknowledged_at is not None
    }
