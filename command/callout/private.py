"""What call-outs keep of people besides the register: name and number of one who was put on a list by hand, sealed. It goes after the
call-out's end, and so do the words and numbers of robo-calls."""

from __future__ import annotations

import os
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.callout.models import Callout, CalloutLine, CalloutPerson
from command.core import canonical, ids, personal, seal
from command.core.actions import Tx
from command.core.queries import View

BY_HAND = "by_hand"
"""In place of the post of one who stands in no register."""
personal.personal(
    "callout.line", CalloutLine, of="callout", by=CalloutLine.callout_id,
    zh="手工加入叫应名单的姓名和号码", en="names and numbers of those put on a call-out by hand",
)  # fmt: skip


@personal.subject("callout", "叫应", "call-out")
def over(session: Session, things: Collection[str]) -> dict[str, personal.Ended]:
    """A call-out is over when somebody ended it."""
    return {
        row.id: personal.Ended(row.number, row.centre, row.ended_at)
        for row in personal.among(Callout, session, things)
        if row.ended_at is not None
    }


@personal.leads("callout_person")
def of_person(session: Session, things: Collection[str]) -> dict[str, personal.Ref]:
    """Who is on a list belongs to its call-out."""
    return {row.id: ("callout", row.callout_id) for row in personal.among(CalloutPerson, session, things)}


def keep(tx: Tx, callout_id: str, kind: str, number: str, whose: str) -> dict[str, Any]:
    """Seal a number with whose it is. Returns the line as a record may tell it."""
    value, salt = canonical.dump({"number": number, "whose": whose}), os.urandom(16)
    made = tx.add(
        CalloutLine(id=ids.new_id(), callout_id=callout_id, salt=salt, sealed=seal.seal(tx.secret, value))
    )
    told = seal.commitment(salt, value)
    return {"id": made.id, "kind": kind, "number": None, "private": True, "commitment": told}


def numbers_of(view: View, row: CalloutPerson) -> dict[str, dict[str, Any]]:
    """The private numbers of one on a list by line: the register's, or what was sealed when they were put on it by hand."""
    private = [one["id"] for one in row.lines if one["private"]]
    if not private:
        return {}
    if row.post_id != BY_HAND:
        items = view.ask("post.private", id=row.code, post=row.post_id)["items"]
        return {one["id"]: one for one in items}
    wanted = sa.select(CalloutLine).where(CalloutLine.id.in_(private))
    return {
        one.id: canonical.load(seal.open_(view.secret, one.sealed))
        for one in view.session.execute(wanted).scalars()
    }
