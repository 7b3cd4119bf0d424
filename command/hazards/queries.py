"""Reading hazards: their public form, who may see them, in which rooms they stand, their timeline."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.orm import Session

from command.core import canonical, clock, sight
from command.core.access import Actor, audience_of, audiences, heard_by, permission
from command.core.errors import Invalid
from command.core.journal import Entry, EntryTopic
from command.core.live.topics import may_hear
from command.core.queries import View, Wish, query
from command.core.records import Criterion, RecordType, find, public, record
from command.core.sight import own_party
from command.core.store import spatial
from command.hazards.contract import HazardOut
from command.hazards.events import ROOM
from command.hazards.models import Hazard, HazardIncident, HazardPhoto, Notice
from command.hazards.notice_contract import NoticeOut

READ = permission("hazard.read", "see hazards of one's scope")


def show_hazards(session: Session, rows: Sequence[Hazard]) -> list[HazardOut]:
    """Hazards as the public sees them."""
    heard = audiences(session, "hazard", [row.id for row in rows])
    return [show_hazard(row, heard[row.id]) for row in rows]


def show_hazard(row: Hazard, heard: list[str]) -> HazardOut:
    """A hazard whose audience is known."""
    location = spatial.shown(row.location)
    basis = "point" if location else "village" if row.village_code else "none"
    return public(HazardOut, row, location=location, location_basis=basis, audience=heard)


def hazard_visible(actor: Actor) -> Criterion:
    """SQL: the actor is in the hazard's audience."""
    return sa.true() if actor.system else heard_by("hazard", Hazard.id, actor.parties)


def of_team(model: Any, kind: str) -> Any:
    """SQL for a team's topic: its own few. The rooms of hazards hold none: a county has tens of thousands (todo.py)."""

    def in_topic(topic: str) -> Criterion | None:
        return sa.and_(model.live, heard_by(kind, model.id, [topic])) if topic.startswith("team:") else None

    return in_topic


def _to_team(record: Mapping[str, Any], parties: Collection[str]) -> dict[str, Any]:
    """What a team that found it need not know: who else is told, who reported, what is weighed against whom."""
    return {
        "audience": own_party(record, parties),
        "reporter": None,
        "signed": [],
        "climb": None,
        "incidents": [],
    }


def index(session: Session, thing: str, photos: Sequence[str], incidents: Sequence[str]) -> bool:
    """Make the indexes of a hazard say what its record says. Returns whether anything changed."""
    world, changed = session.info["world"], False
    for model, column, wanted in (
        (HazardPhoto, HazardPhoto.name, set(photos)),
        (HazardIncident, HazardIncident.incident_id, set(incidents)),
    ):
        here = model.hazard_id == thing
        held = set(session.execute(sa.select(column).where(here)).scalars())
        for name in sorted(wanted - held):
            session.add(model(**{"world": world, "hazard_id": thing, column.key: name}))
        if held - wanted:
            session.execute(sa.delete(model).where(here, column.in_(held - wanted)))
        changed = changed or held != wanted
    session.flush()
    return changed


def _before(text: str) -> Criterion:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise Invalid("due_before: a time with its zone", zh="due_before 须为带时区的时间")
    return Hazard.deadline < at


def _said(text: str) -> Criterion:
    """Part of its number, title or place in words."""
    columns = (Hazard.number, Hazard.title, Hazard.place_text)
    return sa.or_(*(one.icontains(text[:60], autoescape=True) for one in columns))


def _yes(text: str) -> bool:
    return text in ("true", "1")


