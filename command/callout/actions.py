"""Opening a call-out, widening and ending it; the lists are filled from the register's posts by parts, so that no write waits long."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from command.callout import climbing, tree, unstarted
from command.callout.contract import CalloutListOut, CalloutOut, MoveCallout, OpenCallout, WidenCallout
from command.callout.events import (
    CalloutEnded,
    CalloutEvent,
    CalloutOpened,
    CalloutWidened,
    ListCounted,
    ListMade,
    PersonListed,
)
from command.callout.models import Callout, CalloutList, CalloutPerson
from command.callout.queries import CALLOUTS, LISTS, PEOPLE, counted, heard_of
from command.centres.models import Centre
from command.core.access import COUNTY, centre_party, permission, set_audience
from command.core.actions import Tx, action
from command.core.errors import Conflict, Forbidden, Invalid
from command.core.numbering import next_number
from command.places import register

OPEN = permission("callout.open", "open call-outs, widen and end them", "发起、扩大、结束叫应")
MARK = "JY"
MOST_AT_ONCE = 60
"""People listed in one transaction."""
BY_HAND = {"zh": "手工叫应", "en": "Call-out by hand"}


def always(payload: dict[str, Any]) -> bool:
    """It warns of danger to life: taken also when the disk is nearly full."""
    return True


@action(
    "callout.open", wish=OpenCallout, needs=OPEN, http="POST /callouts", status=201, output=CalloutOut, urgent=always
)  # fmt: skip
def open_callout(tx: Tx, wish: OpenCallout) -> CalloutOut:
    """Open a call-out of a warning's areas, or by hand: lists for the county and each township, filled at once by the system."""
    found = _warning(tx, wish.warning_id)
    areas = wish.areas or _areas_of(found)
    areas = [one for one in areas if tx.actor.covers(one)] if found and not wish.areas else areas
    _own(tx, areas)
    called = _called_already(tx, wish.warning_id)
    areas = [one for one in areas if one[:9] not in called]
    if not areas:
        raise Conflict("It is being called out already: work its list", zh="该预警已在叫应，请在名单上继续")
    row: Callout = tx.add(
        Callout(
            number=next_number(tx, MARK, tx.actor.centre), warning_id=wish.warning_id,
            title=found["title"] if found else BY_HAND, level=found["level"] if found else None,
            reason=wish.reason or (found["title"]["zh"] if found else ""), areas=[], centre=tx.actor.centre,
            opened_by=tx.actor.name, opened_at=tx.now, state="calling", ended_by=None, ended_at=None, ended_reason=None,
            live=True,
        )
    )  # fmt: skip
    _spread(tx, row, areas, fresh=True)
    shown = tx.show(CALLOUTS, row)
    tx.say(CalloutOpened(record=shown), before=0)
    return shown


def _warning(tx: Tx, warning_id: str | None) -> dict[str, Any] | None:
    if warning_id is None:
        return None
    found = [one for one in tx.ask("warnings.in_force") if one["id"] == warning_id]
    if not found:
        raise Invalid(
            "warning_id: no warning in force; relay it first, or call out by hand",
            zh="没有这条在效预警：请先转发，或手工叫应",
        )
    warning: dict[str, Any] = found[0]
    return warning


def _areas_of(warning: dict[str, Any] | None) -> list[str]:
    """The townships that a warning strikes; only its villages where it names no more than those."""
    if warning is None:
        return []
    codes = warning["codes"]
    whole = warning["drawn"] or register.COUNTY in codes
    areas: list[str] = []
    for town in warning["struck"]:
        villages = [code for code in codes if len(code) == 12 and code.startswith(town)]
        areas += [town] if whole or town in codes or not villages else villages
    return areas


def _own(tx: Tx, areas: Iterable[str]) -> None:
    if not all(tx.actor.covers(one) for one in areas):
        raise Forbidden("Your own township only: ask the county", zh="只能叫应本乡镇范围：其他请报县里")


def _called_already(tx: Tx, warning_id: str | None) -> set[str]:
    if warning_id is None:
        return set()
    wanted = sa.select(CalloutList.centre).join(
        Callout, sa.and_(Callout.world == CalloutList.world, Callout.id == CalloutList.callout_id)
    )
    return set(tx.session.execute(wanted.where(Callout.live, Callout.warning_id == warning_id)).scalars())


def _spread(tx: Tx, row: Callout, areas: list[str], *, fresh: bool = False) -> None:
    """Lists for these areas: new ones, or more on those that are there."""
    row.areas = sorted({*row.areas, *areas})
    county = tx.node[:6] if tx.actor.county else None
    there = {
        one.centre: one
        for one in tx.session.execute(
            sa.select(CalloutList).where(CalloutList.callout_id == row.id)
        ).scalars()
    }
    parts = tree.posts_to_list(areas, county)
    for centre, codes in sorted(parts.items()):
        if centre in there:
            _lengthen(tx, there[centre], codes)
        else:
            _new_list(tx, row, centre, codes)
    unstarted.begun(tx, {one for one in parts if one not in there})
    towns = {*there, *parts} - {tx.node[:6]}
    set_audience(tx.session, "callout", row.id, {COUNTY, *(centre_party(one) for one in towns)}, fresh=fresh)


