"""What became of one thing of the registers: the journal's entries about it, newest first, as who may see the thing sees them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from pydantic import Field

from command.core import canonical, clock, records
from command.core.errors import NotFound
from command.core.journal import Entry
from command.core.queries import View, Wish, query

REGISTERS = ("setting", "centre", "user", "role", "device", "world")
MOST = 100


class OfThing(Wish):
    """A thing of a register."""

    kind: str = Field(max_length=32)
    id: str = Field(max_length=120)


@query("history.of", wish=OfThing, http="GET /history", output=dict[str, Any], long=True)
def history(view: View, wish: OfThing) -> dict[str, Any]:
    """Who changed a setting, a centre with its posts, an account, a display or a drill's world, when, and to what."""
    if wish.kind not in REGISTERS or wish.kind not in records.KINDS:
        raise NotFound()
    if wish.kind != "setting":  # a setting that nobody gave a value has no row, and no history
        records.find(view.session, wish.kind, wish.id, view.actor)
    elif not _may_see(view, wish.id):
        raise NotFound()
    view.actor.need(records.KINDS[wish.kind].needs)
    chosen = sa.select(Entry).where(Entry.kind == wish.kind, _names(view, wish.id)).order_by(Entry.seq.desc())
    rows = view.session.execute(chosen.limit(MOST)).scalars()
    items = [_item(row) for row in rows]
    return {"items": [one for one in items if one["record"]["id"] == wish.id]}


def _may_see(view: View, setting: str) -> bool:
    centre = setting.partition(":")[0]
    return (
        view.actor.may("setting.write")
        or view.actor.county
        or view.actor.centre == centre
        or view.actor.manages(centre)
    )


def _names(view: View, thing: str) -> sa.ColumnElement[bool]:
    """SQL: the entry's record has this id in it; what is not the record's own is left out afterwards."""
    named = sa.literal(f'"id":{canonical.dump(thing).decode()}'.encode(), sa.LargeBinary)
    if view.session.get_bind().dialect.name == "sqlite":
        return sa.func.instr(Entry.record, named) > 0
    return sa.func.position(named.op("IN")(Entry.record)) > 0


def _item(row: Entry) -> dict[str, Any]:
    return {
        "seq": row.seq,
        "at": clock.wire(row.at),
        "actor": row.actor,
        "actor_name": row.actor_name,
        "type": row.type,
        "text": canonical.load(row.text),
        "record": canonical.load(row.record),
    }