HAZARDS = record(
    RecordType(
        "hazard",
        Hazard,
        HazardOut,
        show_hazards,
        visible=hazard_visible,
        in_topic=of_team(Hazard, "hazard"),
        passing=ROOM,
        path="hazards",
        needs=READ,
        order=(Hazard.id,),
        place=Hazard.location,
        to_team=_to_team,
        hushed=frozenset({"hazard.climbed", "hazard.linked"}),
        filters={
            "state": lambda v: Hazard.state.in_(v.split(",")),
            "type": lambda v: Hazard.type == v,
            "level": lambda v: Hazard.level == v,
            "centre": lambda v: Hazard.centre == v,
            "source": lambda v: Hazard.source == v,
            "village_code": lambda v: Hazard.village_code == v,
            "number": lambda v: Hazard.number == v,
            "due_before": _before,
            "q": _said,
            "incident_id": lambda v: Hazard.id.in_(
                sa.select(HazardIncident.hazard_id).where(HazardIncident.incident_id == v)
            ),
            "live": lambda v: Hazard.live == _yes(v),
        },
    )
)


def _show_notices(session: Session, rows: Sequence[Notice]) -> list[NoticeOut]:
    heard = audiences(session, "hazard_notice", [row.id for row in rows])
    return [public(NoticeOut, row, audience=heard[row.id]) for row in rows]


NOTICES = record(
    RecordType(
        "hazard_notice",
        Notice,
        NoticeOut,
        _show_notices,
        visible=lambda actor: (
            sa.true() if actor.system else heard_by("hazard_notice", Notice.id, actor.parties)
        ),
        in_topic=of_team(Notice, "hazard_notice"),
        passing=ROOM,
        path="hazard_notices",
        needs=READ,
        order=(Notice.id,),
        filters={
            "hazard_id": lambda v: Notice.hazard_id == v,
            "state": lambda v: Notice.state == v,
            "kind": lambda v: Notice.kind == v,
            "live": lambda v: Notice.live == _yes(v),
        },
    )
)


def parties(session: Session, hazard_id: str) -> frozenset[str]:
    """Who may see a hazard now."""
    return audience_of(session, "hazard", hazard_id)


@may_hear
def _rooms(session: Session, actor: Actor, topic: str) -> bool:
    """Everybody who may read hazards hears the rooms of the parties that they speak for."""
    return topic.startswith(ROOM) and topic.removeprefix(ROOM) in actor.parties and actor.may(READ)


class Page(Wish):
    """Which part of a long list."""

    id: str = Field(max_length=36)
    limit: int = Field(200, ge=1)
    after: int = Field(0, ge=0)


@query("hazard.timeline", wish=Page, needs=READ, http="GET /hazards/{id}/timeline", output=dict[str, Any])
def timeline(view: View, wish: Page) -> dict[str, Any]:
    """What happened to a hazard, in journal order: each step, photo, reminder, draft and signature that the asker may know of."""
    find(view.session, HAZARDS, wish.id, view.actor)
    heard = sa.select(EntryTopic.seq).where(EntryTopic.topic == f"hazard:{wish.id}")
    told = sa.select(EntryTopic.seq).where(EntryTopic.topic.in_(_ears(view.actor)))
    limit = min(wish.limit, 1000)
    chosen = sa.select(Entry).where(Entry.seq.in_(heard), Entry.seq > wish.after, Entry.text != b"{}")
    if not view.actor.system:
        # a draft is not told to all who see its hazard; a hazard's own sentences are told to whoever sees it
        chosen = chosen.where(sa.or_(Entry.kind == "hazard", Entry.seq.in_(told)))
    if view.actor.team_id is not None:
        chosen = chosen.where(Entry.seq.in_(told), Entry.type.notin_(sight.hushed_events()))
    rows = view.session.execute(chosen.order_by(Entry.seq).limit(limit + 1)).scalars().all()
    items = [_item(row, view.actor.lang) for row in rows[:limit]]
    return {"items": items, "next": str(items[-1]["seq"]) if len(rows) > limit else None}


def _ears(actor: Actor) -> list[str]:
    return [one if one.startswith("team:") else f"{ROOM}{one}" for one in sorted(actor.parties)]


def _item(entry: Entry, lang: str) -> dict[str, Any]:
    text = canonical.load(entry.text)
    return {
        "seq": entry.seq,
        "at": clock.wire(entry.at),
        "received_at": clock.wire(entry.received_at),
        "actor": entry.actor,
        "actor_name": entry.actor_name,
        "type": entry.type,
        "text": text.get(lang, text.get("zh")),
        "said": text,
    }
