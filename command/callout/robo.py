"""Robo-calls (机器人外呼): many of a list are rung at once by a person's key, through the deliveries, where a voice gateway is chosen.
What comes back is an attempt with its evidence. Listened to the end is no act, a pressed key no more than a confirmation; nothing
dials again by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import Field

from command.callout import climbing, private
from command.callout.actions import always
from command.callout.adding import mine
from command.callout.contract import CalloutListOut, CalloutPersonOut, RoboCall
from command.callout.events import PersonRobo, PersonRung, RoboBegun
from command.callout.models import Callout, CalloutList, CalloutPerson
from command.callout.queries import LISTS, OPEN, PEOPLE, READ
from command.callout.working import MOST_ATTEMPTS, WORK, told_attempt
from command.core import clock
from command.core.access import COUNTY, centre_party
from command.core.actions import Tx, action
from command.core.deliveries.after import Told, Want, after
from command.core.deliveries.channels import NONE, SIMULATOR, gateway_of
from command.core.deliveries.contract import (
    Call,
    DeliveryConfirmed,
    DeliveryEvent,
    DeliveryFailed,
    DeliveryHanded,
    DeliveryMade,
    DeliveryMissed,
    DeliveryRetried,
)
from command.core.errors import Conflict
from command.core.events import on
from command.core.queries import View, Wish, query
from command.core.records import find
from command.core.settings import setting

VOICE, ABOUT, ON = "voice", "callout_person", "callout.robo_on"
AT_ONCE = 60
"""Rung in one transaction; the rest comes with the next promise, so that no outcome waits behind hundreds."""
MAX_AGE = setting(
    "delivery.max_age_s.callout", Annotated[int, Field(ge=60, le=86_400)], 600,
    zh="机器人外呼时效", en="A robo-call is worth making for", unit="s",
)  # fmt: skip  # ten minutes: later the person has climbed to the superior and to the door
NO_GATEWAY = Conflict("No voice gateway: telephone by hand", zh="未配置语音外呼通道：请人工拨打")


class RoboOn(Wish):
    """The rest of those who were to be rung by one key."""

    wave: str = Field(max_length=40)
    by: str = Field(max_length=80)


class RoboHeard(Wish):
    """How far a robo-call came."""

    state: str = Field(max_length=12)
    gateway: str = Field(max_length=16)
    reason: dict[str, str] = {}
    call: Call | None = None


@action(
    "callout.robo", wish=RoboCall, needs=WORK, target="callout_list", http="POST /callout_lists/{id}/robo",
    output=CalloutListOut, urgent=always,
)  # fmt: skip
def robo(tx: Tx, row: CalloutList, wish: RoboCall) -> CalloutListOut:
    """Ring by the machine all on a list whom nobody has reached, or those who are named."""
    mine(tx, row)
    if gateway_of(tx.session, tx.world, VOICE, row.centre) == NONE:
        raise NO_GATEWAY
    if not _ring(tx, row, clock.wire(tx.received_at), tx.actor.name, wish.people):
        raise Conflict("Nobody to ring: all were reached", zh="没有可外呼的人：都已应答或行动")
    return tx.show(LISTS, row)


@action(ON, wish=RoboOn, target="callout_list", inner=True, output=CalloutListOut)
def robo_on(tx: Tx, row: CalloutList, wish: RoboOn) -> CalloutListOut:
    """Ring the next of those who were to be rung by one key, unless the call-out is over."""
    if row.live:
        _ring(tx, row, wish.wave, wish.by, None)
    return tx.show(LISTS, row)


def _ring(tx: Tx, row: CalloutList, wave: str, by: str, people: list[str] | None) -> int:
    """Ask for a call to the next of a list; a promise for the rest. Returns how many."""
    wanted = sa.select(CalloutPerson).where(
        CalloutPerson.list_id == row.id, CalloutPerson.state.in_(OPEN), CalloutPerson.wave.is_distinct_from(wave)
    )  # fmt: skip
    if people is not None:
        wanted = wanted.where(CalloutPerson.id.in_(people))
    order = (CalloutPerson.code, CalloutPerson.id)
    found = list(tx.session.execute(wanted.order_by(*order).limit(AT_ONCE + 1)).scalars())
    for one in found[:AT_ONCE]:
        if one.robo is not None:  # what failed before has a new chance
            tx.act("delivery.call_off", {"about_kind": ABOUT, "about_id": one.id}, as_system=True)
        one.wave = wave
        one.robo = {
            "asked_at": wave, "by": by, "state": "waiting", "call": None, "reason": {},
            "gateway": gateway_of(tx.session, tx.world, VOICE, row.centre),
        }  # fmt: skip
        tx.touch(one)
        tx.say(PersonRung(record=tx.show(PEOPLE, one)))
    if found:
        tx.touch(row)
        tx.say(RoboBegun(record=tx.show(LISTS, row), said={"n": len(found[:AT_ONCE]), "by": by}))
    if len(found) > AT_ONCE:
        tx.due(
            tx.now,
            ON,
            {"id": row.id, "wave": wave, "by": by},
            key=f"{ON}:{row.id}:{wave}:{found[AT_ONCE].id}",
        )
    return len(found)


@after(PersonRung)
def dial(tx: Tx, told: Told) -> Iterator[Want]:
    """A call to the person's first telephone, unless they were reached meanwhile."""
    row = tx.find(PEOPLE, told.record["id"])
    held, whole = tx.find(LISTS, row.list_id), tx.session.get_one(Callout, (tx.world, row.callout_id))
    if row.robo is None or row.wave != told.record["wave"] or row.state not in OPEN or not held.live:
        return
    heard = frozenset({COUNTY} if len(row.centre) == 6 else {centre_party(row.centre)})
    whom = {"zh": f"{row.place} {row.post}", "en": f"{row.place} {row.post}"}
    yield Want(
        f"callout:{row.id}", whom, VOICE, _number(tx, row), spoken(whole, row),
        timedelta(seconds=MAX_AGE(tx.session, row.centre)), "callout", (ABOUT, row.id), row.centre, heard,
    )  # fmt: skip


