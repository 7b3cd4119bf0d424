"""Messages that come back: tied to the latest delivery that went to their number, or listed as from an unknown one.

What a reply means for a task is not decided here: who asked for the delivery listens to `ReplyTaken` (RULES 30). The number and
the words stay sealed; the words travel beside the event, in the same transaction, to that listener alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.orm import Session

from command.core import canonical, seal
from command.core.access import COUNTY, Actor, audience_of, audiences, heard_by, set_audience
from command.core.actions import AHEAD, Tx, action
from command.core.deliveries.actions import RETRY
from command.core.deliveries.making import always
from command.core.deliveries.models import Addressed, Delivery, Reply, ReplyWords
from command.core.deliveries.queries import EVERY, READ
from command.core.deliveries.recipients import digest_of, plain
from command.core.errors import Conflict
from command.core.events import Event
from command.core.queries import View, Wish, query
from command.core.records import NOBODY, Criterion, Record, RecordType, Time, find, public, record

MOST_WORDS = 1_000
UNKNOWN = {"zh": "未知号码", "en": "unknown number"}


class ReplyOut(Record):
    """A reply as those see it who asked for the delivery that it answers; the county, where nobody knows the number."""

    channel: str
    delivery_id: str | None
    about_kind: str | None
    about_id: str | None
    centre: str
    whom: dict[str, str]
    said_at: Time
    acknowledged_by: str | None
    acknowledged_at: Time | None
    audience: list[str]


class Take(Wish):
    """A message as the gateway brought it. Whatever it is signed with, its sender is known by the number alone: 未验证."""

    number: str = Field(min_length=3, max_length=24)
    text: str = Field(min_length=1, max_length=MOST_WORDS)
    said_at: datetime | None = None


class OfReply(Wish):
    """A reply."""

    id: str = Field(max_length=36)


class ReplyTaken(Event):
    """Somebody answered. `said["words"]` is what they wrote."""

    type: ClassVar[str] = "reply.taken"
    kind: ClassVar[str] = "reply"
    record: ReplyOut

    def topics(self) -> frozenset[str]:
        return frozenset(self.record.audience)

    def text(self) -> dict[str, str]:
        whom = self.record.whom
        return {"zh": f"短信回复（未验证）：{whom['zh']}", "en": f"SMS reply (unverified): {whom['en']}"}


class ReplyAcknowledged(ReplyTaken):
    """A person read it."""

    type: ClassVar[str] = "reply.acknowledged"

    def text(self) -> dict[str, str]:
        by, said = self.record.acknowledged_by, super().text()
        return {"zh": f"{by} 已阅：{said['zh']}", "en": f"{by} read: {said['en']}"}


def show_replies(session: Session, rows: Sequence[Reply]) -> list[ReplyOut]:
    """Replies as those concerned see them."""
    heard = audiences(session, "reply", [row.id for row in rows])
    return [public(ReplyOut, row, audience=heard[row.id]) for row in rows]


def _visible(actor: Actor) -> Criterion:
    if actor.system or actor.may(EVERY):
        return sa.true()
    return NOBODY if actor.team_id is not None else heard_by("reply", Reply.id, actor.parties)


def _topic(topic: str) -> Criterion | None:
    if topic == COUNTY or topic.startswith("centre:"):
        return sa.and_(Reply.live, heard_by("reply", Reply.id, [topic]))
    return None


REPLIES = record(
    RecordType(
        "reply", Reply, ReplyOut, show_replies, visible=_visible, in_topic=_topic, path="replies", needs=READ,
        order=(Reply.id,), filters={"live": lambda v: Reply.live == (v in ("true", "1"))},
    )
)  # fmt: skip


def answered(session: Session, secret: str, number: str) -> Delivery | None:
    """The latest delivery that a gateway took to this number, in the session's worlds."""
    found = (
        sa.select(Delivery)
        .join(Addressed, sa.and_(Addressed.world == Delivery.world, Addressed.id == Delivery.id))
        .where(Addressed.digest == digest_of(secret, number), Delivery.handed_at.is_not(None))
        .order_by(Addressed.at.desc(), Addressed.id.desc())
        .limit(1)
    )
    return session.execute(found).scalar_one_or_none()


@action("reply.take", wish=Take, inner=True, output=ReplyOut, urgent=always)
def take(tx: Tx, wish: Take) -> ReplyOut:
    """Keep what came, and tell whoever asked for what it answers. From an unknown number it waits for a person of the county."""
    to = answered(tx.session, tx.secret, wish.number)
    late = wish.said_at is None or wish.said_at > tx.received_at + AHEAD
    row = Reply(
        channel="sms", delivery_id=to and to.id, about_kind=to and to.about_kind, about_id=to and to.about_id,
        centre=to.centre if to else tx.node, whom=to.whom if to else UNKNOWN,
        said_at=tx.received_at if late else wish.said_at, acknowledged_by=None, acknowledged_at=None,
        live=to is None or to.about_kind != "task",
    )  # fmt: skip
    tx.add(row)
    tx.session.flush()
    sealed = seal.seal(tx.secret, canonical.dump({"number": plain(wish.number), "text": wish.text}))
    tx.add(ReplyWords(id=row.id, sealed=sealed))
    parties = audience_of(tx.session, "delivery", to.id) if to else frozenset({COUNTY})
    set_audience(tx.session, "reply", row.id, parties, fresh=True)
    shown: ReplyOut = tx.show(REPLIES, row)
    tx.say(ReplyTaken(record=shown, said={"words": wish.text}))
    return shown


@action(
    "reply.acknowledge", needs=RETRY, target="reply", http="POST /replies/{id}/acknowledge", output=ReplyOut
)
def acknowledge(tx: Tx, row: Reply, wish: object) -> ReplyOut:
    """Take note by name of what was written: it leaves the screens; its words stay readable, each reading logged."""
    if not row.live:
        raise Conflict("It is read already", zh="已有人阅过")
    row.acknowledged_by, row.acknowledged_at, row.live = tx.actor.name, tx.at, False
    tx.touch(row)
    shown: ReplyOut = tx.show(REPLIES, row)
    tx.say(ReplyAcknowledged(record=shown))
    return shown


@query("reply.words", wish=OfReply, needs=READ, http="GET /replies/{id}/words", output=dict[str, Any])
def words(view: View, wish: OfReply) -> dict[str, Any]:
    """The number and the words of a reply; the reading is written to the access log."""
    row: Reply = find(view.session, REPLIES, wish.id, view.actor)
    sealed = view.session.execute(
        sa.select(ReplyWords.sealed).where(ReplyWords.id == row.id)
    ).scalar_one_or_none()
    view.log_read("reply", row.id)
    if sealed is None:
        return {"number": None, "text": None}
    kept: dict[str, Any] = canonical.load(seal.open_(view.secret, sealed))
    return kept
