"""Raising, acknowledging, silencing and ending alarms."""

from __future__ import annotations

import sqlalchemy as sa

from command.alarms.contract import (
    AlarmAcknowledged,
    AlarmBundled,
    AlarmCleared,
    AlarmEvent,
    AlarmOut,
    AlarmPassed,
    AlarmRaised,
    AlarmSilenced,
    AlarmUnsilenced,
    ClearAlarm,
    RaiseAlarm,
)
from command.alarms.models import Alarm
from command.alarms.queries import ALARMS
from command.core.access import audience_of, permission, set_audience
from command.core.actions import Tx, action
from command.core.errors import Conflict
from command.core.events import on
from command.incidents.events import AudienceChanged

ACKNOWLEDGE = permission("alarm.acknowledge", "acknowledge and silence alarms")
permission("alarm.read", "see alarms of one's scope")


def _say(tx: Tx, row: Alarm, event: type[AlarmEvent]) -> AlarmOut:
    shown = tx.show(ALARMS, row)
    tx.say(event(record=shown))
    return shown


def _of_cause(tx: Tx, cause: str) -> Alarm | None:
    query = sa.select(Alarm).where(Alarm.cause == cause, Alarm.live)
    return tx.session.execute(query).scalar_one_or_none()


@action("alarm.raise", wish=RaiseAlarm, inner=True, status=201, output=AlarmOut)
def raise_alarm(tx: Tx, wish: RaiseAlarm) -> AlarmOut:
    """Raise an alarm, or add to the live one of the same cause."""
    row = _of_cause(tx, wish.cause)
    if row is not None:
        graver = wish.rank < row.rank
        row.count += 1
        row.last_at, row.rank = tx.now, min(row.rank, wish.rank)
        row.life_risk = row.life_risk or wish.life_risk
        row.title, row.detail = wish.title, wish.detail  # the newest word of the same cause
        if (
            wish.life_risk or graver
        ):  # it happened again, or got worse, after somebody took it: it sounds again
            row.acknowledged_by = row.acknowledged_at = row.silenced_by = None
        tx.touch(row)
        return _say(tx, row, AlarmBundled)
    values = wish.model_dump(exclude={"parties"})
    row = tx.add(
        Alarm(
            **values,
            count=1,
            raised_at=tx.now,
            last_at=tx.now,
            acknowledged_by=None,
            acknowledged_at=None,
            silenced_by=None,
            cleared_at=None,
            live=True,
        )
    )
    set_audience(tx.session, "alarm", row.id, wish.parties)
    return _say(tx, row, AlarmRaised)


@action("alarm.clear", wish=ClearAlarm, inner=True, output=None)
def clear_alarm(tx: Tx, wish: ClearAlarm) -> AlarmOut | None:
    """The cause has ended: the alarm leaves the screens."""
    row = _of_cause(tx, wish.cause)
    if row is None:
        return None
    row.live, row.cleared_at = False, tx.now
    tx.touch(row)
    return _say(tx, row, AlarmCleared)


@action(
    "alarm.acknowledge",
    needs=ACKNOWLEDGE,
    target="alarm",
    http="POST /alarms/{id}/acknowledge",
    output=AlarmOut,
)
def acknowledge(tx: Tx, row: Alarm, wish: object) -> AlarmOut:
    """Take an alarm by name: its sound ends; its line stays until the cause ends."""
    _still_stands(row)
    if row.acknowledged_at is not None:
        raise Conflict(f"{row.acknowledged_by} acknowledged it", zh=f"{row.acknowledged_by} 已确认")
    row.acknowledged_by, row.acknowledged_at = tx.actor.name, tx.at
    tx.touch(row)
    return _say(tx, row, AlarmAcknowledged)


def _still_stands(row: Alarm) -> None:
    if not row.live:
        raise Conflict("Its cause has ended", zh="该告警已解除")


@action("alarm.silence", needs=ACKNOWLEDGE, target="alarm", http="POST /alarms/{id}/silence", output=AlarmOut)
def silence(tx: Tx, row: Alarm, wish: object) -> AlarmOut:
    """Silence one bundle by name, without taking it."""
    _still_stands(row)
    if row.silenced_by is not None:
        raise Conflict(f"{row.silenced_by} silenced it", zh=f"{row.silenced_by} 已静音")
    row.silenced_by = tx.actor.name
    tx.touch(row)
    return _say(tx, row, AlarmSilenced)


@action(
    "alarm.unsilence", needs=ACKNOWLEDGE, target="alarm", http="POST /alarms/{id}/unsilence", output=AlarmOut
)
def unsilence(tx: Tx, row: Alarm, wish: object) -> AlarmOut:
    """Give one bundle its sound back."""
    if row.silenced_by is None:
        raise Conflict("It is not silenced", zh="它没有被静音")
    row.silenced_by = None
    tx.touch(row)
    shown = tx.show(ALARMS, row)
    tx.say(AlarmUnsilenced(record=shown, said={"by": tx.actor.name}))
    return shown


@on(AudienceChanged)
def follow_incident(tx: Tx, event: AudienceChanged) -> None:
    """An alarm names its incident, so it is seen by those who see that; a team hears only of its own orders."""
    gained = {party for party in event.gained if not party.startswith("team:")}
    if not gained and not event.lost:
        return
    live = sa.select(Alarm).where(Alarm.live, Alarm.incident_id == event.record.id).order_by(Alarm.id)
    for row in tx.session.execute(live).scalars():
        before = audience_of(tx.session, "alarm", row.id)
        more, less = set_audience(tx.session, "alarm", row.id, (before - event.lost) | gained)
        if more or less:
            tx.touch(row)
            shown = tx.show(ALARMS, row)
            tx.say(AlarmPassed(record=shown, gained=more, lost=less))
