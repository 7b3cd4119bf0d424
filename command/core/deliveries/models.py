"""Rows of deliveries: what everybody concerned may know, the private half of it, and how far the journal was followed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from command.core.store.db import Base, Identified, Owned, Worldly


class Delivery(Worldly, Identified, Owned, Base):
    """One message of one entry to one recipient by one channel. Never an address, never the words (RULES 8)."""

    __tablename__ = "delivery"
    entry: Mapped[int] = mapped_column(sa.BigInteger)
    recipient: Mapped[str] = mapped_column(sa.String(96))
    channel: Mapped[str] = mapped_column(sa.String(16))
    whom: Mapped[dict[str, Any]]
    purpose: Mapped[str] = mapped_column(sa.String(16))
    about_kind: Mapped[str] = mapped_column(sa.String(32))
    about_id: Mapped[str] = mapped_column(sa.String(36))
    centre: Mapped[str] = mapped_column(sa.String(32), index=True)
    gateway: Mapped[str] = mapped_column(sa.String(16))
    state: Mapped[str] = mapped_column(sa.String(12), index=True)
    reason: Mapped[dict[str, Any]]
    tries: Mapped[int]
    urgent: Mapped[bool]
    max_age_s: Mapped[int]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    next_at: Mapped[datetime | None]
    handed_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    reference: Mapped[str | None] = mapped_column(sa.String(80))
    call: Mapped[dict[str, Any] | None]
    acknowledged_by: Mapped[str | None]
    acknowledged_at: Mapped[datetime | None]
    live: Mapped[bool] = mapped_column(index=True)
    __table_args__ = (
        sa.UniqueConstraint("world", "entry", "recipient", "channel", name="uq_delivery_once"),
        sa.Index("ix_delivery_about", "world", "about_id"),
    )


class DeliveryWork(Worldly, Base):
    """The private half, while there is something to do: the sealed address and words, when to try, who holds it.

    The lease fences: whoever took it last may write the outcome, nobody else. Gone with the last use of the words."""

    __tablename__ = "delivery_work"
    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True)
    sealed: Mapped[bytes]
    next_at: Mapped[datetime | None] = mapped_column(index=True)
    expires_at: Mapped[datetime]
    urgent: Mapped[bool]
    tries: Mapped[int]
    lease: Mapped[str | None] = mapped_column(sa.String(36))
    lease_until: Mapped[datetime | None]
    unwanted: Mapped[bool]
    __table_args__ = (sa.ForeignKeyConstraint(["world", "id"], ["delivery.world", "delivery.id"]),)


class Followed(Worldly, Base):
    """Up to which entry of a world the deliveries were made; it moves in the transaction that makes them."""

    __tablename__ = "followed"
    seq: Mapped[int] = mapped_column(sa.BigInteger)


class Addressed(Worldly, Base):
    """To which number a delivery went, as a keyed digest: what comes back from that number is tied to it. Private."""

    __tablename__ = "delivery_addressed"
    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True)
    digest: Mapped[str] = mapped_column(sa.String(64), index=True)
    at: Mapped[datetime]
    __table_args__ = (sa.ForeignKeyConstraint(["world", "id"], ["delivery.world", "delivery.id"]),)


class Reply(Worldly, Identified, Owned, Base):
    """A message that came back to the house: which delivery it answers, never the number, never the words (RULES 8)."""

    __tablename__ = "reply"
    channel: Mapped[str] = mapped_column(sa.String(16))
    delivery_id: Mapped[str | None] = mapped_column(sa.String(36))
    about_kind: Mapped[str | None] = mapped_column(sa.String(32))
    about_id: Mapped[str | None] = mapped_column(sa.String(36))
    centre: Mapped[str] = mapped_column(sa.String(32), index=True)
    whom: Mapped[dict[str, Any]]
    said_at: Mapped[datetime]
    acknowledged_by: Mapped[str | None]
    acknowledged_at: Mapped[datetime | None]
    live: Mapped[bool] = mapped_column(index=True)


class ReplyWords(Worldly, Base):
    """The private half of a reply: the sealed number and words."""

    __tablename__ = "reply_words"
    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True)
    sealed: Mapped[bytes]
    __table_args__ = (sa.ForeignKeyConstraint(["world", "id"], ["reply.world", "reply.id"]),)
