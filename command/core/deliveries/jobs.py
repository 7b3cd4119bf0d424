"""What was sent and needs nobody any more leaves the screens by itself; what failed or was missed waits for a person."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import clock, jobs
from command.core.access import system_actor
from command.core.actions import Command
from command.core.deliveries.actions import STALE
from command.core.deliveries.contract import DEAD, OPEN
from command.core.deliveries.models import Delivery
from command.core.node import Node


@jobs.every("deliveries.sweep", seconds=300)
def sweep(node: Node) -> None:
    """Close what ended long ago, in every world."""
    before = clock.real() - STALE

    def look(session: Session) -> list[tuple[int, str]]:
        old = sa.select(Delivery.world, Delivery.id).where(
            Delivery.live, Delivery.ended_at < before, Delivery.state.not_in([*OPEN, *DEAD])
        )
        return [(row.world, row.id) for row in session.execute(old.limit(500))]

    for world, thing in node.database.read(look, world=None):
        command_id = str(uuid.uuid5(jobs.SPACE, f"delivery.close:{world}:{thing}:{before.date()}"))
        node.act(Command("delivery.close", {"id": thing}, system_actor(node.name), command_id, world))