def _new_list(tx: Tx, row: Callout, centre: str, codes: list[str]) -> None:
    place = tx.session.get(Centre, centre)
    made: CalloutList = tx.add(
        CalloutList(
            callout_id=row.id, centre=centre, name=place.name if place else centre, todo=codes, unnamed=[],
            counts=counted(tx.session, ""), live=True,
        )
    )  # fmt: skip
    set_audience(tx.session, "callout_list", made.id, heard_of(made), fresh=True)
    climbing.promise(tx.session, made)
    tx.say(ListMade(record=tx.show(LISTS, made)))


def _lengthen(tx: Tx, row: CalloutList, codes: list[str]) -> None:
    known = sa.select(CalloutPerson.code).where(CalloutPerson.list_id == row.id).distinct()
    there = {*row.todo, *row.unnamed, *tx.session.execute(known).scalars()}
    fresh = [one for one in codes if one not in there]
    if not fresh:
        return
    tx.call_off(f"{climbing.FILL}:{row.id}:{len(row.todo)}")
    row.todo = [*row.todo, *fresh]
    tx.touch(row)
    climbing.promise(tx.session, row)
    tx.say(ListMade(record=tx.show(LISTS, row)))


@action(climbing.FILL, target="callout_list", inner=True, output=CalloutListOut)
def fill(tx: Tx, row: CalloutList, wish: object) -> CalloutListOut:
    """Put the people of the next centres on a list; the rest comes with the next promise."""
    if not row.live or not row.todo:
        return tx.show(LISTS, row)
    tx.call_off(f"{climbing.FILL}:{row.id}:{len(row.todo)}")
    left, taken = list(row.todo), 0
    bare: list[str] = []
    for centre in tree.centres_of(tx.session, left[:MOST_AT_ONCE]):
        if taken >= MOST_AT_ONCE:
            break
        left.remove(centre.id)
        posts = tree.called(tx.session, centre)
        bare += [] if posts else [centre.id]
        taken += len(posts)
        for level, post in posts:
            _list(tx, row, centre, level, post)
    row.todo, row.unnamed = left, sorted({*row.unnamed, *bare})
    return climbing.recount(tx, row, [], ListCounted)


def _list(tx: Tx, row: CalloutList, centre: Centre, level: str, post: dict[str, Any]) -> None:
    one: CalloutPerson = tx.add(
        CalloutPerson(
            callout_id=row.callout_id, list_id=row.id, centre=row.centre, code=centre.id, place=centre.name, level=level,
            post_id=post["id"], post=post["title"], holder=post.get("holder"), lines=tree.public_lines(post),
            superior=tree.superior_of(tx.session, centre, level), state="pending", tries=0, acts=[], differs=False,
            due_at=None, listed_at=tx.now, answered_at=None, escalated_at=None, door_at=None, attempts=[], sample=None,
            robo=None, wave=None,
        )
    )  # fmt: skip
    climbing.settle(tx, one)
    tx.session.flush()
    tx.say(PersonListed(record=tx.show(PEOPLE, one)))


@action(
    "callout.widen", wish=WidenCallout, needs=OPEN, target="callout", http="PATCH /callouts/{id}", output=CalloutOut,
    version="required", urgent=always,
)  # fmt: skip
def widen(tx: Tx, row: Callout, wish: WidenCallout) -> CalloutOut:
    """Call out more townships or villages."""
    _mine(tx, row)
    _own(tx, wish.areas)
    _spread(tx, row, wish.areas)
    row.reason = wish.reason or row.reason
    return _told(tx, row, CalloutWidened)


@action(
    "callout.transition", wish=MoveCallout, needs=OPEN, target="callout", http="POST /callouts/{id}/transition",
    output=CalloutOut, urgent=always,
)  # fmt: skip
def move(tx: Tx, row: Callout, wish: MoveCallout) -> CalloutOut:
    """End a call-out by name: with the reason, unless all have acted. Nothing of it climbs any more."""
    _mine(tx, row)
    if wish.to != "closed":
        raise Conflict(
            "It may only be closed; the people on it go their own way", zh="叫应只能结束；每个人的状态由结果决定",
            allowed=["closed"],
        )  # fmt: skip
    wanted = sa.select(CalloutList).where(CalloutList.callout_id == row.id).order_by(CalloutList.id)
    lists = list(tx.session.execute(wanted).scalars())
    all_acted = all(one.counts["acted"] == one.counts["total"] and not one.todo for one in lists)
    if not all_acted and wish.reason is None:
        raise Invalid("reason: not all have acted; say why it ends", zh="还有人未行动：请写明结束理由")
    row.state, row.live = "closed", False
    row.ended_by, row.ended_at, row.ended_reason = tx.actor.name, tx.at, wish.reason
    for one in lists:
        one.live = False
        tx.call_off(f"{climbing.FILL}:{one.id}:{len(one.todo)}")
        climbing.recount(tx, one, [])
        climbing.quiet(tx, one)
        climbing.hang_up(tx, one)
    return _told(tx, row, CalloutEnded)


def _mine(tx: Tx, row: Callout) -> None:
    if not (tx.actor.county or row.centre == tx.actor.centre):
        raise Forbidden("Who opened it, or the county, does this", zh="由发起单位或县里办理")
    if not row.live:
        raise Conflict(f"{row.ended_by} ended it", zh=f"{row.ended_by} 已结束叫应")


def _told(tx: Tx, row: Callout, event: type[CalloutEvent]) -> CalloutOut:
    tx.touch(row)
    shown = tx.show(CALLOUTS, row)
    tx.say(event(record=shown))
    return shown
