"""Households that will not go: who comes again when, the reminder, and what came of it. The counts are a matter of their own."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import clock, due, ids
from command.core.access import COUNTY, centre_party
from command.core.actions import AHEAD, Tx, action
from command.core.errors import Conflict, Invalid
from command.evacuation import private
from command.evacuation.contract import RefusalOut, Refuse, Visit
from command.evacuation.counting import COUNT
from command.evacuation.events import RefusalClosed, RefusalRecorded, RefusalVisited
from command.evacuation.models import EvacuatedZone, Refusal
from command.evacuation.queries import REFUSALS

REMIND = "evacuation.remind"
ASKED = "evacuation_visit:"


@action(
    "evacuation.refuse",
    wish=Refuse,
    needs=COUNT,
    target="evacuated_zone",
    http="POST /evacuated_zones/{id}/refusals",
    status=201,
    output=RefusalOut,
)
def refuse(tx: Tx, row: EvacuatedZone, wish: Refuse) -> RefusalOut:
    """Record that a household will not go, and when somebody comes again."""
    if row.state != "open":
        raise Conflict("Nobody need leave it now", zh="该单元已不在转移中")
    _ahead(tx, wish.next_visit_at)
    fresh = ids.new_id()
    words = private.keep(tx, row.evacuation_id, fresh, {"words": wish.words}) if wish.words else None
    refusal = tx.add(
        Refusal(
            id=fresh, evacuation_id=row.evacuation_id, zone_id=row.id, zone_name=row.name, centre=row.centre,
            households=wish.households, people=wish.people, reason=wish.reason, next_visit_at=wish.next_visit_at,
            visitor=wish.visitor, visits=[], words=words, recorded_by=tx.actor.name, recorded_at=tx.at,
            state="open", live=True,
        )
    )  # fmt: skip
    promise(tx.session, refusal)
    shown = tx.show(REFUSALS, refusal)
    tx.say(RefusalRecorded(record=shown))
    return shown


@action(
    "evacuation.visit",
    wish=Visit,
    needs=COUNT,
    target="evacuation_refusal",
    http="POST /evacuation_refusals/{id}/visit",
    output=RefusalOut,
)
def visit(tx: Tx, row: Refusal, wish: Visit) -> RefusalOut:
    """Say what came of coming again."""
    if not row.live:
        raise Conflict("It is settled", zh="已办结")
    at = wish.at or tx.at
    if at > tx.now + AHEAD:
        raise Invalid("at: not in the future", zh="时间不能晚于此刻")
    if wish.outcome != "moved" and wish.next_visit_at is not None:
        _ahead(tx, wish.next_visit_at)
    row.visits = [
        *row.visits, {"outcome": wish.outcome, "at": clock.wire(at), "by": tx.actor.name},
    ]  # fmt: skip
    row.next_visit_at = None if wish.outcome == "moved" else wish.next_visit_at
    row.state = "moved" if wish.outcome == "moved" else "open"
    row.live = row.state == "open"
    tx.touch(row)
    tx.act("alarm.clear", {"cause": ASKED + row.id}, as_system=True)
    promise(tx.session, row)
    shown = tx.show(REFUSALS, row)
    tx.say(RefusalVisited(record=shown))
    return shown


@action(REMIND, target="evacuation_refusal", inner=True, output=RefusalOut)
def remind(tx: Tx, row: Refusal, wish: object) -> RefusalOut:
    """The time of the next visit has come: the township's desk hears it."""
    if row.live and row.next_visit_at is not None and row.next_visit_at <= tx.now:
        title = {"zh": f"应再次上门劝离・{row.zone_name}", "en": f"Visit again: {row.zone_name}"}
        detail = {
            "zh": f"{row.visitor}：{row.households} 户 {row.people} 人拒绝转移",
            "en": f"{row.visitor}: {row.households} households, {row.people} people refuse to move",
        }
        told = {"cause": ASKED + row.id, "rank": 2, "title": title, "detail": detail, "centre": row.centre}
        tx.act("alarm.raise", {**told, "parties": sorted({COUNTY, centre_party(row.centre)})}, as_system=True)
    return tx.show(REFUSALS, row)


def promise(session: Session, row: Refusal) -> None:
    """One reminder for each household that is to be visited again."""
    key = f"{REMIND}:{row.id}"
    if row.live and row.next_visit_at is not None:
        due.promise(session, row.world, row.next_visit_at, REMIND, {"id": row.id}, key)
    else:
        due.call_off(session, row.world, key)


def close(tx: Tx, evacuation_id: str) -> None:
    """The evacuation is over: nobody need come again."""
    wanted = sa.select(Refusal).where(Refusal.evacuation_id == evacuation_id, Refusal.live)
    for row in tx.session.execute(wanted.order_by(Refusal.id)).scalars():
        row.state, row.live, row.next_visit_at = "ended", False, None
        tx.touch(row)
        tx.act("alarm.clear", {"cause": ASKED + row.id}, as_system=True)
        promise(tx.session, row)
        tx.say(RefusalClosed(record=tx.show(REFUSALS, row)))


def _ahead(tx: Tx, at: datetime) -> None:
    if at <= tx.now:
        raise Invalid("next_visit_at: in the future", zh="下次上门时间须在此刻之后")
