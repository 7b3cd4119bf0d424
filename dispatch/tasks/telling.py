"""What of a task goes out by SMS: the order, its recall, the emergency evacuation; and what is done when it does not arrive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

import sqlalchemy as sa
from pydantic import Field

from command.core import clock
from command.core.access import COUNTY, centre_party, team_party
from command.core.actions import Tx
from command.core.deliveries.after import Text, Told, Want, after
from command.core.deliveries.contract import (
    DEAD,
    DeliveryAcknowledged,
    DeliveryEvent,
    DeliveryFailed,
    DeliveryHanded,
    DeliveryMissed,
)
from command.core.deliveries.models import Delivery
from command.core.deliveries.recipients import takes_sms
from command.core.events import on
from command.core.settings import setting
from command.incidents.kinds import KINDS
from command.incidents.models import Incident
from command.incidents.queries import incident_row, parties
from dispatch.tasks.contract import SAID_BY_DESK, TaskOrdered, TaskStepped
from dispatch.tasks.models import Task
from dispatch.tasks.queries import TASKS
from dispatch.teams.models import Team
from dispatch.teams.words import ORDER_MODES

Age = Annotated[int, Field(ge=60, le=3600)]
# Ten minutes: the same as an order over a cut line is valid for; later the desk has telephoned, or sent another team.
MAX_AGE = {
    purpose: setting(
        f"delivery.max_age_s.{purpose}", Age, 600, zh=f"{zh}短信时效", en=f"SMS of {en} is worth sending for", unit="s"
    )
    for purpose, zh, en in (
        ("order", "调派", "an order"), ("recall", "召回", "a recall"), ("evacuate", "紧急撤离", "an evacuation"),
    )
}  # fmt: skip
PURPOSE = {"ordered": "order", "recalled": "recall", "cancelled": "recall", "evacuated": "evacuate"}
LOST = (*DEAD, "no_channel", "cancelled")
UNSENT = "unsent:"
TITLES = {
    "order": ("{} 调派短信未送出", "{}: the order's SMS did not go out"),
    "recall": ("{} 召回短信未送出", "{}: the recall's SMS did not go out"),
    "evacuate": ("{} 撤离短信未送出", "{}: the evacuation's SMS did not go out"),
}


@dataclass(frozen=True)
class Matter:
    """A task, its incident, and the step that is to be told."""

    task: Task
    incident: Incident
    purpose: str
    by: str
    at: str
    reason: str | None


@after(TaskOrdered, TaskStepped)
def tell_leaders(tx: Tx, told: Told) -> Iterator[Want]:
    """An SMS to each of the team's leaders, unless the task has gone on meanwhile."""
    task = tx.find(TASKS, told.record["id"])
    if not _told_now(told) or task.state != told.record["state"]:
        return
    purpose = PURPOSE[task.state]
    if task.state == "cancelled" and not _had_its_order(tx, task):
        return
    step = told.record["steps"][-1]
    matter = Matter(
        task,
        incident_row(tx.session, task.incident_id),
        purpose,
        told.actor_name,
        clock.hm(told.at),
        step["reason"],
    )
    text, age = words(tx, matter), timedelta(seconds=MAX_AGE[purpose](tx.session, task.ordered_centre))
    heard = frozenset({COUNTY, centre_party(task.ordered_centre), centre_party(task.centre)})
    whom = {"zh": f"{task.team_name} 队长", "en": f"{task.team_name}, leader"}
    for place, number in enumerate(leader_numbers(tx, task.team_id) or [None]):
        yield Want(
            f"team:{task.team_id}:{place}", whom, "sms", number, text, age, purpose, ("task", task.id),
            task.ordered_centre, heard, urgent=purpose != "order",
        )  # fmt: skip


def _told_now(told: Told) -> bool:
    """Whether this entry took the step: an order, a recall, an evacuation that the desk calls. A step filled in afterwards, or
    one that the team itself reported, tells the team nothing new."""
    step = told.record["steps"][-1]
    if told.record["state"] not in PURPOSE or step["received_at"] != clock.wire(told.received_at):
        return False
    proxy = step.get("by_proxy")
    if told.record["state"] == "evacuated":
        return bool(proxy and proxy["channel"] == SAID_BY_DESK)
    return bool(step["state"] == told.record["state"])


def _had_its_order(tx: Tx, task: Task) -> bool:
    """Whether an order of this task may have reached somebody."""
    sent = sa.select(Delivery.id).where(
        Delivery.about_id == task.id,
        Delivery.purpose == "order",
        Delivery.state.not_in(["cancelled", "no_channel"]),
    )
    return tx.session.execute(sent).first() is not None