def _number(tx: Tx, row: CalloutPerson) -> str | None:
    known = private.numbers_of(tx, row)
    numbers = [
        one["number"] or known.get(one["id"], {}).get("number") for one in row.lines if one["kind"] != "radio"
    ]
    return next((number for number in numbers if number), None)


def spoken(whole: Callout, row: CalloutPerson) -> dict[str, str]:
    """What the machine reads out, in both languages."""
    why = whole.title["zh"] if whole.warning_id else whole.reason
    why_en = whole.title["en"] if whole.warning_id else whole.reason
    return {
        "zh": f"应急值班室叫应：{why}，{row.place}。请立即到岗，按预案组织转移。收到请按1键。",
        "en": f"Emergency duty room: {why_en}, {row.place}. Go to your post now and move people as planned. Press 1 to confirm.",
    }


@on(DeliveryMade, DeliveryHanded, DeliveryConfirmed, DeliveryFailed, DeliveryMissed, DeliveryRetried)
def follow(tx: Tx, event: DeliveryEvent) -> None:
    """What became of a robo-call stands with the person; a call that was made is an attempt."""
    one = event.record
    if one.about_kind == ABOUT and not (one.state == "waiting" and isinstance(event, DeliveryMade)):
        heard = {"state": one.state, "gateway": one.gateway, "reason": one.reason, "call": one.call}
        tx.act("callout.robo_heard", {"id": one.about_id, **heard}, as_system=True)


@action("callout.robo_heard", wish=RoboHeard, target="callout_person", inner=True, output=CalloutPersonOut)
def heard(tx: Tx, row: CalloutPerson, wish: RoboHeard) -> CalloutPersonOut:
    """Note how far a robo-call came; a call that was made becomes an attempt with its evidence."""
    held, was = tx.find(LISTS, row.list_id), climbing.before(row)
    asked = row.robo or {"asked_at": clock.wire(tx.received_at), "by": ""}
    row.robo = {**asked, **wish.model_dump()}
    if wish.call is not None and len(row.attempts) < MOST_ATTEMPTS:
        row.attempts = [*row.attempts, _evidence(tx, row, wish.call, asked["by"])]
        return told_attempt(tx, row, held, was)
    tx.touch(row)
    shown = tx.show(PEOPLE, row)
    tx.say(PersonRobo(record=shown))
    return shown


def _evidence(tx: Tx, row: CalloutPerson, call: Call, by: str) -> dict[str, Any]:
    """The attempt that a robo-call was. Heard to the end is said only where the gateway reports the seconds."""
    now, robo = clock.wire(tx.received_at), row.robo or {}
    whole = call.heard_s is not None and call.of_s is not None and call.heard_s >= call.of_s > 0
    return {
        "n": len(row.attempts) + 1, "at": now, "received_at": now, "by": by, "centre": row.centre, "channel": "robo_call",
        "label": None, "outcome": "answered" if call.result == "answered" else "missed", "by_proxy": None, "sample": False,
        "corrects": None, "reason": None,
        "call": {**call.model_dump(), "whole": whole, "simulated": robo.get("gateway") == SIMULATOR},
    }  # fmt: skip


class OfList(Wish):
    """A list."""

    id: str = Field(max_length=36)


@query(
    "callout.robo_ready", wish=OfList, needs=READ, http="GET /callout_lists/{id}/robo", output=dict[str, Any]
)
def ready(view: View, wish: OfList) -> dict[str, Any]:
    """Whether the machine can ring for a list: by which gateway (`none`: it is not offered), how many nobody has reached."""
    row = find(view.session, LISTS, wish.id, view.actor)
    wanted = sa.select(sa.func.count()).where(CalloutPerson.list_id == row.id, CalloutPerson.state.in_(OPEN))
    n = view.session.execute(wanted).scalar_one()
    return {"gateway": gateway_of(view.session, view.world, VOICE, row.centre), "people": n}
