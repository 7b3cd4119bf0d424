"""Reading the journal whole: for those whose role spans the county; a township reads its incidents' timelines instead."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from pydantic import Field

from command.core import canonical, clock
from command.core.access import permission
from command.core.journal import Entry
from command.core.queries import View, Wish, query

ALL = permission("journal.read", "read the whole journal")
MOST = 1000


class Part(Wish):
    """Which part of the journal, oldest first; filters by event and by command."""

    after: int = Field(0, ge=0, le=2**53)
    limit: int = Field(50, ge=1)
    type: str | None = Field(None, max_length=64)
    command: str | None = Field(None, max_length=64)


@query("journal.entries", wish=Part, needs=ALL, http="GET /journal", output=dict[str, Any], long=True)
def entries(view: View, wish: Part) -> dict[str, Any]:
    """Entries of this world in order: who did what, when, why, and the hash that binds each to the one before."""
    statement = sa.select(Entry).where(Entry.seq > wish.after)
    if wish.type:
        statement = statement.where(Entry.type == wish.type)
    if wish.command:
        statement = statement.where(Entry.command == wish.command)
    limit = min(wish.limit, MOST)
    rows = view.session.execute(statement.order_by(Entry.seq).limit(limit + 1)).scalars().all()
    more = str(rows[limit - 1].seq) if len(rows) > limit else None
    return {"items": [_item(row) for row in rows[:limit]], "next": more}


def _item(row: Entry) -> dict[str, Any]:
    return {
        "seq": row.seq,
        "origin": row.origin,
        "incarnation": row.incarnation,
        "at": clock.wire(row.at),
        "received_at": clock.wire(row.received_at),
        "actor": row.actor,
        "actor_name": row.actor_name,
        "command": row.command,
        "cause": row.cause,
        "type": row.type,
        "kind": row.kind,
        "v": row.v,
        "text": canonical.load(row.text),
        "record": canonical.load(row.record),
        "hash": row.hash.hex(),
        "prev_hash": row.prev_hash.hex(),
    }
