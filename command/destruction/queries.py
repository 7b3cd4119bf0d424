"""Reading destructions: who looks after personal data sees counts and decisions; of the data itself nothing stands here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.orm import Session

from command.core.access import Actor, permission
from command.core.live.topics import may_hear
from command.core.records import NOBODY, Criterion, RecordType, public, record
from command.core.settings import setting
from command.destruction.contract import TOPIC, DestructionOut
from command.destruction.models import Destruction

READ = permission(
    "destruction.read",
    "see what personal data is due to be erased, held or erased: counts only",
    "查看个人信息销毁清单（只见条数）",
)
CONFIRM = permission("destruction.confirm", "confirm that personal data is erased", "确认销毁个人信息")
HOLD = permission("destruction.hold", "hold personal data after an assessment", "经评估暂缓销毁个人信息")
AFTER_DAYS = setting(
    "destruction.after_days", Annotated[int, Field(ge=0, le=3650)], 30,
    zh="应急响应结束后，个人信息保存多少日", en="Personal data is kept after the response ended for", unit="d",
)  # fmt: skip


def looks_after(actor: Actor) -> bool:
    """Those of the county who look after personal data; a township's or a department's account sees its own."""
    return actor.system or actor.may(READ)


def _whole(actor: Actor) -> bool:
    return actor.system or (actor.centre.isdigit() and len(actor.centre) == 6)


def _visible(actor: Actor) -> Criterion:
    if not looks_after(actor):
        return NOBODY
    return sa.true() if _whole(actor) else Destruction.centre == actor.centre


def _in_topic(topic: str) -> Criterion | None:
    return sa.and_(Destruction.live) if topic == TOPIC else None


def _show(session: Session, rows: Sequence[Destruction]) -> list[DestructionOut]:
    return [public(DestructionOut, row) for row in rows]


DESTRUCTIONS = record(
    RecordType(
        "destruction", Destruction, DestructionOut, _show, visible=_visible,
        in_topic=_in_topic, path="destructions", needs=READ,
        order=(Destruction.due_at, Destruction.id),
        filters={
            "state": lambda v: Destruction.state.in_(v.split(",")),
            "live": lambda v: Destruction.live == (v in ("true", "1")),
            "centre": lambda v: Destruction.centre == v,
            "subject_id": lambda v: Destruction.subject_id == v,
        },
    )
)  # fmt: skip


@may_hear
def _room(session: Session, actor: Actor, topic: str) -> bool:
    """The county's keepers of personal data hear of all of it."""
    return topic == TOPIC and _whole(actor) and looks_after(actor)
