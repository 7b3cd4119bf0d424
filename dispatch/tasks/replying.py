"""What a reply by SMS does: unsigned words move the one open task of that number forward, marked 未验证, and nothing else.

Never an order, a refusal, a recall, a withdrawal, a release from an evacuation (RULES 30): those words hang on the incident, as
all do, and a person decides. What nobody can tie to a task waits on the county's desk.
"""

from __future__ import annotations

import re
import unicodedata

import sqlalchemy as sa

from command.core.actions import Tx
from command.core.deliveries.models import Reply
from command.core.deliveries.replies import ReplyAcknowledged, ReplyOut, ReplyTaken
from command.core.events import on
from dispatch.tasks import flow
from dispatch.tasks.models import Task
from dispatch.tasks.queries import TASKS, open_tasks

CHANNEL = "短信（未验证）"
MEANT = {
    "accepted": ("1", "收到", "接令", "已接令", "明白", "ok", "yes"),
    "enroute": ("2", "出发", "已出发", "在路上", "出动"),
    "on_scene": ("3", "到", "到了", "到场", "已到场", "到达", "已到达"),
}
STATE_OF = {word: state for state, words in MEANT.items() for word in words}
ONWARD = ("ordered", "accepted", "assembling", "enroute", "on_scene")


@on(ReplyTaken)
def follow(tx: Tx, event: ReplyTaken) -> None:
    """Take the step that was meant, and hang the words on the incident; or put them before a person."""
    row, words = event.record, str(event.said["words"])
    if row.about_kind != "task" or row.about_id is None:
        _put_before_a_person(tx, row)
        return
    answered: Task = tx.find(TASKS, row.about_id)
    _move(tx, answered, row.whom["zh"], meant(words))
    source = f"{row.whom['zh']} {CHANNEL}"
    tx.act("incident.report", {"id": answered.incident_id, "text": words, "source": source}, as_system=True)


def meant(words: str) -> str | None:
    """The step that a reply names, if it says nothing else."""
    plain = re.sub(r"[\s。．.,，!！]+", "", unicodedata.normalize("NFKC", words)).casefold()
    return STATE_OF.get(plain)


def _move(tx: Tx, answered: Task, who: str, to: str | None) -> None:
    tasks = open_tasks(tx.session, [answered.team_id])
    if to is None or len(tasks) != 1 or tasks[0].state not in ONWARD[:-1]:
        return
    task = tasks[0]
    ahead = ONWARD.index(to) > ONWARD.index(task.state)
    if ahead and to in flow.reachable(task.state, {step["state"] for step in task.steps}):
        proxy = {"person": who, "channel": CHANNEL}
        tx.act("task.transition", {"id": task.id, "to": to, "by_proxy": proxy}, as_system=True)


def _cause(row: ReplyOut) -> str:
    """Strangers share one line, however many write; so do those who answer one message."""
    return f"reply:{row.delivery_id or 'unknown'}"


def _put_before_a_person(tx: Tx, row: ReplyOut) -> None:
    """A line on the desk, without a sound."""
    tx.act(
        "alarm.raise",
        {
            "cause": _cause(row),
            "rank": 3,
            "title": {"zh": "短信来信待阅", "en": "SMS to be read"},
            "detail": {"zh": f"{row.whom['zh']}・按 U 查看", "en": f"{row.whom['en']}: press U to read"},
            "parties": row.audience,
        },
        as_system=True,
    )


@on(ReplyAcknowledged)
def settle(tx: Tx, event: ReplyAcknowledged) -> None:
    """Nothing of it is left to be read."""
    unread = sa.select(Reply.id).where(
        Reply.live, Reply.delivery_id.is_not_distinct_from(event.record.delivery_id)
    )
    tx.session.flush()
    if tx.session.execute(unread.limit(1)).first() is None:
        tx.act("alarm.clear", {"cause": _cause(event.record)}, as_system=True)
