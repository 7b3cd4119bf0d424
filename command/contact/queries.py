"""Reading the contact with townships."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.contact.contract import SILENT, LinkOut
from command.contact.models import Heard, Link
from command.core.access import COUNTY, Actor
from command.core.records import NOBODY, Criterion, RecordType, public, record


def show_links(session: Session, rows: Sequence[Link]) -> list[LinkOut]:
    """Contacts as the county sees them."""
    return [public(LinkOut, row) for row in rows]


def _visible(actor: Actor) -> Criterion:
    return sa.true() if actor.county else NOBODY


LINKS = record(
    RecordType(
        "link",
        Link,
        LinkOut,
        show_links,
        visible=_visible,
        in_topic=lambda topic: sa.true() if topic == COUNTY else None,
        path="links",
        needs="centre.read",
        order=(Link.id,),
        filters={"state": lambda v: Link.state == v},
    )
)


def heard_at(session: Session) -> dict[str, datetime]:
    """When each township was heard last."""
    return {row.centre: row.at for row in session.execute(sa.select(Heard)).scalars()}


def unsettled(session: Session, now: datetime) -> dict[str, datetime]:
    """The townships whose state is not what was heard, with when they were heard last."""
    heard = heard_at(session)
    found: dict[str, Any] = {}
    for row in session.execute(sa.select(Link.id, Link.state).where(Link.id.in_(heard))):
        on_the_line = now - heard[row.id] < SILENT
        if on_the_line != (row.state == "up") and (on_the_line or row.state == "up"):
            found[row.id] = heard[row.id]
    return found
