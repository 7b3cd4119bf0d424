"""What an impact needs in memory is read when the server starts, before anybody asks, for those who look at the whole county; for
others when they first ask. Until then an impact is answered from the database."""

from __future__ import annotations

from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.centres.models import User
from command.core.access import Actor, load_actor
from command.core.map.layerstock import of_node
from command.core.node import Node
from dispatch.impact.ground import joined, shaped


def bind(running: Any) -> None:
    """Begin with the server."""
    running.hub.on_start.append(partial(running.node.later, warm, running.node))


def warm(node: Node) -> None:
    """Read every layer that joins, and shape it. Who sees the same as another finds it done."""
    for actor in node.database.read(partial(_lookers, node.name), world=None):
        for layer in joined(actor):
            node.beside(shaped, of_node(node).of(layer, 0, actor))


def _lookers(county: str, session: Session) -> list[Actor]:
    """One account of each of the county's roles."""
    query = sa.select(sa.func.min(User.id)).where(User.centre == county, User.disabled.is_(False))
    found = [load_actor(session, one) for one in session.execute(query.group_by(User.role)).scalars()]
    return [one for one in found if one is not None]
