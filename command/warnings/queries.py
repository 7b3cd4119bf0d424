"""Reading warnings: who may see which, in which rooms they stand, which are in force, what their CAP messages say."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.orm import Session

from command.core.access import Actor, permission
from command.core.live.topics import may_hear
from command.core.queries import Nothing, View, Wish, query
from command.core.records import NOBODY, Criterion, RecordType, public, record
from command.warnings.contract import CapMessageOut, WarningOut, title_of
from command.warnings.events import COUNTY_ROOM, FORCE, OWN_ROOM, TOPIC
from command.warnings.models import CapMessage, WarningRow
from command.warnings.words import IN_FORCE, MANDATORY, OWN_MATTER

READ = permission("warning.read", "see warnings", "查看预警")
NOT_DRAFT = WarningRow.state.not_in(OWN_MATTER)
PASSED_ON = WarningRow.state.in_((*IN_FORCE, "cancelled", "expired"))


def visible(actor: Actor) -> Criterion:
    """What was received or issued is no secret of a township; a draft is its author's and the county's; a team sees what was passed on."""
    if not actor.may(READ):
        return NOBODY
    if actor.county:
        return sa.true()
    if actor.team_id is not None:
        return PASSED_ON
    return sa.or_(NOT_DRAFT, WarningRow.centre == actor.centre)


def in_topic(topic: str) -> Criterion | None:
    """What stands on the lists of a room."""
    if topic == COUNTY_ROOM:
        return WarningRow.live.is_(True)
    if topic == TOPIC:
        return sa.and_(WarningRow.live, NOT_DRAFT)
    if topic == FORCE:
        return sa.and_(WarningRow.live, WarningRow.state.in_(IN_FORCE))
    if topic.startswith(OWN_ROOM):
        return sa.and_(WarningRow.live, WarningRow.centre == topic.removeprefix(OWN_ROOM))
    return None


@may_hear
def _rooms(session: Session, actor: Actor, topic: str) -> bool:
    if not actor.may(READ):
        return False
    if topic == COUNTY_ROOM:
        return actor.county
    if topic.startswith(OWN_ROOM):
        return actor.team_id is None and actor.centre == topic.removeprefix(OWN_ROOM)
    return topic == FORCE or (topic == TOPIC and actor.team_id is None)


def missing(row: WarningRow) -> list[str]:
    """Which of the eight of art.64 a warning lacks."""
    texts = [one for one in (row.texts.get("zh"), row.texts.get("en")) if one]
    has = {
        "category": row.category,
        "level": row.level,
        "start_at": row.start_at,
        "area": row.struck,
        "advice": any(one.get("advice") for one in texts),
        "measures": any(one.get("measures") for one in texts),
        "issuer": row.issuer,
        "issued_at": row.issued_at or row.state in OWN_MATTER,
    }
    return [name for name in MANDATORY if not has[name]]


def _show(session: Session, rows: Sequence[WarningRow]) -> list[WarningOut]:
    return [
        public(WarningOut, row, title=title_of(row.category, row.event, row.level), missing=missing(row))
        for row in rows
    ]


def _to_team(record: Mapping[str, Any], parties: Collection[str]) -> dict[str, Any]:
    """A team needs what to beware of; not who signed, what waits, what others have to do."""
    return {"pending": None, "checks": [], "signed": [], "missing": []}


WARNINGS = record(
    RecordType(
        "warning",
        WarningRow,
        WarningOut,
        _show,
        visible=visible,
        in_topic=in_topic,
        path="warnings",
        needs=READ,
        order=(WarningRow.id,),
        filters={
            "state": lambda v: WarningRow.state.in_(v.split(",")),
            "level": lambda v: WarningRow.level.in_(v.split(",")),
            "category": lambda v: WarningRow.category == v,
            "source": lambda v: WarningRow.source == v,
            "identifier": lambda v: WarningRow.identifier == v,
            "live": lambda v: WarningRow.live == (v in ("true", "1")),
        },
        to_team=_to_team,
    )
)


def _messages_visible(actor: Actor) -> Criterion:
    seen = sa.select(WarningRow.id).where(visible(actor))
    shown = CapMessage.warning_id.in_(seen)
    if actor.county or actor.system:
        return shown
    return sa.and_(shown, CapMessage.passed_at.is_not(None))


MESSAGES = record(
    RecordType(
        "cap_message",
        CapMessage,
        CapMessageOut,
        lambda session, rows: [public(CapMessageOut, row) for row in rows],
        visible=_messages_visible,
        path="cap_messages",
        needs=READ,
        order=(CapMessage.id,),
        filters={
            "warning_id": lambda v: CapMessage.warning_id == v,
            "identifier": lambda v: CapMessage.identifier == v,
        },
    )
)


class OfIdentifier(Wish):
    """A CAP message by its identifier; two senders may have used the same."""

    identifier: str = Field(max_length=300)
    sender: str | None = Field(None, max_length=300)


def message_of(view: View, wish: OfIdentifier) -> CapMessage | None:
    """The newest message of an identifier that the actor may see."""
    wanted = sa.select(CapMessage).where(
        CapMessage.identifier == wish.identifier, _messages_visible(view.actor)
    )
    if wish.sender:
        wanted = wanted.where(CapMessage.sender == wish.sender)
    newest = wanted.order_by(CapMessage.sent.desc(), CapMessage.id.desc()).limit(1)
    return view.session.execute(newest).scalar_one_or_none()


def in_force(session: Session) -> list[WarningRow]:
    """The warnings in force now, in the session's world."""
    wanted = sa.select(WarningRow).where(WarningRow.live.is_(True), WarningRow.state.in_(IN_FORCE))
    return list(session.execute(wanted.order_by(WarningRow.id)).scalars())


@query("warnings.in_force", needs=READ)
def now_in_force(view: View, wish: Nothing) -> list[dict[str, Any]]:
    """The warnings in force: id, title, level, struck townships, codes as they were given, until when, what the law asks for,
    since when it is in force (`since`), when it or its latest update was passed on (`told_at`)."""
    return [
        {
            "id": row.id, "version": row.version, "category": row.category, "level": row.level, "relay": row.relay,
            "title": title_of(row.category, row.event, row.level), "struck": row.struck, "ends_at": row.ends_at,
            "checks": row.checks, "codes": row.area["codes"], "drawn": row.area["shape"] is not None,
            "since": min(told), "told_at": max(told),
        }
        for row in in_force(view.session)
        if (told := _told(row))
    ]  # fmt: skip


def _told(row: WarningRow) -> list[datetime]:
    """When a warning and each of its updates was passed on."""
    return [datetime.fromisoformat(one["at"]) for one in row.signed if one["step"] in IN_FORCE]
