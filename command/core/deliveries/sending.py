"""Sending: claim a delivery by a lease, hand it to its gateway outside any transaction, bring back the outcome.

At least once: a process killed between the gateway and the outcome leaves its lease to run out, and the next attempt carries
the same id. At most one more send for each kill, none lost (RULES 6.17).
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import canonical, clock, first, gateways, jobs, journal, seal
from command.core.access import system_actor
from command.core.actions import Command
from command.core.deliveries import channels
from command.core.deliveries.after import followed
from command.core.deliveries.models import Delivery, DeliveryWork, Followed
from command.core.gateways import Message, Outcome, Route
from command.core.node import Node

log = logging.getLogger(__name__)
STEP = 1000
Beside = Callable[..., Any]


@dataclass(frozen=True)
class House:
    """What an installation lends to all its deliveries."""

    node: Node
    secret: str = ""
    lang: str = "zh"


@dataclass(frozen=True)
class Ripe:
    """A delivery whose time has come, to be tried or, being too old, to be given up."""

    world: int
    id: str
    urgent: bool
    expired: bool


def begin(session: Session, node: str) -> None:
    """What happened before deliveries were known is nobody's to be told: follow life from where it stands."""
    if session.get(Followed, 0) is None:
        session.add(Followed(world=0, seq=journal.end_of(session, 0)[1]))
        session.flush()


first.on_founding(begin)


@dataclass(frozen=True)
class Behind:
    """How far a world's journal goes, how far it was followed, and the first entry in between that somebody follows."""

    world: int
    incarnation: str
    end: int
    kept: int
    wanted: int | None

    @property
    def upto(self) -> int | None:
        """Up to where to follow now; None when nobody wants anything of what is new."""
        if self.wanted is not None:
            return min(self.end, self.wanted + STEP)
        return self.end if self.end - self.kept > STEP else None


def follow(node: Node, seen: dict[int, int]) -> int:
    """Make the deliveries of what was committed since. `seen`: how far each world was looked through, kept by the caller.

    The durable place moves with the rows that it makes; entries that nobody follows cost one read. Returns how often it acted.
    """
    acted = 0
    while behind := [one for one in look(node, seen) if one.upto is not None]:
        for one in behind:
            key = f"follow:{one.world}:{one.incarnation}:{one.upto}"
            if not _act(node, "delivery.follow", {"upto": one.upto}, one.world, key):
                log.error("the journal of world %s could not be followed to %s", one.world, one.upto)
                return acted
            acted += 1
    return acted


def look(node: Node, seen: dict[int, int]) -> list[Behind]:
    """Look through what is new in every world, in one read; `seen` moves to what needs no second look."""

    def job(session: Session) -> list[Behind]:
        kept = {row.world: row.seq for row in session.execute(sa.select(Followed)).scalars()}
        return [_behind(session, world, kept.get(world, 0), seen) for world in journal.worlds_of(session)]

    found = node.database.read(job, world=None)
    for one in found:
        seen[one.world] = one.end if one.wanted is None else one.wanted - 1
    return found


def _behind(session: Session, world: int, kept: int, seen: dict[int, int]) -> Behind:
    incarnation, end = journal.end_of(session, world)
    start = max(kept, seen.get(world, 0) if seen.get(world, 0) <= end else 0)
    table = journal.Entry.__table__
    query = sa.select(sa.func.min(table.c.seq)).where(
        table.c.world == world, table.c.seq > start, table.c.seq <= end, table.c.type.in_(followed())
    )
    wanted = session.execute(query).scalar_one_or_none() if end > start else None
    return Behind(world, incarnation, end, kept, wanted)


def ripe(node: Node, limit: int = 20) -> list[Ripe]:
    """What should be tried or given up now, of all worlds: the urgent first, then the oldest."""
    now = clock.real()

    def look(session: Session) -> list[Ripe]:
        free = sa.or_(DeliveryWork.lease.is_(None), DeliveryWork.lease_until <= now)
        due = sa.select(DeliveryWork).where(DeliveryWork.next_at <= now, free)
        waiting = sa.select(DeliveryWork).where(
            DeliveryWork.next_at.is_not(None), DeliveryWork.expires_at <= now, free
        )
        order = (DeliveryWork.urgent.desc(), DeliveryWork.next_at, DeliveryWork.id)
        rows = [
            *session.execute(waiting.order_by(*order).limit(limit)).scalars(),
            *session.execute(
                due.where(DeliveryWork.expires_at > now).order_by(*order).limit(limit)
            ).scalars(),
        ]
        return [Ripe(row.world, row.id, row.urgent, row.expires_at <= now) for row in rows]

    return node.database.read(look, world=None)


