"""The needs board (需求公告): drafted, published by a named person, changed, met, taken back, past its end by the clock. What the
public is told is text to copy; the system publishes nothing by itself."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from command.core import clock, due
from command.core.access import permission
from command.core.actions import Tx, action
from command.core.errors import Conflict, Invalid
from command.core.numbering import next_number
from command.needs import audience
from command.needs.contract import CloseNeed, DraftNeed, EditNeed, NeedOut, PublishNeed
from command.needs.events import NeedChanged, NeedClosed, NeedDrafted, NeedEvent, NeedPublished
from command.needs.models import Need
from command.needs.queries import NEEDS
from command.places import register

WRITE = permission("need.write", "draft, change and close needs", "草拟、更改、关闭需求公告")
PUBLISH = permission("need.publish", "publish a need to society by name", "署名发布需求公告")
LOOK = "need.look"
MARK = "XQ"


def skilled(tx: Tx, *codes: str | None) -> None:
    """Refuse a skill that is none of the teams' words."""
    known = tx.ask("words").get("skills", {})
    if any(one is not None and one not in known for one in codes):
        raise Invalid("skill: one of the words of skills", zh="技能须为词表中的一项")


@action("need.draft", wish=DraftNeed, needs=WRITE, http="POST /needs", status=201, output=NeedOut)
def draft(tx: Tx, wish: DraftNeed) -> NeedOut:
    """Draft a need of society's help, for an incident or none."""
    incident = audience.incident_of(tx, wish.incident_id)
    skilled(tx, wish.skill)
    if wish.village_code is not None and register.village(wish.village_code) is None:
        raise Invalid("village_code: there is no such village", zh="没有这个村（社区）")
    _ahead(tx, wish.until)
    told = wish.model_dump()
    row = tx.add(
        Need(
            **told, number=next_number(tx, MARK, tx.actor.centre), centre=tx.actor.centre,
            incident_title=incident.title if incident else None, drafted_by=tx.actor.name, published_by=None, closed=None,
            state="draft", live=True,
        )
    )  # fmt: skip
    audience.settle(tx, "need", row, fresh=True)
    return _say(tx, row, NeedDrafted)


def _ahead(tx: Tx, until: Any) -> None:
    if until <= tx.now:
        raise Invalid("until: in the future", zh="截止时间须在此刻之后")


def _say(tx: Tx, row: Need, event: type[NeedEvent], **more: Any) -> NeedOut:
    shown = tx.show(NEEDS, row)
    tx.say(event(record=shown, **more))
    return shown


@action("need.edit", wish=EditNeed, needs=WRITE, target="need", http="PATCH /needs/{id}", output=NeedOut)
def edit(tx: Tx, row: Need, wish: EditNeed) -> NeedOut:
    """Change what is needed; of what is published already, with the right to publish and a reason."""
    audience.own(tx, row.centre)
    _open(row)
    if row.state == "published":
        tx.actor.need(PUBLISH)
        if wish.reason is None:
            raise Invalid("reason: why it changes", zh="已发布的公告须写明更改理由")
    if wish.until is not None:
        _ahead(tx, wish.until)
    for name, value in wish.given().items():
        setattr(row, name, value)
    tx.touch(row)
    promise(tx.session, row)
    return _say(tx, row, NeedChanged, said={"reason": wish.reason})


def _open(row: Need) -> None:
    if not row.live:
        raise Conflict("It is over", zh="该公告已关闭")


@action(
    "need.publish", wish=PublishNeed, needs=PUBLISH, target="need", http="POST /needs/{id}/publish", output=NeedOut
)  # fmt: skip
def publish(tx: Tx, row: Need, wish: PublishNeed) -> NeedOut:
    """A named duty officer or leader publishes it: who sees its incident has it now, and its clock runs."""
    audience.own(tx, row.centre)
    if row.state != "draft":
        raise Conflict("It is published already, or over", zh="该公告已发布或已关闭")
    _ahead(tx, row.until)
    row.state = "published"
    row.published_by = {**wish.published_by.model_dump(), "by": tx.actor.name, "at": clock.wire(tx.at)}
    gained = audience.settle(tx, "need", row)
    tx.touch(row)
    promise(tx.session, row)
    return _say(tx, row, NeedPublished, gained=gained)


@action(
    "need.close", wish=CloseNeed, needs=WRITE, target="need", http="POST /needs/{id}/close", output=NeedOut
)
def close(tx: Tx, row: Need, wish: CloseNeed) -> NeedOut:
    """Say that it is met, or take it back, with the reason."""
    audience.own(tx, row.centre)
    _open(row)
    if row.state == "draft" and wish.to == "met":
        raise Conflict("It was never published", zh="该公告尚未发布")
    return _ended(tx, row, wish.to, wish.reason)


@action(LOOK, target="need", inner=True, output=NeedOut)
def look(tx: Tx, row: Need, wish: object) -> NeedOut:
    """Past its end it is no need any more."""
    if row.state == "published" and row.until <= tx.now:
        return _ended(tx, row, "lapsed", None)
    promise(tx.session, row)
    return tx.show(NEEDS, row)


def _ended(tx: Tx, row: Need, state: str, reason: str | None) -> NeedOut:
    before = row.state
    row.state, row.live = state, False
    row.closed = {"reason": reason, "by": tx.actor.name, "at": clock.wire(tx.at), "before": before}
    tx.touch(row)
    promise(tx.session, row)
    return _say(tx, row, NeedClosed)


def promise(session: Session, row: Need) -> None:
    """It is looked at when it ends, as long as it is published."""
    key = f"{LOOK}:{row.id}"
    if row.state == "published":
        due.promise(session, row.world, row.until, LOOK, {"id": row.id}, key)
    else:
        due.call_off(session, row.world, key)
