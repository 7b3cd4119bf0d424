"""The leader on duty hears of an alarm of the first rank that nobody took; and a person hears when a message did not arrive."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated, Any

from pydantic import Field

from command.alarms.contract import (
    AlarmAcknowledged,
    AlarmBundled,
    AlarmCleared,
    AlarmEscalated,
    AlarmEvent,
    AlarmOut,
    AlarmRaised,
)
from command.alarms.models import Alarm
from command.alarms.queries import ALARMS
from command.centres.models import Centre
from command.core import clock
from command.core.access import COUNTY, audience_of, centre_party
from command.core.actions import Tx, action
from command.core.deliveries.after import Told, Want, after
from command.core.deliveries.contract import (
    DeliveryAcknowledged,
    DeliveryEvent,
    DeliveryFailed,
    DeliveryHanded,
    DeliveryMissed,
)
from command.core.deliveries.recipients import takes_sms
from command.core.due import Due
from command.core.events import on
from command.core.settings import setting

LEADER = "带班领导"
UNSENT = "unsent:"
WAIT = setting(
    "alarm.leader_after_s", Annotated[int, Field(ge=30, le=3600)], 120,
    zh="一级告警无人确认，多久后短信带班领导", en="First-rank alarm unacknowledged: SMS to the leader on duty after", unit="s",
)  # fmt: skip  # two minutes: the desk has had time to look, the leader still has time to act
MAX_AGE = setting(
    "delivery.max_age_s.alarm", Annotated[int, Field(ge=60, le=86_400)], 1800,
    zh="告警短信时效", en="SMS of an alarm is worth sending for", unit="s",
)  # fmt: skip  # half an hour: a leader woken later hears of it from the desk, as it stands then


def due_key(alarm_id: str) -> str:
    """The name of the promise to tell the leader."""
    return f"alarm.escalate:{alarm_id}"


@on(AlarmRaised, AlarmBundled)
def promise(tx: Tx, event: AlarmEvent) -> None:
    """An alarm of the first rank waits so long for a name at the desk."""
    row: AlarmOut = event.record
    waits = tx.session.get(Due, (tx.world, due_key(row.id))) is not None
    if row.rank == 1 and row.acknowledged_at is None and not waits:
        at = tx.now + timedelta(seconds=WAIT(tx.session, row.centre or tx.node))
        tx.due(at, "alarm.escalate", {"id": row.id}, key=due_key(row.id))


@on(AlarmAcknowledged, AlarmCleared)
def settle(tx: Tx, event: AlarmEvent) -> None:
    """Somebody has it, or it is over: the leader need not be woken."""
    tx.call_off(due_key(event.record.id))
    tx.act("delivery.call_off", {"about_kind": "alarm", "about_id": event.record.id}, as_system=True)


@action("alarm.escalate", target="alarm", inner=True, output=AlarmOut)
def escalate(tx: Tx, row: Alarm, wish: object) -> AlarmOut:
    """Nobody took it: the leader on duty is told."""
    if row.live and row.acknowledged_at is None:
        tx.touch(row)
        tx.say(AlarmEscalated(record=tx.show(ALARMS, row)))
    shown = tx.show(ALARMS, row)
    return shown


@after(AlarmEscalated)
def tell_leader(tx: Tx, told: Told) -> Iterator[Want]:
    """An SMS to each number of the leader on duty of the alarm's centre; where none is on record, of the county."""
    row = tx.find(ALARMS, told.record["id"])
    if not row.live or row.acknowledged_at is not None:
        return
    home = row.centre or tx.node
    numbers = leader_numbers(tx, home) or leader_numbers(tx, home[:6])
    since, title, detail = clock.hm(row.raised_at), row.title, row.detail
    text = {
        "zh": f"一级告警无人确认：{title['zh']}。{detail.get('zh', '')} {since} 起。请即与值班室联系。",
        "en": f"Alarm of the first rank, nobody took it: {title['en']}. {detail.get('en', '')} Since {since}. Ring the duty room.",
    }
    age = timedelta(seconds=MAX_AGE(tx.session, home))
    heard = {party for party in audience_of(tx.session, "alarm", row.id) if not party.startswith("team:")}
    centre = tx.session.get(Centre, home)
    zh, en = (centre.name, centre.pinyin.capitalize()) if centre else (home, home)
    whom = {"zh": zh + LEADER, "en": f"{en}: leader on duty"}
    for place, number in enumerate(numbers or [None]):
        yield Want(
            f"leader:{home}:{place}", whom, "sms", number, text, age, "alarm",
            ("alarm", row.id), home, frozenset(heard | {COUNTY}), urgent=True,
        )  # fmt: skip


def leader_numbers(tx: Tx, code: str) -> list[str]:
    """The numbers of a centre's leader on duty that can take an SMS, in the order in which they are rung."""
    centre = tx.session.get(Centre, code)
    posts: list[dict[str, Any]] = [
        post for post in (centre.posts if centre else []) if post["title"] == LEADER
    ]
    found: list[str] = []
    for post in posts:
        lines = post.get("lines", ())
        private: dict[str, str] = {}
        if any(line["private"] for line in lines):
            items = tx.ask("post.private", id=code, post=post["id"])["items"]
            private = {one["id"]: one["number"] for one in items}
        found += [line["number"] or private.get(line["id"], "") for line in lines] or post["numbers"]
    return [number for number in dict.fromkeys(found) if takes_sms(number)]


@on(DeliveryFailed, DeliveryMissed)
def tell_desk(tx: Tx, event: DeliveryEvent) -> None:
    """A message of an alarm, or one that could not even be made, did not arrive: the desk telephones. A task's own are the tasks'."""
    row = event.record
    if row.about_kind not in ("alarm", "entry"):
        return
    title = {"zh": f"{row.whom['zh']} 未通知到", "en": f"{row.whom['en']} was not told"}
    tx.act(
        "alarm.raise",
        {
            "cause": UNSENT + row.about_id, "rank": 2, "title": title, "detail": row.reason or title,
            "centre": row.centre, "parties": sorted({COUNTY, centre_party(row.centre)}),
        },
        as_system=True,
    )  # fmt: skip


@on(DeliveryHanded, DeliveryAcknowledged)
def settle_desk(tx: Tx, event: DeliveryEvent) -> None:
    """It went through after all, or somebody told them in another way."""
    if event.record.about_kind in ("alarm", "entry"):
        tx.act("alarm.clear", {"cause": UNSENT + event.record.about_id}, as_system=True)