def next_at(node: Node) -> datetime | None:
    """When the next delivery should be tried or given up."""

    def look(session: Session) -> datetime | None:
        found = sa.select(sa.func.min(DeliveryWork.next_at))
        return session.execute(found).scalar_one_or_none()

    return node.database.read(look, world=None)


def give_up(node: Node, one: Ripe) -> None:
    """Its time is over."""
    _act(node, "delivery.expire", {"id": one.id}, one.world, f"expire:{one.world}:{one.id}:{uuid.uuid4()}")


def attempt(house: House, one: Ripe, beside: Beside) -> str | None:
    """Claim, send, bring back the outcome. Returns it, or None when another has it, or took it over meanwhile."""
    lease = str(uuid.uuid4())
    claimed = claim(house, one, lease)
    if claimed is None:
        return None
    kind, message, route = claimed
    outcome: Outcome = beside(send, kind, message, route)
    payload = {
        "id": one.id, "lease": lease, "gateway": kind, "outcome": outcome.kind, "reason": outcome.reason,
        "reference": outcome.reference, "call": outcome.call,
    }  # fmt: skip
    answer = _act(house.node, "delivery.settle", payload, one.world, f"settle:{lease}")
    if not answer:
        log.warning("delivery %s: the outcome (%s) came after the lease was lost", one.id, outcome.kind)
        return None
    return outcome.kind


def send(kind: str, message: Message, route: Route) -> Outcome:
    """Try the gateway. What it did not foresee is an outcome too: tried again until the message is too old."""
    if kind not in gateways.GATEWAYS:
        return Outcome("refused", "无通道，请电话", "no channel: telephone")
    try:
        return gateways.GATEWAYS[kind](message, route)
    except Exception as error:  # the gateways' edge
        log.exception("gateway %s failed on delivery %s", kind, message.id)
        return Outcome("again", "网关内部错误", f"the gateway failed: {type(error).__name__}")


def claim(house: House, one: Ripe, lease: str) -> tuple[str, Message, Route] | None:
    """Take the lease, if nobody holds it: (kind of gateway, message, route). The count of tries moves here, so that a message
    which kills its sender is not tried for ever."""
    now = clock.real()

    def take(session: Session) -> tuple[str, Message, Route] | None:
        row = session.get(Delivery, (one.world, one.id))
        if row is None:
            return None
        free = sa.or_(DeliveryWork.lease.is_(None), DeliveryWork.lease_until <= now)
        taken = (
            sa.update(DeliveryWork)
            .where(DeliveryWork.world == one.world, DeliveryWork.id == one.id, free)
            .where(DeliveryWork.next_at <= now, DeliveryWork.expires_at > now)
            .values(
                lease=lease,
                lease_until=now + channels.lease_lasts(session, row.centre),
                tries=DeliveryWork.tries + 1,
            )
            .returning(DeliveryWork.sealed)
        )
        sealed = session.execute(taken).scalar_one_or_none()
        return None if sealed is None else _opened(house, session, row, sealed)

    return house.node.database.write(take, world=one.world)


def _opened(house: House, session: Session, row: Delivery, sealed: bytes) -> tuple[str, Message, Route]:
    said: dict[str, Any] = canonical.load(seal.open_(house.node.secret, sealed))
    kind = channels.gateway_of(session, row.world, row.channel, row.centre)
    message = Message(
        row.id,
        row.world,
        row.channel,
        said["to"],
        said["text"][house.lang],
        row.purpose,
        row.made_at,
        row.expires_at,
    )
    route = Route(
        directory=house.node.data_dir,
        secret=house.secret,
        url=channels.URL[row.channel](session, row.centre),
        hosts=tuple(channels.HOSTS(session, row.centre)),
        networks=tuple(channels.NETWORKS(session, row.centre)),
        deadline_s=channels.DEADLINE(session, row.centre),
    )
    return kind, message, route


def soonest(at: datetime | None, longest: timedelta) -> float:
    """Seconds until `at`, between nothing and the longest wait."""
    left = longest if at is None else at - clock.real()
    return max(0.0, min(left, longest).total_seconds())


def _act(node: Node, name: str, payload: dict[str, Any], world: int, key: str) -> bool:
    command_id = str(uuid.uuid5(jobs.SPACE, key))
    return node.act(Command(name, payload, system_actor(node.name), command_id, world)).ok
