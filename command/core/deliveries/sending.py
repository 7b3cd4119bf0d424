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


def follow(node: Node, seen: dict[int, int]) -> int:
    """Make the deliveries of what was committed since. `seen`: how far each world was looked through, kept by the caller.

    The durable place moves with the rows that it makes; entries that nobody follows cost one read. Returns how often it acted.
    """
    acted = 0
    for world in node.database.read(journal.worlds_of, world=None):
        while (upto := _next(node, world, seen)) is not None:
            _act(
                node,
                "delivery.follow",
                {"upto": upto},
                world,
                f"follow:{world}:{_incarnation(node, world)}:{upto}",
            )
            acted += 1
    return acted


def _next(node: Node, world: int, seen: dict[int, int]) -> int | None:
    """Up to where the journal should be followed now; None when nobody wants anything of what is new."""

    def look(session: Session) -> tuple[int, int, int | None]:
        end = journal.end_of(session, world)[1]
        kept = (
            session.execute(sa.select(Followed.seq).where(Followed.world == world)).scalar_one_or_none() or 0
        )
        start = max(kept, seen.get(world, 0) if seen.get(world, 0) <= end else 0)
        table = journal.Entry.__table__
        found = sa.select(sa.func.min(table.c.seq)).where(
            table.c.world == world, table.c.seq > start, table.c.seq <= end, table.c.type.in_(followed())
        )
        return kept, end, session.execute(found).scalar_one_or_none()

    kept, end, wanted = node.database.read(look, world=None)
    if wanted is not None:
        seen[world] = wanted - 1
        return min(end, wanted + STEP)
    seen[world] = end
    return end if end - kept > STEP else None


def _incarnation(node: Node, world: int) -> str:
    return node.database.read(lambda session: journal.end_of(session, world)[0], world=None)


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
        "reference": outcome.reference,
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