def leader_numbers(tx: Tx, team_id: str) -> list[str]:
    """The numbers that a team's orders go to: its leaders', else the one to ring for it, where that is a mobile."""
    found = [one["number"] for one in tx.ask("team.leader_numbers", id=team_id)["items"]]
    if not found:
        team = tx.session.get(Team, team_id)
        found = [team.call["number"]] if team is not None and team.call else []
    return [number for number in found if takes_sms(number)]


def words(tx: Tx, matter: Matter) -> Text:
    """What is said, in both languages: as short as an SMS must be, whole enough to leave by."""
    task, incident = matter.task, matter.incident
    place = incident.place_text or incident.title
    zh_reason = f"（{matter.reason}）" if matter.reason else ""
    en_reason = f" ({matter.reason})" if matter.reason else ""
    zh_end, en_end = (
        f"{matter.by} {matter.at} 下令。编号 {task.number}",
        f"Ordered by {matter.by} {matter.at}. No. {task.number}",
    )
    if matter.purpose == "evacuate":
        return {
            "zh": f"紧急撤离！{task.team_name} 立即撤出 {place}，到安全处清点人数并回报{zh_reason}。{zh_end}",
            "en": f"EVACUATE! {task.team_name}: leave {place} at once, count heads at a safe place and report{en_reason}. {en_end}",
        }
    if matter.purpose == "recall":
        what = ("任务撤销", "Order cancelled") if task.state == "cancelled" else ("召回", "Recalled")
        return {
            "zh": f"{what[0]}：{task.team_name} 停止前往 {place}，返回待命{zh_reason}。{zh_end}",
            "en": f"{what[1]}: {task.team_name}, do not go on to {place}; return{en_reason}. {en_end}",
        }
    return _order_words(matter, place, zh_end, en_end)


def _order_words(matter: Matter, place: str, zh_end: str, en_end: str) -> Text:
    task, incident = matter.task, matter.incident
    kind, mode, scene = KINDS[incident.kind], ORDER_MODES[task.mode], incident.on_scene or {}
    contact = " ".join(str(scene[one]) for one in ("name", "phone") if scene.get(one))
    zh, en = (
        [f"{mode.zh}：{task.team_name}，{kind.zh}，{place}"],
        [f"{mode.en}: {task.team_name}; {kind.en}, {place}"],
    )
    if task.order:
        zh.append(task.order.rstrip("。"))
        en.append(task.order.rstrip("."))
    if contact:
        zh.append(f"现场联系 {contact}")
        en.append(f"On scene: {contact}")
    if task.accept_due_at:
        zh.append(f"请于 {clock.hm(task.accept_due_at)} 前接令")
        en.append(f"Accept before {clock.hm(task.accept_due_at)}")
    return {"zh": "。".join([*zh, zh_end]), "en": ". ".join([*en, en_end])}


@on(TaskStepped)
def call_off(tx: Tx, event: TaskStepped) -> None:
    """The task went on: what still waits of it is not sent, and its missing SMS worries nobody any more."""
    if not event.said.get("filled"):
        tx.act("delivery.call_off", {"about_kind": "task", "about_id": event.record.id}, as_system=True)
        tx.act("alarm.clear", {"cause": UNSENT + event.record.id}, as_system=True)


@on(DeliveryFailed, DeliveryMissed)
def tell_desk(tx: Tx, event: DeliveryEvent) -> None:
    """No SMS of an order, a recall, an evacuation went out: the desk telephones."""
    row = event.record
    if row.about_kind != "task" or not row.live:
        return
    task = tx.find(TASKS, row.about_id)
    others = sa.select(Delivery.id).where(
        Delivery.entry == row.entry,
        Delivery.about_id == task.id,
        Delivery.id != row.id,
        Delivery.state.not_in(LOST),
    )
    if PURPOSE.get(task.state) != row.purpose or tx.session.execute(others).first() is not None:
        return
    incident = incident_row(tx.session, task.incident_id)
    life = row.purpose == "evacuate" or incident.life_risk == "people"
    zh, en = (title.format(task.team_name) for title in TITLES[row.purpose])
    tx.act(
        "alarm.raise",
        {
            "cause": UNSENT + task.id, "rank": 1 if life else 2, "life_risk": life, "title": {"zh": zh, "en": en},
            "detail": {
                "zh": f"{incident.title}・请电话通知（{row.reason.get('zh', '')}）",
                "en": f"{incident.title}: telephone ({row.reason.get('en', '')})",
            },
            "incident_id": incident.id, "task_id": task.id, "team_id": task.team_id, "centre": incident.centre,
            "parties": sorted(parties(tx.session, incident.id) - {team_party(task.team_id)}),
        },
        as_system=True,
    )  # fmt: skip


@on(DeliveryHanded, DeliveryAcknowledged)
def settle(tx: Tx, event: DeliveryEvent) -> None:
    """It went out after all, or somebody told them in another way."""
    if event.record.about_kind == "task":
        tx.act("alarm.clear", {"cause": UNSENT + event.record.about_id}, as_system=True)
