"""Putting one on a list by hand who stands in no register: a shepherd, a camp of workers, a tourist guide."""

from __future__ import annotations

import sqlalchemy as sa

from command.callout import climbing, private, tree
from command.callout.actions import always
from command.callout.contract import AddPerson, CalloutPersonOut
from command.callout.events import PersonListed
from command.callout.models import CalloutList, CalloutPerson
from command.callout.queries import PEOPLE
from command.callout.working import WORK
from command.centres.models import Centre
from command.core.actions import Tx, action
from command.core.errors import Conflict, Forbidden, Invalid

MOST_BY_HAND = 200
LEVELS = {6: "county", 9: "township", 12: "keeper"}


@action(
    "callout.add", wish=AddPerson, needs=WORK, target="callout_list", http="POST /callout_lists/{id}/people", status=201,
    output=CalloutPersonOut, urgent=always,
)  # fmt: skip
def add(tx: Tx, row: CalloutList, wish: AddPerson) -> CalloutPersonOut:
    """Put one on a list by hand; name and number are sealed, the journal holds a commitment."""
    mine(tx, row)
    place = tx.session.get(Centre, wish.code)
    own = wish.code == row.centre or wish.code.startswith(row.centre)
    if place is None or not own or (len(row.centre) == 6 and len(wish.code) == 12):
        raise Invalid("code: a place of this list's own area", zh="只能加本名单范围内的村（乡镇）")
    by_hand = sa.select(sa.func.count()).where(
        CalloutPerson.list_id == row.id, CalloutPerson.post_id == private.BY_HAND
    )
    if tx.session.execute(by_hand).scalar_one() >= MOST_BY_HAND:
        raise Conflict(f"At most {MOST_BY_HAND} by hand", zh=f"手工最多添加 {MOST_BY_HAND} 人")
    level = LEVELS[len(wish.code)]
    line = private.keep(tx, row.callout_id, wish.kind, wish.number, wish.name)
    one: CalloutPerson = tx.add(
        CalloutPerson(
            callout_id=row.callout_id, list_id=row.id, centre=row.centre, code=place.id, place=place.name, level=level,
            post_id=private.BY_HAND, post=wish.post, holder=None, lines=[line],
            superior=tree.superior_of(tx.session, place, level), state="pending", tries=0, acts=[], differs=False, due_at=None,
            listed_at=tx.now, answered_at=None, escalated_at=None, door_at=None, attempts=[], sample=None, robo=None, wave=None,
        )
    )  # fmt: skip
    climbing.settle(tx, one)
    tx.session.flush()
    shown = tx.show(PEOPLE, one)
    tx.say(PersonListed(record=shown))
    climbing.recount(tx, row, [])
    return shown


def mine(tx: Tx, row: CalloutList) -> None:
    """Refuse another's list, and one that is over."""
    if not (tx.actor.county or row.centre == tx.actor.centre):
        raise Forbidden("Who works the list, or the county, does this", zh="由本名单的单位或县里办理")
    if not row.live:
        raise Conflict("The call-out is over", zh="叫应已结束")
